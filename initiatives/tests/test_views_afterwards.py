"""The pages after approval: reporting what became of it, writing the evaluation, and reading what was learnt."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.evaluations import save
from initiatives.models import Evaluation, Execution
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import as_person, fill_in, main_form, text
from initiatives.tests.test_evaluations import TRIAL, WHOLE, experiment, submitted
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
MEASURED = dict.fromkeys(
    (
        f"{key}_effect"
        for key in (
            *("veiligheid_politie", "gevoel_politie", "veiligheid_burgers", "gevoel_burgers"),
            *("de_escalatie", "agressie"),
        )
    ),
    "beter",
)


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


# --- the report -----------------------------------------------------------------------------------------


def test_report_stands_on_the_file(cast: Cast) -> None:
    subject = initiative(cast, "goedgekeurd")
    client, place = as_person(cast.contact), f"/initiatieven/{subject.pk}/uitvoering/"
    assert f'href="{place}"' in text(client.get(f"/initiatieven/{subject.pk}/"))
    sent = fill_in(client.get(place), outcome="uitgevoerd", on_day=str(local_date(now())), sentence="Alles hangt.")
    assert [client.post(place, sent).status_code for _ in range(2)] == [302, 409]
    assert Execution.objects.count() == 1
    for somebody in (cast.contact, cast.leader, holder_of(Role.AUDITOR)):
        page = text(as_person(somebody).get(f"/initiatieven/{subject.pk}/"))
        assert "Alles hangt." in page.partition('id="uitvoering"')[2]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": ""}, "Kies een van de antwoorden."),
        ({"on_day": "2014-01-01"}, "Kies een latere dag."),
        ({"on_day": "2099-01-01"}, "Deze dag moet nog komen."),
        ({"sentence": " "}, "Schrijf in één zin"),
    ],
)
def test_report_that_is_not_right_comes_back(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    subject = initiative(cast, "goedgekeurd")
    client, place = as_person(cast.contact), f"/initiatieven/{subject.pk}/uitvoering/"
    good = {"outcome": "uitgevoerd", "on_day": str(local_date(now())), "sentence": "Alles hangt."}
    page = client.post(place, fill_in(client.get(place), **{**good, **typed}))
    assert page.status_code == 400
    assert sentence in text(page)
    assert not Execution.objects.exists()


@pytest.mark.parametrize("what", ["uitvoering", "evaluatie"])
def test_without_permission_the_page_says_why(cast: Cast, what: str) -> None:
    subject = experiment(cast, "afgewezen")
    client, place = as_person(cast.contact), f"/initiatieven/{subject.pk}/{what}/"
    page = client.get(place)
    assert (page.status_code, client.post(place, {}).status_code) == (409, 409)
    assert "geen toestemming" in text(page)
    assert 'id="uitvoering"' not in text(client.get(f"/initiatieven/{subject.pk}/"))


# --- the evaluation ---------------------------------------------------------------------------------------


def test_evaluation_is_kept_half_done_and_submitted_whole(cast: Cast) -> None:
    subject = experiment(cast)
    client, place = as_person(cast.contact), f"/initiatieven/{subject.pk}/evaluatie/"
    half = fill_in(client.get(place), lessons="Begin klein.", agressie_effect="beter", draft="1")
    assert client.post(place, half).status_code == 302
    opened = client.get(place)
    assert main_form(opened).values["lessons"] == ["Begin klein."]
    assert main_form(opened).values["agressie_effect"] == ["beter"]
    page = client.post(place, main_form(opened).values)
    assert page.status_code == 400
    assert "Wanneer kan de camera het best worden ingezet" in text(page)
    whole = fill_in(opened, **WHOLE, **MEASURED, research_partner="Hogeschool")
    assert client.post(place, whole).status_code == 302
    written = Evaluation.objects.get()
    assert written.submitted_by == cast.contact
    assert written.indicators["agressie"] == {"effect": "beter", "note": ""}
    assert [client.get(place).status_code, client.post(place, whole).status_code] == [409, 409]
    assert "Begin met de honden." in text(client.get(f"/initiatieven/{subject.pk}/"))


def test_second_who_saves_is_told_and_keeps_the_text(cast: Cast) -> None:
    subject = experiment(cast)
    client, place = as_person(cast.contact), f"/initiatieven/{subject.pk}/evaluatie/"
    opened = client.get(place)
    save(subject, {"lessons": "Begin klein."}, person=holder_of(Role.CONTACT, "ON"), at=now(), after=0)
    page = client.post(place, fill_in(opened, lessons="Begin groot.", draft="1"))
    assert page.status_code == 409
    assert main_form(page).values["lessons"] == ["Begin groot."]
    assert Evaluation.objects.get().lessons == "Begin klein."


def test_what_is_due_stands_on_the_work_of_the_contact_person_with_its_term(cast: Cast) -> None:
    end = local_date(now()) + timedelta(days=9)
    subject = experiment(cast, title="Proef te water", period_until=end, period_from=end - timedelta(days=40))
    page = text(as_person(cast.contact).get("/"))
    assert f'href="/initiatieven/{subject.pk}/evaluatie/"' in page
    assert "nog 9 dagen" in page
    assert "Evaluatie schrijven" not in text(as_person(cast.head).get("/"))
    assert (
        "nog 9 dagen"
        in text(as_person(cast.leader).get(f"/initiatieven/{subject.pk}/")).partition('id="uitvoering"')[2]
    )


# --- what was learnt --------------------------------------------------------------------------------------


def test_contact_persons_of_other_units_read_it_without_the_file(cast: Cast) -> None:
    subject = experiment(cast, title="Proef te water")
    written = submitted(
        subject,
        cast,
        research_partner="De hogeschool",
        indicators={"agressie": {"effect": "slechter", "note": "Geteld per week."}},
    )
    client = as_person(holder_of(Role.CONTACT, "MN"))
    assert "Proef te water" in text(client.get("/lessen/"))
    page = text(client.get(f"/lessen/{written.pk}/"))
    for words in (*WHOLE.values(), "De hogeschool", "Geteld per week.", "Slechter"):
        assert words in page or words == "doorgaan"
    assert f"/initiatieven/{subject.pk}/" not in page
    assert f"/initiatieven/{subject.pk}/" in text(as_person(cast.head).get(f"/lessen/{written.pk}/"))


def test_draft_is_not_read_by_others(cast: Cast) -> None:
    save(experiment(cast), {"lessons": "Begin klein."}, person=cast.contact, at=now(), after=0)
    written = Evaluation.objects.get()
    client = as_person(cast.leader)
    assert "Er is nog geen evaluatie ingediend." in text(client.get("/lessen/"))
    assert client.get(f"/lessen/{written.pk}/").status_code == 404


def test_list_is_searched_and_costs_five_queries(cast: Cast) -> None:
    submitted(experiment(cast, title="Proef te water"), cast)
    client = as_person(cast.head)
    client.get("/lessen/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/lessen/")
    assert len(asked) == 5
    assert "Proef te water" in text(client.get("/lessen/", {"q": "honden"}))
    assert "Niemand schreef hierover." in text(client.get("/lessen/", {"q": "paarden"}))
    for wrong in ({"pagina": "onzin"}, {"q": "x" * 201}):
        assert client.get("/lessen/", wrong).status_code == 400


def test_period_is_said_in_words(cast: Cast) -> None:
    given: dict[str, Any] = {**TRIAL, "period_from": date(2017, 5, 1)}
    written = submitted(experiment(cast, **given), cast)
    assert "1 mei 2017 tot en met 31 maart 2018" in text(as_person(cast.head).get(f"/lessen/{written.pk}/"))
