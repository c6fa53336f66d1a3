"""The page of a step: what it asks, what it answers to whom, and that nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from initiatives.models import Initiative
from initiatives.tests.factories import PLAYED_BY, TO_STATUS, Cast, days_ago, initiative, walk
from initiatives.tests.typed import REASONS, form_of
from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import Role
from organisation.services import assign_role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

BEFORE: dict[str, tuple[str, ...]] = {
    "noodzaak_vaststellen": (),
    "aanmelden": ("noodzaak_vaststellen",),
    "terugsturen": TO_STATUS["aangemeld"],
    "uitstel_melden": TO_STATUS["beoordeeld"],
    "beoordelen": TO_STATUS["aangemeld"],
    "goedkeuren": TO_STATUS["beoordeeld"],
    "afwijzen": TO_STATUS["beoordeeld"],
    "berusten": TO_STATUS["afgewezen"],
    "bezwaar_maken": TO_STATUS["goedgekeurd"],
    "bezwaar_intrekken": TO_STATUS["bezwaar"],
    "afstemming_vastleggen": TO_STATUS["bezwaar"],
    "verdagen": TO_STATUS["bezwaar"],
    "gegrond_verklaren": (*TO_STATUS["bezwaar"], "afstemming_vastleggen"),
    "ongegrond_verklaren": (*TO_STATUS["bezwaar"], "afstemming_vastleggen"),
    "intrekken": TO_STATUS["aangemeld"],
}
"""Per step the steps before it; `hervatten` needs a day that has passed."""
AFTER = {
    "noodzaak_vaststellen": "concept", "aanmelden": "aangemeld", "terugsturen": "concept",
    "uitstel_melden": "beoordeeld", "beoordelen": "beoordeeld", "goedkeuren": "goedgekeurd",
    "afwijzen": "afgewezen", "berusten": "afgewezen", "bezwaar_maken": "bezwaar",
    "bezwaar_intrekken": "afgewezen", "afstemming_vastleggen": "bezwaar", "verdagen": "bezwaar",
    "gegrond_verklaren": "goedgekeurd", "ongegrond_verklaren": "afgewezen", "intrekken": "ingetrokken",
}  # fmt: skip
REQUIRED: dict[str, set[str]] = {
    "noodzaak_vaststellen": {"necessary", "urgent", "reasons"},
    "aanmelden": set(),
    "terugsturen": {"missing", "by_when"},
    "uitstel_melden": {"by_when", "reasons"},
    "goedkeuren": {"reasons"},
    "afwijzen": {"reasons"},
    "berusten": set(),
    "bezwaar_maken": {"grounds"},
    "bezwaar_intrekken": set(),
    "afstemming_vastleggen": {"view", "note"},
    "verdagen": {"weeks", "reasons"},
    "gegrond_verklaren": {"dictum", "reasons"},
    "ongegrond_verklaren": {"dictum", "reasons"},
    "intrekken": {"reasons"},
}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def player(cast: Cast, name: str) -> Client:
    return client_of(getattr(cast, PLAYED_BY[name]))


def address(subject: Initiative, name: str) -> str:
    return f"/initiatieven/{subject.pk}/stap/{name}/"


def status_of(subject: Initiative) -> str:
    return str(Initiative.objects.get(pk=subject.pk).status)


# --- taken ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BEFORE)
def test_step_is_asked_with_what_it_needs_and_changes_nothing(cast: Cast, name: str) -> None:
    subject = walk(cast, *BEFORE[name])
    before = (
        Entry.objects.exclude(result=Result.SEEN).count(),
        Initiative.objects.filter(pk=subject.pk).values().get(),
    )
    page = player(cast, name).get(address(subject, name))
    fields, html = page.context["form"].fields, page.content.decode()
    assert page.status_code == 200
    if name in REQUIRED:
        assert {field for field in fields if fields[field].required} == REQUIRED[name]
    for field in REQUIRED.get(name, ()):
        assert "required" in next(tag for tag in html.split("<") if f'name="{field}"' in tag)
    assert (
        Entry.objects.exclude(result=Result.SEEN).count(),
        Initiative.objects.filter(pk=subject.pk).values().get(),
    ) == before


@pytest.mark.parametrize("name", BEFORE)
def test_step_is_taken_by_who_plays_it(cast: Cast, name: str) -> None:
    subject = walk(cast, *BEFORE[name])
    answer = player(cast, name).post(address(subject, name), form_of(name))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/initiatieven/{subject.pk}/")
    assert status_of(subject) == AFTER[name]


def test_what_was_done_is_said_on_the_file(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["beoordeeld"])
    answer = player(cast, "afwijzen").post(address(subject, "afwijzen"), form_of("afwijzen"), follow=True)
    assert "U hebt het initiatief afgewezen." in answer.content.decode()


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["1/stap/bestaat_niet/", f"{10**30}/stap/afwijzen/", "999999/stap/afwijzen/"])
def test_what_does_not_exist_is_not_found(cast: Cast, path: str) -> None:
    client = client_of(cast.leader)
    for answer in (client.get(f"/initiatieven/{path}"), client.post(f"/initiatieven/{path}")):
        assert answer.status_code == 404


def test_unknown_step_of_a_file_that_is_there_is_not_found(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    assert client_of(cast.leader).post(address(subject, "verwijderen")).status_code == 404


def test_stranger_finds_nothing_whatever_is_sent(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    stranger = client_of(holder_of(Role.HEAD, "MN"))
    assert stranger.get(address(subject, "intrekken")).status_code == 404
    assert stranger.post(address(subject, "intrekken"), form_of("intrekken")).status_code == 404


def test_role_without_authority_is_refused_before_status_and_input_are_looked_at(cast: Cast) -> None:
    subject = initiative(cast, "concept")
    answer = client_of(cast.contact).post(address(subject, "goedkeuren"))
    assert answer.status_code == 403
    assert "Uw rol geeft u dit recht niet" in answer.content.decode()


def test_separation_of_duties_is_told(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    assign_role(cast.contact, Role.LEADER, None, from_date=local_date(now()), by=None, at=now())
    answer = client_of(cast.contact).get(address(subject, "beoordelen"))
    assert answer.status_code == 403
    assert "U hebt dit initiatief zelf aangemeld." in answer.content.decode()


def test_closed_step_says_every_reason(cast: Cast) -> None:
    subject = initiative(cast, "concept", title="", vendor="")
    answer = client_of(cast.contact).post(address(subject, "aanmelden"))
    assert answer.status_code == 409
    for word in ("Titel", "Leverancier", "Noodzaak"):
        assert word in answer.content.decode()


def test_second_click_is_refused_politely(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    leader = client_of(cast.leader)
    assert leader.post(address(subject, "afwijzen"), form_of("afwijzen")).status_code == 302
    second = leader.post(address(subject, "afwijzen"), form_of("afwijzen"))
    assert second.status_code == 409
    assert "Dat deed u zelf." in second.content.decode()
    assert subject.decisions.count() == 1


def test_what_was_typed_is_given_back_when_another_was_first(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    walk(cast, "goedkeuren", start=subject)
    text = "Een lange uitleg die niet verloren mag gaan."
    answer = client_of(holder_of(Role.LEADER)).post(address(subject, "afwijzen"), {"reasons": text})
    assert answer.status_code == 409
    assert text in answer.content.decode()


def test_refusal_leaves_an_entry_and_changes_nothing(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    client_of(cast.contact).post(address(subject, "goedkeuren"), form_of("goedkeuren"))
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.result, entry.actor) == ("goedkeuren", Result.REFUSED, cast.contact.number)
    assert status_of(subject) == "beoordeeld"


# --- wrong input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in REQUIRED if REQUIRED[name]] + ["beoordelen"])
def test_empty_form_comes_back_with_what_is_missing(cast: Cast, name: str) -> None:
    subject = walk(cast, *BEFORE[name])
    entries, status = Entry.objects.exclude(result=Result.SEEN).count(), status_of(subject)
    answer = player(cast, name).post(address(subject, name))
    assert answer.status_code == 400
    assert 'id="fouten"' in answer.content.decode()
    assert (Entry.objects.exclude(result=Result.SEEN).count(), status_of(subject)) == (entries, status)


def test_nothing_typed_is_lost_when_something_is_wrong(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    typed = {"support_granted": ["ict_integratie"], "conditions": ["Eén", "Twee", "Drie", "Vier"], "reasons": ""}
    html = client_of(cast.leader).post(address(subject, "goedkeuren"), typed).content.decode()
    assert 'value="ict_integratie" id="id_support_granted_3" checked' in html.replace("\n", " ")
    for condition in typed["conditions"]:
        assert f'value="{condition}"' in html


def test_rule_that_refuses_what_was_typed_speaks_at_the_field(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    answer = client_of(cast.leader).post(address(subject, "terugsturen"), form_of("terugsturen", by_when="2099-01-01"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["by_when"] == ["Kies een dag na vandaag, en niet later dan over acht weken."]


@pytest.mark.parametrize("text", ["x" * 1_000_000, "Regel.\n" * 200_000])
def test_a_megabyte_of_text_is_refused_in_a_sentence(cast: Cast, text: str) -> None:
    subject = initiative(cast, "beoordeeld")
    answer = client_of(cast.leader).post(address(subject, "afwijzen"), {"reasons": text})
    assert answer.status_code == 400
    assert "Deze tekst is te lang" in answer.content.decode()
    assert text.strip()[-100:] in answer.content.decode()


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b"])
def test_control_character_is_refused_in_a_sentence_and_the_rest_given_back(cast: Cast, character: str) -> None:
    subject = initiative(cast, "beoordeeld")
    answer = client_of(cast.leader).post(address(subject, "afwijzen"), {"reasons": f"Eerst dit.{character} Dan dat."})
    assert answer.status_code == 400
    assert "Eerst dit. Dan dat." in answer.content.decode()
    assert status_of(subject) == "beoordeeld"


@pytest.mark.parametrize("field", ["view", "necessary", "dictum", "support_granted", "weeks", "technical"])
def test_forged_value_is_refused(cast: Cast, field: str) -> None:
    name = {
        "view": "afstemming_vastleggen", "necessary": "noodzaak_vaststellen", "dictum": "ongegrond_verklaren",
        "support_granted": "goedkeuren", "weeks": "verdagen", "technical": "beoordelen",
    }[field]  # fmt: skip
    subject = walk(cast, *BEFORE[name])
    forged: Any = "gegrond" if field == "dictum" else "<script>"
    answer = player(cast, name).post(address(subject, name), form_of(name, **{field: forged}))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_returned_file_is_resumed_once_its_day_has_passed(cast: Cast) -> None:
    long_ago = days_ago(30)
    subject = walk(cast, *TO_STATUS["aangemeld"], "terugsturen", at=long_ago)
    leader = client_of(cast.leader)
    assert "De termijn loopt weer" in leader.get(address(subject, "hervatten")).content.decode()
    assert leader.post(address(subject, "hervatten")).status_code == 302
    assert status_of(subject) == "aangemeld"


def test_file_is_not_resumed_before_its_day_has_passed(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    answer = client_of(cast.leader).get(address(subject, "hervatten"))
    assert answer.status_code == 409
    assert "De eenheid kan het dossier nog aanvullen" in answer.content.decode()


def test_only_looking_and_sending_are_known(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    for method in ("put", "delete", "patch"):
        assert getattr(client_of(cast.leader), method)(address(subject, "afwijzen")).status_code == 405


def test_reasons_of_a_form_are_those_that_the_decision_keeps(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld")
    client_of(cast.leader).post(address(subject, "goedkeuren"), form_of("goedkeuren"))
    decision = subject.decisions.get()
    assert (decision.reasons, decision.conditions, decision.granted) == (REASONS, ["Eerst opleiden."], ["inkoopproces"])
