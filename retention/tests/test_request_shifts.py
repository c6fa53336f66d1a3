"""A day that is equated with a holiday moves the terms of requests that end on it, and no others; privacy officers are
told, and holds follow.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from initiatives.decree_days import Shifts, add_day, mark_of, remove_day, shifts_if_added, shifts_if_removed
from initiatives.models import Notice
from initiatives.shifted import NotAsShown
from initiatives.tests.pages import as_person, main_form, text
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.models import Hold, PrivacyRequest
from retention.request_terms import objection_term
from retention.requests.holds import needed_until, short
from retention.requests.services import linked
from retention.shown.requests import terms
from retention.tests.factories import recording
from retention.tests.hold_samples import officer
from retention.tests.request_samples import again, asked, closed, decided, objected, step, today
from retention.tests.test_request_holds import known
from workflow.calendar import equated_days
from workflow.holidays import first_working_day
from workflow.models import EquatedDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def add(day: date, by: Person, shown: Shifts | None = None) -> int:
    mark = mark_of(shown or shifts_if_added(day))
    return add_day(day, "Stb. 2026, 1", shown=mark, by=by, at=now())


def remove(day: date, by: Person) -> int:
    pk, mark = EquatedDay.objects.get(date=day).pk, mark_of(shifts_if_removed(day))
    return remove_day(pk, "Het besluit is ingetrokken.", shown=mark, by=by, at=now())


def after(day: date) -> date:
    """The first working day once this one is none."""
    return first_working_day(day, equated_days() | {day})


def last_of_objection(request: PrivacyRequest) -> date:
    assert request.decided_on
    return objection_term(request.decided_on, equated_days()).last_day


@pytest.mark.parametrize("kind", ["kennisneming", "verwijdering", "aanpassing"])
def test_the_decision_may_come_later_and_not_when_the_day_goes_again(kind: str, administrator: Person) -> None:
    request = asked(kind)
    ends, moved = request.due_on, after(request.due_on)
    assert add(ends, administrator) == 1
    assert again(request).due_on == moved > ends
    assert add(moved, administrator) == 1
    assert again(request).due_on > moved
    assert remove(ends, administrator) == 1
    assert again(request).due_on == ends


def test_an_adjourned_request_moves_from_its_later_day(administrator: Person) -> None:
    first = asked()
    request = step(first, "verdagen")
    assert add(first.due_on, administrator) == 0, "that day is none of its own any more"
    moved = after(request.due_on)
    assert add(request.due_on, administrator) == 1
    assert again(request).due_on == moved


def test_another_day_moves_nothing(administrator: Person) -> None:
    request = asked()
    assert add(after(request.due_on), administrator) == 0
    assert again(request).due_on == request.due_on


@pytest.mark.parametrize(
    ("made", "moves"),
    [(asked, True), (decided, False), (closed, False), (lambda: step(asked(), "intrekken"), False)],
    ids=["runs", "decided", "closed", "withdrawn"],
)
def test_only_the_term_of_a_decision_that_did_not_come_moves(
    made: Callable[[], PrivacyRequest], moves: bool, administrator: Person
) -> None:
    request = made()
    add(request.due_on, administrator)
    assert (again(request).due_on > request.due_on) == moves


@pytest.mark.parametrize(("made", "count"), [(decided, 1), (objected, 0), (closed, 0)])
def test_an_objection_may_come_later_while_nobody_objected(
    made: Callable[..., PrivacyRequest], count: int, administrator: Person
) -> None:
    request = made(kind="aanpassing")
    last = last_of_objection(request)
    assert add(last, administrator) == count
    assert last_of_objection(request) > last
    told = Entry.objects.filter(action="termijn_verschoven", object_id=str(request.pk))
    assert [entry.data["kind"] for entry in told] == ["objection"] * count


def test_privacy_officers_are_told_once_and_the_trail_of_each_says_why(administrator: Person) -> None:
    by, second = officer(), officer()
    one, other = asked(by=by), asked(by=by)
    Notice.objects.all().delete()
    add(one.due_on, administrator)
    told = {notice.person: notice for notice in Notice.objects.all()}
    assert {by, second} <= set(told)
    assert administrator not in told
    assert (told[by].subject, told[by].kind) == ("2 termijnen zijn verschoven", "wijziging")
    assert [(link.words, link.path) for link in told[by].leads_to] == [
        (request.number, f"/verzoeken/{request.pk}/") for request in (one, other)
    ]
    entry = Entry.objects.get(action="termijn_verschoven", object_id=str(one.pk))
    assert (entry.actor, entry.role) == (administrator.number, "beheerder")
    assert entry.data["after"] == again(one).due_on.isoformat()
    assert Entry.objects.get(action="dag_gelijkgesteld").data["shifted"] == 2


def test_nobody_is_told_when_nothing_moves(administrator: Person) -> None:
    request = asked()
    Notice.objects.all().delete()
    add(after(request.due_on), administrator)
    assert not Notice.objects.exists()


def test_page_of_the_request_says_why_it_ends_on_that_day(administrator: Person) -> None:
    request = asked()
    add(request.due_on, administrator)
    (_, _, why), *_ = terms(again(request), today())
    assert "eerste werkdag" in why


def test_hold_that_was_long_enough_is_asked_to_be_made_longer(administrator: Person) -> None:
    by, found = officer(), recording()
    request = known(found, by, last_day_in=(asked("aanpassing").due_on - today()).days, kind="aanpassing")
    assert short(linked(request), now()) == []
    add(request.due_on, administrator)
    (left,) = short(linked(again(request)), now())
    assert left.needed == again(request).due_on == needed_until(again(request), equated_days())
    assert left.is_for(officer()), "no hold is made longer by who keeps the calendar"
    assert Hold.objects.get(recording=found).extensions.count() == 0


def test_nothing_else_is_done_than_what_was_shown(administrator: Person) -> None:
    first = asked()
    shown = shifts_if_added(first.due_on)
    second = asked()
    with pytest.raises(NotAsShown):
        add(first.due_on, administrator, shown)
    assert {again(request).due_on for request in (first, second)} == {first.due_on}
    assert add(first.due_on, administrator) == 2


def test_what_was_withdrawn_between_looking_and_moving_stops_it(administrator: Person) -> None:
    request = asked()
    (other,) = shifts_if_added(request.due_on).others
    step(request, "intrekken")
    with pytest.raises(NotAsShown):
        other.move("Zo is het", administrator, now())
    assert again(request).due_on == request.due_on


def test_page_tells_beforehand_how_many_and_not_which(administrator: Person) -> None:
    visitor, request = as_person(administrator), asked()
    typed = {"dag": request.due_on.isoformat(), "vindplaats": "Stb. 2026, 1"}
    preview = visitor.post("/termijnen/dagen/nieuw/", typed)
    assert "1 lopende termijn verschuift." in text(preview)
    assert "Daarbij 1 termijn van een verzoek van gefilmde personen." in text(preview)
    assert request.number not in text(preview)
    answer = visitor.post("/termijnen/dagen/nieuw/", main_form(preview).values, follow=True)
    assert "1 termijn is verschoven." in text(answer)
    assert again(request).due_on == after(request.due_on)
    quiet = visitor.post("/termijnen/dagen/nieuw/", {**typed, "dag": _working(request.due_on).isoformat()})
    assert "Daarbij" not in text(quiet)


def _working(day: date) -> date:
    """A working day well after it, on which nothing ends."""
    return first_working_day(day + timedelta(days=60), equated_days())
