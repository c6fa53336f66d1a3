"""The page of a file: everybody who may see it sees where it stands, and it costs a fixed number of queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.tests.factories import TO_STATUS, Cast, concept, days_ago, initiative, walk
from initiatives.tests.pages import as_person
from journal.models import Entry, Result
from organisation.roles import Role
from organisation.tests.factories import holder_of, person

pytestmark = pytest.mark.django_db

AROUND = 3
"""What every page asks for before it begins: session, person, rights."""
EVERYTHING = (
    *("noodzaak_vaststellen", "aanmelden", "terugsturen", "aanmelden", "uitstel_melden", "beoordelen", "goedkeuren"),
    *("bezwaar_maken", "verdagen", "afstemming_vastleggen", "gegrond_verklaren"),
)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def page_of(subject: Initiative, somebody: Any) -> str:
    answer = as_person(somebody).get(f"/initiatieven/{subject.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client: Client, subject: Initiative) -> int:
    """How many queries the page costs; the first visit, at which a session begins, does not count."""
    client.get(f"/initiatieven/{subject.pk}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/initiatieven/{subject.pk}/")
    return len(asked)


# --- who sees it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TO_STATUS)
def test_file_shows_its_status_to_its_unit_and_once_filed_to_national_roles(cast: Cast, status: str) -> None:
    subject = initiative(cast, status)
    for somebody in (cast.contact, cast.head):
        assert Status(status).label in page_of(subject, somebody)
    for somebody in (cast.leader, cast.manager, cast.holder, holder_of(Role.AUDITOR)):
        answer = as_person(somebody).get(f"/initiatieven/{subject.pk}/")
        assert answer.status_code == (404 if status == "concept" else 200)


def test_strangers_find_nothing(cast: Cast) -> None:
    subject = initiative(cast, "goedgekeurd")
    for somebody in (holder_of(Role.CONTACT, "MN"), holder_of(Role.JUDGE, "ON"), person(is_superuser=True), person()):
        assert as_person(somebody).get(f"/initiatieven/{subject.pk}/").status_code == 404


def test_who_is_not_logged_in_is_asked_to(cast: Cast) -> None:
    answer = Client().get(f"/initiatieven/{initiative(cast, 'concept').pk}/")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/inloggen/")


@pytest.mark.parametrize("pk", ["0", "999999", str(10**40)])
def test_what_is_not_there_is_not_found(cast: Cast, pk: str) -> None:
    assert as_person(cast.leader).get(f"/initiatieven/{pk}/").status_code == 404


def test_looking_changes_nothing(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    before = (
        Entry.objects.exclude(result=Result.SEEN).count(),
        Initiative.objects.filter(pk=subject.pk).values().get(),
    )
    page_of(subject, cast.manager)
    assert (
        Entry.objects.exclude(result=Result.SEEN).count(),
        Initiative.objects.filter(pk=subject.pk).values().get(),
    ) == before


@pytest.mark.parametrize("status", ["concept", "afgewezen"])
def test_file_costs_six_queries_at_most(cast: Cast, status: str) -> None:
    subject = initiative(cast, status)
    client = as_person(cast.contact)
    assert queries_of(client, subject) <= AROUND + 6


def test_file_on_which_everything_happened_costs_no_more(cast: Cast) -> None:
    subject = walk(cast, *EVERYTHING)
    client = as_person(cast.head)
    assert queries_of(client, subject) <= AROUND + 6


# --- what it says ---------------------------------------------------------------------------------


def test_open_steps_have_a_button_and_closed_ones_every_reason(cast: Cast) -> None:
    subject = concept(cast, title="", vendor="")
    html = page_of(subject, cast.contact)
    assert f'href="/initiatieven/{subject.pk}/stap/intrekken/"' in html
    assert f'href="/initiatieven/{subject.pk}/stap/aanmelden/"' not in html
    for field, fills_it_in in (("title", True), ("vendor", True), ("necessity", False)):
        assert (f'href="/initiatieven/{subject.pk}/bewerken/#id_{field}"' in html) is fills_it_in
    assert "Noodzaak: de politiechef moet eerst vaststellen" in html
    closed = '<span class="vh">: kan nu niet</span>'
    assert f"Aanmelden{closed}" in html
    assert f"Intrekken{closed}" not in html


def test_who_has_nothing_to_do_with_it_now_is_told_whose_turn_it_is(cast: Cast) -> None:
    html = page_of(initiative(cast, "aangemeld"), holder_of(Role.AUDITOR))
    assert "U hoeft hier nu niets te doen." in html
    assert "Aan zet: de projectleider, voor de beoordeling" in html


def test_way_to_the_form_is_shown_to_who_may_write_while_it_can_be_written(cast: Cast) -> None:
    returned = walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    assert "Formulier invullen" in page_of(returned, cast.contact)
    assert "Formulier invullen" not in page_of(returned, cast.head)
    assert "Formulier invullen" not in page_of(initiative(cast, "aangemeld"), cast.contact)


def test_decision_objection_and_view_are_shown_with_what_was_written(cast: Cast) -> None:
    decided: dict[str, dict[str, Any]] = {
        "goedkeuren": {
            "support_granted": ["inkoopproces"],
            "reasons": "Dit zijn de redenen.",
            "conditions": ["Eerst opleiden."],
        },
        "bezwaar_maken": {"grounds": "Dit zijn de gronden."},
        "afstemming_vastleggen": {"view": "oneens", "note": "Dit is de zienswijze."},
    }
    steps = (*TO_STATUS["goedgekeurd"], "bezwaar_maken", "afstemming_vastleggen", "gegrond_verklaren")
    html = page_of(walk(cast, *steps, given=decided), cast.head)
    for words in (
        *("Toestemming gegeven", "Dit zijn de redenen.", "Eerst opleiden.", "Dit zijn de gronden."),
        *("Oneens met het bezwaar", "Dit is de zienswijze.", "Bezwaar gegrond: toestemming gegeven"),
        "er is op het bezwaar beslist",
    ):
        assert words in html


def test_terms_explain_themselves(cast: Cast) -> None:
    html = page_of(initiative(cast, "afgewezen"), cast.head)
    assert "Waarom deze dag?" in html
    assert "Zes weken na de bekendmaking op" in html


def test_all_that_was_filled_in_is_shown_and_nothing_that_was_not(cast: Cast) -> None:
    html = page_of(concept(cast, research_question="", situations="Bij dreiging."), cast.contact)
    for words in (
        "Zepcam",
        "€ 18.500",
        "Versterking van het de-escalerend vermogen",
        "Bij dreiging.",
        "ICT-integratie",
    ):
        assert words in html
    assert "Onderzoeksvraag" not in html


def test_what_is_missing_stands_on_a_returned_file(cast: Cast) -> None:
    html = page_of(walk(cast, *TO_STATUS["aangemeld"], "terugsturen"), cast.contact)
    assert "Wat ontbreekt" in html
    assert "Het aantal camera’s klopt niet." in html


def test_assessment_from_before_the_return_is_shown_as_such(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["beoordeeld"], "terugsturen", "aanmelden")
    html = page_of(subject, cast.leader)
    assert "Na het terugsturen is er nog geen nieuwe beoordeling." in html
    assert "Van vóór het terugsturen:" in html


def test_long_trail_of_a_concept_is_folded(cast: Cast) -> None:
    subject = concept(cast)
    for _ in range(12):
        walk(cast, "noodzaak_vaststellen", start=subject)
    assert "Ouder: 4 regels uit de tijd van het concept" in page_of(subject, cast.contact)


def test_lapsed_objection_term_is_told(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["afgewezen"], at=days_ago(60))
    assert "De bezwaartermijn is voorbij. Het besluit wordt vannacht definitief." in page_of(subject, cast.head)


def test_what_people_typed_is_never_html(cast: Cast) -> None:
    html = page_of(concept(cast, title="<script>alert(1)</script>", description="<b>vet</b>"), cast.contact)
    assert "<script>alert" not in html
    assert "&lt;b&gt;vet&lt;/b&gt;" in html
