"""Publishing an edition of the overview: the project leader asks for one, the programme manager confirms it; then it
has its number, and what is on it stands fast.

Two people, by identity, once: looked at here and again by the database (migration `the_database_guards_the_editions`).
A correction is a new edition of the same day that names the old one; nothing is ever changed. Not here: having the
clock ask (`planning.py`), making the paper (`making.py`), the pages (`views/editions.py`, `edition_requests.py`).
"""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from bodycams.alone import claimed
from bodycams.mail import Link
from initiatives.models import Edition, EditionRequest, EditionVerdict
from initiatives.notices import tell_people
from initiatives.overview.approved import Overview, overview_on, why_not
from initiatives.overview.data import as_json, from_json
from initiatives.overview.words import how_many
from journal import seals
from journal.write import record
from organisation.holders import first_roles
from organisation.models import Outcome, Person
from organisation.permissions import capacity_with
from organisation.proposals import ANSWERED, NOT_YOURS, answer
from organisation.refusals import OrganisationRefused, must_hold
from organisation.roles import Perm, Role
from workflow.clock import local_date
from workflow.dates import day_in_words

LOCK = 20150223
"""The lock in the database that lets one at a time ask or publish: so numbers have no gaps, and nobody asks twice."""

NOT_A_LEADER = "Alleen de projectleider kan een editie aanvragen."
NOT_A_MANAGER = "Alleen de programmamanager kan een editie bevestigen of weigeren."
YOUR_OWN = "U hebt deze editie zelf aangevraagd. Daarom moet een ander haar bevestigen."
NO_SEAL = "Het journaal heeft nog geen zegel om in de editie te zetten. Probeer het over een minuut opnieuw."
NOT_SEEN = "Het is niet bekend welk overzicht u hebt gezien. Kijk opnieuw, en geef dan antwoord."
OTHERWISE = "Het overzicht is veranderd sinds u keek. Kijk opnieuw, en geef dan antwoord."


def ask(
    peildatum: date,
    reasons: str,
    *,
    by: Person,
    at: datetime,
    corrects: Edition | None = None,
    is_scheduled: bool = False,
) -> EditionRequest:
    """Ask for an edition of a day, or for a correction of one that is there. Raises `OrganisationRefused`."""
    must_hold(by, Perm.ASK_EDITION, NOT_A_LEADER)
    found = overview_on(peildatum)
    with transaction.atomic():
        claimed(LOCK, wait=True)
        _must_be_possible(peildatum, corrects, local_date(at))
        request = EditionRequest.objects.create(
            peildatum=peildatum,
            corrects=corrects,
            reasons=reasons,
            effect=counted(found),
            is_scheduled=is_scheduled,
            proposed_by=by,
            proposed_at=at,
        )
        _tell_of(request, found, by, at)
    return request


def _tell_of(request: EditionRequest, found: Overview, by: Person, at: datetime) -> None:
    """The journal, and who must answer; when the clock asked, who had it do so is told as well."""
    words, title = in_words(request), capacity_with(by, Perm.ASK_EDITION).title
    sentence = f"{title} heeft {words} aangevraagd."
    people = _holders(Role.MANAGER, at)
    if request.is_scheduled:
        sentence = f"Zoals {title[0].lower()}{title[1:]} heeft gepland, is {words} aangevraagd."
        people.append(by)
    _record("editie_aangevraagd", sentence, request, None if request.is_scheduled else by, Perm.ASK_EDITION, found)
    told = [
        sentence,
        f"Daarin staan {how_many(len(found.rows))}.",
        "De programmamanager bevestigt of weigert de editie.",
    ]
    link = Link("Naar de aanvraag", reverse("edition-request", args=[request.pk]))
    tell_people(people, f"Aangevraagd: {words}", told, link, at=at, by=None if request.is_scheduled else by)


def decide(
    request: EditionRequest, outcome: Outcome, reasons: str, *, by: Person, at: datetime, seen: str | None
) -> Edition | None:
    """Confirm, refuse or withdraw what was asked for; what was confirmed is an edition from then on. `seen` is the
    digest of what was looked at, without which nobody confirms; None only where a demonstration has it done. Raises
    `OrganisationRefused`.
    """
    perm = Perm.ASK_EDITION if outcome == Outcome.WITHDRAWN else Perm.CONFIRM_EDITION
    _must_be_yours(request, outcome, by)
    found = overview_on(request.peildatum)
    if outcome == Outcome.CONFIRMED and seen is not None and seen != digest_of(found):
        raise OrganisationRefused(OTHERWISE if seen else NOT_SEEN)
    with transaction.atomic():
        claimed(LOCK, wait=True)
        verdict = EditionVerdict(
            proposal=request, outcome=outcome, reasons=reasons, effect=counted(found), decided_by=by, decided_at=at
        )
        answer(verdict)
        edition = _published(request, found, at) if outcome == Outcome.CONFIRMED else None
        number = f" als {edition}" if edition else ""
        sentence = f"{capacity_with(by, perm).title} heeft {in_words(request)} {outcome.label}{number}."
        _record(f"editie_{outcome.value}", sentence, request, by, perm, found, reasons, number=edition and edition.pk)
        told = [sentence, *([f"Redenen:\n{reasons}"] if reasons else [])]
        link = Link("Naar de aanvraag", reverse("edition-request", args=[request.pk]))
        tell_people([request.proposed_by], sentence, told, link, at=at, by=by)
    return edition


def force(peildatum: date, *, at: datetime) -> Edition:
    """For a demonstration only: have somebody of each role do their part. Raises `OrganisationRefused`.

    A day of which there is an edition gets a correction of it; a request that waits is answered.
    """
    leaders, managers = _holders(Role.LEADER, at), _holders(Role.MANAGER, at)
    if not leaders or not managers:
        raise OrganisationRefused("Er is geen projectleider of geen programmamanager.")
    with transaction.atomic():
        sentence = f"De editie van {day_in_words(peildatum)} wordt afgedwongen vanaf de server, in een demonstratie."
        record("editie_afgedwongen", sentence, data={"peildatum": peildatum.isoformat()})
        request = EditionRequest.objects.waiting().filter(peildatum=peildatum).first() or ask(
            peildatum,
            "Afgedwongen vanaf de server, in een demonstratie.",
            by=leaders[0],
            at=at,
            corrects=Edition.objects.filter(peildatum=peildatum).first(),
        )
        another = next((one for one in managers if one.pk != request.proposed_by_id), managers[0])
        edition = decide(request, Outcome.CONFIRMED, "", by=another, at=at, seen=None)
    assert edition is not None  # noqa: S101  # what was confirmed is an edition
    return edition


def overview_of(edition: Edition) -> Overview:
    """What is on an edition, as it was confirmed."""
    return from_json(bytes(edition.data))


def digest_of(found: Overview) -> str:
    return hashlib.sha256(as_json(found)).hexdigest()


def in_words(request: EditionRequest) -> str:
    """`de editie met peildatum 30 juni 2019`, and what it corrects."""
    day = day_in_words(request.peildatum)
    if request.corrects_id:
        return f"een verbetering van editie {request.corrects_id} (peildatum {day})"
    return f"de editie met peildatum {day}"


def counted(found: Overview) -> dict[str, Any]:
    return {"initiatives": len(found.rows), "supported": len(found.section_a), "digest": digest_of(found)}


def _must_be_possible(peildatum: date, corrects: Edition | None, today: date) -> None:
    if sentence := why_not(peildatum, today):
        raise OrganisationRefused(sentence)
    if EditionRequest.objects.waiting().filter(peildatum=peildatum).exists():
        raise OrganisationRefused("Voor deze dag ligt al een aanvraag. Wacht tot die is beantwoord.")
    newest = Edition.objects.filter(peildatum=peildatum).first()
    if corrects is None and newest:
        raise OrganisationRefused(f"Van deze dag is er al {newest}. Vraag een verbetering van die editie aan.")
    if corrects and newest != corrects:
        raise OrganisationRefused(f"{str(corrects).capitalize()} is al verbeterd, in {newest}. Verbeter die.")


def _must_be_yours(request: EditionRequest, outcome: Outcome, by: Person) -> None:
    if outcome == Outcome.WITHDRAWN:
        if by.pk != request.proposed_by_id:
            raise OrganisationRefused(NOT_YOURS)
        must_hold(by, Perm.ASK_EDITION, NOT_A_LEADER)
    else:
        must_hold(by, Perm.CONFIRM_EDITION, NOT_A_MANAGER)
        if by.pk == request.proposed_by_id:
            raise OrganisationRefused(YOUR_OWN)
    if EditionVerdict.objects.filter(proposal=request).exists():
        raise OrganisationRefused(ANSWERED)


def _published(request: EditionRequest, found: Overview, at: datetime) -> Edition:
    seal = seals.newest()
    if seal is None:
        raise OrganisationRefused(NO_SEAL)
    return Edition.objects.create(
        number=Edition.objects.count() + 1,
        request=request,
        peildatum=request.peildatum,
        corrects=request.corrects,
        seal=seal,
        initiatives=len(found.rows),
        supported=len(found.section_a),
        data=as_json(found),
        published_at=at,
    )


def _holders(role: Role, at: datetime) -> list[Person]:
    return list(Person.objects.filter(pk__in=first_roles([role], 0, local_date(at))))


def _record(
    action: str,
    sentence: str,
    request: EditionRequest,
    by: Person | None,
    perm: Perm,
    found: Overview,
    reasons: str = "",
    **more: Any,
) -> None:
    """Without `by` it was the clock."""
    actor = by or Person.objects.get(number=Person.SYSTEM)
    role = capacity_with(by, perm).role if by else "systeem"
    data = {"peildatum": request.peildatum.isoformat(), "corrects": request.corrects_id, **counted(found), **more}
    record(action, sentence, actor=actor, role=role, about=request, reason=reasons or request.reasons, data=data)
