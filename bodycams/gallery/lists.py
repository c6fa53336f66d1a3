"""Filters, a table and a worklist for the gallery."""

from datetime import UTC, datetime
from types import SimpleNamespace as It
from typing import Any

from bodycams.gallery.samples import ASSESSED, FILED, LONG_WORD, URGENT, left
from bodycams.look import Badge, Heading, Term
from bodycams.mail import Link


def found(title: str, number: str, place: str, status: Badge, shown: Term | None, **more: Any) -> It:
    return It(title=title, number=number, place=place, status=status, term=shown, url="#", **more)


BIKERS = found(
    "Bodycams voor bikers in de binnenstad",
    "BC-2026-0052",
    "Amsterdam",
    ASSESSED,
    left(11, 20),
    task="Besluiten",
    note="De beoordeling is klaar sinds 12 november",
    kind="Aanschaf",
    cameras=16,
    filed="25-9-2026",
)
DEFECTS = found(
    "Vervanging van 14 defecte bodycams",
    "BC-2026-0058",
    "Rotterdam",
    FILED,
    left(11, 27),
    badges=[URGENT],
    task="Beoordelen",
    note="Lichte procedure: alleen defecten",
    kind="Vervanging defect",
    cameras=14,
    filed="2-10-2026",
)
DOGS = found(
    "Bodycams voor hondengeleiders",
    "BC-2026-0063",
    "Noord-Nederland",
    FILED,
    left(12, 17),
    task="Beoordelen",
    note="Nog niet begonnen",
    kind="Aanschaf",
    cameras=24,
    filed="22-10-2026",
)
LOAN = found(
    "Telt een leencamera mee in het aantal?",
    "Vraag 2026-119",
    "Noord-Holland",
    Badge("Open vraag", "open", "message-question"),
    None,
    task="Vraag beantwoorden",
    note="Gesteld op 20 november",
)
LONG = found(LONG_WORD, "BC-2026-0061", "Limburg", FILED, None, task="Beoordelen", note="Aangemeld op 20 november")
NOTICES = [
    It(
        pk=2,
        subject="BC-2026-0052: Bodycams voor bikers in de binnenstad",
        at=datetime(2026, 11, 23, 8, 5, tzinfo=UTC),
        is_new=True,
        lead="De projectleider heeft het initiatief goedgekeurd. Toestemming, met 1 van de 2 gevraagde soorten.",
        more=["Redenen:\nHet past bij het beleid.", "Bezwaar maken kan tot en met maandag 4 januari 2027."],
        links=[Link("Naar het dossier", "#")],
    ),
    It(
        pk=1,
        subject="Een termijn loopt af",
        at=datetime(2026, 11, 20, 7, 0, tzinfo=UTC),
        is_new=False,
        lead="Eén termijn van een dossier dat op u wacht loopt binnenkort af.",
        more=[],
        links=[Link("BC-2026-0058: Vervanging van 14 defecte bodycams", "#", "nog 7 dagen: vrijdag 27 november 2026")],
    ),
]
LISTS = {
    "notices": NOTICES,
    "saved": [
        {"name": "In bezwaar", "url": "#", "is_here": False},
        {"name": "Proeven in de horeca", "url": "#", "is_here": True},
    ],
    "chips": [
        It(label="Aangemeld van", value="1 juni 2026", url="#"),
        It(label="Aangemeld tot en met", value="23 november 2026", url="#"),
    ],
    "downloads": [("CSV", "#"), ("XLSX", "#"), ("ODS", "#")],
    "columns": [
        Heading("Initiatief en eenheid"),
        Heading("Soort"),
        Heading("Camera's gevraagd", "n"),
        Heading("Aangemeld", "n", "#", "descending"),
        Heading("Status"),
        Heading("Termijn"),
    ],
    "initiatives": [DOGS, DEFECTS, BIKERS],
    "groups": [
        It(title="Te laat", rows=[BIKERS]),
        It(title="Deze week", rows=[DEFECTS]),
        It(title="Later", rows=[DOGS]),
        It(title="Zonder termijn", rows=[LOAN, LONG]),
    ],
}
