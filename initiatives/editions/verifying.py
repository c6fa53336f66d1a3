"""Is this file one of ours: an edition or a view, untouched, signed, with the data of its pages, under a seal that
stands?

An edition is known by its bytes, which are kept; a view by its SHA-256, which stands in the journal with each download.
What is inside the file is told by a process of its own (`bodycams/pdf/contents.py`) and held against what we kept,
never against what the file says of itself. Not here: who may ask (`views/verify.py`), signing
(`bodycams/pdf/signing.py`).
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bodycams.pdf.contents import Inside, Unreadable, inside
from initiatives.editions.rows import rows_of
from initiatives.models import Edition, EditionPaper
from initiatives.overview.approved import overview_on
from initiatives.overview.data import as_json
from initiatives.words import so_many
from journal.anchors import anchor_of
from journal.models import Entry
from journal.read import naming
from journal.standing import why_not_standing
from workflow.clock import local_date
from workflow.dates import day_in_words, parse_day

VIEWS = ("overzicht_gedownload", "overzicht_gemaakt")
"""What the journal calls it when a view leaves the house."""
LARGEST = 50 * 1024**2
NO_PDF = "Dit is geen PDF. Kies het bestand dat u uit het register hebt opgehaald."
TOO_LARGE = f"Dit bestand is groter dan {LARGEST >> 20} MB. Zo groot is geen overzicht uit dit register."
EMPTY = "Dit bestand is leeg."
PIECE = 1024**2


class Refused(Exception):
    """Nothing can be said of this file; the message is a Dutch sentence."""


class Check(NamedTuple):
    """One thing that was looked at. `is_good` is None for what this kind of document does not have."""

    name: str
    is_good: bool | None
    sentence: str


class Verdict(NamedTuple):
    """What can be said of a file. `edition` is the one that it is, or that it was made from."""

    sha256: str
    title: str
    checks: tuple[Check, ...]
    edition: Edition | None = None
    peildatum: date | None = None

    @property
    def is_good(self) -> bool:
        return all(check.is_good is not False for check in self.checks)

    @property
    def failed(self) -> list[Check]:
        return [check for check in self.checks if check.is_good is False]

    @property
    def wrong(self) -> list[str]:
        return [check.sentence for check in self.failed]


def verify(path: Path) -> Verdict:
    """Raises `Refused`."""
    digest = _digest(path)
    kept = EditionPaper.objects.select_related("edition__seal").filter(sha256=digest).first()
    if kept:
        return _edition(path, digest, kept)
    entry = naming(digest, *VIEWS).first()
    return _view(path, digest, entry) if entry else _unknown(path, digest)


def _digest(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST:
        raise Refused(TOO_LARGE)
    if not size:
        raise Refused(EMPTY)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        piece = file.read(PIECE)
        if b"%PDF-" not in piece[:1024]:
            raise Refused(NO_PDF)
        while piece:
            digest.update(piece)
            piece = file.read(PIECE)
    return digest.hexdigest()


def _edition(path: Path, digest: str, kept: EditionPaper) -> Verdict:
    edition = kept.edition
    looked = _looked(path)
    files = {hashlib.sha256(bytes(content)).hexdigest() for content in (kept.json, kept.csv)}
    return Verdict(
        digest,
        f"Dit is {edition}, met peildatum {day_in_words(edition.peildatum)}.",
        (
            Check("Uit dit register", True, f"Dit is {edition}. {_newer(edition)}".strip()),
            Check("Ongewijzigd", True, "Elke byte is gelijk aan het exemplaar dat het register bewaart."),
            _signed(looked),
            _data(looked, kept.rows, files),
            _sealed(edition),
        ),
        edition,
        edition.peildatum,
    )


def _newer(edition: Edition) -> str:
    newer = Edition.objects.filter(corrects=edition).first()
    return f"Let op: zij is verbeterd in {newer}." if newer else ""


def _view(path: Path, digest: str, entry: Entry) -> Verdict:
    """No edition: not signed, and without a seal."""
    peildatum = parse_day(entry.data["peildatum"])
    day, left = day_in_words(peildatum), day_in_words(local_date(entry.happened_at))
    return Verdict(
        digest,
        f"Dit is een weergave met peildatum {day}. Het is geen editie.",
        (
            Check("Uit dit register", True, f"Deze weergave is op {left} uit het register opgehaald."),
            Check("Ongewijzigd", True, "Elke byte is zoals het journaal zegt."),
            Check("Handtekening", None, "Een weergave is niet ondertekend."),
            _data_of_view(_looked(path), peildatum),
            Check("Zegel van het journaal", None, "In een weergave staat geen zegel."),
        ),
        peildatum=peildatum,
    )


def _unknown(path: Path, digest: str) -> Verdict:
    """Not as we made it. What it resembles, and its signature, may help to find out what was done to it."""
    resembles, how = _resembles(path)
    looked = _looked(path)
    if isinstance(looked, str) and resembles is None:
        raise Refused(looked)
    title = f"Dit is {resembles} niet meer." if resembles else "Dit bestand komt niet uit dit register."
    ours = f"Dit register kent dit bestand niet. {'Wel lijkt het op ' + str(resembles) + '.' if resembles else ''}"
    checks = [Check("Uit dit register", False, ours.strip())]
    if resembles:
        checks.append(Check("Ongewijzigd", False, how))
        checks.append(_data(looked, resembles.paper.rows, set()))
    return Verdict(digest, title, (*checks, _signed(looked)), resembles)


def _resembles(path: Path) -> tuple[Edition | None, str]:
    """The edition with which this file begins, or from which it differs in few places; and how it differs."""
    content = path.read_bytes()
    for kept in EditionPaper.objects.select_related("edition").filter(size__lte=len(content) + PIECE).iterator(1):
        same = _same_at_the_start(content, bytes(kept.content))
        if same == kept.size:
            return kept.edition, f"Achter {kept.edition} is iets toegevoegd: {_bytes(len(content) - kept.size)}."
        if same == len(content):
            return kept.edition, f"Het einde van {kept.edition} ontbreekt: {_bytes(kept.size - len(content))}."
        if same and _is_mostly(content, bytes(kept.content)):
            return kept.edition, f"De inhoud is anders dan die van {kept.edition}, voor het eerst bij byte {same + 1}."
    return None, ""


def _bytes(number: int) -> str:
    return so_many(number, "byte", "bytes")


def _same_at_the_start(one: bytes, other: bytes) -> int:
    """How many bytes from the start are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _is_mostly(one: bytes, other: bytes) -> bool:
    """Whether most of what is in the one stands at the same place in the other."""
    step = 512
    places = range(0, min(len(one), len(other)), step)
    same = sum(one[at : at + step] == other[at : at + step] for at in places)
    return 2 * same > len(places)


def _looked(path: Path) -> Inside | str:
    """What is inside, or the sentence that says why that cannot be said."""
    try:
        return inside(path)
    except Unreadable as unreadable:
        return str(unreadable)


def _signed(looked: Inside | str) -> Check:
    name = "Handtekening"
    if isinstance(looked, str):
        return Check(name, False, looked)
    signature = looked.signature
    if signature is None:
        return Check(name, False, "Er staat geen handtekening in.")
    by = signature.by or "een onbekende"
    if not signature.intact or not signature.valid:
        return Check(name, False, f"De handtekening van {by} klopt niet: het document is daarna veranderd.")
    if not signature.is_sound:
        return Check(name, False, f"De handtekening van {by} dekt niet het hele bestand.")
    if not signature.trusted:
        return Check(name, False, f"De handtekening is van {by}, en niet van dit register.")
    return Check(name, True, f"Geldig, van {by}, over het hele bestand.")


def _data(looked: Inside | str, wanted: Sequence[Sequence[str]], files: set[str]) -> Check:
    """The rows on the pages and the files inside against what we kept."""
    name = "Gegevens en bladzijden"
    if isinstance(looked, str):
        return Check(name, False, looked)
    drawn = [row for row in looked.rows if row[0].startswith("BC-")]
    for place, (number, digest) in enumerate(wanted):
        if place >= len(drawn) or drawn[place][1] != digest:
            return Check(name, False, f"De bladzijden zeggen van {number} iets anders dan de gegevens.")
    if len(drawn) > len(wanted):
        return Check(name, False, f"Op de bladzijden staan {len(drawn) - len(wanted)} regels te veel.")
    if not files <= set(looked.files.values()):
        return Check(name, False, "De gegevens in het bestand zijn niet die van deze editie.")
    return Check(name, True, "De bladzijden zeggen hetzelfde als de gegevens in het bestand.")


def _data_of_view(looked: Inside | str, peildatum: date) -> Check:
    """We keep no view; one that these versions of register and data made can be worked out again."""
    found = overview_on(peildatum)
    data = hashlib.sha256(as_json(found)).hexdigest()
    if not isinstance(looked, str) and data not in looked.files.values():
        words = (
            "Gemaakt met een eerdere versie van het register, of op een dag die nog niet om was. "
            "Daarom is de inhoud niet opnieuw na te rekenen."
        )
        return Check("Gegevens en bladzijden", None, words)
    return _data(looked, list(rows_of(found)), {data})


def _sealed(edition: Edition) -> Check:
    anchor = anchor_of(edition.seal)
    wrong = why_not_standing(anchor)
    return Check("Zegel van het journaal", not wrong, wrong or f"Het zegel staat nog in de keten: {anchor}.")
