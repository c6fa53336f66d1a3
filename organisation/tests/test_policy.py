"""Versions of a policy rule follow each other; what the database says holds on a day, the timeline says too."""

from datetime import date, timedelta

import pytest

from organisation.models import PolicyRule
from organisation.policy import in_force, periods, rules_on
from organisation.tests.factories import policy

pytestmark = pytest.mark.django_db

CEILING = "plafond-2000"
BEGAN = date(2019, 4, 24)
DAY = timedelta(days=1)


def versions() -> list[PolicyRule]:
    return list(PolicyRule.objects.filter(code=CEILING))


def cameras(day: date) -> int | None:
    rule = rules_on(day).get(CEILING)
    return rule.parameters["cameras"] if rule else None


def test_rule_holds_from_its_first_day_up_to_and_including_its_last() -> None:
    days = (date(2018, 5, 31), date(2018, 6, 1), date(2020, 9, 30), date(2020, 10, 1))
    assert ["aanschafstop" in rules_on(day) for day in days] == [False, True, True, False]


def test_version_holds_until_the_next_one_begins_and_neither_row_is_touched() -> None:
    first = PolicyRule.objects.get(code=CEILING)
    begins = date(2026, 1, 1)
    policy(CEILING, parameters={"cameras": 2500}, valid_from=begins)
    assert (cameras(BEGAN), cameras(begins - DAY), cameras(begins)) == (2000, 2000, 2500)
    assert PolicyRule.objects.get(pk=first.pk).valid_until is None


def test_version_that_comes_later_may_begin_earlier_and_gives_way_to_the_one_that_begins_after_it() -> None:
    policy(CEILING, parameters={"cameras": 3000}, valid_from=date(2027, 1, 1))
    policy(CEILING, parameters={"cameras": 2500}, valid_from=date(2026, 1, 1))
    assert (cameras(date(2026, 12, 31)), cameras(date(2027, 1, 1))) == (2500, 3000)


def test_of_two_versions_that_begin_on_one_day_the_newer_holds() -> None:
    policy(CEILING, parameters={"cameras": 2500}, valid_from=BEGAN)
    assert cameras(BEGAN) == 2500


def test_rule_that_ended_by_its_last_version_does_not_come_back() -> None:
    policy(CEILING, valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 31))
    assert [cameras(day) for day in (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1))] == [2000, 2000, None]


def test_timeline_says_the_same_as_the_database() -> None:
    policy(CEILING, parameters={"cameras": 3000}, valid_from=date(2027, 1, 1), valid_until=date(2027, 1, 10))
    policy(CEILING, parameters={"cameras": 2500}, valid_from=date(2026, 12, 20), valid_until=None)
    policy(CEILING, parameters={"cameras": 2600}, valid_from=date(2027, 1, 15), valid_until=None)
    found = periods(versions())
    for day in (BEGAN - DAY, *(date(2026, 12, 15) + n * DAY for n in range(40))):
        said = rules_on(day).get(CEILING)
        assert in_force(versions(), day) == said
        assert next((period.version for period in found if day in period), None) == said
    assert [(period.first, period.version is not None) for period in found] == [
        (BEGAN, True),
        (date(2026, 12, 20), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 11), False),
        (date(2027, 1, 15), True),
    ]
