"""The pages of the library, and of who passed the procedure on."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bodycams.tests.files import PAGE, PDF
from initiatives.models import PassedOn, PolicyDocument, PolicyFile, PolicyVersion
from initiatives.tests.pages import as_person, fill_in, main_form, text
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person

pytestmark = pytest.mark.django_db
LIST, PROCEDURE = "/beleid/documenten/", "/beleid/documenten/procedure/"
VERSION = {"label": "Tweede brief", "valid_from": "2021-03-01", "citation": "Kenmerk 2021/1"}


@pytest.fixture
def leader() -> Person:
    return holder_of(Role.LEADER)


def upload(content: bytes = PDF, name: str = "brief.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


# --- reading ------------------------------------------------------------------------------------------------


def test_everybody_reads_which_version_held_on_a_day() -> None:
    client = as_person(person())
    assert "Inzetkader van 2019" in text(client.get(LIST))
    then = text(client.get(LIST, {"datum": "2015-03-01"}))
    assert "Brief ‘Voortgang Bodycams Initiatieven’" in then
    assert "Inzetkader" not in then
    assert "Op deze dag gold er nog geen document." in text(client.get(LIST, {"datum": "2001-01-01"}))
    assert client.get(LIST, {"datum": "onzin"}).status_code == 400


def test_list_costs_the_same_however_many_documents(leader: Person) -> None:
    client = as_person(leader)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) <= 6


def test_document_shows_all_its_versions_newest_first() -> None:
    page = text(as_person(person()).get("/beleid/documenten/projectplan/"))
    assert page.index("Scope aanpassing") < page.index("Projectplan doorontwikkeling")
    assert "vanaf 1 oktober 2011, tot 1 april 2014" in page
    assert "Het bestand van deze versie staat nog niet in het register." in page


# --- adding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
def test_version_is_added_with_its_file_and_fetched_as_it_was(role: Role) -> None:
    client, place = as_person(holder_of(role)), f"{PROCEDURE}nieuwe-versie/"
    sent = {**fill_in(client.get(place), **VERSION), "file": upload()}
    assert client.post(place, sent).status_code == 302
    file = PolicyFile.objects.get()
    page = text(as_person(person()).get(PROCEDURE))
    assert f'href="/beleid/documenten/bestanden/{file.pk}/"' in page
    answer: Any = as_person(person()).get(f"/beleid/documenten/bestanden/{file.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(action="beleidsbestand_opgehaald").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"file": ("x.pdf", PAGE)}, "Dit soort bestand kunnen wij niet bewaren."),
        ({"valid_from": "2015-02-19"}, "Er is al een versie die op deze dag of later begint."),
        ({"label": ""}, "Geef deze versie een naam."),
    ],
)
def test_what_is_wrong_loses_nothing_that_was_typed(leader: Person, typed: dict[str, Any], sentence: str) -> None:
    client, place = as_person(leader), f"{PROCEDURE}nieuwe-versie/"
    name, content = typed.pop("file", ("brief.pdf", PDF))
    page = client.post(place, {**fill_in(client.get(place), **{**VERSION, **typed}), "file": upload(content, name)})
    assert page.status_code == 400
    assert sentence in text(page)
    assert main_form(page).values["citation"] == ["Kenmerk 2021/1"]
    assert PolicyVersion.objects.filter(document__code="procedure").count() == 1
    assert not PolicyFile.objects.exists()


def test_document_is_added_and_asks_for_its_first_version(leader: Person) -> None:
    client, place = as_person(leader), f"{LIST}toevoegen/nieuw/"
    given = {"title": "Werkinstructie", "code": "werkinstructie", "about": "Hoe een drager begint."}
    page = client.post(place, fill_in(client.get(place), **given))
    assert page.headers["Location"] == f"{LIST}werkinstructie/nieuwe-versie/"
    assert client.post(place, fill_in(client.get(place), **given)).status_code == 400
    assert client.post(place, fill_in(client.get(place), **{**given, "code": "Niet goed"})).status_code == 400
    assert PolicyDocument.objects.filter(code="werkinstructie").count() == 1


def test_file_is_added_to_a_version_that_was_there(leader: Person) -> None:
    version = PolicyVersion.objects.get(document__code="procedure")
    client, place = as_person(leader), f"{LIST}versies/{version.pk}/bestand/"
    assert f'href="{place}"' in text(client.get(PROCEDURE))
    assert f'href="{place}"' not in text(as_person(holder_of(Role.CONTACT, "ON")).get(PROCEDURE))
    assert client.post(place, {"file": upload(PAGE)}).status_code == 400
    assert client.post(place, {"file": upload()}).status_code == 302
    assert "brief.pdf" in text(client.get(PROCEDURE))


# --- passed on ----------------------------------------------------------------------------------------------


def test_head_finds_it_on_the_start_page_and_confirms(leader: Person) -> None:
    head = holder_of(Role.HEAD, "ON")
    client, place = as_person(head), "/beleid/doorgegeven/ON/"
    assert f'href="{place}"' in text(client.get("/"))
    sent = fill_in(client.get(place), how="Besproken in het teamoverleg.")
    assert [client.post(place, sent).status_code for _ in range(2)] == [302, 409]
    assert PassedOn.objects.count() == 1
    assert f'href="{place}"' not in text(client.get("/"))
    page = text(as_person(leader).get("/beleid/doorgegeven/"))
    assert "Besproken in het teamoverleg." in page
    assert "12 van 13 onderdelen hebben nog niet bevestigd." in page
    assert place not in page


def test_empty_confirmation_comes_back() -> None:
    client, place = as_person(holder_of(Role.HEAD, "ON")), "/beleid/doorgegeven/ON/"
    page = client.post(place, fill_in(client.get(place), how=" "))
    assert page.status_code == 400
    assert not PassedOn.objects.exists()


def test_unit_sees_itself_only() -> None:
    page = text(as_person(holder_of(Role.CONTACT, "MN")).get("/beleid/doorgegeven/"))
    assert "Midden-Nederland" in page
    assert "Oost-Nederland" not in page
    assert as_person(holder_of(Role.HEAD, "MN")).get("/beleid/doorgegeven/ON/").status_code == 404
