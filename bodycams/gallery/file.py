"""A file for the gallery: where it is, what can be done, what was decided, how it was judged, what happened."""

from types import SimpleNamespace as It

from bodycams.gallery.samples import (
    DENIED,
    GIVEN,
    LONG_WORD,
    MET,
    NOT_APPLICABLE,
    NOT_ASKED,
    NOT_MET,
    OBJECTION,
    entry,
    judged,
    left,
    offer,
)
from bodycams.look import Badge, Mark, Point, Term

FILE = {
    "objection": OBJECTION,
    "objection_term": left(12, 1),
    "facts": [
        ("Eenheid", "Oost-Nederland"),
        ("Soort", "Aanschaf, experiment"),
        ("Camera's", "60"),
        ("Behandeld door", "Programmamanager Sensing"),
    ],
    "points": [
        Point("Concept", "begonnen 22 juni 2026"),
        Point("Aangemeld", "13 juli, aangevuld 12 augustus"),
        Point("Beoordeeld", "1 september 2026"),
        Point("Goedgekeurd", "8 september 2026, deels ondersteund"),
        Point("Bezwaar", "sinds 13 oktober 2026", "now", "scale"),
        Point("Besluit op bezwaar", "uiterlijk 1 december 2026", "todo", "gavel"),
    ],
    "offers": [
        offer("Verdagen", "Schuif het besluit op. Dat kan één keer, met hoogstens 6 weken.", "calendar-due", "primary"),
        offer(
            "Gegrond verklaren",
            "",
            reasons=(It(sentence="Kan nog niet: de portefeuillehouder heeft geen zienswijze gegeven.", field=""),),
        ),
        offer(
            "Aanmelden",
            "",
            reasons=(
                It(sentence="Er is nog geen doel gekozen.", field="purposes"),
                It(sentence="Het bedrag is leeg.", field="amount"),
            ),
        ),
    ],
    "file_terms": [
        (
            "Besluit op bezwaar",
            left(12, 1),
            "De bezwaartermijn eindigde op 20 oktober 2026. Zes weken daarna is dinsdag 1 december 2026.",
        ),
        (
            "Bezwaar maken",
            Term("op tijd: 13 oktober", "liep tot en met di 20 okt 2026", "done"),
            "Het besluit is van 8 september 2026.",
        ),
    ],
    "granted": Badge("Toestemming gegeven", "good"),
    "refused": Badge("Toestemming geweigerd", "bad"),
    "support": [
        ("Operationeel beleid", GIVEN),
        ("Inkoopproces", GIVEN),
        ("Beheersondersteuning", NOT_ASKED),
        ("ICT-integratie", DENIED),
        ("Juridische borging", DENIED),
    ],
    "conditions": [
        "Alle 60 dragers zijn opgeleid vóór de start.",
        "De afspraak over authenticiteit krijgt een verantwoordelijke.",
    ],
    "documents": [
        It(
            label="Ontvangst van uw bezwaar",
            size="61 kB",
            note="Aan de politiechef, 14 oktober 2026",
            url="#",
            icon="file-type-pdf",
        ),
        It(
            label="Offerte 60 camera's",
            size="88 kB",
            note="Kosten, toegevoegd 10 juli 2026",
            url="#",
            icon="file-text",
        ),
    ],
    "tally": [Mark("yes", "24 voldoet"), Mark("no", "2 voldoet niet"), Mark("none", "1 niet van toepassing")],
    "matrix": [
        It(
            title="Uitgangspunten",
            source="Handreiking, 1 tot en met 11",
            is_judged=True,
            rows=[
                judged(NOT_APPLICABLE, NOT_APPLICABLE, "Ruimte voor de vakman (uitgangspunt, geen toets)", 1),
                judged(MET, MET, "Camera's van de politie, of met instemming", 2),
                judged(
                    NOT_MET,
                    MET,
                    "Beperkt, kortstondig en vooraf bekendgemaakt",
                    6,
                    f"Pre-recording van 30 seconden. {LONG_WORD}",
                ),
            ],
        ),
        It(
            title="Afspraken",
            source="Handreiking, punt 11",
            rows=[judged(MET, MET, "Opslag"), judged(NOT_MET, NOT_MET, "Authenticiteit")],
        ),
    ],
    "trail": [
        entry(11, 19, 9, 12, "De programmamanager heeft het dossier bekeken."),
        entry(
            10,
            13,
            16,
            47,
            "De politiechef Oost-Nederland heeft bezwaar gemaakt.",
            "Tegen: ICT-integratie en juridische borging",
        ),
        entry(
            9,
            8,
            11,
            5,
            "De projectleider heeft het initiatief goedgekeurd.",
            "Met 2 van 4 gevraagde soorten ondersteuning",
        ),
    ],
}
