"""A day that is equated with a holiday moves the open terms that end on it, and no others; who must know is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from initiatives import decree_days
from initiatives.decree_days import DayRefused, mark_of, shifts_if_added, shifts_if_removed
from initiatives.models import FileTerm, Initiative, Notice
from initiatives.procedure import Status
from initiatives.services import take_step
from initiatives.shifted import NotAsShown
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.calendar import CalendarInUse, change_days, equated_days
from workflow.clock import AMSTERDAM, now
from workflow.holidays import first_working_day
from workflow.models import EquatedDay

pytestmark = pytest.mark.django_db

FILED = datetime(2026, 10, 29, 12, 0, tzinfo=AMSTERDAM)  # plus 56 days: Thursday 24 December 2026
ENDS, MOVED = date(2026, 12, 24), date(2026, 12, 28)  # over both Christmas days and a Sunday
LATER = datetime(2026, 11, 10, 12, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def filed(cast: Cast, *steps: str, **given: dict[str, object]) -> Initiative:
    return walk(cast, *TO_STATUS["aangemeld"], *steps, at=FILED, given=given)


def add(day: date, by: Person, at: datetime = LATER) -> int:
    return decree_days.add_day(day, "Stb. 2025, 210", shown=mark_of(shifts_if_added(day)), by=by, at=at)


def remove(day: date, by: Person, at: datetime = LATER) -> int:
    pk, shown = EquatedDay.objects.get(date=day).pk, mark_of(shifts_if_removed(day))
    return decree_days.remove_day(pk, "Het besluit is ingetrokken.", shown=shown, by=by, at=at)


def last_days(subject: Initiative) -> set[date]:
    """The last day as the term has it, and as every list has it."""
    current = Initiative.objects.get(pk=subject.pk)
    return {current.due_on or date.min, FileTerm.objects.get(initiative=subject, met_on=None).last_day}


def test_open_term_that_ends_on_the_day_moves_and_comes_back_when_the_day_goes(
    cast: Cast, administrator: Person
) -> None:
    subject = filed(cast)
    assert last_days(subject) == {ENDS}
    assert add(ENDS, administrator) == 1
    assert last_days(subject) == {MOVED}
    assert remove(ENDS, administrator) == 1
    assert last_days(subject) == {ENDS}
    assert ENDS not in equated_days()


def test_what_is_shown_beforehand_is_what_happens(cast: Cast, administrator: Person) -> None:
    subject = filed(cast)
    (shift,) = shifts_if_added(ENDS).files
    assert (shift.term.initiative_id, shift.before, shift.after) == (subject.pk, ENDS, MOVED)
    assert shift.words == "Eerste besluit: tot en met maandag 28 december 2026 (was donderdag 24 december 2026)"
    assert last_days(subject) == {ENDS}  # looking changes nothing
    assert equated_days() == equated_days() - {ENDS}


@pytest.mark.parametrize("day", ["2026-12-22", "2026-12-23", "2026-12-29", "2026-11-02"])
def test_another_day_moves_nothing(cast: Cast, administrator: Person, day: str) -> None:
    subject = filed(cast)
    assert add(date.fromisoformat(day), administrator) == 0
    assert last_days(subject) == {ENDS}


def test_day_between_the_raw_end_and_the_last_day_moves_it_further(cast: Cast, administrator: Person) -> None:
    subject = filed(cast)
    add(ENDS, administrator)
    assert add(MOVED, administrator) == 1
    assert last_days(subject) == {date(2026, 12, 29)}
    assert remove(ENDS, administrator) == 1  # now the raw end is a working day again
    assert last_days(subject) == {ENDS}
    assert remove(MOVED, administrator) == 0


def test_term_that_was_met_stays(cast: Cast, administrator: Person) -> None:
    subject = initiative(cast, "concept")
    walk(cast, *TO_STATUS["beoordeeld"], "afwijzen", start=subject, at=FILED)
    assert add(ENDS, administrator) == 0
    first = FileTerm.objects.get(initiative=subject, kind="first_decision")
    assert first.last_day == ENDS


def test_day_that_the_project_leader_chose_stays(cast: Cast, administrator: Person) -> None:
    subject = filed(cast, "terugsturen", terugsturen={"by_when": ENDS})
    assert add(ENDS, administrator) == 0
    assert Initiative.objects.get(pk=subject.pk).due_on == ENDS


def test_suspension_and_adjournment_are_reckoned_with_as_always(cast: Cast, administrator: Person) -> None:
    subject = filed(cast, "terugsturen", terugsturen={"by_when": date(2026, 11, 12)})
    term = FileTerm.objects.get(initiative=subject, kind="first_decision", met_on=None)
    assert term.last_day == ENDS + timedelta(14)  # Thursday 7 January
    assert add(term.last_day, administrator) == 1
    term = FileTerm.objects.get(pk=term.pk)
    assert term.last_day == date(2027, 1, 8)
    assert Initiative.objects.get(pk=subject.pk).due_kind == "supplement"  # the running one is another


def test_objection_and_the_decision_on_it_move_too(cast: Cast, administrator: Person) -> None:
    decided = datetime(2026, 11, 12, 12, 0, tzinfo=AMSTERDAM)  # plus 42 days: 24 December
    waiting = walk(cast, *TO_STATUS["afgewezen"], at=decided)
    objected = walk(cast, *TO_STATUS["bezwaar"], at=decided - timedelta(42))
    assert last_days(waiting) == last_days(objected) == {ENDS}
    assert add(ENDS, administrator, at=decided + timedelta(days=1)) == 2
    assert last_days(waiting) == last_days(objected) == {MOVED}


def test_who_must_act_and_the_unit_are_told_once_with_all_their_files(cast: Cast, administrator: Person) -> None:
    first, second = filed(cast), filed(cast)
    Notice.objects.all().delete()
    add(ENDS, administrator)
    told = {notice.person: notice for notice in Notice.objects.all()}
    assert set(told) == {cast.leader, cast.contact, cast.head}
    notice = told[cast.leader]
    assert (notice.subject, notice.kind, notice.initiative) == ("2 termijnen zijn verschoven", "wijziging", None)
    assert notice.paragraphs[0].startswith("24 december 2026 is gelijkgesteld met een feestdag.")
    assert [(link.words, link.path) for link in notice.leads_to] == [
        (subject.number, f"/initiatieven/{subject.pk}/") for subject in (first, second)
    ]
    assert "maandag 28 december 2026 (was donderdag 24 december 2026)" in notice.leads_to[0].note


def test_journal_says_who_did_what_and_the_trail_of_each_file_why(cast: Cast, administrator: Person) -> None:
    subject = filed(cast)
    add(ENDS, administrator)
    entry = Entry.objects.get(action="dag_gelijkgesteld")
    assert (entry.actor, entry.role) == (administrator.number, "beheerder")
    assert str(entry) == "24 december 2026 is gelijkgesteld met een feestdag (Stb. 2025, 210). 1 termijn verschoof."
    moved = Entry.objects.get(action="termijn_verschoven", object_id=str(subject.pk))
    assert str(moved).endswith("Want 24 december 2026 is gelijkgesteld met een feestdag.")
    remove(ENDS, administrator)
    assert Entry.objects.get(action="dag_weggehaald").reason == "Het besluit is ingetrokken."


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-12-25", "Eerste Kerstdag"), ("2026-12-26", "Tweede Kerstdag"), ("2026-12-27", "een zondag")],
)
def test_day_that_is_free_already_is_refused(administrator: Person, day: str, why: str) -> None:
    with pytest.raises(DayRefused, match=why):
        add(date.fromisoformat(day), administrator)


def test_day_is_added_once_and_taken_away_once(administrator: Person) -> None:
    add(ENDS, administrator)
    with pytest.raises(DayRefused, match="al geen termijn"):
        add(ENDS, administrator)
    pk = EquatedDay.objects.get(date=ENDS).pk
    remove(ENDS, administrator)
    with pytest.raises(DayRefused, match="al weggehaald"):
        decree_days.remove_day(pk, "Nog eens.", shown="", by=administrator, at=LATER)


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_day_that_is_over_is_not_taken_away(administrator: Person, days: int, refused: bool) -> None:
    at = datetime.combine(ENDS + timedelta(days), FILED.time(), AMSTERDAM)
    add(ENDS, administrator)
    if refused:
        with pytest.raises(DayRefused, match="voorbij"):
            remove(ENDS, administrator, at=at)
    else:
        assert remove(ENDS, administrator, at=at) == 0


def test_nothing_else_is_done_than_what_was_shown(cast: Cast, administrator: Person) -> None:
    shown = mark_of(shifts_if_added(ENDS))
    subject = filed(cast)
    with pytest.raises(NotAsShown):
        decree_days.add_day(ENDS, "Stb. 2025, 210", shown=shown, by=administrator, at=LATER)
    assert last_days(subject) == {ENDS}
    assert ENDS not in equated_days()


@pytest.mark.django_db(transaction=True)
def test_step_in_progress_is_waited_for_and_reckoned_with(cast: Cast, administrator: Person) -> None:
    """Somebody files a file with the days as they were; only then the day can come, and it moves that term too."""
    subject = walk(cast, "noodzaak_vaststellen", at=FILED)
    has_read, may_end = Event(), Event()

    def read(*_: object) -> dict[str, object]:
        has_read.set()
        may_end.wait(10)
        return {}

    def file_it() -> None:
        try:
            take_step(subject.pk, "aanmelden", person=cast.contact, at=FILED, read=read)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        filing = pool.submit(file_it)
        assert has_read.wait(10), filing.result()
        with pytest.raises(CalendarInUse):
            change_days(lambda: EquatedDay.objects.create(date=ENDS, citation="Stb.", added_by="2006"))
        may_end.set()
        filing.result()
    assert Initiative.objects.get(pk=subject.pk).status == Status.AANGEMELD
    assert add(ENDS, administrator, at=now()) == 1
    assert last_days(subject) == {first_working_day(ENDS, equated_days())}
