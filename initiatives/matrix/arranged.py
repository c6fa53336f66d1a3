"""What was arranged: with whom the unit consulted, what was agreed, what is ready, and the DPIA."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from initiatives.choices import Element, Party
from initiatives.matrix.file import NOT_ASKED, File
from initiatives.matrix.principles import SEVEN
from initiatives.matrix.shape import Row, met_or_not
from workflow.dates import day_in_words

if TYPE_CHECKING:
    from initiatives.models import Initiative


def consultations(file: File) -> Iterator[Row]:
    for party in Party:
        held = file.consultations[party].held_on if party in file.consultations else None
        met = f"Overlegd op {day_in_words(held)}." if held else ""
        source = "S1-24" if party is Party.IT else "S1-25"
        yield _row(
            file, f"consultation_{party}", party.label, bool(held), met, "Nog geen overleg.", source, file.weight
        )


def agreements(file: File) -> Iterator[Row]:
    for subject in SEVEN:
        agreed = file.has_agreed(subject)
        met = f"Verantwoordelijk: {file.agreements[subject].responsible}." if agreed else ""
        unmet = "Nog niet vastgelegd, met wie verantwoordelijk is."
        yield _row(file, f"agreement_{subject}", subject.label, agreed, met, unmet, "S1-26", file.weight)


def readiness(file: File) -> Iterator[Row]:
    for element in Element:
        source = "S2-12" if element is Element.GUIDANCE else "S2-05"
        ready = file.is_ready(element)
        yield _row(file, f"readiness_{element}", element.label, ready, "Op orde.", "Nog niet op orde.", source)


def dpia(file: File) -> Row:
    initiative = file.initiative
    there = bool(initiative.dpia_version and initiative.dpia_date)
    changed = dpia_is_older_than(initiative)
    unmet = (
        f"Na de DPIA veranderde iets, op {day_in_words(changed)}. Vernieuw haar."
        if changed
        else "Nog geen DPIA met versie en datum."
    )
    met = (
        f"Versie {initiative.dpia_version} van {day_in_words(initiative.dpia_date)}."
        if there and initiative.dpia_date
        else ""
    )
    return _row(file, "dpia", "DPIA", there and not changed, met, unmet, "S2-18")


def dpia_is_older_than(initiative: "Initiative") -> date | None:
    """The last day, after that of the DPIA, on which infrastructure or management organisation changed (S2-18)."""
    changes = (initiative.infrastructure_changed_on, initiative.management_changed_on)
    made = initiative.dpia_date
    return max((day for day in changes if day and made and day > made), default=None)


def _row(file: File, code: str, what: str, holds: bool, met: str, unmet: str, source: str, weight: str = "") -> Row:
    """Met, or not; what nobody asked for and is not there does not apply."""
    if not holds and not file.asked:
        answer, sentence = NOT_ASKED
        return Row(code, what, answer, sentence, source)
    answer, sentence = met_or_not(holds, met, unmet)
    return Row(code, what, answer, sentence, source, weight)
