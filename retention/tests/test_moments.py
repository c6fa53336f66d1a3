"""A table of moments, through whole runs: both clock changes, leap day, New Year and midnight, in whatever time zones
the process, Django and the session of the database are. Just before judging closes nothing is destroyed; at the first
run after it everything is; and nothing counts as late before D+28 00:00, or later.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.schedules import schedule
from django.db import connection, connections

from bodycams.beat import SCHEDULE
from bodycams.celery import app
from retention.destroying import destruction
from retention.destroying.review import review
from retention.models import Proof, Recording
from retention.overdue import overdue
from retention.tests.moved_clock import MovedClock
from retention.tests.oracle import HOUR, Story, starts
from retention.tests.people import People

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)

WORKED = [
    ("2015-03-01T23:30+01:00", "2015-03-28T00:00+01:00", "2015-03-29T00:00+01:00"),  # gone by the night of the change
    ("2018-03-02T14:00+01:00", "2018-03-29T00:00+02:00", "2018-03-30T00:00+02:00"),  # Good Friday extends nothing
    ("2026-09-27T23:59:59.999999+02:00", "2026-10-24T00:00+02:00", "2026-10-25T00:00+02:00"),
    ("2026-09-28T00:00+02:00", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),  # a last day of 25 hours
    ("2026-10-24T23:59:59.999999+02:00", "2026-11-20T00:00+01:00", "2026-11-21T00:00+01:00"),
    ("2026-10-25T02:30+02:00", "2026-11-21T00:00+01:00", "2026-11-22T00:00+01:00"),  # half past two is there twice
    ("2026-10-25T02:30+01:00", "2026-11-21T00:00+01:00", "2026-11-22T00:00+01:00"),
    ("2026-10-26T00:00+01:00", "2026-11-22T00:00+01:00", "2026-11-23T00:00+01:00"),
    ("2026-12-05T12:00+01:00", "2027-01-01T00:00+01:00", "2027-01-02T00:00+01:00"),
    ("2026-12-31T23:59:59.999999+01:00", "2027-01-27T00:00+01:00", "2027-01-28T00:00+01:00"),
    ("2027-01-01T00:00+01:00", "2027-01-28T00:00+01:00", "2027-01-29T00:00+01:00"),
    ("2027-03-01T00:30+01:00", "2027-03-28T00:00+01:00", "2027-03-29T00:00+02:00"),  # a last day of 23 hours
    ("2027-03-28T01:59:59.999999+01:00", "2027-04-24T00:00+02:00", "2027-04-25T00:00+02:00"),
    ("2027-03-28T02:30+01:00", "2027-04-24T00:00+02:00", "2027-04-25T00:00+02:00"),  # half past two is not there
    ("2027-06-30T22:00+00:00", "2027-07-28T00:00+02:00", "2027-07-29T00:00+02:00"),  # midnight, told in UTC
    ("2028-02-01T12:00+01:00", "2028-02-28T00:00+01:00", "2028-02-29T00:00+01:00"),
    ("2028-02-02T00:00+01:00", "2028-02-29T00:00+01:00", "2028-03-01T00:00+01:00"),  # closes as the leap day begins
    ("2028-02-29T23:59:59.999999+01:00", "2028-03-27T00:00+02:00", "2028-03-28T00:00+02:00"),
]
FEW = [WORKED[row] for row in (3, 6, 11, 17)]
ZONES = ["UTC", "Europe/Amsterdam", "America/New_York", "Pacific/Auckland"]
Put = Callable[[str, str], None]


def moments(rows: list[tuple[str, str, str]]) -> list[tuple[datetime, datetime, datetime]]:
    return [(at, closes, gone) for at, closes, gone in (map(datetime.fromisoformat, row) for row in rows)]


@pytest.fixture
def zones(db: None, request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Those of the process, of Django and of the database's session."""
    process, settings.TIME_ZONE, database = request.param
    with monkeypatch.context() as patch:
        patch.setenv("TZ", process)
        time.tzset()
        _session_in(database)
        yield database
    time.tzset()
    _session_in(None)


def _session_in(zone: str | None) -> None:
    here = connections["default"]
    here.settings_dict["TIME_ZONE"] = zone
    for name in ("timezone", "timezone_name"):
        here.__dict__.pop(name, None)
    here.ensure_timezone()


def came(people: People, rows: list[tuple[datetime, datetime, datetime]]) -> list[Story]:
    """Each comes in an hour after it was used."""
    found = []
    for number, (used, _, _) in enumerate(rows):
        people.clock.to(used + HOUR)
        found += people.arrive([(Story(0, f"a/{number}", "104801", used, used + HOUR, used + HOUR), {})])
    return found


def reckoned(rows: list[tuple[datetime, datetime, datetime]], found: list[Story]) -> None:
    """By the register, by Python's own calendar, and written out above."""
    told = dict(Recording.objects.values_list("pk", "judging_closes_at"))
    gone = dict(Recording.objects.values_list("pk", "must_be_gone_by"))
    assert [(told[one.pk], gone[one.pk]) for one in found] == [row[1:] for row in rows]
    assert [(one.closes_at, one.gone_by) for one in found] == [row[1:] for row in rows]


def late(clock: MovedClock, at: datetime) -> set[int]:
    clock.to(at)
    return set(overdue().values_list("pk", flat=True))


def runs(people: People, at: datetime) -> set[int]:
    """What is destroyed by a run at this moment."""
    people.clock.to(at)
    before = set(Proof.objects.values_list("recording", flat=True))
    assert review()
    destruction.destroy(people.storage)
    return set(Proof.objects.values_list("recording", flat=True)) - before


def walked(people: People, rows: list[tuple[datetime, datetime, datetime]]) -> None:
    found = came(people, rows)
    reckoned(rows, found)
    for _, _, gone in rows:
        assert late(people.clock, gone - MOMENT) == {one.pk for one in found if one.gone_by < gone}
        assert late(people.clock, gone) == {one.pk for one in found if one.gone_by <= gone}
    for closes in dict.fromkeys(closes for _, closes, _ in rows):
        assert runs(people, closes - MOMENT) == set()
        assert runs(people, closes) == {one.pk for one in found if one.closes_at == closes}
        assert not overdue().exists()


@pytest.mark.parametrize("zones", [("Europe/Amsterdam", "Europe/Amsterdam", "UTC")], indirect=True)
def test_nothing_goes_before_judging_closes_and_nothing_is_left_after_28_days(
    zones: str, clock: MovedClock, tmp_path: Path
) -> None:
    rows = moments(WORKED)
    walked(People(clock, tmp_path, rows[0][0]), rows)


@pytest.mark.parametrize(
    "zones",
    [
        ("America/New_York", "UTC", "America/New_York"),
        ("Pacific/Auckland", "Pacific/Auckland", "Pacific/Auckland"),
    ],
    indirect=True,
)
def test_no_time_zone_of_process_or_database_moves_a_moment(zones: str, clock: MovedClock, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == (zones,)
    walked(People(clock, tmp_path, moments(FEW)[0][0]), moments(FEW))


@pytest.mark.parametrize("zones", [("UTC", "UTC", "America/New_York")], indirect=True)
def test_days_of_the_session_would_move_them(zones: str, clock: MovedClock, tmp_path: Path, functions: Put) -> None:
    """The twin: with a day that is one of the session, the same table protests."""
    begins = "CREATE OR REPLACE FUNCTION retention_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE"
    functions("retention_day", f"{begins} AS $$ SELECT moment::date $$")
    rows = moments(FEW)
    with pytest.raises(AssertionError):
        reckoned(rows, came(People(clock, tmp_path, rows[0][0]), rows))


def test_a_run_at_the_last_moment_of_d_27_is_in_time(clock: MovedClock, tmp_path: Path) -> None:
    rows = moments(FEW)[:2]
    people = People(clock, tmp_path, rows[0][0])
    found = came(people, rows)
    for _, _, gone in rows:
        assert runs(people, gone - MOMENT) == {one.pk for one in found if one.gone_by == gone}
        assert late(clock, gone) == set()


@pytest.mark.parametrize("zone", ZONES)
def test_the_databases_functions_ask_nothing_of_a_session(zone: str, owner_cursor: Any) -> None:
    """Whoever is connected, by whatever program: a role or database can have a time zone of its own."""
    owner_cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
    for used, closes, gone in moments(WORKED):
        owner_cursor.execute("SELECT retention_judging_closes(%s), retention_must_be_gone(%s)", [used, used])
        assert owner_cursor.fetchone() == (closes, gone)
        owner_cursor.execute("SELECT retention_later(%s, interval '1 hour'), retention_day(%s)", [used, closes])
        later, day = owner_cursor.fetchone()
        assert (later, starts(day)) == (used + HOUR, closes)


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_zone_that_role_or_database_gives_is_not_the_applications(zone: str) -> None:
    other = connection.copy("default")
    other.settings_dict["OPTIONS"] = {**other.settings_dict["OPTIONS"], "options": f"-c timezone={zone}"}
    with other.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("UTC",)
    other.close()


@pytest.mark.parametrize("zones", [(zone, zone, "UTC") for zone in ZONES], indirect=True)
@pytest.mark.parametrize("change", ["2026-10-25T01:00+00:00", "2027-03-28T01:00+00:00"])
def test_beat_counts_lengths_of_time_in_utc(zones: str, change: str) -> None:
    """No night has an hour too many or too few for it."""
    at = datetime.fromisoformat(change)
    for name, entry in SCHEDULE.items():
        length = entry["schedule"]
        assert type(length) is timedelta, name
        beats = schedule(length, nowfun=lambda: at, app=app)
        assert beats.is_due(at - length).is_due, name
        assert not beats.is_due(at - length + timedelta(seconds=1)).is_due, name
    assert app.now().utcoffset() == timedelta(0)
