"""Each rule of the steps of recordings: true, false, and on the boundary. Facts are shifted, or the moment that is
handed in; nobody moves the clock.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of, person
from retention import rules
from retention.choices import Ground
from retention.clock import now
from retention.models import Hold, Recording
from retention.spans import spans
from retention.tests.factories import recording
from retention.tests.states import begun, change, judged_away, kept, not_kept, today
from workflow.clock import AMSTERDAM, midnight
from workflow.rules import Rule, Situation

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def holds(rule: Rule, subject: Recording, at: datetime | None = None, by: Any = None, **given: Any) -> bool:
    return not list(rule.reasons(Situation(subject, by, at or now(), given)))


def test_what_is_being_destroyed_is_left_alone() -> None:
    assert holds(rules.destruction_has_not_begun, not_kept(61))
    assert not holds(rules.destruction_has_not_begun, begun(not_kept(61)))


@pytest.mark.parametrize("rule", [rules.judging_is_open, rules.judging_is_open_or_it_was_necessary_within_the_hour])
def test_judging_closes_at_midnight_after_the_26th_day(rule: Rule) -> None:
    found = recording(26)
    closes = midnight(today() + timedelta(days=1))
    assert holds(rule, found, closes - TICK)
    assert not holds(rule, found, closes)


def test_what_is_necessary_is_judged_again_after_that_moment() -> None:
    found = kept()
    assert holds(rules.judging_is_open, found, found.judging_closes_at)


def test_what_was_necessary_can_become_so_again_for_an_hour_also_when_judging_has_closed() -> None:
    rule = rules.judging_is_open_or_it_was_necessary_within_the_hour
    found = judged_away(kept(), now())
    after, never = found.judging_closes_at, judged_away(recording(2), now())
    assert after is not None
    found.judged_at = after
    never.judged_at = after
    assert holds(rule, found, after + HOUR - TICK)
    assert not holds(rule, found, after + HOUR)
    assert not holds(rule, never, after)


def test_an_hour_to_undo_and_never_into_what_has_closed() -> None:
    found = not_kept(0)
    judged: Any = found.judged_at
    assert holds(rules.undo_is_in_time, found, judged + HOUR - TICK)
    assert not holds(rules.undo_is_in_time, found, judged + HOUR)
    closes: Any = found.judging_closes_at
    found.judged_at = closes - TICK
    assert holds(rules.undo_is_in_time, found, closes - TICK)
    assert not holds(rules.undo_is_in_time, found, closes)
    found.status_before = "noodzakelijk"
    assert holds(rules.undo_is_in_time, found, closes)


def test_the_last_day_of_what_is_necessary_is_a_whole_day() -> None:
    found = kept(keep_until=today())
    ends = midnight(today() + timedelta(days=1))
    assert holds(rules.its_last_day_has_not_passed, found, ends - TICK)
    assert not holds(rules.its_last_day_has_not_passed, found, ends)


def clock_ahead(**facts: Any) -> Recording:
    arrived = now() - timedelta(hours=3)
    return recording(
        used_from=arrived + HOUR, shift_end=arrived + 2 * HOUR, uploaded_at=arrived, arrived_at=arrived, **facts
    )


def test_the_true_moment_lies_before_the_arrival_and_not_before_2015() -> None:
    wrong = clock_ahead()
    assert holds(rules.clock_is_wrong, wrong)
    assert not holds(rules.clock_is_wrong, recording())
    first = datetime(2015, 1, 1, tzinfo=AMSTERDAM)
    for moment, fits in [
        (wrong.arrived_at, True),
        (wrong.arrived_at + TICK, False),
        (first, True),
        (first - TICK, False),
    ]:
        assert holds(rules.the_true_moment_can_be, wrong, true_from=moment) is fits


def test_a_wearer_has_24_hours_after_the_shift() -> None:
    found = recording()
    ends = found.shift_end + timedelta(hours=24)
    assert holds(rules.shift_ended_within_a_day, found, ends - TICK)
    assert not holds(rules.shift_ended_within_a_day, found, ends)


def test_a_false_end_of_the_shift_stretches_nothing() -> None:
    found = recording(2, shift_end=now() + timedelta(days=365))
    ends = found.used_to + timedelta(hours=48)
    assert holds(rules.shift_ended_within_a_day, found, ends - TICK)
    assert not holds(rules.shift_ended_within_a_day, found, ends)


@pytest.mark.parametrize(
    "facts",
    [
        {"place": "woning"},
        {"place": "besloten_erf", "exception": "noodsituatie"},
        {"announced": False},
        {"days_ago": 4, "arrived_at": "late"},
    ],
)
def test_what_needs_another_look_is_left_to_the_judge(facts: dict[str, Any]) -> None:
    if "arrived_at" in facts:
        facts = {"days_ago": 4, "arrived_at": now()}
    assert not holds(rules.nothing_leaves_it_to_the_judge, recording(**facts))
    assert holds(rules.nothing_leaves_it_to_the_judge, recording())


def test_a_wrong_clock_leaves_it_to_the_judge_also_when_the_moment_was_fixed() -> None:
    wrong = clock_ahead()
    assert not holds(rules.nothing_leaves_it_to_the_judge, wrong)
    assert not holds(rules.nothing_leaves_it_to_the_judge, change(wrong, true_from=wrong.arrived_at))


def test_what_was_held_is_left_to_the_judge_without_a_word_about_who_asked() -> None:
    found, by, at = recording(), person(), now()
    Hold.objects.create(
        recording=found, reason="klacht", explanation="-", owner=by, placed_by=by, placed_at=at, until_at=at + HOUR
    )
    [reason] = rules.nothing_leaves_it_to_the_judge.reasons(Situation(found, None, at + 2 * HOUR))
    assert not {"klacht", "verzoek", "opschorting"} & set(reason.sentence.lower().split())


@pytest.mark.parametrize(
    ("purpose", "enough"),
    [("opsporing", True), ("klachtafhandeling", True), ("onderwijs", False), ("wetenschap", False)],
)
def test_training_and_science_are_never_enough(purpose: str, enough: bool) -> None:
    assert holds(rules.purpose_is_enough_by_itself, recording(), purpose=purpose) is enough


def test_a_colleague_is_followed_only_by_who_may_and_with_the_councils_record() -> None:
    judge: Person = holder_of(Role.JUDGE, "ON")
    chosen = also_holds(holder_of(Role.JUDGE, "ON"), Role.STAFF, "ON")
    elsewhere = also_holds(holder_of(Role.JUDGE, "ON"), Role.STAFF, "NN")
    rule, found = rules.staff_is_followed_by_who_may, recording()
    for by, record, fits in [
        (judge, "COR 2026-1", False),
        (elsewhere, "COR 2026-1", False),
        (chosen, "", False),
        (chosen, "COR 2026-1", True),
    ]:
        both: list[dict[str, Any]] = [
            {"purpose": "personeelsvolg", "second_purposes": []},
            {"purpose": "opsporing", "second_purposes": ["personeelsvolg"]},
        ]
        for given in both:
            assert holds(rule, found, by=by, council_record=record, **given) is fits
    assert holds(rule, found, by=judge, council_record="", purpose="opsporing", second_purposes=["onderwijs"])


@pytest.mark.parametrize("ground", Ground.values)
def test_a_ground_reaches_to_its_last_day(ground: str) -> None:
    found, rule = recording(10), rules.ground_reaches_that_far
    last = spans(today())[ground].last_day(today() - timedelta(days=10), today())
    years = 5 if ground == Ground.DAILY else 1
    assert last.year - today().year in (years, years - 1)
    day = timedelta(days=1)
    for until, fits in [(today(), True), (today() - day, False), (last, True), (last + day, False)]:
        assert holds(rule, found, ground=ground, keep_until=until) is fits


def test_longer_is_past_the_day_that_stands_and_never_past_the_five_years() -> None:
    day, rule = timedelta(days=1), rules.longer_but_not_beyond_the_law
    daily, other = kept(), kept(ground="9")
    law = spans(today())["8"].last_day(daily.used_on, today())
    ceiling = spans(today())["9"].last_day(other.used_on, today() + 30 * day)
    for found, last in [(daily, law), (other, ceiling)]:
        for until, fits in [(today() + 30 * day, False), (today() + 31 * day, True), (last, True), (last + day, False)]:
            assert holds(rule, found, keep_until=until) is fits
