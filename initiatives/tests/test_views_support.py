"""The pages of support work: who sees which, what the list counts and leaves out, and the project leader's form."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.choices import Progress
from initiatives.models import Initiative, SupportWork
from initiatives.support import write_about
from initiatives.tests.factories import TO_STATUS, Cast, walk
from initiatives.tests.pages import as_person, fill_in, text
from initiatives.views import support as page
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/ondersteuning/"
BOTH = ("inkoopproces", "ict_integratie")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def approved(cast: Cast, *granted: str) -> Initiative:
    return walk(cast, *TO_STATUS["goedgekeurd"], given={"goedkeuren": {"support_granted": list(granted or BOTH)}})


def look(somebody: Person, address: str = LIST) -> str:
    answer = as_person(somebody).get(address)
    assert answer.status_code == 200
    return text(answer)


def address(work: SupportWork) -> str:
    return f"/ondersteuning/{work.pk}/"


def form(work: SupportWork) -> str:
    return f"{address(work)}bijwerken/"


def today() -> date:
    return local_date(now())


def run(work: SupportWork, leader: Person, due_on: date) -> None:
    given = {"progress": Progress.RUNNING, "responsible": "afdeling Inkoop", "due_on": due_on, "note": "Begonnen."}
    write_about(work, given, lines=work.lines, person=Person.objects.get(pk=leader.pk), at=now())


def test_national_roles_see_all_and_a_unit_its_own(cast: Cast) -> None:
    mine, other = approved(cast), approved(Cast("AM"))
    for somebody in (cast.leader, cast.manager, cast.holder, holder_of(Role.AUDITOR)):
        assert {str(mine.number), str(other.number)} <= set(look(somebody).replace("<", " ").replace(">", " ").split())
    for somebody in (cast.contact, cast.head):
        assert str(mine.number) in look(somebody)
        assert str(other.number) not in look(somebody)


def test_others_are_refused_and_find_no_piece(cast: Cast) -> None:
    work = approved(cast).support_work.all()[0]
    for somebody in (holder_of(Role.JUDGE, "ON"), holder_of(Role.PRIVACY), person()):
        assert as_person(somebody).get(LIST).status_code == 403
        assert as_person(somebody).get(address(work)).status_code == 404
    assert as_person(holder_of(Role.CONTACT, "MN")).get(address(work)).status_code == 404


def test_list_is_narrowed_by_kind_stand_and_unit_and_counts_what_is_left(cast: Cast) -> None:
    subject, other = approved(cast), approved(Cast("AM"), "inkoopproces")
    run(subject.support_work.get(kind="inkoopproces"), cast.leader, today() + timedelta(days=3))
    for query, count in (
        ("", "3 keer ondersteuning"),
        ("?soort=inkoopproces", "2 keer ondersteuning"),
        ("?soort=inkoopproces&stand=loopt", "1 keer ondersteuning"),
        ("?eenheid=AM", "1 keer ondersteuning"),
    ):
        assert count in look(cast.leader, LIST + query)
    assert str(subject.number) not in look(cast.leader, LIST + "?eenheid=AM")
    assert str(other.number) in look(cast.leader, LIST + "?eenheid=AM")
    assert "Geen ondersteuning past bij deze filters" in look(cast.leader, LIST + "?stand=afgerond")
    assert as_person(cast.leader).get(LIST + "?soort=onzin").status_code == 400


def test_what_cannot_be_asked_is_told_and_finds_nothing(cast: Cast) -> None:
    approved(cast)
    answer = as_person(cast.leader).get(f"{LIST}?soort=x")
    assert answer.status_code == 400
    assert "Zo kunnen wij niets zoeken." in text(answer)
    assert "Haal een filter weg." not in text(answer)
    assert "Haal een filter weg." in look(cast.leader, f"{LIST}?stand=afgerond")


def test_counts_per_kind_and_stand_stand_below_the_list(cast: Cast) -> None:
    run(approved(cast).support_work.get(kind="inkoopproces"), cast.leader, today())
    page = look(cast.leader)
    rows = page[page.index("Hoeveel per soort") :].replace("<", ">").split(">")
    values = [value.strip() for value in rows if value.strip()]
    start = next(place for place, value in enumerate(values) if value == "Inkoopproces")
    cells = [value for value in values[start : start + 30] if value.isdigit()][:4]
    assert cells == ["0", "1", "0", "1"]


def test_work_with_the_nearest_day_comes_first_and_finished_work_last(cast: Cast) -> None:
    subject = approved(cast, "operationeel_beleid", *BOTH)
    late, soon = subject.support_work.filter(kind__in=BOTH)
    run(soon, cast.leader, today() + timedelta(days=2))
    run(late, cast.leader, today() - timedelta(days=1))
    page = look(cast.leader)
    assert page.index(address(late)) < page.index(address(soon))
    assert "1 dag te laat" in page


def test_pages_of_the_list_lead_to_each_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PER_PAGE", 1)
    approved(cast)
    first, second = look(cast.leader), look(cast.leader, LIST + "?pagina=2")
    assert ">1 van 2<" in first
    assert ">2 van 2<" in second
    assert 'href="?pagina=2"' in first
    for strange in ("0", "-1", "²", "9" * 30, "99", "x"):
        assert " van 2" in look(cast.leader, f"{LIST}?pagina={strange}")


def test_list_costs_five_queries_however_much_there_is(cast: Cast) -> None:
    client = as_person(cast.leader)
    counts = []
    for _ in range(2):
        approved(cast)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5 + NOTICES, [query["sql"] for query in queries]


NOTICES = 1
"""The head of every page counts what somebody was told."""


def test_only_the_project_leader_gets_a_form_and_writes(cast: Cast) -> None:
    work = approved(cast).support_work.all()[0]
    assert form(work) in look(cast.leader, address(work))
    for somebody in (cast.contact, cast.head, cast.manager, holder_of(Role.AUDITOR)):
        assert form(work) not in look(somebody, address(work))
        assert as_person(somebody).get(form(work)).status_code == 403
        assert as_person(somebody).post(form(work), {}).status_code == 403


def typed(somebody: Person, work: SupportWork, **changed: Any) -> dict[str, Any]:
    usual = {"progress": ["loopt"], "due_on": str(today() + timedelta(days=20)), "note": "De eisen zijn besproken."}
    return fill_in(as_person(somebody).get(form(work)), **{**usual, **changed})


def test_line_is_taken_in_and_shown_to_the_unit_and_on_the_file(cast: Cast) -> None:
    work = approved(cast).support_work.get(kind="inkoopproces")
    answer = as_person(cast.leader).post(form(work), typed(cast.leader, work, responsible="afdeling Inkoop, team 2"))
    assert (answer.status_code, answer["Location"]) == (302, address(work))
    for where in (address(work), f"/initiatieven/{work.initiative_id}/"):
        shown = look(cast.contact, where)
        assert "De eisen zijn besproken." in shown
        assert "afdeling Inkoop, team 2" in shown
        assert "Loopt" in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"note": ""}, "Vul dit in."),
        ({"progress": []}, "Kies een van de antwoorden."),
        ({"due_on": ""}, "Zonder dag kan het werk niet lopen."),
        ({"due_on": "2015-02-19"}, "Kies een dag vanaf vandaag."),
        ({"responsible": " "}, "Vul dit in."),
        ({"responsible": "x" * 121}, "120"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, changed: dict[str, Any], sentence: str
) -> None:
    work = approved(cast).support_work.all()[0]
    answer = as_person(cast.leader).post(form(work), typed(cast.leader, work, **{"note": "Mijn tekst.", **changed}))
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert ("Mijn tekst." in text(answer)) is ("note" not in changed)
    assert SupportWork.objects.get(pk=work.pk).lines == 0


def test_second_who_writes_keeps_the_text_and_sees_what_came_between(cast: Cast) -> None:
    work = approved(cast).support_work.all()[0]
    mine = typed(cast.leader, work, note="Mijn eigen tekst.")
    run(work, cast.leader, today() + timedelta(days=9))
    answer = as_person(cast.leader).post(form(work), mine)
    assert answer.status_code == 409
    assert "Iemand anders heeft dit intussen bijgewerkt" in text(answer)
    assert "Begonnen." in text(answer)
    again = as_person(cast.leader).post(form(work), fill_in(answer))
    assert again.status_code == 302
    assert SupportWork.objects.get(pk=work.pk).log.all()[0].note == "Mijn eigen tekst."


def test_leader_finds_on_the_start_what_is_late_and_what_waits(cast: Cast) -> None:
    late, _ = approved(cast).support_work.all()
    run(late, cast.leader, today() - timedelta(days=1))
    start = look(cast.leader, "/")
    assert "1 keer ondersteuning die te laat is" in start
    assert "1 keer ondersteuning die nog moet beginnen" in start
    assert "keer ondersteuning" not in look(cast.contact, "/")
