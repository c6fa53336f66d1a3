"""Letters to who asked: what each says, and making its paper, by the worker, once.

The bytes are kept until name and address are destroyed with them; their digest stays in the journal. Making a PDF is
`bodycams/pdf/making.py`'s work, the parts of a letter are those of the letters to units
(`initiatives/letters/sheet.py`).
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from bodycams.alone import claimed
from bodycams.patience import Patience
from bodycams.pdf.making import Unavailable, write_pdf
from initiatives.letters.sheet import ADDRESSES, Body, Line, Section, day, text
from initiatives.words import plain
from journal.write import record
from organisation.models import Person
from retention.models import RequestLetter, RequestPaper
from retention.request_choices import ENDS_IN_WORDS, EndsIn, Outcome, RefusalGround, RequestKind
from retention.request_terms import objection_term
from workflow.calendar import equated_days
from workflow.dates import weekday_in_words

SENDER = "Privacyfunctionaris bodycams"
AT_ONCE = 10
LOCK = 20170520
"""With the number of a letter: the lock of who is making its paper."""
patience = Patience()

ASKED = {
    RequestKind.ACCESS: "te weten welke opnamen er van u zijn, en die te zien",
    RequestKind.REMOVAL: "opnamen van u te verwijderen",
    RequestKind.CORRECTION: "gegevens bij opnamen van u aan te passen",
}
DECIDED = {
    Outcome.GRANTED: ("Ik wijs uw verzoek toe.", "U krijgt wat u vroeg."),
    Outcome.PARTLY: ("Ik wijs uw verzoek deels toe.", "Hieronder leest u wat wel, wat niet, en waarom."),
    Outcome.REFUSED: ("Ik wijs uw verzoek af.", "Hieronder leest u waarom."),
}
NOTHING_THERE = "Er is nu geen opname waar uw verzoek over gaat: ik heb er geen gevonden, of zij is er niet meer."
REPAIR = "Bent u het niet eens met dit besluit?"


def decision(letter: RequestLetter) -> Body:
    facts, kind = letter.facts, RequestKind(letter.facts["kind"])
    strong, after = DECIDED[Outcome(facts["outcome"])]
    return Body(
        sender=SENDER,
        title=f"Besluit op uw verzoek om {kind.label}",
        subject=f"Uw verzoek om {kind.label}",
        opening=_opening(facts, "In deze brief leest u wat ik besluit en waarom."),
        box=Section("Besluit", [Line(strong, after)]),
        sections=[*_found(facts), *_ends_in(facts), *_reasons(facts), _remedy(letter.dated)],
    )


def adjournment(letter: RequestLetter) -> Body:
    facts, kind = letter.facts, RequestKind(letter.facts["kind"])
    new, before = (weekday_in_words(date.fromisoformat(facts[name])) for name in ("due_on", "before"))
    why = "Meer onderdelen van de politie hebben gegevens over u." if facts["several"] else "Dat kan één keer."
    return Body(
        sender=SENDER,
        title="Het besluit op uw verzoek komt later",
        subject=f"Uw verzoek om {kind.label}",
        opening=_opening(facts, f"Ik zou uiterlijk op {before} besluiten. Dat lukt niet."),
        box=Section("Wat er verandert", [Line("Het besluit komt uiterlijk", f"op {new}.")]),
        sections=[
            *_reasons(facts),
            text("Waarom dit mag", f"De Wet politiegegevens staat toe dat ik het besluit verdaag (artikel 25). {why}"),
        ],
    )


BODIES = {RequestLetter.Kind.DECISION: decision, RequestLetter.Kind.ADJOURNMENT: adjournment}


def _opening(facts: dict[str, Any], then: str) -> list[str]:
    received = day(date.fromisoformat(facts["received_on"]))
    return [f"Op {received} ontving ik uw verzoek om {ASKED[RequestKind(facts['kind'])]}.", then]


def _found(facts: dict[str, Any]) -> Iterator[Section]:
    if recordings := facts["recordings"]:
        lead = Line(after="Mijn besluit gaat over deze opnamen:")
        yield Section("Om welke opnamen het gaat", [lead], [f"Opname van {one}." for one in recordings])
    if gone := facts.get("gone"):
        lead = Line(after="Deze opnamen zijn er niet meer. Zij zijn al vernietigd, of het vernietigen is begonnen:")
        yield Section("Wat er niet meer is", [lead], [f"Opname van {one}." for one in gone])


def _ends_in(facts: dict[str, Any]) -> Iterator[Section]:
    """What becomes of the recordings that are there."""
    if not facts["ends_in"]:
        return
    ends_in = EndsIn(facts["ends_in"])
    if facts["recordings"]:
        yield text(f"Wat ‘{ends_in.label}’ betekent", ENDS_IN_WORDS[ends_in])
    else:
        yield text(f"Er is niets om te {ends_in.label}", NOTHING_THERE)


def _reasons(facts: dict[str, Any]) -> Iterator[Section]:
    ground = facts.get("ground", "")
    grounds = [f"De grond voor de weigering is: {RefusalGround(ground).label}."] if ground else []
    yield text("Mijn redenen", *grounds, facts["reasons"])


def _remedy(decided_on: date) -> Section:
    """Wpg 29: the Awb applies in full."""
    last = objection_term(decided_on, equated_days()).last_day
    return text(
        REPAIR,
        (
            f"U kunt bezwaar maken tot en met {weekday_in_words(last)} (Algemene wet bestuursrecht, artikel 6:7). "
            "Schrijf aan de korpschef, op het postadres in deze brief. Zet in uw brief uw naam en adres, de datum, "
            "tegen welk besluit u bezwaar maakt en waarom."
        ),
        "Op uw bezwaar wordt opnieuw besloten. Bent u het daar niet mee eens, dan kunt u in beroep bij de rechtbank.",
    )


def context(letter: RequestLetter) -> dict[str, Any]:
    body, who = BODIES[RequestLetter.Kind(letter.kind)](letter), letter.request.requester
    return {
        "body": body,
        "to": (plain(who.name), "\n".join(filter(None, map(plain, who.address.splitlines())))),
        "day": letter.dated,
        "date": day(letter.dated),
        "reference": str(letter),
        "handled_by": body.sender[0].lower() + body.sender[1:],
        "addresses": ADDRESSES,
    }


def html(letter: RequestLetter) -> str:
    """The whole letter; the same letter gives the same text."""
    return render_to_string("pdf/request_letter.html", context(letter))


def make_letters(at: datetime) -> int:
    """Make papers that are still to be made; answers with how many. One that fails does not stop the rest, and is tried
    again later and later. Of who was forgotten nothing is made any more.
    """
    waiting = RequestLetter.objects.filter(paper__isnull=True, request__requester__isnull=False)
    pks = waiting.order_by("-pk").values_list("pk", flat=True)
    return patience.make(pks, _make, at, hopeless=Unavailable, most=AT_ONCE)


def _make(pk: int, at: datetime) -> bool:
    """Whether it was still to be made, and nobody else was making it."""
    waiting = RequestLetter.objects.filter(pk=pk, paper__isnull=True).select_related("request__requester")
    with transaction.atomic():
        if not claimed(LOCK, pk) or (letter := waiting.first()) is None:
            return False
        content = write_pdf(html(letter))
        digest = hashlib.sha256(content).hexdigest()
        RequestPaper.objects.create(letter=letter, content=content, sha256=digest, made_at=at)
        record(
            "brief_gemaakt",
            f"Brief {letter} is gemaakt: {letter.get_kind_display()}.",
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=letter.request,
            data={"sha256": digest, "bytes": len(content)},
        )
    return True
