"""The start page: what waits for who is logged in, with its terms; for who has no work here, where to go."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.tests.factories import TO_STATUS, Cast, concept, days_ago, walk
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person

pytestmark = pytest.mark.django_db


def shown(client: Client, somebody: Person) -> str:
    client.force_login(somebody)
    response = client.get("/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_leader_finds_what_is_late_first_and_what_lies_with_others(client: Client) -> None:
    cast = Cast("ON")
    walk(cast, *TO_STATUS["aangemeld"], start=concept(cast, title="Bodycams voor bikers"))
    walk(cast, *TO_STATUS["aangemeld"], start=concept(cast, title="Proef te water"), at=days_ago(80))
    walk(cast, *TO_STATUS["bezwaar"])
    html = shown(client, cast.leader)
    assert "Eén dossier is te laat. Begin daar." in html
    assert html.index("Te laat (1)") < html.index("Proef te water") < html.index("Later (1)")
    assert html.index("Later (1)") < html.index("Bodycams voor bikers")
    assert "1 bezwaar bij de portefeuillehouder" in html
    assert "Limburg heeft geen contactpersoon en geen onderdeelhoofd." in html
    assert "Termijnen die aflopen: Te laat 1, Week" in html


def test_the_contact_person_is_told_what_is_still_missing(client: Client) -> None:
    cast = Cast("ON")
    concept(cast, title="Nieuw plan", vendor="", amount=None)
    walk(cast, *TO_STATUS["aangemeld"], "terugsturen")
    html = shown(client, cast.contact)
    assert "Er ontbreken nog 3 dingen" in html
    assert "Gevraagd: Het aantal camera’s klopt niet." in html
    assert "Zonder termijn (1)" in html
    assert "heeft geen" not in html


def test_only_the_first_are_shown_and_all_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("initiatives.work.waiting.SHOWN", 2)
    cast = Cast("ON")
    for _ in range(3):
        walk(cast, *TO_STATUS["aangemeld"])
    html = shown(client, cast.leader)
    assert "Later (3)" in html
    assert "Nog 1 dossier staat hier niet bij." in html


def test_the_page_costs_the_same_however_much_waits(client: Client) -> None:
    cast = Cast("ON")
    client.force_login(cast.leader)

    def asked() -> int:
        client.get("/")  # the first look writes the session
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    walk(cast, *TO_STATUS["aangemeld"])
    few = asked()
    for status in ("aangemeld", "beoordeeld", "goedgekeurd", "bezwaar"):
        walk(cast, *TO_STATUS[status])
    assert asked() == few == 13


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.CONTACT, "Er wacht niets op u."),
        (Role.AUDITOR, "U kijkt mee."),
        (Role.ADMINISTRATOR, "Uw werk begint bij de organisatie"),
        (Role.PRIVACY, "Er wacht niets op u."),
        (Role.JUDGE, "Er wacht niets op u."),
        (Role.WEARER, "Er wacht niets op u."),
        (None, "U hebt nu geen rol."),
    ],
)
def test_who_has_no_work_is_told_why(client: Client, role: Role | None, words: str) -> None:
    somebody = holder_of(role, "ON" if role in Role.of_a_unit() else None) if role else person()
    assert words in shown(client, somebody)
