"""One PDF out of several: a long document is laid out in parts, so that memory follows the largest part.

Pages, tags, bookmarks and links of all parts come together in one document, with one tree of tags and the total number
of pages on every page. The one room of pikepdf, which is imported inside functions since a web process needs none of
it. Not here: laying out a part (`making.py`), what goes into which part.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from bodycams.pdf.making import write_pdf

ELSEWHERE = "https://part.invalid/"
"""In a part, the address of a chapter that stands in another one: this and the chapter's name. It leads nowhere."""
TOTAL_AT = (770.4, 24.1)
"""Where the drawing of `templates/pdf/total.html` comes on a lying A4, in points from the lower left."""


class Part(NamedTuple):
    """A PDF on disk. `chapter` names the chapter that begins on its first page; empty: the last one goes on."""

    path: Path
    chapter: str = ""


class Bookmark(NamedTuple):
    """Page from 0, `top` in points from below."""

    title: str
    page: int
    top: float
    below: "list[Bookmark]"


def pages_of(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def join(parts: list[Part], target: Path) -> None:
    """Writes the parts as one document; the first one gives it its title, language and contents."""
    import pikepdf

    with pikepdf.open(parts[0].path) as whole:
        chapters: dict[str, int] = {}
        bookmarks: list[tuple[Part, list[Bookmark]]] = []
        for part in parts[1:]:
            first = len(whole.pages)
            if part.chapter:
                chapters[part.chapter] = first
            with pikepdf.open(part.path) as source:
                bookmarks.append((part, list(_bookmarks(source, first))))
                _append(whole, source)
        _add_bookmarks(whole, bookmarks)
        _point_links(whole, chapters)
        _say_total(whole)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def _append(whole: Any, source: Any) -> None:
    """The pages first and the tree of tags after them: then the tree's references to pages come along. The keys by
    which pages and links find their place in the tree go on from the last one.
    """
    tree = whole.Root.StructTreeRoot
    top, numbers = tree.K[0], tree.ParentTree.Nums
    shift, before = int(numbers[-2]) + 1, len(whole.pages)
    whole.pages.extend(source.pages)
    added = whole.copy_foreign(source.Root.StructTreeRoot)
    for element in added.K[0].K:
        element.P = top
        top.K.append(element)
    for place, value in enumerate(added.ParentTree.Nums):
        numbers.append(value if place % 2 else shift + int(value))
    for page in whole.pages[before:]:
        page.obj.StructParents = shift + int(page.obj.StructParents)
        for link in page.obj.get("/Annots", ()):
            link.StructParent = shift + int(link.StructParent)


def _bookmarks(source: Any, first: int) -> Iterator[Bookmark]:
    places = {page.obj.objgen: first + number for number, page in enumerate(source.pages)}

    def read(items: Any) -> Iterator[Bookmark]:
        for item in items:
            page, _, _, top, *_ = item.destination
            yield Bookmark(item.title, places[page.objgen], float(top), list(read(item.children)))

    with source.open_outline() as outline:
        yield from read(outline.root)


def _add_bookmarks(whole: Any, bookmarks: list[tuple[Part, list[Bookmark]]]) -> None:
    """Chapters stand below the document's title, the rest below the last chapter. All at once: reading back what was
    written takes far more memory than the pages do.
    """
    from pikepdf import OutlineItem

    def written(bookmark: Bookmark) -> Any:
        item = OutlineItem(bookmark.title, bookmark.page, "XYZ", left=0, top=bookmark.top)
        item.children.extend(map(written, bookmark.below))
        return item

    with whole.open_outline() as outline:
        title = outline.root[0]
        for part, own in bookmarks:
            above = title if part.chapter else title.children[-1]
            above.children.extend(map(written, own))


def _point_links(whole: Any, chapters: dict[str, int]) -> None:
    """Links of the contents that led to another part lead to its page."""
    from pikepdf import Array, Name

    for page in whole.pages:
        for link in page.obj.get("/Annots", ()):
            address = str(link.A.URI) if "/A" in link else ""
            if address.startswith(ELSEWHERE):
                there = whole.pages[chapters[address.removeprefix(ELSEWHERE)]]
                del link["/A"]
                link.Dest = Array([there.obj, Name.XYZ, 0, there.mediabox[3], 0])


def _say_total(whole: Any) -> None:
    """The number of pages behind the page's own: one drawing for all pages, beside the text like the rest of the foot.

    It comes before what is on the page already, which leaves the axes turned.
    """
    import pikepdf
    from pikepdf import Dictionary

    html = render_to_string("pdf/total.html", {"total": len(whole.pages)})
    with pikepdf.open(BytesIO(write_pdf(html))) as small:
        drawing = whole.copy_foreign(small.pages[0].as_form_xobject())
        drawing.write(_without_tags(small.pages[0]))
    x, y = TOTAL_AT
    stamp = f"/Artifact <</Type/Pagination>> BDC q 1 0 0 1 {x} {y} cm /Total Do Q EMC".encode()
    for page in whole.pages:
        resources = Dictionary(page.obj.Resources)
        resources.XObject = Dictionary({**dict(resources.get("/XObject", {}).items()), "/Total": drawing})
        page.obj.Resources = resources
        page.contents_add(stamp, prepend=True)


def _without_tags(page: Any) -> bytes:
    """What is drawn on a page, without the marks that bind it to a tree."""
    import pikepdf

    words: Any = pikepdf.parse_content_stream(page)
    return pikepdf.unparse_content_stream([word for word in words if str(word.operator) not in ("BDC", "BMC", "EMC")])
