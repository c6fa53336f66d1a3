"""The parts of the gallery's page, and the small things on it. Not here: the larger components."""

from types import SimpleNamespace as It

from bodycams.gallery.samples import DENIED, GIVEN, LONG_WORD, NOT_ASKED, STATUSES, left
from bodycams.look import switch

PARTS = [
    ("Kleine dingen", "klein"),
    ("Lijsten", "lijsten"),
    ("Opnamen", "opnamen"),
    ("Dossier", "dossier"),
    ("Formulieren", "formulieren"),
    ("Grafieken", "grafieken"),
]

SMALL_THINGS = {
    "parts": PARTS,
    "crumbs": [("Mijn werk", "/"), (LONG_WORD, "#")],
    "accounts": [("1021", "contactpersoon, Oost-Nederland"), ("2001", "projectleider")],
    "statuses": STATUSES,
    "terms": [
        left(11, 20),
        left(11, 23),
        left(11, 24),
        left(11, 30),
        left(12, 1),
        left(12, 28, "eerste besluit"),
        None,
    ],
    "pages": switch([("Verzoeken", "#verzoeken"), ("Opschortingen", "#opschortingen")], "#verzoeken"),
    "marks": [GIVEN, DENIED, NOT_ASKED],
    "alerts": [
        ("ok", "Uw aanmelding is ontvangen.", "Het initiatief kreeg nummer BC-2026-0068."),
        ("info", "Er is een nieuwe versie van het beleid.", "Die geldt voor wat u na 1 januari 2027 aanmeldt."),
        ("warning", "Limburg heeft geen contactpersoon.", "Niemand kan daar een dossier aanvullen."),
        ("error", "Een ander was u net voor.", "De projectleider keurde dit initiatief om 14.20 uur goed."),
    ],
    "held": {
        "held_until": "13 december 2026",
        "holds": [It(label="Opschorting: klacht", url="#", note="tot en met 13 december 2026")],
        "place_url": "#",
    },
    "figures": [
        (9, "wachten op u", ""),
        (1, "te laat", "late"),
        (3, "aflopend binnen 7 dagen", "soon"),
        (34, "gemiddeld aantal dagen tot besluit", ""),
        (21, "van 23 besluiten dit jaar op tijd", ""),
    ],
    "links": [
        It(label="4 dossiers bij de eenheid voor aanvulling", url="#", note="Eerste dag: 30 november 2026"),
        It(label="2 bezwaren bij de programmamanager", url="#", note="Eerste termijn: 1 december 2026"),
    ],
}
