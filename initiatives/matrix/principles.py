"""The eleven principles of the Handreiking, and what in the file answers each of them."""

import re
from collections.abc import Callable, Iterable, Iterator

from initiatives.choices import PRINCIPLES, Activation, Kind, Origin, Party, Place, Purpose, Subject
from initiatives.matrix.file import NOT_ASKED, File
from initiatives.matrix.shape import Answer, Found, Row, met_or_not

SEVEN = tuple(subject for subject in Subject if subject is not Subject.INSTRUCTION)
"""The subjects on which there must be an agreement; the eighth only when there is an instruction (S1-27)."""

NAMES_28_DAYS = re.compile(r"\b(?:28|achtentwintig)\s+dagen\b|\b(?:4|vier)\s+weken\b", re.IGNORECASE)
IN_PUBLIC = (Place.ROAD, Place.BUILDING)


def principles(file: File) -> Iterator[Row]:
    for (number, what), (source, ask) in zip(PRINCIPLES, ASKS, strict=True):
        answer, sentence = ask(file)
        weight = file.weight if number in (10, 11) and answer is not Answer.NOT_APPLICABLE else ""
        yield Row(f"principle_{number}", what, answer, sentence, source, weight)


def _discretion(file: File) -> Found:
    if file.has_agreed(Subject.INSTRUCTION):
        return Answer.MET, "Er is een gebruiksinstructie vastgelegd."
    return Answer.NOT_APPLICABLE, "Dit is een uitgangspunt, geen toets."


def _provenance(file: File) -> Found:
    if file.initiative.origin == Origin.POLICE:
        return Answer.MET, "De camera’s zijn van de politie."
    consented = bool(file.initiative.origin_consent)
    return met_or_not(
        consented, "De politie stemt in met deze camera’s.", "Er staat niet wie met deze camera’s instemde."
    )


def _in_public(file: File) -> Found:
    places = set(file.initiative.places)
    if not places:
        return Answer.NOT_MET, "Er is geen plaats gekozen."
    return met_or_not(
        places <= set(IN_PUBLIC),
        "Er wordt alleen in het openbaar gefilmd.",
        "Er wordt ook buiten het openbaar gefilmd.",
    )


def _task(file: File) -> Found:
    return met_or_not(bool(file.initiative.tasks), "Er is een politietaak gekozen.", "Er is geen politietaak gekozen.")


def _safety(file: File) -> Found:
    if Purpose.SAFETY in file.initiative.purposes:
        return Answer.MET, "Veiligheid is een van de doelen."
    return Answer.NOT_APPLICABLE, "Veiligheid is niet als doel gekozen."


def _limited(file: File) -> Found:
    initiative = file.initiative
    if initiative.activation == Activation.CONTINUOUS and not initiative.special_functions_reasons:
        return Answer.NOT_MET, "De camera staat altijd aan, en er staat niet waarom."
    if initiative.kinds == [Kind.REPLACEMENT] and not (initiative.proportionality or initiative.announcement):
        return Answer.NOT_APPLICABLE, "Bij vervanging van defecte camera’s verandert het gebruik niet."
    filled = bool(initiative.proportionality and initiative.announcement)
    return met_or_not(
        filled,
        "Er staat hoe het filmen beperkt blijft en vooraf bekend is.",
        "Er staat nog niet hoe het filmen beperkt blijft en vooraf bekend is.",
    )


def _police_data(file: File) -> Found:
    return _agreed(file, (Subject.LOGGING, Subject.AUTHORISATIONS))


def _gone_in_time(file: File) -> Found:
    if not file.asked and not file.has_agreed(Subject.STORAGE):
        return NOT_ASKED
    if not file.has_agreed(Subject.STORAGE):
        return Answer.NOT_MET, "Er is nog geen afspraak over opslag."
    return met_or_not(
        bool(NAMES_28_DAYS.search(file.agreements[Subject.STORAGE].text)),
        "De afspraak over opslag noemt de 28 dagen.",
        "De afspraak over opslag noemt de 28 dagen niet.",
    )


def _staff(file: File) -> Found:
    if Purpose.STAFF not in file.initiative.purposes:
        return Answer.MET, "De camera’s zijn niet bedoeld om medewerkers te volgen."
    recorded = file.has_held(Party.WORKS_COUNCIL) and bool(
        file.initiative.documents_by_place().get(f"overleg_{Party.WORKS_COUNCIL}")
    )
    return met_or_not(
        recorded,
        "Het stuk van de ondernemingsraad is toegevoegd.",
        "Het stuk van de ondernemingsraad ontbreekt, terwijl medewerkers worden gevolgd.",
    )


def _consulted(file: File) -> Found:
    lacking = [party.label for party in Party if not file.has_held(party)]
    if not file.asked and len(lacking) == len(Party):
        return NOT_ASKED
    return met_or_not(not lacking, "Met alle vier is overlegd.", f"Nog geen overleg met: {', '.join(lacking)}.")


def _all_agreed(file: File) -> Found:
    return _agreed(file, SEVEN)


def _agreed(file: File, subjects: Iterable[Subject]) -> Found:
    subjects = tuple(subjects)
    lacking = [subject.label for subject in subjects if not file.has_agreed(subject)]
    if not file.asked and len(lacking) == len(subjects):
        return NOT_ASKED
    return met_or_not(not lacking, "De afspraken liggen vast.", f"Nog geen afspraak over: {', '.join(lacking)}.")


ASKS: tuple[tuple[str, Callable[[File], Found]], ...] = (
    ("S1-05", _discretion),
    ("S1-06", _provenance),
    ("S1-07", _in_public),
    ("S1-08", _task),
    ("S1-14", _safety),
    ("S1-15, S1-16", _limited),
    ("S1-17, S1-18", _police_data),
    ("S1-19", _gone_in_time),
    ("S1-23", _staff),
    ("S1-24, S1-25", _consulted),
    ("S1-26, S1-27", _all_agreed),
)
"""Source and answer of each of the eleven principles, in their order."""
