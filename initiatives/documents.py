"""Use cases of the documents of a file: adding while the unit writes, taking away, giving to who may see the file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse

from bodycams.uploads.store import Accepted, give, keeping, remove
from initiatives.concepts import locked, trace
from initiatives.models import Document, Initiative
from initiatives.models.document import PLACES
from journal.write import record
from organisation.models import Person

MOST_DOCUMENTS = 60
"""How many documents a file may have at one time."""

TOO_MANY = f"Een dossier heeft hoogstens {MOST_DOCUMENTS} documenten. Haal er eerst een weg."
PLACE_NAMES = dict(PLACES)


class TooMany(Exception):
    """The file would have more documents than it may; the message is a Dutch sentence."""


def add_documents(
    initiative: Initiative, given: Mapping[str, Sequence[Accepted]], *, person: Person, at: datetime
) -> list[Document]:
    """Add documents to a concept, by the place where each belongs. All or none: raises `TooMany`, `NotAConcept`, and
    `NotKept` when the disk has no room.
    """
    files = [(place, one) for place, several in given.items() for one in several]
    if not files:
        return []
    with keeping([one for _, one in files]) as columns, transaction.atomic():
        current = locked(initiative.pk, person)
        if current.documents.filter(removed_at=None).count() + len(files) > MOST_DOCUMENTS:
            raise TooMany(TOO_MANY)
        added = [
            Document.objects.create(initiative=current, place=place, added_by=person, added_at=at, **kept)
            for (place, _), kept in zip(files, columns, strict=True)
        ]
        for document in added:
            _trace("document_toegevoegd", "heeft een document toegevoegd", document, person)
    return added


def take_away_documents(initiative: Initiative, chosen: Collection[UUID], *, person: Person, at: datetime) -> int:
    """Take documents away from a concept; answers how many. Before the first filing a document is gone, its bytes too;
    after that it stays on record, marked. Raises `NotAConcept`.
    """
    if not chosen:
        return 0
    with transaction.atomic():
        current = locked(initiative.pk, person)
        found = list(current.documents.filter(pk__in=chosen, removed_at=None))
        for document in found:
            document.initiative = current
            _trace("document_weggehaald", "heeft een document weggehaald", document, person)
        those = current.documents.filter(pk__in=[document.pk for document in found])
        if current.number:
            those.update(removed_at=at)
        else:
            those.delete()
            remove(found)
    return len(found)


def give_document(document: Document, *, person: Person) -> HttpResponse:
    """The document as it was added, for somebody who may see its file. Who had it given stands in the journal."""
    response = give(document)
    with transaction.atomic():
        record(
            "document_gelezen",
            f"Een document is opgehaald ({PLACE_NAMES[document.place]}).",
            actor=person,
            about=document,
            data={"initiative": document.initiative_id, "sha256": document.sha256},
        )
    return response


def _trace(action: str, words: str, document: Document, person: Person) -> None:
    about = {"document": str(document.pk), "place": document.place, "sha256": document.sha256}
    trace(action, f"{words} ({PLACE_NAMES[document.place]})", document.initiative, person, data=about)
