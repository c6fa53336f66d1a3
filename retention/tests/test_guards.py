"""What the database itself refuses of recordings, whoever writes; each refusal beside what it lets through."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from organisation.models import Person
from organisation.tests.factories import person
from retention.clock import now
from retention.models import (
    Destruction,
    Hold,
    HoldExtension,
    HoldRelease,
    Judgement,
    Proof,
    Recording,
    Run,
    TermRequest,
    TermVerdict,
)
from retention.tests import factories
from retention.tests.factories import recording
from retention.tests.refusal import Refusal
from workflow.clock import local_date, midnight

pytestmark = pytest.mark.django_db
NECESSARY: dict[str, Any] = {"ground": "8", "purpose": "opsporing", "case_reference": "PL-1"}


@pytest.fixture
def refused() -> Callable[[str], AbstractContextManager[Any]]:
    """The block is refused by the database with these words, and the transaction goes on."""
    return Refusal


def change(found: Recording, **values: Any) -> None:
    assert Recording.objects.filter(pk=found.pk).update(**values) == 1


def judged(found: Recording, status: str, minutes_ago: int = 0, **values: Any) -> None:
    factories.judged(found, status, now() - timedelta(minutes=minutes_ago), **values)


def hold(found: Recording, by: Person, **values: Any) -> Hold:
    at = values.pop("placed_at", now())
    until = values.pop("until_at", at + timedelta(days=7))
    return Hold.objects.create(
        recording=found, reason="klacht", explanation="-", owner=by, placed_by=by, placed_at=at, until_at=until
    )


def begin(found: Recording) -> Destruction:
    """Pass the point of no return, as the worker does."""
    run, at = Run.objects.create(began_at=now()), now()
    return Destruction.objects.create(
        recording=found, run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at
    )


def prove(found: Recording, run: Run) -> None:
    Proof.objects.create(
        recording=found, run=run, sha256=found.sha256, ground="termijn_verstreken", how="verwijderd", destroyed_at=now()
    )


@pytest.fixture
def due() -> Recording:
    return recording(days_ago=27)


def test_a_fact_never_changes(refused: Any) -> None:
    found = recording()
    for fact in ({"used_from": now()}, {"wearer": ""}, {"sha256": "0" * 64}, {"place": "woning"}):
        with refused("the facts of a recording stay"):
            change(found, **fact)
    change(found, file_seen_at=now())


def test_a_recording_arrives_to_be_judged_and_is_never_removed(refused: Any) -> None:
    with refused("arrives to be judged"):
        recording(judged_at=now())
    found = recording()
    with refused("leaves its tombstone"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM retention_recording WHERE id = %s", [found.pk])


def test_the_true_moment_is_fixed_once_and_only_of_what_was_set_apart(refused: Any) -> None:
    at = now() - timedelta(days=2)
    wrong = recording(used_from=at + timedelta(days=1), uploaded_at=at, arrived_at=at)
    with refused("true moment"):
        change(recording(), true_from=at)
    change(wrong, true_from=at - timedelta(days=3))
    fixed = Recording.objects.get(pk=wrong.pk)
    assert fixed.judging_closes_at is not None
    assert (fixed.set_apart, fixed.judging_closes_at < wrong.judging_closes_at) == (False, True)
    with refused("true moment"):
        change(wrong, true_from=at)


def test_judging_closes_for_good(refused: Any, due: Recording) -> None:
    judged(recording(days_ago=26), "noodzakelijk", keep_until=now().date(), **NECESSARY)
    with refused("judging has closed"):
        judged(due, "noodzakelijk", keep_until=now().date(), **NECESSARY)


def test_no_step_leads_back_from_removed(refused: Any) -> None:
    found = recording(days_ago=26)
    judged(found, "noodzakelijk", keep_until=now().date() - timedelta(days=9), **NECESSARY)
    change(found, status="verwijderd", keep_until=now().date() + timedelta(days=1826))
    with refused("no step leads"):
        change(found, status="noodzakelijk")


def test_only_what_is_due_and_not_held_passes_the_point_of_no_return(refused: Any, due: Recording) -> None:
    with refused("its time has not come"):
        begin(recording(days_ago=26))
    fresh = recording()
    judged(fresh, "niet_noodzakelijk", minutes_ago=59)
    with refused("its time has not come"):
        begin(fresh)
    held = recording(days_ago=27)
    hold(held, person())
    with refused("what is held"):
        begin(held)
    judged(ripe := recording(days_ago=1), "niet_noodzakelijk", minutes_ago=60)
    begin(ripe)
    begin(due)


def test_a_hold_that_has_ended_or_was_released_holds_nothing() -> None:
    ended, released = recording(days_ago=27), recording(days_ago=27)
    hold(ended, person(), placed_at=now() - timedelta(days=7), until_at=now())
    early = hold(released, person())
    HoldRelease.objects.create(hold=early, reasons="-", by=person(), at=now())
    begin(ended)
    begin(released)


def test_what_has_begun_is_neither_held_nor_judged_nor_taken_back(refused: Any, due: Recording) -> None:
    expired = hold(due, person(), placed_at=now() - timedelta(days=7), until_at=now())
    intent = begin(due)
    with refused("no longer be held"):
        hold(due, person())
    with refused("no longer be held"):
        HoldExtension.objects.create(
            hold=expired, until_at=now() + timedelta(days=1), reasons="-", by=person(), at=now()
        )
    with refused("no longer be judged"):
        Judgement.objects.create(recording=due, step="x", person=person(), role="beoordelaar", at=now())
    with refused("never taken back"):
        Destruction.objects.filter(pk=intent.pk).update(point_of_no_return_at=None)
    with refused("never taken back"):
        intent.delete()


def test_destroyed_only_with_a_proof_and_without_a_wearer(refused: Any, due: Recording) -> None:
    with refused("no proof without the point of no return"):
        prove(due, Run.objects.create(began_at=now()))
    intent = begin(due)
    with refused("only with a proof"):
        change(due, status="vernietigd", wearer="")
    prove(due, intent.run)
    with refused("a_tombstone_names_no_wearer"):
        change(due, status="vernietigd")
    change(due, status="vernietigd", wearer="")
    assert Recording.objects.get(pk=due.pk).next_at is None


def test_nobody_judges_what_they_wore_the_camera_for(refused: Any) -> None:
    wearer = person()
    own = recording(wearer=wearer.number)
    with refused("wore the camera"):
        Judgement.objects.create(recording=own, step="x", person=wearer, role="beoordelaar", at=now())
    Judgement.objects.create(recording=own, step="x", person=wearer, role="drager", at=now())
    Judgement.objects.create(recording=own, step="x", person=person(), role="beoordelaar", at=now())


def test_a_wearer_judges_within_a_day_after_the_shift_also_when_its_end_is_false(refused: Any) -> None:
    by, in_a_year = person(), now() + timedelta(days=365)
    at = now() - timedelta(hours=48)

    def throws_away(used_to: datetime) -> None:
        found = recording(used_from=used_to, used_to=used_to, shift_end=in_a_year, wearer=by.number)
        Judgement.objects.create(
            recording=found, step="niet_zinvol_verklaren", person=by, role="drager", at=now() - timedelta(days=1)
        )

    throws_away(at + timedelta(minutes=1))
    with refused("the end of the shift has passed"):
        throws_away(at)


def test_a_hold_is_extended_and_released_by_another(refused: Any) -> None:
    somebody = person()
    placed = hold(recording(), somebody)
    with refused("another person"):
        HoldRelease.objects.create(hold=placed, reasons="-", by=somebody, at=now())
    HoldRelease.objects.create(hold=placed, reasons="-", by=person(), at=now())
    with refused("released hold has ended"):
        HoldExtension.objects.create(
            hold=placed, until_at=now() + timedelta(days=1), reasons="-", by=person(), at=now()
        )


def test_a_hold_ends_six_weeks_from_now_at_the_latest_whenever_it_says_it_was_placed(refused: Any) -> None:
    later = now() + timedelta(days=30)
    with refused("six weeks of now"):
        hold(recording(), person(), placed_at=later, until_at=later + timedelta(days=40))
    placed = hold(recording(), person(), until_at=now() + timedelta(days=42))
    until, by = later + timedelta(days=40), person()
    with refused("six weeks of now"):
        HoldExtension.objects.create(hold=placed, until_at=until, reasons="-", by=by, at=later)
    HoldExtension.objects.create(
        hold=placed, until_at=now() + timedelta(days=42), reasons="-", by=by, at=now() - timedelta(minutes=1)
    )


@pytest.mark.parametrize(("ground", "days"), [("8", 5 * 365), ("9", 364), ("13", 364)])
def test_what_is_necessary_is_kept_no_further_than_its_ground_reaches(refused: Any, ground: str, days: int) -> None:
    """Article 8 reaches five years from use, the others a year from the judgement."""
    given, found = {**NECESSARY, "ground": ground}, recording()
    day = local_date(now())
    with refused("does not reach that far"):
        judged(found, "noodzakelijk", keep_until=day + timedelta(days=days + 3), **given)
    with refused("does not reach that far"):
        judged(found, "noodzakelijk", keep_until=day, **{**given, "ground": "7"})
    with refused("training or science"):
        judged(found, "noodzakelijk", keep_until=day, **{**given, "purpose": "onderwijs"})
    judged(found, "noodzakelijk", keep_until=day + timedelta(days=days), **given)


def test_longer_takes_two_people_who_are_who_they_were(refused: Any) -> None:
    found, day, judge = recording(), local_date(now()), person()
    judged(found, "noodzakelijk", keep_until=day, **{**NECESSARY, "ground": "9"})
    longer = day + timedelta(days=90)
    with refused("takes two people"):
        change(found, keep_until=longer)
    asked = TermRequest.objects.create(recording=found, keep_until=longer, reasons="-", asked_by=judge, asked_at=now())
    told: dict[str, Any] = {"request": asked, "agreed": True, "reasons": "-", "decided_at": now()}
    with refused("by who asked"):
        TermVerdict.objects.create(asked_by=person(), decided_by=judge, **told)
    TermVerdict.objects.create(asked_by=judge, decided_by=person(), **told)
    with refused("takes two people"):
        change(found, keep_until=longer + timedelta(days=1))
    change(found, keep_until=longer)


def test_nothing_is_judged_or_arrives_in_the_future(refused: Any) -> None:
    with refused("judges in the future"):
        judged(recording(), "niet_noodzakelijk", minutes_ago=-10)
    judged(recording(), "niet_noodzakelijk", minutes_ago=-4)
    with refused("arrives now"):
        recording(arrived_at=now() + timedelta(minutes=10))
    recording(arrived_at=now() + timedelta(minutes=4))


def test_nothing_is_judged_before_it_came_in(refused: Any) -> None:
    """But what is judged now, should the clock have been ahead when it came."""
    found, early = recording(days_ago=3), recording(arrived_at=now() + timedelta(minutes=4))
    with refused("before it came in"):
        judged(found, "niet_noodzakelijk", minutes_ago=4 * 24 * 60)
    judged(found, "niet_noodzakelijk", minutes_ago=24 * 60)
    with refused("before it came in"):
        judged(early, "niet_noodzakelijk", minutes_ago=61)
    judged(early, "niet_noodzakelijk")


@pytest.mark.parametrize("status", ["noodzakelijk", "niet_noodzakelijk"])
def test_nothing_is_judged_by_nobody(refused: Any, status: str) -> None:
    """Neither at first, nor again; the clock alone leaves no judgement, at the end of the last day."""
    found, at = recording(days_ago=3), now()
    given = {**NECESSARY, "keep_until": local_date(at) - timedelta(days=1)}
    with refused("judged by somebody"):
        change(found, status=status, status_before=found.status, judged_at=at, **given)
        connection.check_constraints()
    factories.judged(found, "noodzakelijk", at, **given)
    with refused("judged by somebody"):
        change(found, status=status, judged_at=at + timedelta(seconds=1))
        connection.check_constraints()
    change(found, status="niet_noodzakelijk", judged_at=midnight(local_date(at)) - timedelta(hours=1))
    connection.check_constraints()
