"""Makes the national overview as PDF: in one go, or when it is long in parts, so that memory stays bounded.

A part begins on a page of its own and is laid out in order, so that it knows the number of its first page. What stands
on a page is `paper.py`'s question; joining the parts is done by `bodycams/pdf_parts.py`.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bodycams.pdf import write_pdf
from bodycams.pdf_parts import ELSEWHERE, Part, join, pages_of
from initiatives.overview import paper
from initiatives.overview.approved import Overview
from initiatives.overview.paper import Link

AT_ONCE = 1_300
"""Rows up to which one document stays below 300 MB."""
IN_A_PART = 800
"""Rows of a part: more cost memory, fewer cost time."""

FOOT = '@page { @bottom-right { content: "Pagina " counter(page) !important; padding-right: 12mm } }'
"""Leaves room behind the number of a page for their total, which `join` puts there once it is known."""

Report = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


def make(overview: Overview, target: Path, report: Report) -> None:
    """Writes the document to `target`. Raises `bodycams.pdf.Unavailable` on a machine that cannot."""
    if len(overview.rows) <= AT_ONCE:
        target.write_bytes(write_pdf(paper.whole(overview)))
    else:
        with TemporaryDirectory(dir=target.parent) as folder:
            join(_parts(overview, Path(folder), report), target)


def _parts(overview: Overview, folder: Path, report: Report) -> list[Part]:
    """The first pages are laid out twice: to know how many they are, and once the contents are known."""
    front = folder / "front.pdf"
    links = {chapter: Link(f"#{chapter}") for chapter in paper.CHAPTERS}
    front.write_bytes(_front(overview, {**links, **dict.fromkeys(paper.CHAPTERS[2:], Link(ELSEWHERE, 1))}))
    pages, done = pages_of(front), 0
    parts: list[Part] = []
    for section in _pieces(paper.sections(overview)):
        chapter = section["id"] if section["title"] else ""
        parts.append(_part(folder / f"{len(parts)}.pdf", chapter, pages, overview, sections=[section]))
        if chapter:
            links[chapter] = Link(ELSEWHERE + chapter, pages + 1)
        pages += pages_of(parts[-1].path)
        done += sum(len(group["rows"]) for group in section["groups"])
        report(done, len(overview.rows))
    last = paper.CHAPTERS[-1]
    links[last] = Link(ELSEWHERE + last, pages + 1)
    parts.append(_part(folder / "last.pdf", last, pages, overview, account=paper.account(overview)))
    front.write_bytes(_front(overview, links))
    return [Part(front), *parts]


def _front(overview: Overview, links: dict[str, Link]) -> bytes:
    return _laid_out(paper.html(overview, front=paper.front(overview, links)), before=0)


def _part(path: Path, chapter: str, before: int, overview: Overview, **content: Any) -> Part:
    path.write_bytes(_laid_out(paper.html(overview, **content), before))
    return Part(path, chapter)


def _laid_out(html: str, before: int) -> bytes:
    """A part that comes after so many pages."""
    first = f" @page :first {{ counter-reset: page {before + 1} }}" if before else ""
    content = write_pdf(html, FOOT + first)
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
