"""What must hold of every PDF that we make, as far as a machine can see: PDF/UA-1, and that it stands on its own.

Our own look at it, beside that of `pdfua`. Both see only what can be seen without reading: whether an alternative text
is a good one is for people.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from tempfile import NamedTemporaryFile
from typing import Any

import pdfua
import pikepdf

from bodycams.tests.pdf_reader import Element, Pdf

ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/EmbeddedFiles")


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with a PDF, in words."""
    pdf = Pdf(content)
    checks = (about_the_document, about_the_tree, about_elements, about_pages, about_fonts)
    return [fault for check in checks for fault in check(pdf)] + judged_by_others(content)


def judged_by_others(content: bytes) -> list[str]:
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return [f"pdfua: {finding.rule_id} {finding.message}" for finding in pdfua.validate(file.name).findings]


def about_the_document(pdf: Pdf) -> Iterator[str]:
    root: Any = pdf.file.Root
    if root.get("/Lang") != "nl":
        yield "does not say that it is Dutch"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "does not say that it is tagged"
    if not str(pdf.file.docinfo.get("/Title", "")) or not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "does not show its title"
    if "/Outlines" not in root:
        yield "has no bookmarks"
    if "pdfuaid:part" not in root.Metadata.read_bytes().decode():
        yield "does not say that it is PDF/UA"
    names = root.get("/Names", {})
    yield from (f"is not at rest: {key}" for key in ACTIVE if key in root or key in names)


def about_the_tree(pdf: Pdf) -> Iterator[str]:
    """What the tree says of the pages and what the pages say of the tree is the same."""
    said = {(element.raw.Pg.objgen, number) for element in pdf.root for number in numbers(element)}
    drawn = set(pdf.texts)
    yield from (f"holds {place}, which is not on the page" for place in said - drawn)
    yield from (f"leaves out {place} of the page" for place in drawn - said)
    for element in pdf.root:
        if any(kid.raw.P.objgen != element.raw.objgen for kid in element.kids):
            yield f"has a {element.tag} whose kids call another their parent"
    table = list(pdf.file.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(table[place]): table[place + 1] for place in range(0, len(table), 2)}
    for number, page in enumerate(pdf.file.pages, 1):
        mine: Any = owners.get(int(page.obj.StructParents), [])
        known = {piece for piece, owner in enumerate(mine) if isinstance(owner, pikepdf.Dictionary)}
        if known != {piece for where, piece in drawn if where == page.obj.objgen}:
            yield f"does not lead back from page {number}"


def numbers(element: Element) -> list[int]:
    content = element.raw.get("/K", [])
    return [kid for kid in (content if isinstance(content, pikepdf.Array) else [content]) if isinstance(kid, int)]


def about_elements(pdf: Pdf) -> Iterator[str]:
    levels = [int(found[1]) for element in pdf.root if (found := re.fullmatch(r"H([1-6])", element.tag))]
    if not levels or levels[0] != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"skips a level of headings: {levels}"
    for head in pdf.root.all("TH"):
        if str(head.raw.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column"):
            yield f"does not say what “{head.text}” heads"
    yield from (
        "has a picture without words" for figure in pdf.root.all("Figure") if not str(figure.raw.get("/Alt", ""))
    )
    for table in pdf.root.all("Table"):
        widths = Counter(len(row.kids) for row in table.all("TR"))
        if len(widths) != 1:
            yield f"has a table with rows of {sorted(widths)} cells"
        if len(table.all("THead")) > 1:
            yield "repeats the head of a table"
    for element in pdf.root:
        if element.tag in ("NonStruct", "Span"):
            yield f"has a {element.tag} that means nothing: {element.text}"


def about_pages(pdf: Pdf) -> Iterator[str]:
    yield from (f"draws outside everything: {what}" for what in pdf.loose)
    for number, page in enumerate(pdf.file.pages, 1):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number} has no order of links"
        for link in page.obj.get("/Annots", ()):
            words = str(link.get("/Contents", ""))
            if not words or "://" in words or "/StructParent" not in link:
                yield f"page {number} has a link without words: {words}"


def about_fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.file.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0].FontDescriptor
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()) or "/ToUnicode" not in font:
                yield f"does not bring {font.BaseFont} along"


def read(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))
