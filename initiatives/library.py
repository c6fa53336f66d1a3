"""The library of policy documents (S0-11, S0-12): adding a document, a version, a file; and which version held when.

A version holds from its day until the next one does. Nothing is taken away: every version stays, with its files. That a
unit passed the procedure on is in `passed_on.py`; the pages are in `views/library.py`.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from bodycams.uploads.store import Accepted, keeping
from initiatives.models import PolicyDocument, PolicyFile, PolicyVersion
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacities, capacity_with
from organisation.roles import Perm


class NotNewer(Exception):
    """There is a version of that day or later, or a document of that name; the message is a Dutch sentence."""


def held_on(day: date) -> list[PolicyVersion]:
    """The version of each document that held on `day`, by title, with its files."""
    found = PolicyVersion.objects.in_force_on(day).select_related("document").prefetch_related("files")
    return list(found.order_by("document__title"))


def add_document(code: str, title: str, about: str, *, person: Person) -> PolicyDocument:
    """A new document, of which the first version is still to come. Raises `NotNewer` when there is one of this name."""
    try:
        with transaction.atomic():
            document = PolicyDocument.objects.create(code=code, title=title, about=about)
            _trace("beleidsdocument_toegevoegd", f"heeft het document ‘{title}’ toegevoegd", document, person)
    except IntegrityError as refused:
        raise NotNewer("Er is al een document met deze afkorting. Kies een andere.") from refused
    return document


def add_version(
    document: PolicyDocument, given: dict[str, Any], file: Accepted | None, *, person: Person, at: datetime
) -> PolicyVersion:
    """A version that follows the ones that are there, with its file when there is one. Raises `NotNewer`, and
    `NotKept` when the file cannot be kept; then nothing is added.
    """
    try:
        with keeping([file] if file else []) as kept, transaction.atomic():
            version = PolicyVersion.objects.create(document=document, added_by=person, added_at=at, **given)
            for columns in kept:
                PolicyFile.objects.create(version=version, added_by=person, added_at=at, **columns)
            words = f"heeft een versie van ‘{document.title}’ toegevoegd: {version.label}"
            _trace("beleidsversie_toegevoegd", words, document, person, version=version.pk)
    except IntegrityError as refused:
        raise NotNewer("Er is al een versie die op deze dag of later begint. Kies een latere dag.") from refused
    return version


def add_file(version: PolicyVersion, file: Accepted, *, person: Person, at: datetime) -> PolicyFile:
    """A file for a version that is there. Raises `NotKept`."""
    with keeping([file]) as kept, transaction.atomic():
        added = PolicyFile.objects.create(version=version, added_by=person, added_at=at, **kept[0])
        words = f"heeft een bestand toegevoegd aan ‘{version.document.title}’: {added.name}"
        _trace("beleidsbestand_toegevoegd", words, version.document, person, file=str(added.pk))
    return added


def note_download(file: PolicyFile, person: Person) -> None:
    """Put on record that somebody fetched a file."""
    held = capacities(person)
    title = held[0].title if held else "Iemand zonder rol"
    record(
        "beleidsbestand_opgehaald",
        f"{title} heeft ‘{file.name}’ opgehaald.",
        actor=person,
        role=held[0].role if held else "",
        unit=held[0].unit if held else "",
        about=file.version.document,
        data={"file": str(file.pk), "sha256": file.sha256},
    )


def _trace(action: str, words: str, document: PolicyDocument, person: Person, **data: Any) -> None:
    capacity = capacity_with(person, Perm.KEEP_DOCUMENTS)
    record(
        action,
        f"{capacity.title} {words}.",
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=document,
        data=data,
    )
