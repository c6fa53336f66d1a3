"""What must hold of every PDF that we make, as far as a machine can see: PDF/UA-1, PDF/A-3a, and that it stands on its
own.

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
from xml.etree import ElementTree

import pdfua
import pikepdf

from bodycams.tests.pdf_reader import Element, Pdf

ACTIVE = ("/OpenAction", "/AA", "/JavaScript", "/Perms")
NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
PRINTED, HIDDEN = 4, 2 + 1 + 32


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with a PDF, in words."""
    pdf = Pdf(content)
    checks = (about_the_document, about_the_archive, about_the_tree, about_elements, about_pages, about_fonts)
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
    names = root.get("/Names", {})
    yield from (f"is not at rest: {key}" for key in ACTIVE if key in root or key in names)


def about_the_archive(pdf: Pdf) -> Iterator[str]:
    root: Any = pdf.file.Root
    said = root.Metadata.read_bytes().decode()
    said = said[said.index("<x:xmpmeta") : said.rindex("<?xpacket")]
    rdf = ElementTree.fromstring(said).findall("rdf:RDF", NAMES)  # noqa: S314  # of our own making
    about = [part for each in rdf for part in each]
    kind = next((part.attrib for part in about if f"{{{NAMES['pdfaid']}}}part" in part.attrib), {})
    if len(rdf) != 1 or list(kind.values())[1:] != ["3", "A"]:
        yield f"does not say that it is PDF/A-3a: {kind}"
    if [part.text for each in about for part in each.findall("pdfuaid:part", NAMES)] != ["1"]:
        yield "does not say that it is PDF/UA-1"
    if [each.text for part in about for each in part.iterfind(".//pdfaSchema:prefix", NAMES)] != ["pdfuaid"]:
        yield "does not explain what PDF/UA is to an archive"
    if "/Filter" in root.Metadata or pdf.file.is_encrypted or "/ID" not in pdf.file.trailer:
        yield "cannot be read without more ado, or has no name"
    if [str(intent.S) for intent in root.get("/OutputIntents", [])] != ["/GTS_PDFA1"]:
        yield "does not say which colours it means"
    named = dict(pdf.file.attachments)
    along = {str(file.UF): file for file in root.get("/AF", [])}
    if set(named) != set(along) or len(along) != len(root.get("/AF", [])):
        yield f"carries files that do not belong to it: {set(named) ^ set(along)}"
    for name, file in along.items():
        if {"/AFRelationship", "/Desc", "/F"} - set(file.keys()) or not str(file.EF.F.get("/Subtype", "")):
            yield f"does not say what {name} is"


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
        for note in page.obj.get("/Annots", ()):
            words = str(note.get("/Contents" if note.Subtype == "/Link" else "/TU", ""))
            if not words or "://" in words or owner_of(pdf, note) not in ("/Link", "/Form"):
                yield f"page {number} has a link or field without words or place: {words}"
            if int(note.get("/F", 0)) & (HIDDEN + PRINTED) != PRINTED:
                yield f"page {number} has a link or field that is not printed"


def owner_of(pdf: Pdf, note: Any) -> str:
    """The tag of the element that an annotation hangs in; empty when it hangs in none."""
    table = list(pdf.file.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(table[place]): table[place + 1] for place in range(0, len(table), 2)}
    return str(owners[int(note.StructParent)].S) if int(note.get("/StructParent", -1)) in owners else ""


def about_fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.file.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0].FontDescriptor
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()) or "/ToUnicode" not in font:
                yield f"does not bring {font.BaseFont} along"


def read(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))
