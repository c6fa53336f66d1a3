"""The form of a concept on its page: who sees it, what it saves, what comes back, and what two people see."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.tests.factories import Cast, concept, initiative, walk
from initiatives.tests.pages import address, again, as_person, fill_in, main_form, text
from journal.models import Entry, Result
from organisation.roles import Role
from organisation.tests.factories import holder_of, person

pytestmark = pytest.mark.django_db

FULL: dict[str, Any] = {
    "unit": "ON",
    "kinds": ["aanschaf", "vervanging_defect"],
    "title": "Bodycams op het water",
    "description": "Regel een\r\nRegel twee",
    "teams": "Team Waal, team Rijn",
    "target_groups": ["basisteam", "nautisch"],
    "uses": ["horeca", "verkeer"],
    "period_from": "2026-05-01",
    "period_until": "2026-10-31",
    "research_question": "Werkt het?",
    "cameras_now": "4",
    "cameras_requested": "1.200",
    "vendor": "Zepcam",
    "vendor_reasons": "Al in gebruik.",
    "model_name": "T3",
    "functions": ["pre_recording", "noodknop"],
    "activation": "meldkamer",
    "special_functions_reasons": "Nodig.",
    "contract": "C-12",
    "contract_until": "2027-12-31",
    "defects": "B2;2026-03-02\r\nA1;2026-03-01",
    "amount": "1.234,56",
    "cost_centre": "401233",
    "costs_accepted": "on",
    "tasks": ["a", "e"],
    "purposes": ["de_escalatie"],
    "situations": "Bij dreiging.",
    "proportionality": "Kort.",
    "announcement": "Vooraf gezegd.",
    "places": ["openbare_weg"],
    "requested_support": ["ict_integratie"],
}


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return as_person(cast.contact)


# --- who -------------------------------------------------------------------------------------------


def test_contact_persons_of_the_unit_write_others_see_no_form(cast: Cast) -> None:
    subject = concept(cast)
    expected = {
        cast.contact: 200,
        holder_of(Role.CONTACT, "ON"): 200,
        cast.head: 403,
        holder_of(Role.CONTACT, "AM"): 404,
        holder_of(Role.HEAD, "AM"): 404,
        holder_of(Role.JUDGE, "ON"): 404,
        cast.leader: 404,
        holder_of(Role.AUDITOR): 404,
        person(is_superuser=True): 404,
        holder_of(Role.CONTACT, "ON", until_date=date(2020, 1, 1)): 404,
    }
    for path in (address(subject), address(subject, "weggooien/")):
        for somebody, status in expected.items():
            assert as_person(somebody).get(path).status_code == status
            posted = as_person(somebody).post(path, {"title": "Van een ander"}) if status != 200 else None
            assert posted is None or posted.status_code == status
    assert again(subject).title == subject.title


def test_project_leader_sees_a_returned_file_but_no_form(cast: Cast) -> None:
    subject = walk(cast, "terugsturen", start=initiative(cast, "aangemeld"))
    assert as_person(cast.leader).get(address(subject)).status_code == 403
    page = as_person(cast.contact).get(address(subject))
    assert "Het aantal camera’s klopt niet." in text(page)


@pytest.mark.parametrize("status", ["aangemeld", "beoordeeld", "goedgekeurd", "ingetrokken"])
def test_form_of_what_is_no_concept_is_closed_and_shows_the_way(cast: Cast, client: Client, status: str) -> None:
    subject = initiative(cast, status)
    page = client.get(address(subject))
    assert page.status_code == 409
    assert f'href="/initiatieven/{subject.pk}/"' in text(page)


def test_looking_changes_nothing(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    entries = Entry.objects.exclude(result=Result.SEEN).count()
    client.get(address(subject))
    client.get(address(subject, "weggooien/"))
    assert (again(subject).version, Entry.objects.exclude(result=Result.SEEN).count()) == (subject.version, entries)


# --- saving -----------------------------------------------------------------------------------------


def test_every_field_is_saved_and_shown_again(cast: Cast, client: Client) -> None:
    subject = concept(cast, kinds=["experiment"])
    answer = client.post(address(subject), fill_in(client.get(address(subject)), **FULL))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(subject))
    saved = again(subject)
    assert (saved.amount, saved.cameras_requested) == (Decimal("1234.56"), 1200)
    assert saved.description == "Regel een\nRegel twee"
    assert [str(defect) for defect in saved.defects.all()] == ["A1", "B2"]
    shown = main_form(client.get(address(subject))).values
    expected = {name: value if isinstance(value, list) else [value] for name, value in FULL.items()}
    expected |= {"description": ["Regel een\nRegel twee"], "defects": ["A1;2026-03-01\nB2;2026-03-02"]}
    expected |= {"cameras_requested": ["1200"], "functions": ["noodknop", "pre_recording"]}
    assert {name: shown[name] for name in FULL} == expected


def test_nothing_on_the_form_is_required_and_the_first_button_saves(cast: Cast, client: Client) -> None:
    page = client.get(address(concept(cast)))
    assert " required" not in text(page)
    assert main_form(page).buttons == ["", "verder"]


def test_everything_can_be_emptied_again(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    page = client.get(address(subject))
    kept = {name: main_form(page).values[name] for name in ("version", "opened", "unit")}
    empty = {
        name: "" for name, value in FULL.items() if isinstance(value, str) and name not in ("unit", "costs_accepted")
    }
    assert client.post(address(subject), {**empty, **kept}).status_code == 302
    saved = again(subject)
    assert (saved.kinds, saved.title, saved.amount, saved.costs_accepted, saved.tasks) == ([], "", None, False, [])


def test_what_is_not_sent_stays_as_it_was(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    boxes = {name: getattr(subject, name) for name in ("kinds", "tasks", "purposes", "places", "requested_support")}
    sent = {**boxes, "costs_accepted": "on", "version": subject.version, "title": "Alleen de titel"}
    assert client.post(address(subject), sent).status_code == 302
    assert (again(subject).title, again(subject).vendor, again(subject).amount) == ("Alleen de titel", "Zepcam", 18_500)


def test_going_on_saves_first(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    answer = client.post(address(subject), fill_in(client.get(address(subject)), title="Nog even", verder="1"))
    assert answer.headers["Location"] == address(subject, "stap/aanmelden/")
    assert again(subject).title == "Nog even"


def test_what_is_missing_is_told_in_one_list_with_a_link_to_each_field(cast: Cast, client: Client) -> None:
    subject = concept(cast, title="", tasks=[])
    refused = client.get(address(subject, "stap/aanmelden/"))
    assert refused.status_code == 409
    page = text(client.get(address(subject)))
    for field, fills_it_in in (("title", True), ("necessity", False), ("tasks", True)):
        assert (f'href="{address(subject)}#id_{field}"' in text(refused)) is fills_it_in
        assert f'id="id_{field}"' in page
    assert f'href="{address(subject)}#id_title"' in text(client.get(address(subject, "")))
    assert "bewerken" not in text(as_person(cast.head).get(address(subject, "")))


PLACE = {"tasks": ["a"], "purposes": ["de_escalatie"], "places": ["openbare_weg"]}
ASKED: dict[str, dict[str, Any]] = {
    "vervanging_defect": {"contract": "C-12", "defects": "A1;2026-03-01", "costs_accepted": "on"},
    "verlenging_onderhoudscontract": {"contract": "C-12", "contract_until": "2027-12-31", "amount": "9.500"},
    "experiment": {"period_from": "2026-05-01", "period_until": "2026-10-31", "research_question": "Werkt het?"},
    "ontwikkeling": {"period_from": "2026-05-01", "period_until": "2026-10-31"},
}


@pytest.mark.parametrize("kind", ASKED)
def test_what_a_kind_asks_can_be_filled_in_and_then_filing_is_open(client: Client, kind: str) -> None:
    began = client.post("/initiatieven/nieuw/", {"unit": "ON", "kinds": kind})
    page = client.get(began.headers["Location"])
    said = {"title": "Titel", "description": "Wat", **PLACE, **ASKED[kind]}
    if kind != "vervanging_defect":
        said |= {"proportionality": "Kort.", "announcement": "Vooraf."}
    answer = client.post(began.headers["Location"], fill_in(page, **said, verder="1"))
    assert client.get(answer.headers["Location"]).status_code == 200


def test_page_costs_a_fixed_number_of_queries(cast: Cast, client: Client) -> None:
    one = concept(cast)
    many = concept(cast, kinds=["vervanging_defect"], defects=[(f"A{n}", date(2026, 3, 1)) for n in range(50)])
    client.get(address(one))
    for subject in (one, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(subject))
        assert len(queries) <= 10, [query["sql"] for query in queries]


# --- what is wrong ----------------------------------------------------------------------------------


def test_what_is_wrong_comes_back_and_the_rest_is_saved(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    sent = fill_in(client.get(address(subject)), title="Nieuwe titel", amount="ongeveer 56.000", cameras_now="twaalf")
    page = client.post(address(subject), sent)
    assert page.status_code == 400
    assert "Uw concept is bewaard. Verbeter dit voordat u aanmeldt." in text(page)
    assert "Vul alleen cijfers in, zonder woorden." in text(page)
    values = main_form(page).values
    assert (values["amount"], values["cameras_now"], values["title"]) == (
        ["ongeveer 56.000"],
        ["twaalf"],
        ["Nieuwe titel"],
    )
    saved = again(subject)
    assert (saved.title, saved.amount, saved.cameras_now) == ("Nieuwe titel", subject.amount, subject.cameras_now)
    assert client.post(address(subject), fill_in(page, amount="56.000", cameras_now="12")).status_code == 302
    assert (again(subject).amount, again(subject).cameras_now) == (56_000, 12)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "a" * 1_000_000, "Houd het bij 200."),
        ("description", "a" * 1_000_000, "1.000.000 tekens. Houd het bij 10.000."),
        ("kinds", ["aanschaf", "verzonnen"], "Kies alleen uit de lijst."),
        ("tasks", ["z"], "Kies alleen uit de lijst."),
        ("activation", "zelf", "Kies een van de antwoorden."),
        ("unit", "AM", "Kies een van de antwoorden."),
        ("unit", "", "Kies een eenheid."),
        ("unit", "XX", "Kies een van de antwoorden."),
        ("cameras_requested", "-1", "Vul een heel getal in"),
        ("period_from", "morgen", "Dit is geen bestaande dag."),
        ("period_from", "1999-12-31", "Kies een dag na 1999."),
        ("period_until", "2101-01-01", "Kies een dag vóór 2100."),
        ("contract_until", "0001-01-01", "Kies een dag na 1999."),
        ("defects", "A1;2026-03-01\nA2", "Regel 2: schrijf het serienummer"),
        ("defects", "A1;2099-01-01", "moet nog komen"),
        ("earlier", "BC-1999-0001", "Dit nummer kennen wij niet."),
        ("earlier", "'; DROP TABLE", "Dit nummer kennen wij niet."),
    ],
)
def test_field_that_cannot_be_saved_says_why(cast: Cast, client: Client, field: str, typed: Any, sentence: str) -> None:
    subject = concept(cast)
    page = client.post(address(subject), fill_in(client.get(address(subject)), **{field: typed}))
    assert page.status_code == 400
    assert sentence in text(page)
    assert getattr(again(subject), field, None) == getattr(subject, field, None)


def test_the_days_of_a_period_are_saved_together_or_not_at_all(cast: Cast, client: Client) -> None:
    subject = concept(cast, period_from=date(2026, 1, 1), period_until=date(2026, 2, 1))
    for typed in ({"period_until": "2025-12-31"}, {"period_from": "2026-03-01", "period_until": "ooit"}):
        assert client.post(address(subject), fill_in(client.get(address(subject)), **typed)).status_code == 400
        assert (again(subject).period_from, again(subject).period_until) == (date(2026, 1, 1), date(2026, 2, 1))
    sent = fill_in(client.get(address(subject)), period_from="2026-02-01", period_until="2026-02-01")
    assert client.post(address(subject), sent).status_code == 302


def test_an_earlier_initiative_is_named_by_its_number(cast: Cast, client: Client) -> None:
    earlier, others = initiative(cast, "aangemeld"), initiative(Cast("AM"), "aangemeld")
    subject = concept(cast)
    page = client.get(address(subject))
    assert client.post(address(subject), fill_in(page, earlier=others.number)).status_code == 400
    page = client.get(address(subject))
    assert earlier.number
    assert client.post(address(subject), fill_in(page, earlier=earlier.number.lower())).status_code == 302
    assert again(subject).earlier == earlier
    assert main_form(client.get(address(subject))).values["earlier"] == [earlier.number]
    assert client.post(address(subject), fill_in(client.get(address(subject)), earlier="")).status_code == 302
    assert again(subject).earlier is None


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 30, "²", None])
def test_without_a_version_that_was_opened_nothing_is_saved_and_nothing_is_lost(
    cast: Cast, client: Client, version: str | None
) -> None:
    subject = concept(cast)
    sent = {**fill_in(client.get(address(subject)), title="Mijn titel"), "version": version}
    if version is None:
        del sent["version"]
    page = client.post(address(subject), sent)
    assert page.status_code == 409
    assert "Mijn titel" in text(page)
    assert again(subject).version == subject.version


def test_empty_post_changes_nothing(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    assert client.post(address(subject), {}).status_code == 409
    assert again(subject).version == subject.version


def test_the_same_form_sent_twice_is_told_and_not_saved_twice(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    sent = fill_in(client.get(address(subject)), title="Dubbel")
    assert client.post(address(subject), sent).status_code == 302
    page = client.post(address(subject), sent)
    assert page.status_code == 409
    assert "Dit was al bewaard" in text(page)
    assert again(subject).version == subject.version + 1
    assert client.post(address(subject), fill_in(page, title="Verder")).status_code == 302
