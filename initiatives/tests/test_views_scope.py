"""The scope check on its page, and the list of what is outside the procedure."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.choices import Outside
from initiatives.models import Initiative, OutsideProcedure
from initiatives.policy import TRANSITION
from initiatives.scope import register_outside
from initiatives.tests.pages import as_person, fill_in, main_form, text
from organisation.models import Person, Unit
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of, person, policy, unit
from workflow.clock import now

pytestmark = pytest.mark.django_db
CHECK, LIST = "/initiatieven/nieuw/", "/initiatieven/buiten-procedure/"


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


@pytest.fixture
def client(contact: Person) -> Client:
    return as_person(contact)


def register(contact: Person, count: int = 1) -> list[OutsideProcedure]:
    return [
        register_outside(contact, unit("ON"), Outside.USE, f"Dienst {number}.", at=now()) for number in range(count)
    ]


def answer(client: Client, **typed: Any) -> Any:
    return client.post(CHECK, fill_in(client.get(CHECK), **typed))


# --- the questions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "unit_code"),
    [(Role.HEAD, "ON"), (Role.JUDGE, "ON"), (Role.LEADER, None), (Role.AUDITOR, None), (Role.ADMINISTRATOR, None)],
)
def test_only_contact_persons_begin_an_initiative(role: Role, unit_code: str | None) -> None:
    client = as_person(holder_of(role, unit_code))
    assert client.get(CHECK).status_code == client.post(CHECK, {"unit": "ON", "kinds": "aanschaf"}).status_code == 403
    assert not Initiative.objects.exists()


def test_the_only_unit_is_chosen_already(client: Client) -> None:
    page = client.get(CHECK)
    assert main_form(page).values["unit"] == ["ON"]
    assert "Amsterdam" not in text(page)


def test_who_files_for_several_units_chooses_one(contact: Person) -> None:
    client = as_person(also_holds(contact, Role.CONTACT, "AM"))
    assert main_form(client.get(CHECK)).values["unit"] in ([], [""])
    assert answer(client, unit="", kinds=["aanschaf"]).status_code == 400
    assert answer(client, unit="AM", kinds=["aanschaf"]).status_code == 302
    assert Initiative.objects.get().unit.code == "AM"


def test_contact_person_of_a_unit_that_ended_is_told_so(client: Client) -> None:
    Unit.objects.filter(code="ON").update(valid_until=date(2020, 1, 1))
    page = client.get(CHECK)
    assert page.status_code == 403
    assert "U bent voor geen enkele eenheid" in text(page)


def test_inside_leads_to_the_form_of_a_new_concept(client: Client) -> None:
    page = answer(client, kinds=["experiment", "aanschaf"])
    initiative = Initiative.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, f"/initiatieven/{initiative.pk}/bewerken/")
    assert (initiative.kinds, initiative.status, initiative.number) == (["aanschaf", "experiment"], "concept", None)
    assert client.get(page.headers["Location"]).status_code == 200


@pytest.mark.parametrize("outside", Outside)
def test_outside_is_registered_and_leads_to_the_list(client: Client, outside: Outside) -> None:
    page = answer(client, outside=outside, reasons="Wij gebruiken wat wij hebben.")
    assert (page.status_code, page.headers["Location"]) == (302, LIST)
    assert "Wij gebruiken wat wij hebben." in text(client.get(LIST))
    assert OutsideProcedure.objects.get().answer == outside
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("outside", [Outside.USE, Outside.UPKEEP])
def test_something_of_both_is_inside(client: Client, outside: Outside) -> None:
    page = answer(client, kinds=["verlenging_onderhoudscontract"], outside=outside)
    assert page.headers["Location"] == f"/initiatieven/{Initiative.objects.get().pk}/bewerken/"
    assert "iets van allebei" in text(client.get(page.headers["Location"]))
    assert not OutsideProcedure.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Kies waar het over gaat"),
        ({"kinds": ["verzonnen"]}, "Kies alleen uit de lijst."),
        ({"outside": "verzonnen", "reasons": "x"}, "Kies een van de antwoorden."),
        ({"outside": "geen_bodycam"}, "Schrijf in een paar zinnen op"),
        ({"outside": "geen_bodycam", "reasons": "   "}, "Schrijf in een paar zinnen op"),
        ({"outside": "geen_bodycam", "reasons": "a" * 1_000_000}, "Houd het bij 10.000."),
        ({"outside": "geen_bodycam", "reasons": "x", "kinds": ["aanschaf"]}, "Kies wat klopt."),
        ({"kinds": ["aanschaf"], "unit": "AM"}, "Kies een van de antwoorden."),
        ({"kinds": ["aanschaf"], "unit": ""}, "Kies een eenheid."),
    ],
)
def test_answer_that_is_not_clear_comes_back_with_what_was_typed(
    client: Client, typed: dict[str, Any], sentence: str
) -> None:
    page = answer(client, **typed)
    assert page.status_code == 400
    assert sentence in text(page)
    assert text(page).count('role="alert"') == 1
    assert main_form(page).values.get("reasons", [""])[0].strip() == typed.get("reasons", "").strip()
    assert not Initiative.objects.exists()
    assert not OutsideProcedure.objects.exists()


def test_an_answer_outside_can_be_taken_back(client: Client) -> None:
    assert main_form(client.get(CHECK)).values["outside"] == [""]
    page = answer(client, outside="geen_bodycam", reasons="x", kinds=["aanschaf"])
    assert main_form(page).values["outside"] == ["geen_bodycam"]
    assert client.post(CHECK, fill_in(page, outside="")).status_code == 302


def test_empty_post_is_refused(client: Client) -> None:
    assert client.post(CHECK, {}).status_code == 400


def test_use_and_upkeep_are_not_offered_once_the_transition_is_over(client: Client) -> None:
    policy(TRANSITION, valid_until=date(2020, 1, 1))
    assert 'value="operationele_inzet"' not in text(client.get(CHECK))
    assert answer(client, outside="operationele_inzet", reasons="Toch.").status_code == 400
    assert answer(client, outside="geen_bodycam", reasons="Een vaste camera.").status_code == 302


def test_the_same_form_sent_twice_is_told_and_begins_one_thing(client: Client) -> None:
    for typed in ({"kinds": ["aanschaf"]}, {"outside": "geen_bodycam", "reasons": "Een vaste camera."}):
        sent = fill_in(client.get(CHECK), **typed)
        assert client.post(CHECK, sent).status_code == 302
        page = client.post(CHECK, sent)
        assert page.status_code == 409
        assert "Dit formulier is al verwerkt." in text(page)
        assert client.post(CHECK, main_form(page).values).status_code == 302
    assert (Initiative.objects.count(), OutsideProcedure.objects.count()) == (2, 2)


@pytest.mark.parametrize("form_id", ["", "geen-id", "x" * 1000, None])
def test_form_without_an_id_is_taken_as_a_new_one(client: Client, form_id: str | None) -> None:
    sent = {"unit": "ON", "kinds": "aanschaf", **({} if form_id is None else {"form_id": form_id})}
    assert client.post(CHECK, sent).status_code == client.post(CHECK, sent).status_code == 302


def test_start_and_register_show_the_way_in_to_who_may_begin(contact: Person) -> None:
    for somebody, begins, sees in (
        (contact, True, True),
        (holder_of(Role.HEAD, "ON"), False, True),
        (holder_of(Role.LEADER), False, True),
        (holder_of(Role.MANAGER), False, False),
    ):
        client = as_person(somebody)
        start, register_page = text(client.get("/")), text(client.get("/initiatieven/"))
        assert (f'href="{CHECK}"' in start) == (f'href="{CHECK}"' in register_page) == begins
        assert (f'href="{LIST}"' in register_page) == sees


# --- the list ---------------------------------------------------------------------------------------


def test_list_is_shown_to_the_unit_the_project_leader_and_the_auditor_only(contact: Person) -> None:
    register(contact)
    expected = {
        contact: (200, True),
        holder_of(Role.HEAD, "ON"): (200, True),
        holder_of(Role.LEADER): (200, True),
        holder_of(Role.AUDITOR): (200, True),
        holder_of(Role.CONTACT, "AM"): (200, False),
        holder_of(Role.MANAGER): (403, False),
        holder_of(Role.HOLDER): (403, False),
        holder_of(Role.JUDGE, "ON"): (403, False),
        person(is_superuser=True): (403, False),
    }
    for somebody, (status, seen) in expected.items():
        page = as_person(somebody).get(LIST)
        assert (page.status_code, "Dienst 0." in text(page)) == (status, seen)


def test_empty_list_says_so(client: Client) -> None:
    assert "Er is niets gemeld dat buiten de procedure valt." in text(client.get(LIST))


def test_long_list_comes_in_pages_of_a_fixed_price(client: Client, contact: Person) -> None:
    register(contact, 3)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    register(contact, 28)
    with CaptureQueriesContext(connection) as many:
        first = client.get(LIST)
    assert len(few) == len(many) <= 5
    assert "1 tot en met 25 van 31" in text(first)
    assert "Dienst 27." in text(first)
    assert "26 tot en met 31 van 31" in text(client.get(LIST, {"pagina": "2"}))
    for nonsense in ("0", "-1", "999", "abc"):
        assert client.get(LIST, {"pagina": nonsense}).status_code == 200


# --- toch een initiatief ----------------------------------------------------------------------------


def test_contact_person_makes_it_a_concept_after_all(client: Client, contact: Person) -> None:
    (outside,) = register(contact)
    assert f'href="{LIST}{outside.pk}/"' in text(client.get(LIST))
    page = client.get(f"{LIST}{outside.pk}/")
    assert "Dienst 0." in text(page)
    assert client.post(f"{LIST}{outside.pk}/", {}).status_code == 400
    made = client.post(f"{LIST}{outside.pk}/", fill_in(page, kinds=["aanschaf"]))
    initiative = Initiative.objects.get()
    assert (made.status_code, made.headers["Location"]) == (302, f"/initiatieven/{initiative.pk}/bewerken/")
    again = client.post(f"{LIST}{outside.pk}/", fill_in(page, kinds=["aanschaf"]))
    assert again.status_code == client.get(f"{LIST}{outside.pk}/").status_code == 409
    assert f'href="/initiatieven/{initiative.pk}/"' in text(again)
    assert "Werd een initiatief" in text(client.get(LIST))


def test_others_do_not(contact: Person) -> None:
    (outside,) = register(contact)
    expected = {
        holder_of(Role.HEAD, "ON"): 403,
        holder_of(Role.LEADER): 403,
        holder_of(Role.AUDITOR): 403,
        holder_of(Role.CONTACT, "AM"): 404,
        holder_of(Role.MANAGER): 404,
    }
    for somebody, status in expected.items():
        client = as_person(somebody)
        assert f"{LIST}{outside.pk}/" not in text(client.get(LIST))
        assert client.get(f"{LIST}{outside.pk}/").status_code == status
        assert client.post(f"{LIST}{outside.pk}/", {"kinds": "aanschaf"}).status_code == status
    assert not Initiative.objects.exists()
