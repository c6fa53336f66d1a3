"""Sixty days of operation around Easter and the beginning of summer time, held against an oracle: a beat that stands
still for three days, a storage that is away for a night, a clock that is not trusted, a day with far too many, hours
that are missed, files that get lost. `DAYS_SEEDS=20` tries so many others too, with a review in every hour.
"""

import os
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from initiatives.models import Notice
from retention import declarations, valve
from retention.models import Declaration
from retention.tests.days import Days
from retention.tests.moved_clock import MovedClock
from retention.tests.operation import Operation
from retention.tests.oracle import AMSTERDAM, DAY, HOUR, starts

pytestmark = pytest.mark.django_db

SEEDS = [2027, *range(int(os.environ.get("DAYS_SEEDS", "0")))]
FIRST = date(2027, 3, 1)
FREE = {date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27)}
"""Good Friday, Easter Monday, King's Day: 28 March, on which summer time begins, is Easter Sunday."""
SICK, STOOD_STILL, JUMP, LOST, SKEWED = 30, 33, 12, 2, 45
"""On which day the storage is away, beat stands still, far too many are filmed, files get lost, the clock is off."""
MANY = 16


def hours(begins: datetime, number: int) -> set[datetime]:
    return {begins + ago * HOUR for ago in range(number)}


def day(number: int, hour: int = 0) -> datetime:
    return starts(FIRST + number * DAY, time(hour))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_promise_holds_for_sixty_days(
    clock: MovedClock, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    operation = Operation(clock, tmp_path, starts(FIRST))
    operation.most = settings.DESTRUCTION_VALVE = 6
    operation.every_hour, operation.free = seed != SEEDS[0], FREE
    operation.only_this_unit(70)
    days = Days(operation, FIRST, seed)
    for number in range(38):
        days.day(number, 3)
    trouble(operation, days, clock, monkeypatch)
    operation.go_on_until(day(60))
    assert +operation.wrong == Counter()
    assert sum(operation.late) > sum(operation.late[STOOD_STILL + 3 :]), "for three days it was only counted"
    assert subjects(operation)["De 28 dagen: de klok liep achter"] == 1
    assert subjects(operation)["Er wordt niets vernietigd: controleer de datum"] == 3
    assert 0 < operation.waited == subjects(operation)["Een vernietiging wacht op u"]
    assert len(operation.stories) > 120
    assert_declared(operation)


def trouble(operation: Operation, days: Days, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can go wrong, each on its day."""
    operation.sick = hours(day(SICK), 6)
    operation.still = hours(day(STOOD_STILL, 5), 77) | {day(9, 13), day(41), day(50, 7), day(51, 3)}
    days.jump(JUMP, MANY)
    operation.at(day(LOST + 1, 6), lambda: lose(operation))

    def skew() -> None:
        monkeypatch.setattr(valve, "worker_clock", lambda: clock.at - timedelta(minutes=10))

    def confirm() -> None:
        monkeypatch.setattr(valve, "worker_clock", lambda: clock.at)
        operation.confirm_the_date()

    operation.untrusted = hours(day(SKEWED, 14), 3)
    operation.at(day(SKEWED, 14) - HOUR / 2, skew)
    operation.at(day(SKEWED, 16) + HOUR / 2, confirm)


def lose(operation: Operation) -> None:
    """One of a recording that nobody judges; somebody declares it when it is found out."""
    one = next(one for one in operation.there() if one.has_file and not one.judged)
    operation.lose(one)
    operation.at(one.gone_by + 9 * HOUR, lambda: operation.declare_lost(one))


def subjects(operation: Operation) -> Counter[str]:
    return Counter(Notice.objects.filter(person=operation.officer).values_list("subject", flat=True))


def assert_declared(operation: Operation) -> None:
    """Declarations of the first month and of the first runs count what the oracle says has gone."""
    operation.clock.to(day(61, 2))
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
