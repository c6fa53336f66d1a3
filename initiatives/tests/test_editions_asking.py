"""An edition is asked for by one and confirmed by another, once; numbers have no gaps; the clock asks half-yearly."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from initiatives.editions import asking as editions
from initiatives.editions import planning
from initiatives.editions.asking import ask, decide, overview_of
from initiatives.editions.planning import ask_half_yearly, last_half_year, set_schedule
from initiatives.models import Edition, EditionRequest, EditionSchedule, EditionVerdict, Notice
from initiatives.overview.approved import overview_on
from initiatives.overview.data import as_json
from initiatives.tests.edition_samples import DAY, asked, confirmed, edition
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.overview_rows import overview_of as overview_rows
from journal.models import Entry
from journal.tests.sealing import sealed
from organisation.models import Outcome, Person
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
TODAY_TOO = "Voor deze dag ligt al een aanvraag."


def actions() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(action__startswith="editie").order_by("id").values_list("action", "role"))


def refused(work: Callable[[], Any]) -> str:
    with pytest.raises(OrganisationRefused) as refusal:
        work()
    return str(refusal.value)


def both() -> Person:
    """Somebody who is project leader and programme manager at once."""
    return also_holds(holder_of(Role.LEADER), Role.MANAGER)


def test_two_people_publish_what_was_on_it_then() -> None:
    initiative(Cast(), "goedgekeurd")
    seal, today = sealed(), local_date(now())
    made = confirmed(asked(today))
    assert (made.pk, made.peildatum, made.seal, made.initiatives, made.supported) == (1, today, seal, 1, 0)
    initiative(Cast("AM"), "goedgekeurd")
    assert bytes(Edition.objects.get().data) != as_json(overview_on(today))
    assert len(overview_of(Edition.objects.get()).rows) == 1
    assert actions() == [("editie_aangevraagd", "projectleider"), ("editie_bevestigd", "programmamanager")]


def test_an_edition_of_before_a_name_was_added_is_still_read() -> None:
    """Names that `as_json` got after the first editions were kept: editions without them stay as they are."""
    found = overview_rows(12)
    said = json.loads(as_json(found))
    for row in said["rows"]:
        del row["filed_on"]
    read = overview_of(Edition(data=json.dumps(said).encode()))
    assert [row.number for row in read.rows] == [row.number for row in found.rows]
    assert {row.filed_on for row in read.rows} == {None}


def test_manager_is_told_and_then_who_asked() -> None:
    leader, manager = holder_of(Role.LEADER), holder_of(Role.MANAGER)
    sealed()
    confirmed(asked(by=leader), by=manager)
    told = list(Notice.objects.order_by("id").values_list("person", "subject"))
    assert told == [
        (manager.pk, "Aangevraagd: de editie met peildatum 30 juni 2019"),
        (leader.pk, "De programmamanager heeft de editie met peildatum 30 juni 2019 bevestigd als editie 1."),
    ]


@pytest.mark.parametrize("role", [role for role in Role.national() if role != Role.LEADER])
def test_nobody_else_asks(role: str) -> None:
    assert refused(lambda: asked(by=holder_of(Role(role)))) == editions.NOT_A_LEADER


@pytest.mark.parametrize("role", [role for role in Role.national() if role != Role.MANAGER])
def test_nobody_else_confirms(role: str) -> None:
    request = asked()
    assert refused(lambda: confirmed(request, by=holder_of(Role(role)))) == editions.NOT_A_MANAGER


def test_two_roles_are_not_two_people() -> None:
    somebody = both()
    request = asked(by=somebody)
    sealed()
    assert refused(lambda: confirmed(request, by=somebody)) == editions.YOUR_OWN
    assert confirmed(asked(DAY - timedelta(1)), by=somebody).pk == 1


def test_superuser_holds_neither_role() -> None:
    request = asked()
    superuser = Person.objects.create_superuser("900001")
    assert refused(lambda: asked(DAY - timedelta(1), by=superuser)) == editions.NOT_A_LEADER
    assert refused(lambda: confirmed(request, by=superuser)) == editions.NOT_A_MANAGER


def test_refused_and_withdrawn_requests_publish_nothing_and_leave_room() -> None:
    leader, manager = holder_of(Role.LEADER), holder_of(Role.MANAGER)
    assert decide(asked(), Outcome.REFUSED, "Te vroeg.", by=manager, at=now(), seen="") is None
    again = asked(by=leader)
    assert "kan het voorstel intrekken" in refused(
        lambda: decide(again, Outcome.WITHDRAWN, "", by=holder_of(Role.LEADER), at=now(), seen="")
    )
    assert decide(again, Outcome.WITHDRAWN, "", by=leader, at=now(), seen="") is None
    assert refused(lambda: confirmed(again, by=manager)) == "Dit voorstel is al beantwoord."
    assert (Edition.objects.count(), EditionVerdict.objects.count()) == (0, 2)


def test_a_day_is_asked_for_once_at_a_time() -> None:
    asked()
    assert TODAY_TOO in refused(asked)
    asked(DAY - timedelta(1))


@pytest.mark.parametrize(("day", "why"), [(date(2014, 12, 31), "begint op"), (date(2999, 1, 1), "toekomst")])
def test_a_day_without_overview_has_no_edition(day: date, why: str) -> None:
    assert why in refused(lambda: asked(day))


def test_second_edition_of_a_day_is_a_correction_of_the_newest() -> None:
    first = edition()
    assert "al editie 1" in refused(asked)
    second = confirmed(asked(corrects=first))
    assert (second.pk, second.corrects, second.peildatum) == (2, first, DAY)
    assert "al verbeterd, in editie 2" in refused(lambda: asked(corrects=first))
    assert confirmed(asked(corrects=second)).pk == 3
    assert Edition.objects.get(pk=1).corrected_by == second


def test_no_edition_without_a_seal() -> None:
    request = asked()
    assert refused(lambda: confirmed(request)) == editions.NO_SEAL
    sealed()
    assert confirmed(request).pk == 1


def test_what_was_looked_at_is_what_is_confirmed() -> None:
    today, manager = local_date(now()), holder_of(Role.MANAGER)
    request = asked(today)
    sealed()
    seen = editions.digest_of(overview_on(today))
    initiative(Cast(), "goedgekeurd")
    assert (
        refused(lambda: decide(request, Outcome.CONFIRMED, "", by=manager, at=now(), seen=seen)) == editions.OTHERWISE
    )
    assert refused(lambda: decide(request, Outcome.CONFIRMED, "", by=manager, at=now(), seen="")) == editions.NOT_SEEN
    seen = editions.digest_of(overview_on(today))
    made = decide(request, Outcome.CONFIRMED, "", by=manager, at=now(), seen=seen)
    assert made
    assert made.initiatives == 1


class TestTheClock:
    def test_half_years_end_in_june_and_december(self) -> None:
        days = [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1)]
        ends = [date(2025, 12, 31), date(2025, 12, 31), date(2026, 6, 30), date(2026, 6, 30), date(2026, 12, 31)]
        assert [last_half_year(day) for day in days] == ends
        assert [planning.next_half_year(day) for day in days][:3] == [date(2026, 6, 30)] * 2 + [date(2026, 12, 31)]

    def planned_long_ago(self, leader: Person) -> None:
        set_schedule(True, by=leader, at=now() - timedelta(days=400))

    def test_it_asks_once_for_who_planned_it(self) -> None:
        leader, manager, at = holder_of(Role.LEADER), holder_of(Role.MANAGER), now()
        self.planned_long_ago(leader)
        request = ask_half_yearly(at)
        assert request
        assert (request.peildatum, request.proposed_by) == (last_half_year(local_date(at)), leader)
        assert ask_half_yearly(at) is None
        assert set(Notice.objects.values_list("person", flat=True)) == {leader.pk, manager.pk}
        assert Entry.objects.get(action="editie_aangevraagd").role == "systeem"
        sealed()
        assert confirmed(request, by=manager).pk == 1

    def test_it_asks_nothing_of_before_it_was_planned(self) -> None:
        set_schedule(True, by=holder_of(Role.LEADER), at=now())
        assert ask_half_yearly(now()) is None

    def test_it_stops_when_told_to_and_with_the_role(self) -> None:
        leader = holder_of(Role.LEADER)
        assert ask_half_yearly(now()) is None
        self.planned_long_ago(leader)
        set_schedule(False, by=leader, at=now())
        assert (planning.schedule(), ask_half_yearly(now())) == (None, None)
        former = holder_of(Role.LEADER, until_date=local_date(now()) - timedelta(1))
        EditionSchedule.objects.create(is_on=True, set_by=former, set_at=now() - timedelta(days=400))
        assert (planning.schedule(), ask_half_yearly(now())) == (None, None)

    def test_it_leaves_a_day_that_somebody_asked_for(self) -> None:
        self.planned_long_ago(holder_of(Role.LEADER))
        asked(last_half_year(local_date(now())))
        assert ask_half_yearly(now()) is None
        assert EditionRequest.objects.count() == 1

    def test_it_leaves_a_day_that_has_an_edition_without_asking(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It comes by every hour, for half a year."""
        asks: list[date] = []
        self.planned_long_ago(holder_of(Role.LEADER))
        monkeypatch.setattr(planning, "ask", lambda day, *others, **more: asks.append(day))
        ask_half_yearly(now())
        assert len(asks) == 1
        edition(last_half_year(local_date(now())))
        ask_half_yearly(now())
        assert len(asks) == 1

    def test_only_the_leader_plans(self) -> None:
        assert refused(lambda: set_schedule(True, by=holder_of(Role.MANAGER), at=now())) == editions.NOT_A_LEADER


class TestTheDatabase:
    """Past the services, as the application's role."""

    def put(self, **changed: Any) -> None:
        """A row like that of a real edition, but for what is changed."""
        real = Edition.objects.get()
        columns = {field.attname: getattr(real, field.attname) for field in Edition._meta.fields}
        Edition(**{**columns, "number": 2, **changed}).save(force_insert=True)

    def refuses(self, words: str, **changed: Any) -> None:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            self.put(**changed)

    def test_it_knows_what_two_people_agreed_on(self) -> None:
        edition()
        other = asked(DAY - timedelta(1))
        self.refuses("two people agreed", request_id=other.pk)
        confirmation = EditionVerdict(
            proposal=other, outcome="bevestigd", decided_by=other.proposed_by, decided_at=now()
        )
        with pytest.raises(DatabaseError, match="answered by another"), transaction.atomic():
            confirmation.save()
        confirmation.decided_by = holder_of(Role.MANAGER)
        confirmation.save()
        self.refuses("two people agreed", request_id=other.pk)
        self.refuses("without gaps", request_id=other.pk, peildatum=other.peildatum, number=3)
        self.put(request_id=other.pk, peildatum=other.peildatum)
        assert Edition.objects.count() == 2

    def test_papers_have_the_bytes_of_their_digest(self) -> None:
        made = edition()
        insert = (
            "INSERT INTO initiatives_editionpaper "
            "(edition_id, content, json, csv, rows, sha256, size, signed_by, made_at) "
            "VALUES (%s, %s, '', '', '[]', encode(sha256(%s), 'hex'), %s, 'x', now())"
        )
        for content, hashed, size in ((b"%PDF-1", b"%PDF-2", 6), (b"%PDF-1", b"%PDF-1", 7), (b"GIF", b"GIF", 3)):
            with pytest.raises(DatabaseError, match="edition_has_the_bytes"), transaction.atomic():
                connection.cursor().execute(insert, [made.pk, content, hashed, size])
        connection.cursor().execute(insert, [made.pk, b"%PDF-1", b"%PDF-1", 6])


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def together(self, work: Callable[[int], Any], number: int) -> list[Any]:
        def safely(place: int) -> Any:
            try:
                return work(place)
            except OrganisationRefused as refusal:
                return str(refusal)
            finally:
                connection.close()

        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(safely, range(number)))

    def test_one_of_two_confirmations_counts_and_numbers_have_no_gaps(self) -> None:
        sealed()
        managers = [holder_of(Role.MANAGER) for _ in range(2)]
        requests = [asked(DAY - timedelta(place)) for place in range(3)]
        answers = self.together(lambda place: confirmed(requests[place // 2], by=managers[place % 2]), 6)
        assert sorted(answer.pk for answer in answers if isinstance(answer, Edition)) == [1, 2, 3]
        assert answers.count("Dit voorstel is al beantwoord.") == 3

    def test_one_of_two_who_ask_at_once_is_refused(self) -> None:
        leaders = [holder_of(Role.LEADER) for _ in range(3)]
        answers = self.together(lambda place: ask(DAY, "Nu.", by=leaders[place], at=now()), 3)
        assert sum(isinstance(answer, EditionRequest) for answer in answers) == 1
        assert sum(TODAY_TOO in str(answer) for answer in answers) == 2
