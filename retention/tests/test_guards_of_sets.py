"""What the guards refuse of a set: one bad row refuses all that came with it. Each beside its twin, the same set
without that row.
"""

from collections.abc import Callable
from typing import Any

import psycopg2.errors
import pytest
from django.db import connection

from organisation.tests.factories import person
from retention.clock import now
from retention.models import Destruction, Proof, Recording, Run
from retention.tests.engine import hold, judge, necessary
from retention.tests.factories import facts, recording
from retention.tests.refusal import Refusal

PLAN = """
INSERT INTO retention_destruction (recording_id, run_id, why, planned_at, point_of_no_return_at)
SELECT id, %s, 'termijn_verstreken', retention_now(), {passed} FROM unnest(%s::bigint[]) AS id
"""
PASS = "UPDATE retention_destruction SET point_of_no_return_at = retention_now() WHERE recording_id = ANY(%s::bigint[])"
PROVE = """
INSERT INTO retention_proof (recording_id, run_id, sha256, ground, how, destroyed_at)
SELECT id, %s, '-', 'termijn_verstreken', 'verwijderd', retention_now() FROM unnest(%s::bigint[]) AS id
"""
BURY = """
UPDATE retention_recording SET status = 'vernietigd', wearer = '', not_announced_reason = ''
WHERE id = ANY(%s::bigint[])
"""
NOBODY = 2**40
"""The number of no recording and no run."""


@pytest.fixture
def run(db: None) -> Run:
    return Run.objects.create(began_at=now())


def due(number: int = 3) -> list[int]:
    return [one.pk for one in Recording.objects.bulk_create(Recording(**facts(27)) for _ in range(number))]


def do(statement: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def plan(run: Run, pks: list[int], passed: str = "NULL") -> None:
    do(PLAN.format(passed=passed), run.pk, pks)


def unripe() -> dict[str, int]:
    """What may not pass, by the words with which it is refused."""
    held, young = recording(days_ago=27), recording(days_ago=26)
    hold(held, person())
    return {"what is held": held.pk, "its time has not come": young.pk}


@pytest.mark.parametrize("words", ["what is held", "its time has not come"])
@pytest.mark.parametrize("at_once", [True, False])
def test_one_that_may_not_pass_keeps_all_from_passing(run: Run, words: str, at_once: bool) -> None:
    good, bad = due(), unripe()[words]
    if not at_once:
        plan(run, [*good, bad])

    def let_pass(pks: list[int]) -> None:
        if at_once:
            plan(run, pks, "retention_now()")
        else:
            do(PASS, pks)

    with Refusal(words):
        let_pass([*good, bad])
    assert not Destruction.objects.filter(point_of_no_return_at__isnull=False).exists()
    let_pass(good)
    assert Destruction.objects.filter(point_of_no_return_at__isnull=False).count() == len(good)


@pytest.mark.django_db
def test_not_necessary_under_article_9_and_what_is_necessary_never_pass(run: Run) -> None:
    kept = necessary(recording(days_ago=3), days=5)
    of_nine = necessary(recording(days_ago=3), days=5, ground="9")
    of_nine = judge(of_nine, "niet_noodzakelijk", hours_ago=2)
    ripe = judge(recording(days_ago=3), "niet_noodzakelijk", hours_ago=2)
    plan(run, [kept.pk, of_nine.pk, ripe.pk])
    for bad in (kept, of_nine):
        with Refusal("its time has not come"):
            do(PASS, [ripe.pk, bad.pk])
    do(PASS, [ripe.pk])


def test_what_has_passed_is_worked_on_whatever_the_clock_says_later(run: Run) -> None:
    """Only what passes now is asked whether it may: a later claim of the same one is not refused."""
    good, young = due(1), unripe()["its time has not come"]
    plan(run, [*good, young])
    do(PASS, good)
    do("UPDATE retention_destruction SET attempts = attempts + 1")
    again = PASS.replace("retention_now()", "COALESCE(point_of_no_return_at, retention_now())")
    with Refusal("its time has not come"):
        do(again, [*good, young])
    do(again, good)


def test_intents_and_proofs_are_of_recordings_and_runs_that_are_there(run: Run) -> None:
    good = due()
    with Refusal("a recording and a run that are there"):
        plan(run, [*good, NOBODY])
    with Refusal("a recording and a run that are there"):
        plan(Run(pk=NOBODY), good)
    plan(run, good, "retention_now()")
    with Refusal("a run that is there"):
        do(PROVE, NOBODY, good)
    with Refusal("with intents or proofs stays"):
        do("DELETE FROM retention_run WHERE id = %s", run.pk)
    with Refusal("with intents or proofs stays"):
        do("UPDATE retention_run SET id = %s WHERE id = %s", NOBODY, run.pk)
    with Refusal("an intent stays of its recording and its run"):
        do("UPDATE retention_destruction SET recording_id = %s WHERE recording_id = %s", due(1)[0], good[0])
    do(PROVE, run.pk, good)
    do("DELETE FROM retention_run WHERE id = %s", Run.objects.create(began_at=now()).pk)


def test_a_proof_of_one_that_was_not_begun_refuses_all(run: Run) -> None:
    good, planned = due(), due(1)
    plan(run, good, "retention_now()")
    plan(run, planned)
    for bad in (planned[0], recording(days_ago=27).pk):
        with Refusal("no proof without the point of no return"):
            do(PROVE, run.pk, [*good, bad])
    assert not Proof.objects.exists()
    do(PROVE, run.pk, good)


def test_one_tombstone_without_proof_refuses_all(run: Run) -> None:
    good, unproven, planned = due(), due(1), due(1)
    plan(run, [*good, *unproven], "retention_now()")
    plan(run, planned)
    do(PROVE, run.pk, good)
    for bad in (*unproven, *planned, *due(1)):
        with Refusal("destroyed only with a proof"):
            do(BURY, [*good, bad])
    assert not Recording.objects.filter(status="vernietigd").exists()
    do(BURY, good)
    with Refusal("destroyed only with a proof"):
        do("UPDATE retention_recording SET judged_at = retention_now() WHERE id = %s", good[0])
    with Refusal("can no longer be judged"):
        do("UPDATE retention_recording SET status = 'te_beoordelen' WHERE id = %s", good[0])


def test_what_has_passed_is_never_taken_back_by_a_set(run: Run) -> None:
    begun, planned = due(2), due(2)
    plan(run, begun, "retention_now()")
    plan(run, planned)
    for statement in (
        "DELETE FROM retention_destruction",
        "UPDATE retention_destruction SET point_of_no_return_at = NULL",
        "UPDATE retention_destruction SET why = 'niet_noodzakelijk'",
    ):
        with Refusal("never taken back"):
            do(statement)
    do("DELETE FROM retention_destruction WHERE recording_id = ANY(%s)", planned)
    assert Destruction.objects.count() == len(begun)


@pytest.mark.django_db
def test_a_fact_of_one_changed_refuses_all() -> None:
    pks = due()
    with Refusal("the facts of a recording stay"):
        do("UPDATE retention_recording SET file_seen_at = retention_now(), camera_serial = id::text")
    with Refusal("the facts of a recording stay"):
        do("UPDATE retention_recording SET id = %s WHERE id = %s", NOBODY, pks[0])
    with Refusal("a file stays of the recording"):
        do("UPDATE retention_recording SET owns_file = false")
    do("UPDATE retention_recording SET file_seen_at = retention_now()")
    with Refusal("seen for the first time once"):
        do("UPDATE retention_recording SET file_seen_at = retention_now()")


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_refused_the_same(owner: Callable[..., None]) -> None:
    good, bad, run = due(), unripe()["what is held"], Run.objects.create(began_at=now())
    plan(run, [*good, bad])
    with pytest.raises(psycopg2.errors.CheckViolation, match="what is held"):
        owner("UPDATE retention_destruction SET point_of_no_return_at = retention_now()")
    with pytest.raises(psycopg2.errors.CheckViolation, match="destroyed only with a proof"):
        owner("UPDATE retention_recording SET status = 'vernietigd', wearer = '', not_announced_reason = ''")
    with pytest.raises(psycopg2.errors.CheckViolation, match="with intents or proofs stays"):
        owner("DELETE FROM retention_run")
    owner(
        f"UPDATE retention_destruction SET point_of_no_return_at = retention_now() WHERE recording_id <> {bad}",
        "DELETE FROM retention_destruction WHERE point_of_no_return_at IS NULL",
    )
    assert Destruction.objects.count() == len(good)
