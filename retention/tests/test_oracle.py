"""The oracle of the sixty days can protest: against every planted row, and against engines that are wrong in the ways
that are easily thought of. Beside each: that it is silent when nothing is wrong.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from retention.storage import Outcome, StorageError
from retention.storage.folder import Folder
from retention.tests.moved_clock import MovedClock
from retention.tests.operation import Operation
from retention.tests.oracle import AMSTERDAM, DAY, HOUR, Held, Judged, Seen, Story, protests, run_was_held, starts

pytestmark = pytest.mark.django_db
D = date(2027, 3, 10)
NOON = starts(D, time(12))
CLOSES, GONE_BY = starts(D + 27 * DAY), starts(D + 28 * DAY)
THERE = Seen("te_beoordelen", "104801", has_file=True)
GONE = Seen(
    "vernietigd", "", has_file=False, destroyed_at=CLOSES, ground="termijn_verstreken", how="verwijderd", entries=1
)


def story(**changes: Any) -> Story:
    return replace(Story(1, "a", "104801", NOON, NOON + HOUR, NOON + HOUR), **changes)


def said(one: Story, seen: Seen, at: datetime, **more: Any) -> list[str]:
    return list(protests(one, seen, at, **more))


def test_days_are_counted_by_the_calendar_of_the_netherlands() -> None:
    """Summer time began on 28 March; the moments are written out."""
    assert story().closes_at == datetime.fromisoformat("2027-04-06T00:00+02:00")
    assert story().gone_by == datetime.fromisoformat("2027-04-07T00:00+02:00")
    late = story(used_from=datetime.fromisoformat("2027-03-09T23:00:00+00:00"))
    assert (late.closes_at, replace(late, used_from=late.used_from - timedelta(microseconds=1)).closes_at) == (
        CLOSES,
        starts(D + 26 * DAY),
    )
    ahead = story(used_from=NOON + 9 * DAY)
    assert (ahead.closes_at, replace(ahead, true_from=NOON - 2 * DAY).closes_at) == (CLOSES, starts(D + 25 * DAY))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"status": "noodzakelijk"}, ["is noodzakelijk"]),
        ({"wearer": ""}, ["has lost its wearer"]),
        ({"has_file": False}, ["has lost its file"]),
        ({"entries": 1}, ["is called destroyed and is not"]),
        ({"destroyed_at": NOON}, ["is called destroyed and is not"]),
    ],
)
def test_what_is_there_is_whole(changed: dict[str, Any], words: list[str]) -> None:
    assert said(story(), THERE._replace(**changed), CLOSES) == words


def test_what_is_there_has_to_be_allowed_to() -> None:
    at_last = story(gone_at=CLOSES)
    assert said(story(), THERE, GONE_BY - HOUR) == []
    assert said(story(), THERE, GONE_BY) == ["is alive at D+28 00:00"]
    assert said(story(), THERE, GONE_BY, waits=True) == []
    assert said(at_last, THERE, CLOSES) == ["is there though a run had to destroy it"]
    assert said(story(held=[Held(NOON, GONE_BY + HOUR)]), THERE, GONE_BY) == []
    assert said(story(held=[Held(NOON, GONE_BY)]), THERE, GONE_BY) == ["is alive at D+28 00:00"]
    away = story(judged=[Judged(NOON, D + 90 * DAY, "8"), Judged(GONE_BY, None)])
    not_needed = THERE._replace(status="niet_noodzakelijk")
    assert said(away, not_needed, GONE_BY + HOUR / 2) == []
    assert said(away, not_needed, GONE_BY + HOUR) == ["is alive at D+28 00:00"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"has_file": True}, ["is called destroyed and its file is there"]),
        ({"wearer": "104801"}, ["leaves a tombstone that names its wearer"]),
        ({"destroyed_at": None}, ["was destroyed without a proof"]),
        ({"entries": 0}, ["stands 0 times in the journal"]),
        ({"entries": 2}, ["stands 2 times in the journal"]),
        ({"ground": "niet_noodzakelijk"}, ["was destroyed because niet_noodzakelijk, verwijderd"]),
        ({"how": "nooit_ontvangen"}, ["was destroyed because termijn_verstreken, nooit_ontvangen"]),
        ({"destroyed_at": CLOSES - HOUR}, ["was destroyed before its time", "was destroyed though it had to wait"]),
    ],
)
def test_what_is_gone_went_in_its_time_and_is_told_once(changed: dict[str, Any], words: list[str]) -> None:
    assert said(story(gone_at=CLOSES), GONE._replace(**changed), GONE_BY) == words


def test_what_is_gone_was_not_held_or_kept() -> None:
    held = story(gone_at=CLOSES, held=[Held(NOON, GONE_BY)])
    assert said(held, GONE, GONE_BY) == ["was destroyed while it was held"]
    held.held[0].released_at = CLOSES
    assert said(held, GONE, GONE_BY) == []
    held.held[0] = Held(NOON, CLOSES, longer=[(NOON + DAY, GONE_BY)])
    assert said(held, GONE, GONE_BY) == ["was destroyed while it was held"]
    kept = story(judged=[Judged(NOON, D + 90 * DAY, "8")])
    assert "was destroyed before its time" in said(kept, GONE, GONE_BY)
    out_of_use = story(judged=[Judged(NOON, D + 3 * DAY, "9")])
    assert "was destroyed before its time" in said(out_of_use, GONE, GONE_BY)


def test_a_loss_is_declared_and_not_proven() -> None:
    lost = story(lost_at=NOON, declared_at=GONE_BY, gone_at=GONE_BY)
    declared = GONE._replace(destroyed_at=GONE_BY, how="verklaard", entries=0)
    assert said(lost, declared, GONE_BY) == []
    assert said(lost, declared._replace(how="verwijderd"), GONE_BY) == ["was lost and is not declared"]


@pytest.mark.parametrize(("most", "hour", "waiting"), [(4, 0, 0), (3, 0, 4), (3, 17, 4), (3, 18, 0)])
def test_too_many_wait_until_the_evening(most: int, hour: int, waiting: int) -> None:
    stories = [story(pk=pk) for pk in range(4)]
    assert run_was_held(stories, starts(D + 27 * DAY, time(hour)), most) == waiting
    assert all(one.gone_at is None for one in stories) is bool(waiting)


def test_a_storage_that_is_away_destroys_only_what_has_no_name_there() -> None:
    mine, others = story(), story(pk=2, owns=False, has_file=False)
    assert run_was_held([mine, others], CLOSES, 9, sick=True) == 0
    assert (mine.gone_at, others.gone_at) == (None, CLOSES)
    run_was_held([mine, others], CLOSES + HOUR, 9)
    assert (mine.gone_at, others.gone_at) == (CLOSES + HOUR, CLOSES)


# --- engines that are wrong -----------------------------------------------------------------------


class Liar(Folder):
    """Says that everything went."""

    def delete_some(self, keys: Sequence[str]) -> dict[str, Outcome | StorageError]:
        return dict.fromkeys(keys, Outcome.DELETED)


Put = Callable[[str, str], None]
SQL = "CREATE OR REPLACE FUNCTION {} LANGUAGE sql {} AS $$ SELECT {} $$"
IN_UTC = SQL.format("retention_day(moment timestamptz) RETURNS date", "IMMUTABLE", "(moment AT TIME ZONE 'UTC')::date")
LENGTH = "retention_later(used, interval '{} hours')"
CLOSE = "retention_judging_closes(used timestamptz) RETURNS timestamptz"
NEVER_HELD = SQL.format("retention_is_held(asked bigint) RETURNS boolean", "STABLE", "false")


def tried(operation: Operation, day: date = D) -> set[str]:
    """Three recordings of one day, one of them held: what the oracle says of the days around their end."""
    noon, closes = starts(day, time(12)), starts(day + 27 * DAY)
    used = [datetime.combine(day, at, AMSTERDAM) for at in (time(0, 30), time(12), time(12))]
    operation.pass_over_until(noon)
    arrived = [Story(0, f"{day}/{n}", "104801", at, noon, noon) for n, at in enumerate(used)]
    held = operation.arrive([(one, {}) for one in arrived])[2]
    operation.at(closes - HOUR, lambda: operation.hold(held, day + 28 * DAY))
    operation.pass_over_until(closes - DAY - HOUR)
    operation.only_this_unit(4)
    operation.go_on_until(starts(day + 28 * DAY) + HOUR)
    return set(+operation.wrong)


@pytest.fixture
def operation(clock: MovedClock, tmp_path: Path) -> Operation:
    return Operation(clock, tmp_path, starts(date(2026, 9, 1)))


@pytest.mark.parametrize("day", [D, date(2026, 9, 28), date(2028, 2, 29)])
def test_the_engine_of_the_register_is_right(operation: Operation, day: date) -> None:
    """Also where the last day has 25 hours, and from leap day on."""
    assert tried(operation, day) == set()
    assert sum(one.gone_at == starts(day + 27 * DAY) for one in operation.stories.values()) == 2


def test_days_in_utc_destroy_too_early(operation: Operation, functions: Put) -> None:
    functions("retention_day", IN_UTC)
    assert "was destroyed before its time" in tried(operation)


def test_lengths_of_24_hours_destroy_too_late(operation: Operation, functions: Put) -> None:
    functions("retention_judging_closes", SQL.format(CLOSE, "IMMUTABLE", LENGTH.format(27 * 24)))
    assert "is there though a run had to destroy it" in tried(operation)


def test_a_day_more_is_alive_at_the_end_of_the_28_days(operation: Operation, functions: Put) -> None:
    functions("retention_judging_closes", SQL.format(CLOSE, "IMMUTABLE", "retention_after(retention_day(used), 29)"))
    assert "is alive at D+28 00:00" in tried(operation)


def test_holds_that_hold_nothing_destroy_what_is_held(operation: Operation, functions: Put) -> None:
    functions("retention_is_held", NEVER_HELD)
    assert "was destroyed while it was held" in tried(operation)


def test_a_storage_that_lies_is_found_out(operation: Operation) -> None:
    operation.storage.__class__ = Liar
    assert tried(operation) == {"is called destroyed and its file is there"}


def test_a_beat_that_stands_still_leaves_them_alive(operation: Operation) -> None:
    operation.still = {CLOSES + ago * HOUR for ago in range(-30, 26)}
    assert tried(operation) == set(), "it is counted as late"
    operation.look()
    assert set(+operation.wrong) == {"is alive at D+28 00:00"}
    assert operation.late[-1] == 2
