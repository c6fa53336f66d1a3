"""Reminding judges in time, and telling others when nobody judges or the clock did not keep up."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from initiatives.models import Notice
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from retention.clock import now
from retention.destroying.review import review
from retention.models import Hold, HoldRelease, Recording, RecordingReminder, Run
from retention.reminders.to_judges import is_due, remind
from retention.tests.engine import necessary
from retention.tests.factories import recording
from retention.tests.states import judged_away
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db
NONE: frozenset[date] = frozenset()


def at_hour(hour: int) -> datetime:
    return now().astimezone(AMSTERDAM).replace(hour=hour, minute=30)


def told(person: Person) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("subject", "body"))


def judge(**fields: Any) -> Person:
    return holder_of(Role.JUDGE, "ON", last_login=now(), **fields)


@pytest.mark.parametrize(
    ("last_day", "days"),
    [
        (date(2026, 11, 20), ["2026-11-13", "2026-11-17", "2026-11-19"]),  # a Friday
        (date(2026, 11, 22), ["2026-11-13", "2026-11-19", "2026-11-20"]),  # a Sunday: earlier
        (date(2026, 4, 7), ["2026-03-31", "2026-04-02", "2026-04-02"]),  # after Easter, from Good Friday on free
    ],
)
def test_reminders_come_7_3_and_1_days_before_or_earlier(last_day: date, days: list[str]) -> None:
    found = [
        day
        for day in (last_day - timedelta(days=ago) for ago in range(20, -1, -1))
        if is_due(last_day, day - timedelta(days=1), day, NONE)
    ]
    assert [day.isoformat() for day in found] == list(dict.fromkeys(days))


def test_what_a_day_on_which_the_clock_stood_still_would_have_told_comes_later() -> None:
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 17)
    assert is_due(friday, tuesday - timedelta(days=1), tuesday + timedelta(days=1), NONE)
    assert not is_due(friday, tuesday, tuesday + timedelta(days=1), NONE)
    assert not is_due(friday, tuesday, friday + timedelta(days=1), NONE)


def test_every_judge_of_the_unit_hears_once_a_day_of_all_that_is_due() -> None:
    ours, other = judge(), holder_of(Role.JUDGE, "AM", last_login=now())
    recording(days_ago=26)
    recording(days_ago=26)
    necessary(recording(days_ago=3), days=0)
    RecordingReminder.objects.create(unit=unit("ON"), day=(now() - timedelta(days=9)).date())
    assert remind(at_hour(4)) == 0
    assert remind(at_hour(10)) == 1
    assert remind(at_hour(10)) == 0
    ((subject, body),) = told(ours)
    assert subject == "Opnamen die wachten: Oost-Nederland"
    assert "2 opnamen te beoordelen tot en met" in body
    assert "1 opname noodzakelijk tot en met" in body
    assert told(other) == []


def test_what_is_far_off_or_over_is_not_told_of() -> None:
    somebody = judge()
    for days in (3, 27):
        recording(days_ago=days)
    assert remind(at_hour(10)) == 0
    assert told(somebody) == []


def test_what_a_dock_with_a_clock_years_back_delivered_is_told_once() -> None:
    ours, officer, other = judge(), holder_of(Role.PRIVACY), holder_of(Role.JUDGE, "AM", last_login=now())
    yesterday = at_hour(12) - timedelta(days=1)
    years_back = datetime(2015, 6, 1, tzinfo=AMSTERDAM)
    wrong = recording(1, uploaded_at=years_back, arrived_at=yesterday, camera_serial="ZC-2015")
    assert wrong.set_apart
    assert wrong.must_be_gone_by < now()
    recording(1, arrived_at=yesterday)
    recording(1, uploaded_at=years_back, arrived_at=at_hour(0), camera_serial="ZC-MORGEN")
    assert remind(at_hour(10)) == 2
    assert remind(at_hour(10)) == 0
    for person in (ours, officer):
        ((subject, body),) = told(person)
        assert subject == "Te laat om te beoordelen: Oost-Nederland"
        assert "kwam 1 opname van Oost-Nederland binnen" in body
        assert "Camera: ZC-2015." in body
        assert "spreken de klokken van camera en dock elkaar tegen" in body
    assert told(other) == []


@pytest.mark.parametrize(("days", "is_away"), [(None, True), (8, True), (6, False)])
def test_recordings_that_nobody_judges_are_told_to_head_and_privacy_officer(days: int | None, is_away: bool) -> None:
    head, officer = holder_of(Role.HEAD, "ON"), holder_of(Role.PRIVACY)
    if days:
        holder_of(Role.JUDGE, "ON", last_login=now() - timedelta(days=days))
    recording(days_ago=20)
    remind(at_hour(10))
    expected = ["Niemand beoordeelt de opnamen van Oost-Nederland"] if is_away else []
    assert [subject for subject, _ in told(head)] == [subject for subject, _ in told(officer)] == expected


def test_a_clock_that_stood_still_is_told_when_it_runs_again() -> None:
    officer = holder_of(Role.PRIVACY)
    for hours, subjects in ((2, 0), (3, 1)):
        Run.objects.update(began_at=now() - timedelta(hours=9))
        before = now() - timedelta(hours=hours)
        Run.objects.create(began_at=before, ended_at=before)
        review()
        assert len(told(officer)) == subjects


@pytest.mark.parametrize(("hours_ago", "is_told"), [(0.5, False), (1.5, False), (2.5, True)])
def test_what_was_judged_away_long_after_its_28_days_has_its_hour_first(
    monkeypatch: pytest.MonkeyPatch, hours_ago: float, is_told: bool
) -> None:
    """It counts as overdue at once; there is no alarm before a review should have taken it. No test can wait 28 days:
    here what was judged away is taken for overdue.
    """
    officer = holder_of(Role.PRIVACY)
    judged_away(recording(days_ago=3), now() - timedelta(hours=hours_ago))
    monkeypatch.setattr("retention.overdue.overdue", lambda: Recording.objects.filter(status="niet_noodzakelijk"))
    review()
    assert bool(told(officer)) is is_told


@pytest.mark.parametrize(("minutes_ago", "is_told"), [(30, False), (90, True)])
@pytest.mark.parametrize("what", ["came in", "was held", "was released"])
def test_what_no_review_could_take_before_is_no_alarm(what: str, minutes_ago: int, is_told: bool) -> None:
    """It came in, or nothing held it any more, since the review of an hour ago."""
    officer, at = holder_of(Role.PRIVACY), now()
    then = at - timedelta(minutes=minutes_ago)
    found = recording(days_ago=40, arrived_at=then if what == "came in" else at - timedelta(days=40))
    if what != "came in":
        hold = held(found, officer, placed_at=at - timedelta(days=2), until_at=at if what == "was released" else then)
        if what == "was released":
            HoldRelease.objects.create(hold=hold, reasons="-", by=holder_of(Role.PRIVACY), at=then)
    review()
    assert bool(told(officer)) is is_told


def held(found: Recording, by: Person, *, placed_at: datetime, until_at: datetime) -> Hold:
    moments = {"placed_at": placed_at, "until_at": until_at}
    return Hold.objects.create(recording=found, reason="klacht", explanation="-", owner=by, placed_by=by, **moments)


def test_what_is_overdue_is_told_once_a_day() -> None:
    officer = holder_of(Role.PRIVACY)
    recording(days_ago=28)
    review()
    review()
    ((subject, body),) = told(officer)
    assert (subject, "1 opname had er na 28 dagen niet meer mogen zijn." in body) == ("De 28 dagen zijn voorbij", True)
    Run.objects.update(told_late_at=now() - timedelta(days=1))
    review()
    assert len(told(officer)) == 2
