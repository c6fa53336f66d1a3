"""What the units of the stories arranged: with whom they consulted, what they agreed, what was ready, and the papers of
it. The stories do not tell it: here it is made up, the same each time, and now and then something lacks.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from bodycams.uploads.store import Accepted
from initiatives.choices import Element, Kind, Outcome, Party, Subject
from initiatives.demo.papers import paper, picture

SINCE = date(2017, 1, 1)
"""Before the Handreiking nobody wrote these things down."""

NOTES = {
    Party.IT: "Servicelevelmanagement heeft de aansluiting en het beheer bekeken. Het sluit aan op wat er is.",
    Party.WORKS_COUNCIL: "De raad wil na een half jaar horen hoe het gaat. Niemand wordt met opnamen gevolgd.",
    Party.MAYOR: "Besproken in de driehoek. De burgemeester wil weten wanneer het begint.",
    Party.PROSECUTOR: "Het parket vraagt om een vaste plaats waar opnamen voor het bewijs worden overgedragen.",
}
AGREED = {
    Subject.STORAGE: (
        "Hoofd informatievoorziening",
        "Opnamen staan versleuteld op de politieserver. Na 28 dagen is alles weg.",
    ),
    Subject.SECURITY: (
        "Functionaris informatiebeveiliging",
        "Camera’s zijn versleuteld en liggen in een afgesloten dock.",
    ),
    Subject.AUTHORISATIONS: ("Hoofd bedrijfsvoering", "Rechten worden per functie gegeven en elk kwartaal nagelopen."),
    Subject.AUTHENTICITY: ("Teamleider digitale opsporing", "Elke opname krijgt bij het uitlezen een controlegetal."),
    Subject.LOGGING: (
        "Functionaris informatiebeveiliging",
        "Wie een opname bekijkt, staat met tijd en doel in het logboek.",
    ),
    Subject.CAMERAS: ("Coördinator materieel", "Een camera wordt op personeelsnummer uitgegeven en ingenomen."),
    Subject.RECORDINGS: ("Teamchef", "Alleen de beoordelaar van de eenheid opent opnamen, met een doel vooraf."),
    Subject.INSTRUCTION: (
        "Teamchef",
        "Een kaart in de borstzak zegt wanneer de camera aangaat en wat de drager dan zegt.",
    ),
}
READY = {
    Element.MANAGEMENT: "Er is een beheerder en een vervanger.",
    Element.TRAINING: "De training duurt een dagdeel, met oefeningen op straat.",
    Element.TECHNIQUE: "De docks zijn geplaatst en getest.",
    Element.GUIDANCE: "Een vertrouwenscollega is er voor wie met een opname zit.",
    Element.COHERENCE: "Niemand gaat naar buiten voordat de beheerder de lijst heeft afgevinkt.",
}


def arranged(key: str, kinds: Sequence[str], day: date) -> dict[str, Any]:
    """What this story's unit had arranged on `day`, by the names of the form's fields; nothing when nobody asked it."""
    if day < SINCE or not {Kind.PURCHASE, Kind.EXPERIMENT} & set(kinds):
        return {}
    given: dict[str, Any] = {}
    for number, party in enumerate(Party):
        if not _lacks(key, party):
            name = f"consultation_{party}"
            given[f"{name}_date"] = day - timedelta(days=9 + 6 * number)
            given[f"{name}_outcome"] = Outcome.NEUTRAL if crc32(f"{key}{party}".encode()) % 4 == 0 else Outcome.POSITIVE
            given[f"{name}_note"] = NOTES[party]
    for subject, (responsible, text) in AGREED.items():
        if not _lacks(key, subject):
            name = f"agreement_{subject}"
            given |= {f"{name}_responsible": responsible, f"{name}_text": text}
            given[f"{name}_review_on"] = day + timedelta(days=365)
    for element, note in READY.items():
        given[f"readiness_{element}"] = not _lacks(key, element)
        given[f"readiness_{element}_note"] = note
    trained = 4 + crc32(key.encode()) % 40
    return {
        **given,
        "wearers_trained": trained,
        "colleagues_instructed": 3 * trained,
        "dpia_version": "1.0",
        "dpia_date": day - timedelta(days=40),
    }


def papers(key: str, kinds: Sequence[str], day: date, title: str) -> dict[str, list[Accepted]]:
    """The documents of this story, by the place where they stand."""
    given = arranged(key, kinds, day)
    if not given:
        return {}
    found = {
        "dpia": [paper("dpia", "Gegevensbeschermingseffectbeoordeling, versie 1.0", title, *READY.values())],
        "bijlage": [picture("inzetgebied", crc32(key.encode()) % 9)],
    }
    for party in Party:
        if f"consultation_{party}_date" in given:
            head = f"Verslag van het overleg: {party.label}"
            found[f"overleg_{party}"] = [paper(f"verslag-{party}", head, title, NOTES[party])]
    return found


def _lacks(key: str, thing: str) -> bool:
    """Of some things nothing was arranged; of which, is always the same."""
    return crc32(f"{key} {thing}".encode()) % 11 == 0
