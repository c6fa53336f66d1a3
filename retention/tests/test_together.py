"""Several recordings judged at once: by the same rules as one, in a fixed number of queries, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention.clock import now
from retention.models import Judgement, Recording
from retention.services import MOST, TOGETHER, judge_together, take_step
from retention.tests.factories import facts, recording, used
from retention.tests.moved_clock import MovedClock
from retention.tests.states import anew, begun, destroyed, kept, not_kept
from workflow.take import NotThere, Refused

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {"reason_code": "niet_zinvol", "reasons": "Niets te zien."}


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


def pks(*found: Recording) -> list[int]:
    return [one.pk for one in found]


def test_all_that_can_be_are_judged_and_each_has_its_judgement_and_its_entry(judge: Person) -> None:
    chosen = [recording(), recording(20), kept()]
    done = judge_together(pks(*chosen), person=judge, at=now(), given=GIVEN)
    assert (len(done.taken), done.refused) == (3, [])
    assert {anew(one).status for one in chosen} == {"niet_noodzakelijk"}
    judged = Judgement.objects.filter(recording__in=chosen, step=TOGETHER)
    assert {(one.step, one.person, one.reason_code, one.reasons) for one in judged} == {
        (TOGETHER, judge, "niet_zinvol", "Niets te zien.")
    }
    entries = Entry.objects.filter(action=TOGETHER, result=Result.TAKEN)
    assert {entry.object_id for entry in entries} == {str(one.pk) for one in chosen}
    assert anew(chosen[2]).status_before == "noodzakelijk"


def test_what_cannot_be_judged_is_told_apart_and_the_rest_is_judged(judge: Person) -> None:
    fine, own = recording(), recording(wearer=judge.number)
    wrong = [own, recording(27), begun(not_kept(61)), not_kept(), destroyed()]
    done = judge_together(pks(fine, *wrong), person=judge, at=now(), given=GIVEN)
    assert [taken.subject.pk for taken in done.taken] == [fine.pk]
    assert {refused.subject.pk for refused in done.refused} == set(pks(*wrong))
    assert all(refused.reasons for refused in done.refused)
    assert Entry.objects.filter(action=TOGETHER, result=Result.REFUSED).count() == len(wrong)


def test_another_units_are_passed_over_in_silence(judge: Person) -> None:
    elsewhere = recording(unit_code="NN")
    with pytest.raises(NotThere):
        judge_together([elsewhere.pk], person=judge, at=now(), given=GIVEN)
    done = judge_together(pks(elsewhere, recording()), person=judge, at=now(), given=GIVEN)
    assert (len(done.taken), len(done.refused), anew(elsewhere).status) == (1, 0, "te_beoordelen")


def test_together_and_one_by_one_agree_on_both_sides_of_each_boundary(judge: Person, clock: MovedClock) -> None:
    """The same recordings twice, at the close of each and just before: what one way takes, so does the other."""
    wearer = also_holds(judge, Role.WEARER, "ON")
    kinds: list[dict[str, Any]] = [{"days_ago": 2}, {"days_ago": 26}, {"days_ago": 2, "wearer": wearer.number}]
    for kind in kinds:
        one, other = recording(**kind), recording(**kind)
        for step in (timedelta(0), timedelta(microseconds=-1)):
            assert one.judging_closes_at is not None
            at = one.judging_closes_at + step
            clock.to(at)
            together = judge_together([one.pk], person=judge, at=at, given=GIVEN)
            assert bool(together.taken) == _alone(other, judge, at), (kind, step)


def _alone(found: Recording, judge: Person, at: Any) -> bool:
    try:
        take_step(found.pk, TOGETHER, person=judge, at=at, read=lambda *_: GIVEN)
    except Refused:
        return False
    return True


def test_many_cost_as_many_statements_as_two(judge: Person) -> None:
    def cost(count: int) -> int:
        chosen = Recording.objects.bulk_create(Recording(**one) for one in facts_of(count))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            judge_together(pks(*chosen), person=judge, at=now(), given=GIVEN)
        return len(asked)

    cost(1)
    assert cost(2) == cost(9)


def facts_of(count: int) -> list[dict[str, Any]]:
    began = used(3)
    return [facts(used_from=began) for _ in range(count)]


def test_more_than_a_page_of_them_is_refused(judge: Person) -> None:
    with pytest.raises(ValueError, match="at most"):
        judge_together(range(MOST + 1), person=judge, at=now(), given=GIVEN)
