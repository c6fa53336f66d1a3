"""The fields by which a unit says what it arranged: overleg, afspraken, gereedheid, and the documents that go with it.

Their names are those of `details.py`. They are made here and not written out, because there are four parties, eight
subjects and five elements, and each is asked the same.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bodycams.uploads.fields import Files
from initiatives.choices import Element, Outcome, Party, Subject
from initiatives.forms.fields import SHORT, Day, Line, OneOf, Text
from initiatives.forms.numbers import Count
from initiatives.models import Document
from initiatives.models.document import ATTACHMENT, DPIA

FILE_FIELDS: dict[str, str] = {
    **{f"consultation_{party}_document": f"overleg_{party}" for party in Party},
    **{f"agreement_{subject}_document": f"afspraak_{subject}" for subject in Subject},
    "dpia_document": DPIA,
    "attachments": ATTACHMENT,
}
"""The fields by which documents are added, and the place where each puts them."""

IN_THE_PAST = (
    *(f"consultation_{party}_date" for party in Party),
    *("dpia_date", "infrastructure_changed_on", "management_changed_on"),
)
"""Days that have been: something that is still to come is filled in when it was."""

ABOUT = {
    Party.IT: "Over de aanschaf en het beheer, met Relatie- en Servicelevelmanagement.",
    Party.WORKS_COUNCIL: "Over de inzet en het gebruik.",
    Party.MAYOR: "Bevoegd gezag voor de openbare orde. Over de inzet en het gebruik.",
    Party.PROSECUTOR: "Bevoegd gezag voor de opsporing. Over de inzet en het gebruik.",
    Subject.STORAGE: "Waar staan de opnamen, en hoe zijn zij na 28 dagen weg? Noem de 28 dagen.",
    Subject.SECURITY: "Hoe zijn camera’s en opnamen beveiligd?",
    Subject.AUTHORISATIONS: "Wie mag wat, en wie geeft die rechten?",
    Subject.AUTHENTICITY: "Hoe blijkt dat een opname echt is, en niet veranderd?",
    Subject.LOGGING: "Wat wordt vastgelegd van wie wat bekijkt?",
    Subject.CAMERAS: "Wie kan bij de camera’s, en hoe worden zij uitgegeven?",
    Subject.RECORDINGS: "Wie kan bij de opnamen, en waarvoor?",
    Subject.INSTRUCTION: "Alleen als er een eigen instructie is, naast de landelijke.",
    Element.MANAGEMENT: "Wie beheert de camera’s en de opnamen, en is dat ingericht?",
    Element.TRAINING: "Kunnen de dragers ermee werken, en weten hun collega’s wat er mag?",
    Element.TECHNIQUE: "Werken de camera’s, het laden, het uitlezen en de opslag?",
    Element.GUIDANCE: "Worden collega’s begeleid, in hun werk en in wat het met hen doet?",
    Element.COHERENCE: "Past het bij elkaar: begint niemand voordat de rest er ook is?",
}
"""What each party, subject and element is about, in a sentence."""


class Arranged(NamedTuple):
    """One party, subject or element on the page: its fields, and the documents that stand there."""

    title: str
    about: str
    fields: list[BoundField]
    documents: list[Document]
    file: BoundField | None = None


def chosen_documents(data: QueryDict) -> set[UUID]:
    """The documents whose box was ticked to take them away; what is no id is nobody's."""
    chosen = set()
    for text in data.getlist("remove_documents"):
        with suppress(ValueError):
            chosen.add(UUID(text))
    return chosen


def detail_fields() -> Iterator[tuple[str, forms.Field]]:
    """The fields of consultations, agreements and readiness, in the order of the form."""
    for party in Party:
        name = f"consultation_{party}"
        yield f"{name}_date", Day(label=f"{party.label}: datum", help_text="Wanneer was het overleg?")
        yield f"{name}_outcome", OneOf(Outcome.choices, label=f"{party.label}: uitkomst", none="Nog niet bekend")
        yield f"{name}_note", Text(label=f"{party.label}: toelichting", rows=2, at_most=SHORT)
        yield f"{name}_document", Files(label=f"{party.label}: document")
    for subject in Subject:
        name = f"agreement_{subject}"
        who = "Noem een functie, geen naam."
        yield f"{name}_responsible", Line(label=f"{subject.label}: verantwoordelijk", help_text=who, at_most=200)
        yield f"{name}_text", Text(label=f"{subject.label}: afspraak", rows=3)
        yield f"{name}_review_on", Day(label=f"{subject.label}: opnieuw bekijken op")
        yield f"{name}_document", Files(label=f"{subject.label}: document")
    for element in Element:
        yield f"readiness_{element}", forms.BooleanField(label=f"{element.label} is op orde")
        yield f"readiness_{element}_note", Text(label=f"{element.label}: toelichting", rows=2, at_most=SHORT)
    yield from _numbers_and_dpia()
    yield "attachments", Files(label="Bijlagen", help_text=f"{Files().help_text} U kunt er meer tegelijk kiezen.")


def _numbers_and_dpia() -> Iterator[tuple[str, forms.Field]]:
    yield "wearers_trained", Count(label="Dragers opgeleid", help_text="Hoeveel dragers zijn opgeleid?")
    yield (
        "colleagues_instructed",
        Count(
            label="Collega’s geïnstrueerd",
            help_text="Hoeveel collega’s kennen het Inzetkader en de regels voor privacy?",
        ),
    )
    yield "dpia_version", Line(label="Versie van de DPIA", help_text="Bijvoorbeeld 1.0.", at_most=60, short=True)
    yield "dpia_date", Day(label="Datum van de DPIA")
    yield "dpia_document", Files(label="DPIA: document")
    last = "Leeg als er niets veranderde. Is dit later dan de DPIA, dan moet zij worden vernieuwd."
    yield "infrastructure_changed_on", Day(label="Techniek voor het laatst veranderd op", help_text=last)
    yield "management_changed_on", Day(label="Beheerorganisatie voor het laatst veranderd op", help_text=last)


def consultations(form: forms.Form, documents: dict[str, list[Document]]) -> list[Arranged]:
    return [
        _arranged(form, party, f"consultation_{party}", ("_date", "_outcome", "_note"), documents) for party in Party
    ]


def agreements(form: forms.Form, documents: dict[str, list[Document]]) -> list[Arranged]:
    ends = ("_responsible", "_text", "_review_on")
    return [_arranged(form, subject, f"agreement_{subject}", ends, documents) for subject in Subject]


def readiness(form: forms.Form) -> list[Arranged]:
    return [_arranged(form, element, f"readiness_{element}", ("", "_note"), {}) for element in Element]


def _arranged(
    form: forms.Form,
    thing: Party | Subject | Element,
    name: str,
    ends: tuple[str, ...],
    documents: dict[str, list[Document]],
) -> Arranged:
    file = f"{name}_document"
    return Arranged(
        str(thing.label),
        ABOUT[thing],
        [form[f"{name}{end}"] for end in ends],
        documents.get(FILE_FIELDS.get(file, ""), []),
        form[file] if file in form.fields else None,
    )
