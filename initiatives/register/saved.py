"""The selections of the register that people save: to keep one, give it another name, and take it away.

Each is its owner's alone. What a selection finds is not kept but asked anew (`asked.py`); the pages are in
`views/selections.py`.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from initiatives.models import SavedSelection
from initiatives.models.selection import MOST
from journal.write import record
from organisation.models import Person


class NotSaved(Exception):
    """It cannot be saved so. The message is a Dutch sentence that says what to do."""


NAME_TAKEN = "U hebt al een selectie met deze naam. Kies een andere naam."
TOO_LONG = "Deze selectie is te lang om te bewaren. Zoek op minder woorden."
LONGEST = SavedSelection._meta.get_field("address").max_length or 0
NO_ROOM = f"U hebt al {MOST} selecties bewaard. Haal er eerst een weg."


def save_selection(person: Person, name: str, address: str, *, at: datetime) -> SavedSelection:
    """Keep this address of the register under this name. Raises `NotSaved`."""
    if len(address) > LONGEST:
        raise NotSaved(TOO_LONG)
    try:
        with transaction.atomic():
            Person.objects.held().get(pk=person.pk)  # one place is given to one selection
            kept = SavedSelection.objects.create(
                person=person, place=_free_place(person, name), name=name, address=address, saved_at=at
            )
            _trace(person, "selectie_bewaard", "heeft een selectie van het register bewaard")
    except IntegrityError as refused:  # the same person gave another one this name at this very moment
        raise NotSaved(NAME_TAKEN) from refused
    return kept


def _free_place(person: Person, name: str) -> int:
    taken = {place: kept.lower() for place, kept in person.selections.values_list("place", "name")}
    if name.lower() in taken.values():
        raise NotSaved(NAME_TAKEN)
    place = next((place for place in range(1, MOST + 1) if place not in taken), None)
    if place is None:
        raise NotSaved(NO_ROOM)
    return place


def rename_selection(kept: SavedSelection, name: str) -> None:
    """Give it another name. Raises `NotSaved`."""
    try:
        with transaction.atomic():
            SavedSelection.objects.filter(pk=kept.pk).update(name=name)
            _trace(kept.person, "selectie_hernoemd", "heeft een bewaarde selectie een andere naam gegeven")
    except IntegrityError as refused:
        raise NotSaved(NAME_TAKEN) from refused
    kept.name = name


@transaction.atomic
def remove_selection(kept: SavedSelection) -> None:
    kept.delete()
    _trace(kept.person, "selectie_weggehaald", "heeft een bewaarde selectie weggehaald")


def _trace(person: Person, action: str, words: str) -> None:
    """What somebody called it is nobody else's business."""
    record(action, f"Nummer {person.number} {words}.", actor=person, about=person)
