"""The evaluation of an experiment and the report of what became of an initiative: when due, how written, what stays."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from initiatives import notices
from initiatives.choices import CarriedOut
from initiatives.evaluations import (
    AHEAD,
    LOCK,
    NotEvaluated,
    SavedMeanwhile,
    due,
    due_on,
    lessons,
    may_evaluate,
    remind,
    save,
    why_not,
)
from initiatives.executions import NotPermitted, in_force, may_report, permitted_on, report
from initiatives.models import Evaluation, Execution, Initiative, Notice
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, walk
from journal.read import trail
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import AMSTERDAM, local_date, now

pytestmark = pytest.mark.django_db(transaction=True)

TRIAL: dict[str, Any] = {
    "kinds": ["aanschaf", "experiment"],
    "period_from": date(2017, 7, 1),
    "period_until": date(2018, 3, 31),
    "research_question": "Werkt het?",
}
WHOLE = {
    "contribution": "Minder geweld bij de deur.",
    "best_use": "In de nacht.",
    "technique": "Meer licht.",
    "advice": "doorgaan",
    "lessons": "Begin met de honden.",
}


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


def experiment(cast: Cast, status: str = "goedgekeurd", **changes: Any) -> Initiative:
    return initiative(cast, status, **{**TRIAL, **changes})


def told(subject: Initiative, cast: Cast, outcome: CarriedOut, on_day: date = date(2018, 2, 1)) -> Execution:
    return report(subject, outcome, on_day, "Zo is het gegaan.", person=cast.contact, at=now())


def submitted(subject: Initiative, cast: Cast, **changes: Any) -> Evaluation:
    return save(subject, {**WHOLE, **changes}, person=cast.contact, at=now(), after=0, submit=True)


# --- the report -----------------------------------------------------------------------------------------


def test_last_report_is_in_force_and_all_stay(cast: Cast) -> None:
    subject = initiative(cast, "goedgekeurd")
    told(subject, cast, CarriedOut.DONE)
    told(subject, cast, CarriedOut.ENDED_EARLY)
    again = Initiative.objects.get(pk=subject.pk)
    assert again.executions.count() == 2
    last = in_force(again)
    assert last is not None
    assert last.outcome == CarriedOut.ENDED_EARLY
    assert again.status == "goedgekeurd"
    assert str(trail(again)[0]) == (
        "De contactpersoon Oost-Nederland heeft gemeld: dit initiatief is eerder beëindigd, op 1 februari 2018."
    )
    assert Notice.objects.filter(person=cast.leader, subject__contains="eerder beëindigd").count() == 1


@pytest.mark.parametrize("status", ["aangemeld", "beoordeeld", "afgewezen", "bezwaar", "ingetrokken"])
def test_without_permission_there_is_nothing_to_report_or_evaluate(cast: Cast, status: str) -> None:
    subject = experiment(cast, status)
    assert permitted_on(subject) is None
    assert not may_report(cast.contact, subject)
    assert not may_evaluate(cast.contact, subject)
    with pytest.raises(NotPermitted):
        told(subject, cast, CarriedOut.DONE)
    with pytest.raises(NotEvaluated, match="geen toestemming"):
        submitted(subject, cast)


def test_permission_stands_while_an_objection_against_refused_support_runs(cast: Cast) -> None:
    subject = walk(cast, "bezwaar_maken", start=experiment(cast))
    told(subject, cast, CarriedOut.DONE)
    submitted(subject, cast)


def test_contact_person_of_the_unit_speaks_for_it(cast: Cast) -> None:
    subject = experiment(cast)
    asked = (cast.contact, cast.head, cast.leader, holder_of(Role.CONTACT, "MN"), holder_of(Role.AUDITOR))
    assert [may_report(one, subject) for one in asked] == [True, False, False, False, False]
    assert [may_evaluate(one, subject) for one in asked] == [True, False, False, False, False]


# --- when it is due -------------------------------------------------------------------------------------


def test_due_at_the_end_or_when_ended_early_and_never_when_not_carried_out(cast: Cast) -> None:
    subject = experiment(cast)
    assert due_on(subject) == date(2018, 3, 31)
    told(subject, cast, CarriedOut.ENDED_EARLY)
    again = Initiative.objects.get(pk=subject.pk)
    assert due_on(again) == date(2018, 2, 1)
    told(subject, cast, CarriedOut.NOT_DONE)
    again = Initiative.objects.get(pk=subject.pk)
    assert (due_on(again), bool(why_not(again))) == (None, True)
    assert due_on(initiative(cast, "goedgekeurd")) is None


@pytest.mark.parametrize(("days", "is_due"), [(29, False), (28, True), (0, True), (-400, True)])
def test_it_is_on_the_list_from_four_weeks_before(cast: Cast, days: int, is_due: bool) -> None:
    today = local_date(now())
    end = today + timedelta(days=days)
    subject = experiment(cast, period_until=end, period_from=end - timedelta(days=90))
    assert [one.pk for one in due(Initiative.objects.all(), today)] == ([subject.pk] if is_due else [])


def test_what_the_list_says_is_what_the_file_says(cast: Cast) -> None:
    today = local_date(now())
    files = [experiment(cast) for _ in range(5)]
    told(files[1], cast, CarriedOut.ENDED_EARLY)
    told(files[2], cast, CarriedOut.NOT_DONE)
    submitted(files[3], cast)
    save(files[4], {"lessons": "Nog niet af."}, person=cast.contact, at=now(), after=0)
    files += [experiment(cast, status) for status in TO_STATUS if status not in ("concept", "goedgekeurd")]
    concept(cast, **TRIAL)
    listed = {one.pk: one.evaluation_due for one in due(Initiative.objects.all(), today)}
    wanted = {one.pk: due_on(one) for one in Initiative.objects.all() if due_on(one) and one.pk != files[3].pk}
    assert listed == wanted
    assert len(wanted) == 3


@pytest.mark.parametrize("is_at_it", [False, True])
def test_two_who_remind_at_the_same_moment_remind_once(cast: Cast, owner_cursor: Any, is_at_it: bool) -> None:
    """The twin: when nobody else is at it, it is done."""
    today = local_date(now())
    subject = experiment(cast, period_until=today, period_from=today - timedelta(days=90))
    if is_at_it:
        owner_cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, subject.pk])
    assert remind(datetime.combine(today, time(12), AMSTERDAM)) == (0 if is_at_it else 1)


def test_one_that_fails_does_not_stop_the_rest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: when it fails no longer, that one is reminded of too."""
    today = local_date(now())
    first, second = (experiment(cast, period_until=today, period_from=today - timedelta(days=90)) for _ in range(2))
    at, tell = datetime.combine(today, time(12), AMSTERDAM), notices.tell_people

    def tell_but_the_first(*others: Any, **given: Any) -> None:
        if given["initiative"].pk == first.pk:
            raise RuntimeError
        tell(*others, **given)

    monkeypatch.setattr(notices, "tell_people", tell_but_the_first)
    assert remind(at) == 1
    told_of = Notice.objects.filter(links__0__1__endswith="/evaluatie/").values_list("initiative", flat=True)
    assert list(told_of) == [second.pk]
    monkeypatch.setattr(notices, "tell_people", tell)
    assert remind(at) == 1
    assert set(told_of.all()) == {first.pk, second.pk}


def test_reminded_four_weeks_and_one_week_before_on_the_day_and_every_four_weeks_after(cast: Cast) -> None:
    today = local_date(now())
    experiment(cast, period_until=today, period_from=today - timedelta(days=90))
    reminded = {}
    for days in range(-30, 60):
        at = datetime.combine(today + timedelta(days=days), time(12), AMSTERDAM)
        if remind(at):
            reminded[days] = Notice.objects.filter(links__0__1__endswith="/evaluatie/").count()
        assert remind(at) == 0
    assert reminded == {-28: 1, -7: 2, 0: 3, 28: 4, 56: 5}
    assert set(Notice.objects.filter(links__0__1__endswith="/evaluatie/").values_list("person", flat=True)) == {
        cast.contact.pk
    }
    assert timedelta(days=28) == AHEAD


# --- writing it -----------------------------------------------------------------------------------------


def test_draft_is_saved_often_and_submitted_once(cast: Cast) -> None:
    subject = experiment(cast)
    save(subject, {"lessons": "Begin klein."}, person=cast.contact, at=now(), after=0)
    assert not lessons().exists()
    save(subject, WHOLE, person=cast.contact, at=now(), after=1, submit=True)
    assert [written.lessons for written in lessons()] == ["Begin met de honden."]
    with pytest.raises(NotEvaluated, match="al ingediend"):
        save(subject, WHOLE, person=cast.contact, at=now(), after=2, submit=True)
    assert [entry.action for entry in trail(subject)[:2]] == ["evaluatie_ingediend", "evaluatie_bewaard"]


@pytest.mark.parametrize("after", [0, 2])
def test_who_saves_another_version_is_told(cast: Cast, after: int) -> None:
    subject = experiment(cast)
    save(subject, {"lessons": "Begin klein."}, person=cast.contact, at=now(), after=0)
    with pytest.raises(SavedMeanwhile):
        save(subject, {"lessons": "Begin groot."}, person=cast.contact, at=now(), after=after)
    assert Evaluation.objects.get().lessons == "Begin klein."


def test_all_contact_persons_are_told_what_was_learnt(cast: Cast) -> None:
    elsewhere = holder_of(Role.CONTACT, "MN")
    written = submitted(experiment(cast), cast)
    notices = Notice.objects.filter(links__0__1=f"/lessen/{written.pk}/")
    assert set(notices.values_list("person", flat=True)) == {elsewhere.pk, cast.leader.pk, cast.head.pk}


def test_lessons_are_found_by_their_words_and_by_the_title(cast: Cast) -> None:
    submitted(experiment(cast, title="Bodycams te water"), cast)
    for words in ("hond", "licht", "bodycam water"):
        assert lessons(words).count() == 1
    assert lessons("paard").count() == 0


# --- what the database refuses ----------------------------------------------------------------------------

EXECUTE = (
    "INSERT INTO initiatives_execution (initiative_id, outcome, on_day, sentence, reported_by_id, reported_at) "
    "VALUES ({initiative}, 'uitgevoerd', '2018-01-01', 's', {person}, now())"
)
EVALUATE = (
    "INSERT INTO initiatives_evaluation (initiative_id, contribution, best_use, technique, indicators, "
    "research_partner, advice, advice_reasons, lessons, version, saved_by_id, saved_at, submitted_by_id, submitted_at) "
    "VALUES ({initiative}, '', '', '', '{{}}', '', '', '', '', 1, {person}, now(), {by}, {at})"
)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (EXECUTE, {"initiative": "{rejected}"}),
        ("UPDATE initiatives_execution SET outcome = 'niet_uitgevoerd'", {}),
        ("DELETE FROM initiatives_execution", {}),
        (EVALUATE, {"initiative": "{rejected}", "by": "NULL", "at": "NULL"}),
        (EVALUATE, {"initiative": "{purchase}", "by": "NULL", "at": "NULL"}),
        (EVALUATE, {"initiative": "{open}", "by": "{person}", "at": "now()"}),
        (EVALUATE, {"initiative": "{open}", "by": "{person}", "at": "NULL"}),
        ("UPDATE initiatives_evaluation SET lessons = 'iets anders'", {}),
        ("UPDATE initiatives_evaluation SET submitted_at = NULL, submitted_by_id = NULL", {}),
        ("DELETE FROM initiatives_evaluation", {}),
    ],
)
def test_database_refuses_what_may_never_be(cast: Cast, statement: str, values: dict[str, str]) -> None:
    subject = experiment(cast)
    told(subject, cast, CarriedOut.DONE)
    submitted(subject, cast)
    known = {
        "rejected": experiment(cast, "afgewezen").pk,
        "purchase": initiative(cast, "goedgekeurd").pk,
        "open": experiment(cast).pk,
        "person": cast.contact.pk,
    }
    given = {name: value.format(**known) for name, value in values.items()}
    with pytest.raises(DatabaseError):
        run(statement.format(**{**known, **given}) if values else statement)
    assert list(Execution.objects.values_list("outcome", flat=True)) == ["uitgevoerd"]
    assert list(Evaluation.objects.values_list("lessons", flat=True)) == ["Begin met de honden."]


@transaction.atomic
def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
