"""A decision becomes final when its objection term is over: not a day too early, once, and for each file apart."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from initiatives import finality
from initiatives.choices import FinalGround
from initiatives.finality import make_lapsed_decisions_final
from initiatives.models import FileTerm, Initiative, Notice
from initiatives.tests.factories import Cast, initiative, walk
from journal.models import Entry
from journal.read import trail
from workflow.clock import AMSTERDAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected() -> Initiative:
    return initiative(Cast(), "afgewezen")


def last_day_of(subject: Initiative) -> Any:
    return subject.terms.get(kind=FileTerm.Kind.OBJECTION).last_day


def days_after(subject: Initiative, days: int, hour: int = 0) -> datetime:
    """The beginning of a day in the Netherlands, so many days after the last day of the objection term."""
    return datetime.combine(last_day_of(subject) + timedelta(days=days), time(hour), AMSTERDAM)


def again(subject: Initiative) -> Initiative:
    return Initiative.objects.get(pk=subject.pk)


def test_on_the_last_day_nothing_is_final_yet(rejected: Initiative) -> None:
    assert make_lapsed_decisions_final(days_after(rejected, 0, hour=23)) == 0
    assert again(rejected).final_ground == ""


def test_the_day_after_the_last_day_the_decision_is_final(rejected: Initiative) -> None:
    assert make_lapsed_decisions_final(days_after(rejected, 1)) == 1
    final = again(rejected)
    assert (final.final_ground, final.final_on) == (
        FinalGround.TERM_LAPSED,
        last_day_of(rejected) + timedelta(days=1),
    )
    assert (final.due_kind, final.due_on) == ("", None)


def test_a_late_run_gives_the_same_day(rejected: Initiative) -> None:
    make_lapsed_decisions_final(days_after(rejected, 12))
    assert again(rejected).final_on == last_day_of(rejected) + timedelta(days=1)


def test_twice_is_once(rejected: Initiative) -> None:
    at = days_after(rejected, 1)
    assert [make_lapsed_decisions_final(at), make_lapsed_decisions_final(at)] == [1, 0]
    assert trail(rejected).filter(action="definitief_worden").count() == 1


def test_the_system_leaves_its_trace_and_tells_the_unit(rejected: Initiative) -> None:
    Notice.objects.all().delete()
    make_lapsed_decisions_final(days_after(rejected, 1))
    entry = trail(rejected)[0]
    assert (entry.actor, entry.role) == ("0000", "systeem")
    assert Notice.objects.filter(body__contains="de bezwaartermijn is voorbij").count() == 3


def test_what_was_objected_to_or_acquiesced_in_is_left_alone() -> None:
    cast = Cast()
    objected = initiative(cast, "bezwaar")
    acquiesced = walk(cast, "berusten", start=initiative(cast, "afgewezen"))
    late = days_after(objected, 400)
    assert make_lapsed_decisions_final(late) == 0
    assert again(acquiesced).final_ground == FinalGround.ACQUIESCED


def test_one_that_fails_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    first, second = initiative(cast, "afgewezen"), initiative(cast, "afgewezen")
    make_final = finality._make_final

    def breaks_on_the_first(pk: int, *rest: Any) -> bool:
        if pk == first.pk:
            raise DatabaseError
        return make_final(pk, *rest)

    monkeypatch.setattr(finality, "_make_final", breaks_on_the_first)
    assert make_lapsed_decisions_final(days_after(first, 1)) == 1
    assert (again(first).final_ground, again(second).final_ground) == ("", FinalGround.TERM_LAPSED)
    assert Entry.objects.filter(action="definitief_worden").count() == 1


def test_a_late_objection_undoes_it(rejected: Initiative) -> None:
    at = days_after(rejected, 1)
    make_lapsed_decisions_final(at)
    cast = Cast()
    excused = {"bezwaar_maken": {"late_excuse": "De brief kwam te laat aan."}}
    objected = walk(cast, "bezwaar_maken", start=again(rejected), given=excused, at=at)
    assert (objected.status, objected.final_ground, objected.final_on) == ("bezwaar", "", None)
