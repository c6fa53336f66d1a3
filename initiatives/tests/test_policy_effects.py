"""What a change of policy does to files: each condition on all files says the same as the check on one of them, and
only what is judged on a changed day changes.
"""

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from initiatives.models import Initiative
from initiatives.policy import blocking_at_approval, blocking_at_filing, freeze, warnings
from initiatives.policy_checks import CEILING, CHECKS, COSTS, DEESCALATION, FREEZE, PUBLIC
from initiatives.policy_effects import Change, Group, differences_on, effect_of
from initiatives.policy_failing import FAILING
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, walk
from organisation.models import PolicyRule
from organisation.tests.factories import policy
from workflow.clock import AMSTERDAM, local_date, now

pytestmark = pytest.mark.django_db

FILED = date(2018, 3, 1)
MORE: dict[str, dict[str, Any]] = {PUBLIC: {"parameters": {"places": ["openbare_weg"]}}}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def today() -> date:
    return local_date(now())


def on(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time().replace(hour=12), AMSTERDAM)


def version(code: str, **changes: Any) -> PolicyRule:
    last = PolicyRule.objects.filter(code=code).latest("valid_from", "pk")
    return PolicyRule(**{**last.said(), **changes})


def filed(cast: Cast, day: date = FILED, **fields: Any) -> Initiative:
    return walk(cast, *TO_STATUS["aangemeld"], start=concept(cast, **fields), at=on(day))


# --- the two ways of saying a rule ----------------------------------------------------------------


def test_every_check_has_its_condition() -> None:
    assert set(CHECKS) == set(FAILING)


@pytest.mark.parametrize("code", CHECKS)
def test_condition_on_all_files_agrees_with_the_check_on_each(cast: Cast, code: str) -> None:
    boxes: Any = product(
        (["aanschaf"], ["experiment"], ["vervanging_defect", "ontwikkeling"]),
        ({"purposes": ["de_escalatie"]}, {"purposes": ["veiligheid"], "costs_accepted": False}),
        ({"places": ["openbare_weg"]}, {"places": ["openbare_weg", "openbaar_gebouw"], "cameras_requested": 1989}),
    )
    for kinds, one, other in boxes:
        concept(cast, kinds=kinds, **one, **other)
    initiative(cast, "goedgekeurd", cameras_requested=12)
    objected = {"goedkeuren": {"support_granted": ["inkoopproces"]}}
    walk(cast, *TO_STATUS["goedgekeurd"], "bezwaar_maken", given=objected)
    concept(cast, cameras_requested=1976)
    concept(cast, cameras_requested=1977)
    concept(cast, consultation_burgemeester_date=None)
    concept(cast, agreement_opslag_responsible="")
    concept(cast, agreement_gebruiksinstructie_text="Een kaart.")
    rule = version(code, **MORE.get(code, {}))
    failing = set(Initiative.objects.filter(FAILING[code](rule)).values_list("pk", flat=True))
    assert failing == {one.pk for one in Initiative.objects.all() if CHECKS[code].says(one, rule)}
    assert 0 < len(failing) < Initiative.objects.count()


# --- what a change would do -----------------------------------------------------------------------


def test_change_of_the_past_shows_who_was_filed_on_its_days_and_is_still_open(cast: Cast) -> None:
    open_one = filed(cast)
    filed(cast, FILED - timedelta(days=1))
    walk(cast, "beoordelen", "afwijzen", start=filed(cast))
    effect = effect_of(version(FREEZE, valid_from=FILED), today())
    assert effect.groups == (Group("", "blokkeert", filed=1, concepts=0),)
    assert [(row.number, row.unit, row.changes) for row in effect.rows] == [
        (open_one.number, "Oost-Nederland", (Change(FREEZE, "", "blokkeert"),))
    ]
    assert effect.as_data() == {
        "files": 1,
        "concepts": 0,
        "changes": [{"before": "", "after": "blokkeert", "files": 1, "concepts": 0}],
    }


@pytest.mark.parametrize(("days", "changes"), [(-1, 0), (0, 1), (1, 1), (10, 1), (11, 0)])
def test_only_days_on_which_the_version_holds_change(cast: Cast, days: int, changes: int) -> None:
    filed(cast, FILED + timedelta(days=days))
    made = version(FREEZE, valid_from=FILED, valid_until=FILED + timedelta(days=10))
    assert effect_of(made, today()).filed == changes


def test_change_of_mode_alone_changes_the_outcome(cast: Cast) -> None:
    filed(cast, date(2018, 7, 2))
    assert effect_of(version(FREEZE, mode="waarschuwt"), today()).groups == (Group("blokkeert", "waarschuwt", 1, 0),)


def test_concepts_are_judged_on_the_first_day_on_which_they_can_be_filed_and_only_counted(cast: Cast) -> None:
    concept(cast)
    begins = today() + timedelta(days=30)
    effect = effect_of(version(FREEZE, valid_from=begins, valid_until=None), today())
    assert effect.groups == (Group("", "blokkeert", filed=0, concepts=1),)
    assert (effect.rows, effect.more) == ((), 0)


def test_rule_that_asks_nothing_of_files_changes_none(cast: Cast) -> None:
    filed(cast)
    assert not effect_of(version("drager-mag-terugkijken"), today()).asks


def test_same_again_changes_nothing(cast: Cast) -> None:
    filed(cast, date(2018, 7, 2))
    assert [effect_of(version(code), today()).groups for code in CHECKS] == [()] * len(CHECKS)


def test_any_number_of_files_costs_as_many_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        filed(cast)
    made, day = version(FREEZE, valid_from=FILED), today()
    with django_assert_num_queries(3):
        assert effect_of(made, day).filed == 3
    with django_assert_num_queries(2):
        differences_on(day, Initiative.objects.all())


# --- the newest rules -----------------------------------------------------------------------------


def test_files_that_the_newest_rules_judge_otherwise_are_found(cast: Cast) -> None:
    frozen = filed(cast, date(2018, 7, 2), purposes=["de_escalatie"])
    filed(cast, today())
    purposeless = filed(cast, FILED, purposes=["veiligheid"])
    found = differences_on(today(), Initiative.objects.all())
    assert found.count == 2
    assert {row.number: row.changes for row in found.rows} == {
        frozen.number: (Change(FREEZE, "blokkeert", ""),),
        purposeless.number: (Change(DEESCALATION, "", "blokkeert"),),
    }
    assert differences_on(today(), Initiative.objects.filter(pk=frozen.pk)).count == 1


def test_new_ceiling_goes_on_counting_from_the_first_day(cast: Cast) -> None:
    initiative(cast, "goedgekeurd", cameras_requested=2000)
    subject = initiative(cast, "beoordeeld", cameras_requested=1)
    raised = {"cameras": 2001, "since": "2019-04-24"}
    assert CHECKS[CEILING].says(subject, version(CEILING))
    assert effect_of(version(CEILING, parameters=raised), today()).groups == (Group("waarschuwt", "", 1, 0),)
    rule = policy(CEILING, valid_from=today(), parameters=raised)
    assert CHECKS[CEILING].says(subject, rule) == ""


def test_mode_decides_whether_a_rule_blocks_or_warns(cast: Cast) -> None:
    subject = walk(cast, "terugsturen", start=filed(cast, date(2018, 7, 2), costs_accepted=True))
    assert freeze(subject)
    for code in (FREEZE, COSTS):
        policy(code, mode="waarschuwt", valid_from=date(2018, 7, 2))
    Initiative.objects.filter(pk=subject.pk).update(costs_accepted=False)
    subject = Initiative.objects.get(pk=subject.pk)
    assert freeze(subject) is None
    assert list(blocking_at_filing(subject, date(2018, 7, 2))) == []
    assert [warning.rule.code for warning in warnings(subject)] == [FREEZE, COSTS]
    policy(PUBLIC, mode="blokkeert", parameters={"places": []}, valid_from=date(2018, 7, 2))
    assert [reason.field for reason in blocking_at_approval(Initiative.objects.get(pk=subject.pk))] == ["places"]
