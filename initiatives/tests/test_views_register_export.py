"""The register as a file: exactly the selection of the address, for who may see it, and with a trace."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from bodycams.spreadsheets.formats import FORMATS
from bodycams.tests.spreadsheet_reader import read_csv, read_ods, read_xlsx
from initiatives.tests.factories import Cast
from initiatives.tests.test_register import filed
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of

pytestmark = pytest.mark.django_db

FILE = "/initiatieven/export.{}"


@pytest.fixture
def three() -> list[str]:
    """Numbers of two of Oost-Nederland and one of Noord-Nederland, one day after the other."""
    east, north = Cast("ON"), Cast("NN")
    found = [
        filed(east, date(2018, 5, 1), title="=HYPERLINK(1)"),
        filed(east, date(2018, 5, 2), title="Proef in de horeca", vendor="Axon"),
        filed(north, date(2018, 5, 3), title="Bodycams voor bikers"),
    ]
    return [str(one.number) for one in found]


@pytest.fixture
def leader(client: Client) -> Person:
    found = holder_of(Role.LEADER)
    client.force_login(found)
    return found


def content(client: Client, kind: str, **asked: str) -> bytes:
    response: Any = client.get(FILE.format(kind), asked)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == FORMATS[kind].content_type
    assert re.fullmatch(
        rf'attachment; filename="register-20\d\d-\d\d-\d\d\.{kind}"', response.headers["Content-Disposition"]
    )
    return b"".join(response.streaming_content)


def table(client: Client, kind: str, **asked: str) -> list[list[Any]]:
    """The rows without their heads."""
    found = content(client, kind, **asked)
    rows = read_csv(found) if kind == "csv" else (read_xlsx if kind == "xlsx" else read_ods)(found)[0]
    assert rows[0][:2] == ["Nummer", "Titel"]
    return rows[1:]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_whole_register_newest_first_with_harmless_text(
    client: Client, leader: Person, three: list[str], kind: str
) -> None:
    rows = table(client, kind)
    assert [row[0] for row in rows] == three[::-1]
    assert [row[1] for row in rows] == ["Bodycams voor bikers", "Proef in de horeca", "'=HYPERLINK(1)"]


@pytest.mark.parametrize("kind", FORMATS)
def test_exactly_the_selection_whatever_part_of_it_was_looked_at(
    client: Client, leader: Person, three: list[str], kind: str
) -> None:
    asked = {"eenheid": "ON", "sortering": "aangemeld", "aantal": "10", "pagina": "x", "totaal": "exact"}
    assert [row[0] for row in table(client, kind, **asked)] == three[:2]
    assert [row[0] for row in table(client, kind, q="horeca", leverancier="Axon")] == three[1:2]
    assert [row[0] for row in table(client, kind, q="bodycams")] == [three[2], three[1], three[0]]  # the best first
    assert table(client, kind, eenheid="XX") == []


def test_a_unit_takes_out_its_own_only(client: Client, three: list[str]) -> None:
    client.force_login(holder_of(Role.CONTACT, "NN"))
    assert [row[0] for row in table(client, "csv")] == three[2:]
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.role, entry.unit) == (Role.CONTACT, "NN")


def test_it_stands_in_the_journal_before_the_first_row_goes(client: Client, leader: Person, three: list[str]) -> None:
    response: Any = client.get(FILE.format("ods"), {"eenheid": "ON", "q": three[1]})
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.actor, entry.role) == ("register_geexporteerd", leader.number, Role.LEADER)
    assert str(entry) == (
        "De projectleider heeft 1 initiatief uit het register gehaald als ODS, "
        f"gekozen op zoekwoord {three[1]}, eenheid ON."
    )
    assert entry.data["selection"] == {"q": three[1], "eenheid": "ON"}
    assert entry.data["initiatives"] == len(read_ods(b"".join(response.streaming_content))[0]) - 1


def test_who_only_asks_about_it_has_nothing_made_and_leaves_no_trace(
    client: Client, leader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("initiatives.views.register_export.selection", lambda *_: 1 // 0)
    before = Entry.objects.count()
    for kind, file in FORMATS.items():
        answer = client.head(FILE.format(kind))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, file.content_type)
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
        assert "Content-Length" not in answer.headers
    assert client.head(FILE.format("csv"), {"soort": "fiets"}).status_code == 400
    assert Entry.objects.count() == before
    with pytest.raises(ZeroDivisionError):
        client.get(FILE.format("csv"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"soort": "fiets"}, "Soort: Kies een van de mogelijkheden die er staan."),
        ({"van": "2018-05-02", "tot": "2018-05-01"}, "Aangemeld tot en met: Deze dag ligt vóór de eerste."),
    ],
)
def test_what_cannot_be_asked_is_told_and_leaves_no_trace(
    client: Client, leader: Person, asked: dict[str, str], sentence: str
) -> None:
    response = client.get(FILE.format("csv"), asked)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not Entry.objects.filter(action="register_geexporteerd").exists()


def test_a_file_of_another_kind_is_not_there(client: Client, leader: Person) -> None:
    assert client.get(FILE.format("pdf")).status_code == 404


def test_the_page_leads_to_the_same_selection_as_a_file(client: Client, leader: Person, three: list[str]) -> None:
    html = client.get("/initiatieven/", {"eenheid": "ON", "aantal": "10"}).content.decode()
    for kind in FORMATS:
        assert f'href="/initiatieven/export.{kind}?eenheid=ON&amp;aantal=10"' in html
    assert "Download deze selectie" in html
    assert "export.csv" not in client.get("/initiatieven/", {"eenheid": "XX"}).content.decode()
