"""The overview on paper, for tests: made of rows without a database, and its rows and facts read back in words."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from bodycams.pdf.making import write_pdf
from bodycams.tests.pdf_reader import Element, Pdf
from initiatives.overview import paper, pdf
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, UNITS, Overview, Row
from initiatives.overview.mark import EditionMark
from initiatives.overview.words import line
from initiatives.tests.overview_rows import PEILDATUM, overview_of
from journal.models import Seal

MARKS = {GRANTED: "✔", REFUSED: "✘", NOT_ASKED: "○"}

PART = 3
"""Rows of a part, in these tests."""
SEAL = Seal(
    number=18_204,
    first_seq=1_003_300,
    count=78,
    head=bytes(32),
    root=bytes(range(32)),
    sealed_at=datetime(2018, 7, 4, tzinfo=UTC),
    previous=bytes(32),
    hash=bytes(range(32, 64)),
)
SEVENTH = EditionMark(7, date(2018, 7, 4), SEAL, corrects=6)


def skewed(rows: int) -> Overview:
    """One unit has so many of the rows that its table goes on over pages, and is cut in parts."""
    overview = overview_of(rows)
    units = [row.unit for row in overview.rows]
    ours = range(units.index("ON"), units.index("ON") + rows // 2)
    moved = (
        row._replace(unit="ON", unit_name="Oost-Nederland") if place in ours else row
        for place, row in enumerate(overview.rows)
    )
    return Overview(PEILDATUM, tuple(sorted(moved, key=lambda row: (list(UNITS).index(row.unit), row.number))))


def made_of(overview: Overview, folder: Path, edition: EditionMark | None = None) -> bytes:
    pdf.make(overview, folder / "made.pdf", lambda done, total: None, edition)
    return (folder / "made.pdf").read_bytes()


def in_parts_of(overview: Overview, target: Path, edition: EditionMark | None) -> list[tuple[int, int]]:
    """Makes it so, and says what was told on the way."""
    told: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "AT_ONCE", 0)
        patch.setattr(pdf, "IN_A_PART", PART)
        pdf.make(overview, target, lambda done, total: told.append((done, total)), edition)
    return told


def rows_of(document: Pdf) -> dict[str, list[Element]]:
    """The cells of each initiative, by its number."""
    rows = [row.kids for row in document.root.all("TR")]
    return {cells[0].lines[0]: cells for cells in rows if cells[0].text.startswith("BC-")}


def read_row(cells: list[Element]) -> list[str]:
    return [cell.text for cell in cells]


def expected_row(row: Row) -> list[str]:
    words = line(row)
    kinds = ("beleid", "inkoop", "beheer", "ICT", "juridisch")
    marks = [f"{MARKS[answer]}\N{THIN SPACE}{kind}" for kind, answer in zip(kinds, row.support, strict=True)]
    cameras = f"{words.cameras} camera’s" if row.cameras else "geen camera’s"
    about = [f"{words.kinds}; {cameras}", words.device]
    notes = [", ".join(filter(None, each)) for each in ([words.amount, words.payer], [words.note, words.rules])]
    return [
        f"{row.number} {words.decided}",
        words.title,
        f"{words.teams or 'geen teams genoemd'} {', '.join(filter(None, about))}",
        " ".join(marks),
        " ".join(filter(None, [*notes, words.outcome])),
    ]


def sections_of(overview: Overview, css: str = "") -> Pdf:
    """Only the rows, which is quicker."""
    return Pdf(write_pdf(paper.html(overview, None, sections=paper.sections(overview)), css))


def facts_of(document: Pdf) -> dict[str, str]:
    return {row.kids[0].text: row.kids[1].text for row in document.root.all("Table")[-1].all("TR")}


def digests_elsewhere(made: str) -> list[str]:
    """Of what another process makes, whose sets and dictionaries are in another order; `made`: expressions of Python,
    in which `own` is this module and `folder` a path.
    """
    code = (
        "import hashlib, django; django.setup();"
        "from pathlib import Path; from tempfile import TemporaryDirectory as Folder;"
        "from initiatives.tests import overview_paper as own;"
        "place = Folder(); folder = Path(place.name);"
        f"print(*(hashlib.sha256(each).hexdigest() for each in ({made},))); place.cleanup()"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1", "DJANGO_SETTINGS_MODULE": "bodycams.tests.settings"},
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
