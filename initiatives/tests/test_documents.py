"""Documents of a file: added and taken away while the unit writes, given only to who may see the file."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from bodycams.tests import files
from bodycams.uploads.store import accept, path_of
from initiatives import documents
from initiatives.concepts import NotAConcept, discard_concept
from initiatives.documents import TooMany, add_documents, take_away_documents
from initiatives.models import Document, Initiative
from initiatives.tests.factories import Cast, concept, walk
from initiatives.tests.pages import as_person, main_form
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


@pytest.fixture
def client(cast: Cast) -> Client:
    return as_person(cast.contact)


def on_disk(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def sent(name: str, content: bytes = files.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def save(client: Client, subject: Initiative, **changes: Any) -> Any:
    """Send the form as it stands, with what is changed in it."""
    address = reverse("concept", args=[subject.pk])
    values = main_form(client.get(address)).values
    return client.post(address, {**values, **changes})


def names(subject: Initiative) -> list[tuple[str, str]]:
    return list(Document.objects.filter(initiative=subject).values_list("place", "name"))


def test_documents_stand_where_they_were_added(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    several = [sent("begroting.pdf"), sent("kaart.png", files.PNG)]
    answer = save(client, subject, consultation_burgemeester_document=sent("verslag.pdf"), attachments=several)
    assert answer.status_code == 302
    found = [("overleg_burgemeester", "verslag.pdf"), ("bijlage", "begroting.pdf"), ("bijlage", "kaart.png")]
    assert names(subject) == found
    page = client.get(reverse("concept", args=[subject.pk])).content.decode()
    assert "Haal ‘verslag.pdf’ weg bij het bewaren" in page
    assert "2 bijlagen" in page


def test_what_is_refused_loses_nothing_else(cast: Cast, client: Client) -> None:
    """Neither the texts, nor the good files, nor the good ones at the same field."""
    subject = concept(cast)
    answer = save(
        client,
        subject,
        title="Nieuwe titel",
        dpia_document=sent("dpia.pdf"),
        attachments=[sent("begroting.pdf", files.PROGRAM), sent("kaart.png", files.PNG)],
    )
    assert answer.status_code == 400
    assert "‘begroting.pdf’ is niet bewaard. Dit soort bestand" in answer.content.decode()
    assert names(subject) == [("dpia", "dpia.pdf"), ("bijlage", "kaart.png")]
    assert Initiative.objects.get(pk=subject.pk).title == "Nieuwe titel"


def test_a_full_disk_is_told_and_the_texts_are_saved(cast: Cast, client: Client, media: Path) -> None:
    subject = concept(cast)
    (media / "files").write_text("in the way")
    answer = save(client, subject, title="Nieuwe titel", dpia_document=sent("dpia.pdf"))
    assert answer.status_code == 400
    assert "storing met de opslag" in answer.content.decode()
    assert names(subject) == []
    assert Initiative.objects.get(pk=subject.pk).title == "Nieuwe titel"


def test_a_file_is_kept_though_another_saved_meanwhile(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    answer = save(client, subject, version="1", title="Mijn titel", attachments=[sent("begroting.pdf")])
    assert answer.status_code == 409
    assert names(subject) == [("bijlage", "begroting.pdf")]


def test_no_more_documents_than_a_file_may_have(cast: Cast, monkeypatch: pytest.MonkeyPatch, media: Path) -> None:
    monkeypatch.setattr(documents, "MOST_DOCUMENTS", 2)
    subject, two = concept(cast), [accept(files.arrived(files.PDF))] * 2
    add_documents(subject, {"bijlage": two}, person=cast.contact, at=now())
    with pytest.raises(TooMany):
        add_documents(subject, {"bijlage": two[:1]}, person=cast.contact, at=now())
    assert on_disk(media) == 2


def added(cast: Cast, subject: Initiative) -> Document:
    return add_documents(subject, {"bijlage": [accept(files.arrived(files.PDF))]}, person=cast.contact, at=now())[0]


def test_before_filing_a_document_goes_with_its_bytes(cast: Cast, client: Client, media: Path) -> None:
    subject = concept(cast)
    document = added(cast, subject)
    save(client, subject, remove_documents=[str(document.pk), "geen-nummer"])
    assert names(subject) == []
    assert on_disk(media) == 0


def test_after_filing_a_document_that_is_taken_away_stays_on_record(cast: Cast, media: Path) -> None:
    subject = concept(cast)
    document = added(cast, subject)
    walk(cast, "noodzaak_vaststellen", "aanmelden", "terugsturen", start=subject)
    assert take_away_documents(subject, [document.pk], person=cast.contact, at=now()) == 1
    assert Document.objects.get().removed_at is not None
    assert on_disk(media) == 1
    assert Initiative.objects.get().documents_by_place() == {}


def test_a_filed_file_takes_no_documents(cast: Cast, media: Path) -> None:
    subject = concept(cast)
    document = added(cast, subject)
    walk(cast, "noodzaak_vaststellen", "aanmelden", start=subject)
    with pytest.raises(NotAConcept):
        added(cast, subject)
    with pytest.raises(NotAConcept):
        take_away_documents(subject, [document.pk], person=cast.contact, at=now())
    assert on_disk(media) == 1


def test_a_concept_that_is_thrown_away_takes_its_documents_along(cast: Cast, media: Path) -> None:
    subject = concept(cast)
    added(cast, subject)
    discard_concept(subject, person=cast.contact)
    assert on_disk(media) == 0


def test_a_document_is_given_to_be_saved_and_that_is_on_record(cast: Cast, client: Client) -> None:
    subject = concept(cast)
    document = added(cast, subject)
    answer = client.get(reverse("document", args=[subject.pk, document.pk]))
    assert answer.content == files.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="notulen.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    entry = Entry.objects.get(action="document_gelezen")
    assert (entry.actor, entry.data["sha256"]) == (cast.contact.number, document.sha256)


@pytest.mark.parametrize(("role", "place"), [(Role.LEADER, None), (Role.CONTACT, "MN"), (Role.ADMINISTRATOR, None)])
def test_a_stranger_is_not_told_that_a_document_is_there(cast: Cast, role: Role, place: str | None) -> None:
    subject = concept(cast)
    address = reverse("document", args=[subject.pk, added(cast, subject).pk])
    assert as_person(holder_of(role, place)).get(address).status_code == 404


def test_a_document_belongs_to_its_own_file(cast: Cast, client: Client) -> None:
    document, other = added(cast, concept(cast)), concept(cast)
    assert client.get(reverse("document", args=[other.pk, document.pk])).status_code == 404


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"name": "ander.pdf"}, {"place": "dpia"}])
def test_the_database_lets_no_document_change(cast: Cast, change: dict[str, str]) -> None:
    document = added(cast, concept(cast))
    with pytest.raises(Error, match="does not change"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_the_database_keeps_what_was_filed(cast: Cast) -> None:
    subject = concept(cast)
    document = added(cast, subject)
    walk(cast, "noodzaak_vaststellen", "aanmelden", "terugsturen", start=subject)
    with pytest.raises(Error, match="stays"), transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()


def test_the_bytes_lie_where_no_web_server_looks(cast: Cast, media: Path) -> None:
    document = added(cast, concept(cast))
    assert path_of(document.pk).is_relative_to(media)
    assert "notulen" not in str(path_of(document.pk))
