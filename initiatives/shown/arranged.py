"""What was arranged as the file shows it: each consultation, agreement, element and the DPIA in a few words."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from initiatives.choices import Element, Party, Subject
from initiatives.models import Initiative
from initiatives.models.document import PLACES
from workflow.clock import local_date
from workflow.dates import day_in_words

PLACE_NAMES = dict(PLACES)


def consultation(party: Party, initiative: Initiative) -> str:
    one = next((one for one in initiative.consultations.all() if one.party == party), None)
    if one is None:
        return ""
    held = day_in_words(one.held_on) if one.held_on else "nog niet gehouden"
    outcome = f", {one.get_outcome_display().lower()}" if one.outcome else ""
    return _lines(f"{held}{outcome}", one.note)


def agreement(subject: Subject, initiative: Initiative) -> str:
    one = next((one for one in initiative.agreements.all() if one.subject == subject), None)
    if one is None:
        return ""
    return _lines(
        one.text,
        f"Verantwoordelijk: {one.responsible}" if one.responsible else "",
        f"Opnieuw bekijken op {day_in_words(one.review_on)}" if one.review_on else "",
    )


def readiness(element: Element, initiative: Initiative) -> str:
    one = next((one for one in initiative.readiness.all() if one.element == element), None)
    return _lines("op orde" if one.in_place else "nog niet op orde", one.note) if one else ""


def dpia(initiative: Initiative) -> str:
    day = initiative.dpia_date
    version = f"versie {initiative.dpia_version}" if initiative.dpia_version else ""
    return ", ".join(filter(None, [version, day_in_words(day) if day else ""]))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


ARRANGED: dict[str, Callable[[Initiative], str]] = {
    **{f"consultation_{party}": partial(consultation, party) for party in Party},
    **{f"agreement_{subject}": partial(agreement, subject) for subject in Subject},
    **{f"readiness_{element}": partial(readiness, element) for element in Element},
    "dpia": dpia,
}
"""By name, what is said of it; empty when the unit said nothing."""


class Shown(NamedTuple):
    """A document as `components/documents.html` draws it."""

    label: str
    url: str
    icon: str
    size: str
    note: str


def documents(initiative: Initiative) -> list[Shown]:
    """The documents that stand in the file now."""
    return [
        Shown(
            one.name,
            reverse("document", args=[initiative.pk, one.pk]),
            one.kind.icon,
            filesizeformat(one.size),
            f"{PLACE_NAMES[one.place]}, toegevoegd op {day_in_words(local_date(one.added_at))}",
        )
        for one in initiative.documents.all()
        if one.removed_at is None
    ]
