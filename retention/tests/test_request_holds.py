"""Holds follow their request: until when they are needed, who makes them longer, and who is asked to."""

from datetime import date, timedelta

import pytest

from organisation.models import Person
from retention.clock import now
from retention.holds import first_moment_after, held_until, last_day_of, latest_day, release
from retention.models import Hold, PrivacyRequest, Recording
from retention.request_terms import objection_term
from retention.requests.holds import needed_until, of_open_requests, short
from retention.requests.services import link, linked
from retention.tests.factories import recording
from retention.tests.hold_samples import held, officer
from retention.tests.request_samples import again, asked, step, today
from retention.tests.test_holds import begin_destruction
from retention.work.privacy_errands import errands

pytestmark = pytest.mark.django_db
NONE: frozenset[date] = frozenset()


def known(found: Recording, by: Person, last_day_in: int, kind: str = "kennisneming") -> PrivacyRequest:
    """A request that can be decided, about a recording that this officer has held for so many days more."""
    at = now()
    Hold.objects.create(recording=found, reason="betrokkeneverzoek", explanation="-", owner=by, placed_by=by,
                        placed_at=at, until_at=first_moment_after(today() + timedelta(days=last_day_in)))  # fmt: skip
    request = step(asked(kind), "identiteit_vaststellen", by)
    link(request, [found], person=by, at=at)
    return again(request)


def last_day(found: Recording) -> date | None:
    until = held_until(found, now())
    return last_day_of(until) if until else None


def labels(person: Person) -> list[str]:
    return [one.label for one in errands(person, today()) if "verlengen" in one.label]


def test_how_long_is_needed_follows_the_request() -> None:
    request = step(asked(), "identiteit_vaststellen")
    assert needed_until(request, NONE) == request.due_on
    request = step(request, "besluiten")
    assert needed_until(request, NONE) == objection_term(today(), NONE).last_day
    request = step(request, "bezwaar_registreren")
    assert needed_until(request, NONE) == date.max
    assert needed_until(step(request, "bezwaar_afhandelen"), NONE) == date.min


@pytest.mark.parametrize("name", ["verdagen", "besluiten", "bezwaar_registreren"])
def test_another_officer_who_takes_a_step_holds_the_recording_longer(name: str) -> None:
    found, first, second = recording(), officer(), officer()
    request = known(found, first, last_day_in=10)
    if name == "bezwaar_registreren":
        request = step(request, "besluiten", first)
    assert last_day(found) == today() + timedelta(days=10)
    step(request, name, second)
    assert last_day(found) == latest_day(now())
    assert [hold.extensions.get().by for hold in Hold.objects.filter(recording=found)] == [second]


def test_who_placed_the_hold_does_not_and_another_is_asked() -> None:
    found, first, second = recording(), officer(), officer()
    request = step(known(found, first, last_day_in=10), "besluiten", first)
    assert last_day(found) == today() + timedelta(days=10), "longer takes two people"
    (one,) = short(linked(request), now())
    assert (one.recording, one.last, one.needed > today() + timedelta(days=40)) == (found, last_day(found), True)
    assert (labels(first), labels(second)) == ([], ["1 opschorting verlengen"])
    step(request, "bezwaar_registreren", second)
    assert (last_day(found), labels(second)) == (latest_day(now()), [])


def test_what_is_not_held_any_more_is_held_by_whoever_decides() -> None:
    by, found = officer(), held()
    request = step(asked(), "identiteit_vaststellen", by)
    link(request, [found.recording], person=by, at=now())
    release(found, "De klacht is afgehandeld.", person=officer(), at=now())
    assert [one.last for one in short(linked(request), now())] == [None]
    step(request, "besluiten", by)
    assert last_day(found.recording) == latest_day(now())


def test_beyond_six_weeks_is_asked_four_weeks_before_the_hold_ends_and_not_anew_each_day() -> None:
    by, far, near = officer(), recording(), recording()
    for found, days in ((far, 35), (near, 27)):
        step(known(found, by, last_day_in=days), "verdagen", by, days=42, several_units=True)
    assert [one.recording for one in short(of_open_requests(), now())] == [near]


def test_nothing_is_asked_of_what_is_going_or_of_a_closed_request() -> None:
    by, found = officer(), recording(days_ago=27)
    request = step(asked(), "identiteit_vaststellen", by)
    begin_destruction(found)
    link(request, [found], person=by, at=now())
    assert (len(of_open_requests()), short(of_open_requests(), now())) == (1, [])
    step(step(step(request, "besluiten"), "bezwaar_registreren"), "bezwaar_afhandelen")
    step(again(request), "sluiten")
    assert of_open_requests() == []
