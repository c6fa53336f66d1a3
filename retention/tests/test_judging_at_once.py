"""Two people at once on real threads: one judgement each time, and what is being destroyed is judged no more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.models import Destruction, Judgement, Recording, Run
from retention.services import TOGETHER, judge_together, take_step
from retention.tests.factories import recording
from retention.tests.states import anew, kept, not_kept, today
from workflow.take import Refused

pytestmark = pytest.mark.django_db(transaction=True)
AWAY: dict[str, Any] = {"reason_code": "geen_audio", "reasons": ""}
KEEP: dict[str, Any] = {
    "ground": "8",
    "purpose": "opsporing",
    "second_purposes": [],
    "council_record": "",
    "case_reference": "PL-1",
    "reasons": "Nodig.",
}


def at_once(*tasks: Callable[[], bool]) -> list[bool]:
    """Each on a thread and a connection of its own, all begun at the same moment; whether each was done."""
    ready = Barrier(len(tasks))

    def run(task: Callable[[], bool]) -> bool:
        try:
            ready.wait(30)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def taking(found: Recording, name: str, by: Person, **given: Any) -> Callable[[], bool]:
    def task() -> bool:
        try:
            take_step(found.pk, name, person=by, at=now(), read=lambda *_: given)
        except Refused:
            return False
        return True

    return task


def test_of_two_judges_one_is_told_that_the_other_was_first() -> None:
    first, second = holder_of(Role.JUDGE, "ON"), holder_of(Role.JUDGE, "ON")
    for _ in range(3):
        found = recording()
        done = at_once(taking(found, TOGETHER, first, **AWAY), taking(found, TOGETHER, second, **AWAY))
        assert sorted(done) == [False, True]
        assert Judgement.objects.filter(recording=found).count() == 1


def test_two_privacy_officers_answer_a_request_once() -> None:
    found, judge = kept(), holder_of(Role.JUDGE, "ON")
    until = today().replace(year=today().year + 1, day=1)
    assert taking(found, "termijn_wijzigen", judge, keep_until=until, reasons="Nodig.")()
    one, other = holder_of(Role.PRIVACY), holder_of(Role.PRIVACY)
    given = {"keep_until": None, "reasons": "Gezien."}
    done = at_once(taking(found, "termijn_wijzigen", one, **given), taking(found, "termijn_weigeren", other, **given))
    assert sorted(done) == [False, True]


def test_the_same_ones_chosen_by_two_are_each_judged_once() -> None:
    chosen = [recording() for _ in range(12)]
    keys = [one.pk for one in chosen]

    def judging(by: Person, order: list[int]) -> Callable[[], bool]:
        return lambda: bool(judge_together(order, person=by, at=now(), given=AWAY))

    people = [holder_of(Role.JUDGE, "ON"), holder_of(Role.JUDGE, "ON")]
    assert at_once(judging(people[0], keys), judging(people[1], keys[::-1])) == [True, True]
    assert Judgement.objects.filter(recording__in=chosen).count() == len(chosen)


def test_a_recording_is_judged_necessary_or_destroyed_and_never_both() -> None:
    judge, run = holder_of(Role.JUDGE, "ON"), Run.objects.create(began_at=now())
    for _ in range(4):
        found = not_kept(61)

        def begin(subject: Recording = found) -> bool:
            try:
                with transaction.atomic():
                    Destruction.objects.create(
                        recording=subject,
                        run=run,
                        why="niet_noodzakelijk",
                        planned_at=now(),
                        point_of_no_return_at=now(),
                    )
            except IntegrityError:
                return False
            return True

        judged, destroyed = at_once(taking(found, "noodzakelijk_verklaren", judge, **KEEP, keep_until=today()), begin)
        assert judged != destroyed
        assert (anew(found).status == "noodzakelijk") is judged
