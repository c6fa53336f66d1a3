"""Makes the national overview as PDF: in one go, or when it is long in parts, so that memory stays bounded.

The data of `data.py` are enclosed in it. A part begins on a page of its own and is laid out in order, so that it knows
the number of its first page. What stands on a page is `paper.py`'s question; joining the parts is done by
`bodycams/pdf/parts.py`, signing an edition by `bodycams/pdf/signing.py`.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bodycams.pdf.making import Enclosed, write_pdf
from bodycams.pdf.parts import ELSEWHERE, Part, join, pages_of
from initiatives.overview import paper
from initiatives.overview.approved import Overview
from initiatives.overview.data import as_csv, as_json
from initiatives.overview.mark import EditionMark
from initiatives.overview.paper import Link
from workflow.clock import AMSTERDAM

AT_ONCE = 1_300
"""Rows up to which one document stays below 300 MB."""
IN_A_PART = 800
"""Rows of a part: more cost memory, fewer cost time."""

FOOT = '@page { @bottom-right { content: "Pagina " counter(page) !important; padding-right: 12mm } }'
"""Leaves room behind the number of a page for their total, which `join` puts there once it is known."""

Report = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


def make(overview: Overview, target: Path, report: Report, edition: EditionMark | None = None) -> None:
    """Writes the document to `target`: a view, or with a mark an edition, with room for its signature. Raises
    `bodycams.pdf.making.Unavailable` on a machine that cannot.
    """
    if len(overview.rows) <= AT_ONCE:
        target.write_bytes(_laid_out(paper.whole(overview, edition), "", enclosed(overview), edition is not None))
    else:
        with TemporaryDirectory(dir=target.parent) as folder:
            join(_parts(overview, edition, Path(folder), report), target)


def enclosed(overview: Overview) -> list[Enclosed]:
    """The same overview as data, of the moment at which its day ends."""
    end = datetime.combine(overview.peildatum + timedelta(days=1), time(), AMSTERDAM)
    return [
        Enclosed("overzicht.json", as_json(overview), "Alle gegevens van dit overzicht", "Data", end),
        Enclosed("overzicht.csv", as_csv(overview), "Dezelfde initiatieven, één per regel", "Alternative", end),
    ]


def _parts(overview: Overview, edition: EditionMark | None, folder: Path, report: Report) -> list[Part]:
    """The first pages are laid out twice: to know how many they are, and once the contents are known. They carry what
    the document has once.
    """
    front, html = folder / "front.pdf", partial(paper.html, overview, edition)
    links = {chapter: Link(f"#{chapter}") for chapter in paper.CHAPTERS}
    unknown = {**links, **dict.fromkeys(paper.CHAPTERS[2:], Link(ELSEWHERE, 1))}
    front.write_bytes(_laid_out(html(front=paper.front(overview, unknown)), FOOT))
    pages, done = pages_of(front), 0
    parts: list[Part] = []
    for section in _pieces(paper.sections(overview)):
        chapter = section["id"] if section["title"] else ""
        parts.append(_part(folder / f"{len(parts)}.pdf", chapter, pages, html(sections=[section])))
        if chapter:
            links[chapter] = Link(ELSEWHERE + chapter, pages + 1)
        pages += pages_of(parts[-1].path)
        done += sum(len(group["rows"]) for group in section["groups"])
        report(done, len(overview.rows))
    last = paper.CHAPTERS[-1]
    links[last] = Link(ELSEWHERE + last, pages + 1)
    parts.append(_part(folder / "last.pdf", last, pages, html(account=paper.account(overview, edition))))
    known = html(front=paper.front(overview, links))
    front.write_bytes(_laid_out(known, FOOT, enclosed(overview), edition is not None))
    return [Part(front), *parts]


def _part(path: Path, chapter: str, before: int, html: str) -> Part:
    """A part that comes after so many pages."""
    path.write_bytes(_laid_out(html, f"{FOOT} @page :first {{ counter-reset: page {before + 1} }}"))
    return Part(path, chapter)


def _laid_out(html: str, css: str, files: Sequence[Enclosed] = (), is_to_be_signed: bool = False) -> bytes:
    """What was needed for it is given back at once: memory follows the largest part."""
    content = write_pdf(html, css, files, is_to_be_signed=is_to_be_signed)
    gc.collect()
    return content


def _pieces(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sections in pieces of so many rows at most, units together where they fit. Only the first piece of a section
    has its title, only the last one its sum.
    """
    for section in sections:
        piles: list[list[dict[str, Any]]] = [[]]
        for group in _cut(section["groups"]):
            if piles[-1] and sum(len(each["rows"]) for each in (*piles[-1], group)) > IN_A_PART:
                piles.append([])
            piles[-1].append(group)
        for pile in piles:
            title = section["title"] if pile is piles[0] else ""
            yield {**section, "groups": pile, "title": title, "sum": section["sum"] if pile is piles[-1] else ""}


def _cut(groups: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A unit with more rows than fit in a part goes on under a head of its own; its total stands at its end."""
    for group in groups:
        rows = group["rows"]
        for start in range(0, len(rows), IN_A_PART):
            is_last = start + IN_A_PART >= len(rows)
            name = f"{group['name']} (vervolg)" if start else group["name"]
            yield {"name": name, "rows": rows[start : start + IN_A_PART], "total": group["total"] if is_last else None}
