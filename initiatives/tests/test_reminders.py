"""Whoever must act is reminded of a term: some days before, daily after, and never twice of the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from initiatives.models import FileTerm, Initiative, Notice, Reminder
from initiatives.reminders import WARNED, oversee, remind, warning_due
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from organisation.mandates import give_mandate
from organisation.models import Mandate, Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from workflow.clock import AMSTERDAM, local_date, now
from workflow.models import EquatedDay
from workflow.tests.almanac import DECREED

pytestmark = pytest.mark.django_db

FILED = datetime(2026, 10, 29, 12, 0, tzinfo=AMSTERDAM)
ENDS = date(2026, 12, 24)  # a Thursday
EIGHT = time(8)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def morning(day: date, hour: time = EIGHT) -> datetime:
    return datetime.combine(day, hour, AMSTERDAM)


def filed(cast: Cast, *steps: str, **given: dict[str, object]) -> Initiative:
    return walk(cast, *TO_STATUS["aangemeld"], *steps, at=FILED, given=given)


def reminded(person: Person) -> list[date]:
    """The days on which this person was reminded."""
    found = Notice.objects.filter(person=person, kind=Notice.Kind.REMINDER).order_by("pk")
    return [local_date(notice.created_at) for notice in found]


def every_day(first: date, last: date) -> None:
    """In the morning, and once more when there is nothing left to tell."""
    day = first
    while day <= last:
        for hour in (time(7), time(23, 59)):
            remind(morning(day, hour))
        day += timedelta(days=1)


def term(last_day: str, starts_on: str = "2026-01-01", kind: str = "first_decision") -> FileTerm:
    return FileTerm(kind=kind, starts_on=date.fromisoformat(starts_on), last_day=date.fromisoformat(last_day))


def test_who_must_act_is_warned_fourteen_seven_three_and_one_days_before(cast: Cast) -> None:
    filed(cast)
    every_day(ENDS - timedelta(days=WARNED[0] + 2), ENDS)
    assert reminded(cast.leader) == [ENDS - timedelta(days=before) for before in WARNED]
    assert [reminded(person) for person in (cast.contact, cast.head, cast.manager, cast.holder)] == [[]] * 4


@pytest.mark.parametrize(
    ("today", "due"),
    [
        # the last day is Wednesday 23 December: three days before is a Sunday, so the Friday before that
        ("2026-12-08", None),
        ("2026-12-09", 14),
        ("2026-12-15", 14),
        ("2026-12-16", 7),
        ("2026-12-17", 7),
        ("2026-12-18", 3),
        ("2026-12-21", 3),
        ("2026-12-22", 1),
        ("2026-12-23", 1),
        ("2026-12-24", -1),
        ("2027-01-01", -9),
    ],
)
def test_warning_comes_earlier_when_its_day_is_free(today: str, due: int | None) -> None:
    assert warning_due(term("2026-12-23"), date.fromisoformat(today), DECREED) == due


@pytest.mark.parametrize(
    ("last_day", "today", "due"),
    [
        ("2018-04-03", "2018-03-28", 7),
        ("2018-04-03", "2018-03-29", 1),  # Easter Monday, the weekend and Good Friday: on the Thursday before
        ("2015-05-18", "2015-05-12", 7),
        ("2015-05-18", "2015-05-13", 1),  # a weekend, a decree day and Ascension: on the Wednesday before
    ],
)
def test_warning_jumps_over_a_run_of_free_days(last_day: str, today: str, due: int) -> None:
    assert warning_due(term(last_day, "2015-01-01"), date.fromisoformat(today), DECREED) == due


def test_nobody_is_warned_of_what_was_told_with_the_step_itself() -> None:
    returned = term("2026-06-12", "2026-06-05", "supplement")  # a week, told on 5 June
    days = {day: warning_due(returned, date(2026, 6, day), frozenset()) for day in range(5, 13)}
    assert days == {5: None, 6: None, 7: None, 8: None, 9: 3, 10: 3, 11: 1, 12: 1}


def test_missed_term_is_told_of_daily_and_a_lapsed_objection_is_none(cast: Cast) -> None:
    filed(cast)
    every_day(ENDS + timedelta(days=1), ENDS + timedelta(days=4))
    assert reminded(cast.leader) == [ENDS + timedelta(days=days) for days in range(1, 5)]
    notice = Notice.objects.filter(kind=Notice.Kind.REMINDER).latest("pk")
    assert notice.subject == "1 termijn is voorbij"
    assert notice.leads_to[0].note == "Beoordelen: 4 dagen te laat, donderdag 24 december 2026"
    assert warning_due(term("2026-12-23", kind="objection"), date(2026, 12, 24), frozenset()) is None
    assert warning_due(term("2026-12-23", kind="objection"), date(2026, 12, 23), frozenset()) == 1


def test_newest_reminder_stands_for_the_earlier_ones(cast: Cast) -> None:
    filed(cast)
    every_day(ENDS + timedelta(days=1), ENDS + timedelta(days=3))
    assert Notice.objects.unread().filter(person=cast.leader, kind=Notice.Kind.REMINDER).count() == 1


def test_one_message_tells_of_all_files_of_somebody(cast: Cast) -> None:
    late, soon = filed(cast), walk(cast, *TO_STATUS["aangemeld"], at=FILED + timedelta(days=7))
    assert remind(morning(ENDS + timedelta(days=1))) == 1
    notice = Notice.objects.get(person=cast.leader, kind=Notice.Kind.REMINDER)
    assert notice.subject == "1 termijn is voorbij en 1 termijn loopt af"
    assert [link.path for link in notice.leads_to] == [f"/initiatieven/{file.pk}/" for file in (late, soon)]
    assert len(notice.paragraphs) == 2


def test_reminder_that_was_missed_comes_late_and_once(cast: Cast) -> None:
    filed(cast)
    every_day(ENDS - timedelta(days=5), ENDS - timedelta(days=4))  # beat stood still seven days before
    assert reminded(cast.leader) == [ENDS - timedelta(days=5)]
    assert Reminder.objects.get().days == 7


def test_nothing_is_told_before_seven_in_the_morning(cast: Cast) -> None:
    filed(cast)
    assert remind(morning(ENDS, time(6, 59))) == 0
    assert remind(morning(ENDS, time(7))) == 1


def test_supplement_reminds_the_unit_and_when_it_is_over_the_project_leader_too(cast: Cast) -> None:
    until = FILED.date() + timedelta(days=20)
    filed(cast, "terugsturen", terugsturen={"by_when": until})
    every_day(until - timedelta(days=7), until + timedelta(days=1))
    assert until + timedelta(days=1) in reminded(cast.contact)
    assert reminded(cast.leader) == [until + timedelta(days=1)]
    assert reminded(cast.head) == []


def test_head_is_reminded_of_the_objection_term_and_so_is_who_has_the_mandate(cast: Cast) -> None:
    decided = now() - timedelta(days=35)
    subject = walk(cast, *TO_STATUS["afgewezen"], at=decided)
    assert subject.due_on is not None
    today = local_date(now())
    give_mandate(cast.head, cast.contact, unit("ON"), Mandate.Kind.OBJECT, from_date=today, until_date=today)
    assert remind(morning(subject.due_on)) == 2
    assert reminded(cast.head) == reminded(cast.contact) == [subject.due_on]


def test_who_gave_the_first_decision_is_not_reminded_of_the_objection(cast: Cast) -> None:
    walk(cast, *TO_STATUS["bezwaar"], "afstemming_vastleggen", at=FILED)
    subject = Initiative.objects.get()
    assert subject.due_on is not None
    remind(morning(subject.due_on))
    assert reminded(cast.manager) == [subject.due_on]
    assert reminded(cast.leader) == reminded(cast.holder) == []


def test_term_that_moved_is_reminded_of_anew(cast: Cast) -> None:
    filed(cast)
    remind(morning(ENDS - timedelta(days=1)))
    Initiative.objects.update(due_on=ENDS + timedelta(days=1))
    FileTerm.objects.update(last_day=ENDS + timedelta(days=1))
    remind(morning(ENDS))
    assert reminded(cast.leader) == [ENDS - timedelta(days=1), ENDS]


def test_whose_account_is_closed_is_not_reminded(cast: Cast) -> None:
    filed(cast)
    Person.objects.filter(pk=cast.leader.pk).update(is_active=False)
    assert remind(morning(ENDS)) == 0


def test_database_lets_nobody_be_reminded_twice(cast: Cast) -> None:
    filed(cast)
    remind(morning(ENDS))
    first, notice = Reminder.objects.get(), Notice.objects.get(kind=Notice.Kind.REMINDER)
    again = Reminder(
        term=first.term, person=first.person, last_day=first.last_day, days=first.days, notice=first.notice
    )
    said = {"subject": notice.subject, "body": notice.body}
    for doubled in (
        again,
        Notice(person=cast.leader, kind=notice.kind, of_day=notice.of_day, created_at=FILED, **said),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            doubled.save()


@pytest.mark.django_db(transaction=True)
def test_beats_at_the_same_moment_remind_once(cast: Cast) -> None:
    filed(cast)

    def beat(_: int) -> int:
        try:
            return remind(morning(ENDS)) + oversee(morning(ENDS + timedelta(days=14)))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(beat, range(4))) == 2
    assert Reminder.objects.count() == 1


def test_portfolio_holder_is_told_every_week_what_was_over_when_it_began(cast: Cast) -> None:
    subject = filed(cast)
    monday = date(2026, 12, 28)
    for day in range(-7, 8):
        for hour in (6, 7, 12):
            oversee(morning(monday + timedelta(days=day), time(hour)))
    told = Notice.objects.filter(person=cast.holder, kind=Notice.Kind.OVERSIGHT).order_by("pk")
    assert [local_date(notice.created_at) for notice in told] == [monday, monday + timedelta(days=7)]
    first = told[0]
    assert first.subject == "Te laat in deze week: 1 termijn"
    assert first.leads_to[0].words == f"{subject.number}: Bodycams in de horeca"
    assert first.leads_to[0].note == "Eerste besluit, Oost-Nederland: 4 dagen te laat, donderdag 24 december 2026"


def test_week_that_beat_slept_through_on_monday_is_told_of_later(cast: Cast) -> None:
    filed(cast)
    assert [oversee(morning(date(2026, 12, day))) for day in (30, 31)] == [1, 0]


def test_portfolio_holder_is_not_told_of_a_lapsed_objection_or_of_nothing(cast: Cast) -> None:
    assert oversee(morning(date(2027, 1, 4))) == 0
    walk(cast, *TO_STATUS["afgewezen"], at=FILED - timedelta(days=10))
    assert oversee(morning(date(2027, 1, 4))) == 0


def test_unrelated_people_cost_nothing_and_get_nothing(cast: Cast) -> None:
    other = holder_of(Role.CONTACT, "MN")
    filed(cast)
    EquatedDay.objects.all().delete()
    remind(morning(ENDS))
    assert reminded(other) == []


def test_one_that_fails_does_not_stop_the_rest(cast: Cast) -> None:
    filed(cast)
    initiative(cast, "bezwaar")
    Initiative.objects.filter(status="bezwaar").update(due_on=ENDS, due_kind="supplement")  # a file that is not sound
    assert remind(morning(ENDS)) == 1
    assert reminded(cast.leader) == [ENDS]
