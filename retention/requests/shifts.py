"""The terms of requests that a day moves when it becomes equated with a holiday, or no longer is
(`initiatives/shifted.py`).

The last day for a decision is kept, and gets its new value. That for an objection is reckoned each time, so it moves by
itself; it is shown and told all the same. Holds follow both (`holds.needed_until`): what is then too short is asked of
privacy officers, as always.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from initiatives.shifted import Days, NotAsShown, Others, also_move, in_words, tell, trace
from initiatives.words import so_many
from organisation.models import Person
from organisation.roles import Role
from retention.models import PrivacyRequest
from retention.request_procedure import RequestStatus
from retention.request_terms import decision_term, kind_of, objection_term
from workflow.clock import local_date


class RequestShift(NamedTuple):
    """An open term of a request that gets another last day."""

    request: int
    kind: str
    before: date
    after: date

    @property
    def words(self) -> str:
        return in_words("Bezwaar maken" if self.kind == "objection" else "Besluiten", self.before, self.after)


def register() -> None:
    """Called when the app starts."""
    also_move(_others)


def _others(last_day: date, before: Days, after: Days) -> Others | None:
    shown = list(_shifts(last_day, before, after))

    def move(why: str, by: Person, at: datetime) -> None:
        locked = PrivacyRequest.objects.select_for_update().in_bulk([shift.request for shift in shown])
        if list(_shifts(last_day, before, after)) != shown:
            raise NotAsShown
        _move(shown, locked, why, by)
        _tell(shown, why, by, at)

    words = so_many(len(shown), "termijn van een verzoek", "termijnen van verzoeken")
    said = ",".join(f"{shift.request}:{shift.kind}:{shift.before}:{shift.after}" for shift in shown)
    return Others(len(shown), f"{words} van gefilmde personen", said, move) if shown else None


def _shifts(last_day: date, before: Days, after: Days) -> Iterator[RequestShift]:
    """What runs, ends on `last_day` with the one equated days, and on another day with the other. Two queries."""
    for request in PrivacyRequest.objects.undecided().filter(due_on=last_day).order_by("pk"):
        moved = decision_term(request.kind, request.received_on, after, request.adjourned_days).last_day
        if moved != last_day:
            yield RequestShift(request.pk, kind_of(request.kind), last_day, moved)
    contestable = PrivacyRequest.objects.filter(status=RequestStatus.BESLOTEN, objection__isnull=True)
    for pk, decided_on in contestable.order_by("pk").values_list("pk", "decided_on"):
        if decided_on and objection_term(decided_on, before).last_day == last_day:
            moved = objection_term(decided_on, after).last_day
            if moved != last_day:
                yield RequestShift(pk, "objection", last_day, moved)


def _move(shifts: list[RequestShift], requests: dict[int, PrivacyRequest], why: str, by: Person) -> None:
    for shift in shifts:
        request = requests[shift.request]
        if shift.kind != "objection":
            request.due_on = shift.after
            request.save(update_fields=["due_on"])
        trace(request, shift.kind, shift.words, why, (shift.before, shift.after), by)


def _tell(shifts: list[RequestShift], why: str, by: Person, at: datetime) -> None:
    """Every privacy officer hears of all of them: a request is of the country."""
    links = [
        [PrivacyRequest(pk=one.request).number, reverse("privacy-request", args=[one.request]), one.words]
        for one in shifts
    ]
    officers = Person.objects.holding(Role.PRIVACY, local_date(at)).filter(is_active=True)
    tell(dict.fromkeys(officers.values_list("pk", flat=True), links), why, by=by, at=at)
