"""What makes an overview on paper an edition, or says that it is none: number, publication and seal, in words.

Not here: who publishes an edition, and keeping it; signing (`bodycams/pdf/signing.py`).
"""

from datetime import date
from typing import NamedTuple

from initiatives.words import thousands
from journal.anchors import anchor_of
from journal.models import Seal
from workflow.dates import day_in_words

PUBLISHED_BY = "vastgesteld door de landelijk projectleider bodycams, bevestigd door de programmamanager Sensing"


class EditionMark(NamedTuple):
    """What is printed of an edition. `seal` is the newest of the journal at publication, `corrects` the number of the
    edition that this one takes the place of.
    """

    number: int
    published_on: date
    seal: Seal
    corrects: int | None = None

    @property
    def name(self) -> str:
        """`editie 7`."""
        return f"editie {self.number}"


class Stamp(NamedTuple):
    """The box on the first page."""

    title: str
    text: str


def stamp(mark: EditionMark | None) -> Stamp:
    if mark is None:
        return Stamp("Geen editie", "Weergave op verzoek. Niet ondertekend en zonder zegel. Geen officiële uitgave.")
    instead = f" Komt in de plaats van editie {mark.corrects}." if mark.corrects else ""
    published = f"Vastgesteld op {day_in_words(mark.published_on)}."
    return Stamp(f"Editie {mark.number}", f"{published} Ondertekend, met zegel {thousands(mark.seal.number)}.{instead}")


def status(mark: EditionMark | None) -> str:
    """For the foot of every page."""
    return f"{mark.name} · zegel {thousands(mark.seal.number)}" if mark else "geen editie"


def account(mark: EditionMark | None) -> list[tuple[str, str]]:
    """Names and values for the last page."""
    if mark is None:
        return [("Editie", "geen editie: deze weergave is niet ondertekend en heeft geen zegel")]
    seal = mark.seal
    corrects = f"; komt in de plaats van editie {mark.corrects}" if mark.corrects else ""
    return [
        ("Editie", f"{mark.number}, op {day_in_words(mark.published_on)} {PUBLISHED_BY}{corrects}"),
        ("Zegel", f"nummer {thousands(seal.number)}: het journaal tot en met regel {thousands(seal.last_seq)}"),
        ("Wortel", f"van de {thousands(seal.count)} regels die dit zegel sloot: {grouped(bytes(seal.root).hex())}"),
        ("Anker", anchor_of(seal)),
    ]


def grouped(digest: str) -> str:
    """In groups of eight, so that two can be compared by eye."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
