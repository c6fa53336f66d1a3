"""The pages about questions: the list, one question, asking and answering, and the questions on a file."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Answer, Question
from initiatives.questions import answer, ask
from initiatives.tests.factories import Cast, concept, initiative
from initiatives.tests.pages import as_person, fill_in, main_form, text
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import now

pytestmark = pytest.mark.django_db
LIST, NEW = "/vragen/", "/vragen/nieuw/"


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


def asked(cast: Cast, title: str = "Opleiding", **more: Any) -> Question:
    return ask(cast.contact, title, "Wie betaalt de opleiding?", at=now(), **more)


def asked_often(cast: Cast, times: int) -> None:
    for number in range(times):
        asked(cast, f"Vraag {number}")


# --- the list -------------------------------------------------------------------------------------------


def test_list_costs_five_queries_however_long(cast: Cast) -> None:
    client = as_person(cast.contact)
    asked(cast, initiative=initiative(cast, "aangemeld"))
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    asked_often(cast, 30)
    with CaptureQueriesContext(connection) as many:
        page = client.get(LIST)
    assert len(few) == len(many) == 5
    assert "1 tot en met 25 van 31" in text(page)
    assert "31 vragen" in text(page)


def test_links_lead_through_all_pages_and_back(cast: Cast) -> None:
    asked_often(cast, 30)
    client = as_person(cast.leader)
    first = client.get(LIST)
    second = client.get(f"{LIST}{first.context['next_url']}")
    assert "26 tot en met 30 van 30" in text(second)
    assert second.context["next_url"] == ""
    assert "1 tot en met 25 van 30" in text(client.get(f"{LIST}{second.context['previous_url']}"))


@pytest.mark.parametrize("asked_for", ["pagina=onzin", "stand=onzin", "q=" + "x" * 201])
def test_what_is_not_right_in_the_address_is_told(cast: Cast, asked_for: str) -> None:
    page = as_person(cast.contact).get(f"{LIST}?{asked_for}")
    assert page.status_code == 400
    assert 'role="alert"' in text(page)


def test_filters_are_shown_and_can_be_taken_away(cast: Cast) -> None:
    asked(cast)
    page = as_person(cast.contact).get(LIST, {"stand": "open", "q": "opleiding"})
    assert "Nog niet beantwoord" in text(page)
    assert [chip["label"] for chip in page.context["chips"]] == ["Zoekwoord", "Stand"]
    nothing = as_person(cast.contact).get(LIST, {"stand": "beantwoord"})
    assert "Geen vraag past bij deze filters." in text(nothing)


def test_empty_list_shows_the_way_to_who_may_ask(cast: Cast) -> None:
    assert f'href="{NEW}"' in text(as_person(cast.contact).get(LIST))
    page = text(as_person(holder_of(Role.ADMINISTRATOR)).get(LIST))
    assert "Er zijn nog geen vragen." in page
    assert f'href="{NEW}"' not in page


# --- asking ---------------------------------------------------------------------------------------------


def test_general_question_is_asked_and_shown(cast: Cast) -> None:
    client = as_person(cast.head)
    page = client.post(NEW, fill_in(client.get(NEW), title="Opleiding", text="Wie betaalt?"))
    question = Question.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, f"/vragen/{question.pk}/")
    assert (question.initiative, question.asked_as) == (None, "De politiechef Oost-Nederland")
    shown = text(client.get(f"/vragen/{question.pk}/"))
    assert "Wie betaalt?" in shown
    assert "De projectleider heeft nog geen antwoord gegeven." in shown


def test_question_about_a_file_stands_on_the_file(cast: Cast) -> None:
    filed = initiative(cast, "aangemeld")
    client = as_person(cast.contact)
    new = f"/initiatieven/{filed.pk}/vragen/nieuw/"
    assert f'href="{new}"' in text(client.get(f"/initiatieven/{filed.pk}/"))
    assert client.post(new, fill_in(client.get(new), title="Opleiding", text="Wie betaalt?")).status_code == 302
    question = Question.objects.get()
    answer(question, "De eenheid betaalt.", person=cast.leader, at=now())
    for somebody in (cast.contact, cast.head, cast.leader, holder_of(Role.AUDITOR)):
        page = text(as_person(somebody).get(f"/initiatieven/{filed.pk}/"))
        assert 'id="vragen"' in page
        assert "Wie betaalt?" in page
        assert "De eenheid betaalt." in page


def test_file_shows_the_newest_questions_and_the_way_to_all(cast: Cast) -> None:
    filed = initiative(cast, "aangemeld")
    for number in range(6):
        asked(cast, f"Vraag {number}", initiative=filed)
    page = text(as_person(cast.leader).get(f"/initiatieven/{filed.pk}/"))
    section = page.partition('id="vragen"')[2].partition("</section>")[0]
    assert "Vraag 5" in section
    assert "Vraag 0" not in section
    assert f'href="{LIST}?dossier={filed.number}"' in section


def test_concept_has_no_questions(cast: Cast) -> None:
    subject = concept(cast)
    client = as_person(cast.contact)
    assert 'id="vragen"' not in text(client.get(f"/initiatieven/{subject.pk}/"))
    assert client.get(f"/initiatieven/{subject.pk}/vragen/nieuw/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Schrijf in een paar woorden waar het over gaat."),
        ({"text": "   "}, "Schrijf wat u wilt weten."),
        ({"title": "a" * 121}, "Houd het bij 120."),
        ({"text": "a" * 2001}, "Houd het bij 2.000."),
    ],
)
def test_question_that_is_not_right_comes_back_as_typed(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    client = as_person(cast.contact)
    page = client.post(NEW, fill_in(client.get(NEW), **{"title": "Titel", "text": "Tekst", **typed}))
    assert page.status_code == 400
    assert sentence in text(page)
    assert not Question.objects.exists()


def test_same_form_sent_twice_asks_once(cast: Cast) -> None:
    client = as_person(cast.contact)
    sent = fill_in(client.get(NEW), title="Opleiding", text="Wie betaalt?")
    assert [client.post(NEW, sent).status_code for _ in range(2)] == [302, 409]
    assert Question.objects.count() == 1


# --- answering --------------------------------------------------------------------------------------------


def test_project_leader_answers_and_mends_the_answer(cast: Cast) -> None:
    question = asked(cast)
    client = as_person(cast.leader)
    place = f"/vragen/{question.pk}/antwoord/"
    assert f'href="{place}"' in text(client.get(f"/vragen/{question.pk}/"))
    assert client.post(place, fill_in(client.get(place), text="De eenheid.")).status_code == 302
    mending = client.get(place)
    assert main_form(mending).values["text"] == ["De eenheid."]
    assert client.post(place, fill_in(mending, text="Nu het korps.")).status_code == 302
    shown = text(as_person(cast.contact).get(f"/vragen/{question.pk}/"))
    assert shown.index("Nu het korps.") < shown.index("Eerder antwoord")
    assert f'href="{place}"' not in shown
    assert Answer.objects.count() == 2


def test_second_leader_is_told_of_the_first_answer_and_keeps_what_was_typed(cast: Cast) -> None:
    question = asked(cast)
    place = f"/vragen/{question.pk}/antwoord/"
    first, second = as_person(cast.leader), as_person(holder_of(Role.LEADER))
    opened = second.get(place)
    first.post(place, fill_in(first.get(place), text="De eenheid."))
    page = second.post(place, fill_in(opened, text="Het korps."))
    assert page.status_code == 409
    assert "Intussen is er al een antwoord gegeven." in text(page)
    assert main_form(page).values["text"] == ["Het korps."]
    assert second.post(place, main_form(page).values).status_code == 302
    assert [one.text for one in Answer.objects.order_by("version")] == ["De eenheid.", "Het korps."]


def test_open_questions_are_on_the_work_of_the_project_leader(cast: Cast) -> None:
    words = "vraag beantwoorden"
    client: Client = as_person(cast.leader)
    assert words not in text(client.get("/"))
    question = asked(cast)
    assert f"1 {words}" in text(client.get("/"))
    assert words not in text(as_person(cast.contact).get("/"))
    answer(question, "De eenheid.", person=cast.leader, at=now())
    assert words not in text(client.get("/"))
