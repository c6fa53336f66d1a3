"""Sixty days of operation around Easter and the beginning of summer time, held against an oracle: a beat that stands
still for three days, a storage that is away for a night, a clock that is not trusted, a day with far too many, hours
that are missed, a file that gets lost. `DAYS_SEEDS=20` tries so many others too, in other seasons, with a review in
every hour.
"""

import os
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from initiatives.models import Notice
from retention.destroying import declarations, valve
from retention.models import Declaration
from retention.tests.days import Days
from retention.tests.moved_clock import MovedClock
from retention.tests.operation import Operation
from retention.tests.oracle import AMSTERDAM, HOUR, starts

pytestmark = pytest.mark.django_db

EASTER, AUTUMN, NEW_YEAR, LEAP_DAY = date(2027, 3, 1), date(2026, 10, 1), date(2027, 12, 1), date(2028, 2, 1)
COURSES = [(EASTER, 2027)]
"""From which day, and the seed of what happens."""
MORE = [
    ((AUTUMN, NEW_YEAR, LEAP_DAY, EASTER)[seed % 4], seed) for seed in range(int(os.environ.get("DAYS_SEEDS", "0")))
]
FREE = {
    *(date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27)),
    *(date(2027, 12, 25), date(2027, 12, 26), date(2028, 1, 1)),
}
"""Good Friday, Easter Monday, King's Day; Christmas, New Year. On 28 March, Easter Sunday, summer time begins."""
SICK, STOOD_STILL, JUMP, LOST, SKEWED = 30, 33, 12, 2, 45
"""On which day the storage is away, beat stands still, far too many are filmed, files get lost, the clock is off."""
MANY = 16


def hours(begins: datetime, number: int) -> set[datetime]:
    return {begins + ago * HOUR for ago in range(number)}


@pytest.mark.parametrize(("first", "seed"), [*COURSES, *MORE])
def test_the_promise_holds_for_sixty_days(
    clock: MovedClock, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, first: date, seed: int
) -> None:
    operation = Operation(clock, tmp_path, starts(first))
    operation.most = settings.DESTRUCTION_VALVE = 6
    operation.every_hour, operation.free = (first, seed) in MORE, FREE
    operation.only_this_unit(70)
    days = Days(operation, first, seed)
    for number in range(33):
        days.day(number, 3)
    trouble(operation, days, clock, monkeypatch)
    operation.go_on_until(days.at(60))
    assert +operation.wrong == Counter()
    assert sum(operation.late) > sum(operation.late[STOOD_STILL + 3 :]), "for three days it was only counted"
    assert subjects(operation)["De 28 dagen: de klok liep achter"] == 1
    assert subjects(operation)["Er wordt niets vernietigd: controleer de datum"] == 3
    assert 0 < operation.waited == subjects(operation)["Een vernietiging wacht op u"]
    assert len(operation.stories) > 105
    operation.clock.to(days.at(62, 2))
    assert_declared(operation)


def trouble(operation: Operation, days: Days, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can go wrong, each on its day."""
    operation.sick = hours(days.at(SICK), 6)
    operation.still = hours(days.at(STOOD_STILL, 5), 77) | {days.at(9, 13), days.at(41), days.at(50, 7), days.at(51, 3)}
    days.jump(JUMP, MANY)
    operation.at(days.at(LOST + 1, 6), lambda: lose(operation))

    def skew() -> None:
        monkeypatch.setattr(valve, "worker_clock", lambda: clock.at - timedelta(minutes=10))

    def confirm() -> None:
        monkeypatch.setattr(valve, "worker_clock", lambda: clock.at)
        operation.confirm_the_date()

    operation.untrusted = hours(days.at(SKEWED, 14), 3)
    operation.at(days.at(SKEWED, 14) - HOUR / 2, skew)
    operation.at(days.at(SKEWED, 16) + HOUR / 2, confirm)


def lose(operation: Operation) -> None:
    """One of a recording that nobody judges; somebody declares it when it is found out."""
    one = next(one for one in operation.there() if one.has_file and not (one.judged or one.held))
    operation.lose(one)
    operation.at(one.gone_by + 9 * HOUR, lambda: operation.declare_lost(one))


def subjects(operation: Operation) -> Counter[str]:
    return Counter(Notice.objects.filter(person=operation.officer).values_list("subject", flat=True))


def assert_declared(operation: Operation) -> None:
    """Declarations of the first month and of the first runs count what the oracle says has gone."""
    declarations.declare(operation.clock.at)
    gone = [one.gone_at for one in operation.stories.values() if one.gone_at]
    months = Counter(moment.astimezone(AMSTERDAM).strftime("%Y-%m") for moment in gone)
    declared = dict(Declaration.objects.exclude(month=None).values_list("month", "count"))
    assert Counter({f"{month:%Y-%m}": number for month, number in declared.items()}) == months
    of_runs = Declaration.objects.exclude(run=None)
    assert of_runs.count() == declarations.AT_ONCE
    for began_at, number in of_runs.values_list("run__began_at", "count"):
        assert number == gone.count(began_at)
    assert sum(of_runs.values_list("count", flat=True)) > 0
