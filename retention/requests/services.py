"""Use cases of requests: receiving one, taking its steps with everything that comes with them, linking recordings, and
forgetting who asked.

The steps are in `request_procedure.py`, what a letter says in `letters.py`. Nothing here puts a name, an
address or a description in the journal.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from initiatives.words import so_many
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_with
from organisation.roles import Perm
from retention import holds
from retention.models import (
    PrivacyRequest,
    Recording,
    RequestAdjournment,
    RequestDecision,
    Requester,
    RequestLetter,
    RequestLink,
    RequestObjection,
    RequestObjectionResult,
    RequestUnlink,
    Restriction,
)
from retention.request_choices import EndsIn, ObjectionOutcome, Outcome
from retention.request_terms import decision_term
from retention.requests.holds import follow, hold_first, is_there
from retention.words import label_of
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.dates import day_in_words
from workflow.take import Reader, Taken, take

CLOSED = "Dit verzoek is gesloten. Er verandert niets meer aan."
CHANGED = "Iemand anders heeft dit verzoek intussen bijgewerkt. Kijk wat er nu staat, en verbeter het dan opnieuw."
NAME_STAYS = "De identiteit van de verzoeker is vastgesteld. De naam verandert daarom niet meer."


class Received(NamedTuple):
    """A request as it came in: what is asked, when and how, and by whom."""

    kind: str
    received_on: date
    channel: str
    name: str
    address: str
    description: str


def receive(given: Received, *, person: Person, at: datetime) -> PrivacyRequest:
    """Register a request. Its term runs from the day of receipt (Wpg 25 and 28)."""
    with transaction.atomic():
        request = PrivacyRequest.objects.create(
            kind=given.kind,
            received_on=given.received_on,
            channel=given.channel,
            registered_by=person,
            registered_at=at,
            due_on=decision_term(given.kind, given.received_on, equated_days()).last_day,
        )
        Requester.objects.create(request=request, name=given.name, address=given.address, description=given.description)
        words = f"heeft een verzoek om {request.get_kind_display()} geregistreerd"
        trace(request, "verzoek_ontvangen", f"{words}, ontvangen op {day_in_words(given.received_on)}", person)
    return request


def looked_at(request: PrivacyRequest) -> str:
    """What tells whether somebody else changed it since: of who asks, and whether it is known who that is."""
    asks = request.requester
    said = f"{bool(request.identity_on)}\n{asks.name}\n{asks.address}"
    return hashlib.sha256(said.encode()).hexdigest()


def mend_requester(request: PrivacyRequest, given: dict[str, str], *, seen: str, person: Person) -> bool:
    """Put right what was typed wrongly of who asks, and say whether there was anything; letters that were made stay as
    they are, and so does the name once the identity is established. `seen` is what was looked at. Raises `NotPossible`.
    """
    with transaction.atomic():
        locked = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
        _must_be_open(locked)
        if seen != looked_at(locked):
            raise holds.NotPossible(CHANGED)
        if locked.identity_on and "name" in given:
            raise holds.NotPossible(NAME_STAYS)
        asks = locked.requester
        if all(getattr(asks, name) == value for name, value in given.items()):
            return False
        Requester.objects.filter(request=locked).update(**given)
        trace(locked, "verzoeker_verbeterd", "heeft naam of adres van de verzoeker verbeterd", person)
    return True


def take_step(pk: int, name: str, *, person: Person, at: datetime, read: Reader) -> Taken:
    """Take a step of the request `pk`, as `person`; what `workflow.take.take` raises goes through to the page."""
    visible = PrivacyRequest.objects.visible_to(person)
    return take(visible, pk, name, person=person, at=at, read=read, work=do_what_comes_with_it)


def do_what_comes_with_it(taken: Taken) -> str:
    return WORK.get(taken.step.name, _nothing)(taken.subject, taken)


def _nothing(request: PrivacyRequest, taken: Taken) -> str:
    return ""


def adjourn(request: PrivacyRequest, taken: Taken) -> str:
    given = taken.input
    RequestAdjournment.objects.create(
        request=request,
        days=given["days"],
        several_units=given["several_units"],
        reasons=given["reasons"],
        by=taken.person,
        at=taken.at,
    )
    before = request.due_on
    term = decision_term(request.kind, request.received_on, equated_days(), given["days"])
    request.due_on = term.last_day
    facts = {"before": before.isoformat(), "due_on": request.due_on.isoformat(), "several": given["several_units"]}
    write_letter(request, RequestLetter.Kind.ADJOURNMENT, taken, facts)
    return f"Het besluit komt uiterlijk op {day_in_words(request.due_on)}.{_held_longer(request, taken)}"


def decide(request: PrivacyRequest, taken: Taken) -> str:
    given = taken.input
    decision = RequestDecision.objects.create(
        request=request,
        outcome=given["outcome"],
        ground=given["ground"],
        ends_in=given["ends_in"],
        reasons=given["reasons"],
        by=taken.person,
        at=taken.at,
    )
    longer = _held_longer(request, taken)
    there: dict[bool, list[Recording]] = {True: [], False: []}
    for link in linked(request):
        there[is_there(link.recording)].append(link.recording)
    for recording in there[True] if decision.ends_in == EndsIn.REMOVED else ():
        Restriction.objects.create(recording=recording, request=request, by=taken.person, at=taken.at)
    facts = {name: given[name] for name in ("outcome", "ground", "ends_in")}
    facts |= {"recordings": [label_of(one) for one in there[True]], "gone": [label_of(one) for one in there[False]]}
    write_letter(request, RequestLetter.Kind.DECISION, taken, facts)
    return f"Het verzoek is {Outcome(decision.outcome).label}.{longer}"


def register_objection(request: PrivacyRequest, taken: Taken) -> str:
    """The recordings stay held until the objection is decided."""
    day = taken.input["day"]
    RequestObjection.objects.create(request=request, received_on=day, by=taken.person, at=taken.at)
    return f"Het bezwaar kwam op {day_in_words(day)}.{_held_longer(request, taken)}"


def _held_longer(request: PrivacyRequest, taken: Taken) -> str:
    """Hold the recordings for as long as the request needs them now; says what is left to another."""
    left = follow(request, linked(request), taken.person, taken.at)
    what = f"De opschorting van {so_many(left, 'opname', 'opnamen')}"
    return f" {what} moet nog worden verlengd, door een andere privacyfunctionaris." if left else ""


def record_result(request: PrivacyRequest, taken: Taken) -> str:
    given = taken.input
    RequestObjectionResult.objects.create(
        objection=request.objection,
        outcome=given["outcome"],
        decided_on=given["day"],
        by=taken.person,
        at=taken.at,
    )
    return f"Uitkomst: {ObjectionOutcome(given['outcome']).label}."


WORK: dict[str, Callable[[PrivacyRequest, Taken], str]] = {
    "verdagen": adjourn,
    "besluiten": decide,
    "bezwaar_registreren": register_objection,
    "bezwaar_afhandelen": record_result,
}


def write_letter(request: PrivacyRequest, kind: RequestLetter.Kind, taken: Taken, facts: dict[str, Any]) -> None:
    """What a letter says, fixed with the step; the worker makes its paper."""
    common = {
        "kind": request.kind,
        "received_on": request.received_on.isoformat(),
        "reasons": taken.input["reasons"],
    }
    RequestLetter.objects.create(
        request=request,
        n=1 + request.letters.count(),
        kind=kind,
        dated=local_date(taken.at),
        facts={**common, **facts},
    )


def linked(request: PrivacyRequest) -> list[RequestLink]:
    """The recordings that the request is about now."""
    found = request.links.filter(unlink__isnull=True).select_related(
        "request__objection__outcome", "recording__unit", "recording__destruction", "hold"
    )
    return list(found.order_by("recording__used_from", "pk"))


def link(request: PrivacyRequest, recordings: Iterable[Recording], *, person: Person, at: datetime) -> int:
    """Say that the request is about these recordings, and hold them where they are not held yet and destruction has not
    begun. Answers with how many were added; those that were there already stay. Raises `NotPossible`.

    As everything about requests, it locks the request first and then the recording.
    """
    added = 0
    for recording in recordings:
        with transaction.atomic():
            locked = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
            _must_be_open(locked)
            if recording.pk in {one.recording_id for one in linked(locked)}:
                continue
            hold = hold_first(locked, recording, person, at)
            RequestLink.objects.create(request=locked, recording=recording, hold=hold, by=person, at=at)
            words = "heeft een opname aan het verzoek gekoppeld"
            trace(locked, "opname_gekoppeld", words, person, data={"recording": recording.pk})
        added += 1
    return added


def unlink(found: RequestLink, reasons: str, *, person: Person, at: datetime) -> None:
    """It was not about that recording, which a decision then puts out of use no longer. A hold stays until another
    releases it. Raises `NotPossible`.
    """
    with transaction.atomic():
        _must_be_open(PrivacyRequest.objects.select_for_update().get(pk=found.request_id))
        if RequestUnlink.objects.filter(link=found).exists():
            raise holds.NotPossible("Deze opname was al losgekoppeld.")
        RequestUnlink.objects.create(link=found, reasons=reasons, by=person, at=at)
        words = "heeft een opname van het verzoek losgekoppeld"
        data = {"recording": found.recording_id}
        trace(found.request, "opname_losgekoppeld", words, person, reasons, data)


def _must_be_open(request: PrivacyRequest) -> None:
    if request.closed_at:
        raise holds.NotPossible(CLOSED)


def forget() -> int:
    """Destroy who asked, and the letters with their name, of requests that were closed five years ago; answers with how
    many. What the database lets go is decided by its own clock.
    """
    forgotten = 0
    for pk in _to_forget():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM retention_requestpaper p USING retention_requestletter l "
                "WHERE l.id = p.letter_id AND l.request_id = %s",
                [pk],
            )
            cursor.execute("DELETE FROM retention_requester WHERE request_id = %s", [pk])
            if cursor.rowcount:
                forgotten += 1
                record(
                    "verzoeker_vergeten",
                    "De persoonsgegevens van de verzoeker zijn vernietigd.",
                    actor=Person.objects.get(number=Person.SYSTEM),
                    role="systeem",
                    about=PrivacyRequest(pk=pk),
                )
    return forgotten


def _to_forget() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT q.request_id FROM retention_requester q JOIN retention_privacyrequest r ON r.id = q.request_id "
            "WHERE retention_forgets_from(r.closed_at) <= retention_now() ORDER BY 1"
        )
        return [pk for (pk,) in cursor.fetchall()]


def trace(
    request: PrivacyRequest,
    action: str,
    words: str,
    person: Person,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    capacity = capacity_with(person, Perm.GUARD_PRIVACY)
    sentence = f"{capacity.title} {words}."
    record(action, sentence, actor=person, role=capacity.role, about=request, reason=reason, data=data)
