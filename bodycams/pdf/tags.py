"""Mends the tags of a PDF before it is written: what PDF/UA-1 asks for and WeasyPrint does not do by itself.

A tagged PDF holds a tree of elements (Document, H1, Table, TR, P …). A leaf names the pieces of a page's drawing that
belong to it, by page and by a number in that page ("MCID"); the parent tree leads back, from page and number to
element. Everything here works on the objects that WeasyPrint is about to write, which costs a tenth of reading a
written file again. Not here: making the PDF (`making.py`), joining several (`parts.py`).
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf

Element = Any
"""A dictionary of the tree: S is its tag, P the reference of its parent, K its kids (references and numbers)."""

MEANINGLESS = ("/NonStruct", "/Span")
BESIDE_THE_TEXT = "<</Type/Pagination>>"


def finish(document: Any, pdf: Any) -> "Tree":
    """Mends them, and answers with the tree as it is then."""
    tree = Tree(pdf)
    tree.flatten(tree.top)
    tree.join_tables()
    tree.put_captions_in_figures()
    tree.say_what_heads_are_for()
    tree.drop_what_is_loose()
    tree.follow_in_pages()
    describe_links(document)
    return tree


class Tree:
    """The tree of elements, and the changes to it. `top` is the Document, `taken_by` says of an element that is gone
    which one took over its content (None: nobody, its content is beside the text).
    """

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.objects = {thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)}
        self.elements = {key: thing for key, thing in self.objects.items() if thing.get("Type") == "/StructElem"}
        self.root = self.objects[pdf.catalog["StructTreeRoot"]]
        self.top = self.elements[self.root["K"][0]]
        self.taken_by: dict[str, str | None] = {}

    def kids(self, element: Element) -> list[Element]:
        """Those that are elements themselves."""
        return [self.elements[key] for key in element["K"] if key in self.elements]

    def present(self) -> Iterator[Element]:
        return (element for key, element in self.elements.items() if key not in self.taken_by)

    def remove(self, element: Element, heir: Element | None = None) -> None:
        """Leaves an empty object in its place: numbers of objects stay as they are."""
        self.taken_by[element.reference] = heir and heir.reference
        empty = Nothing()
        empty.number = element.number
        self.pdf.objects[element.number] = empty

    def flatten(self, element: Element) -> None:
        """What means nothing goes, its content moves up: one element for a cell instead of four."""
        content: list[Any] = []
        for key in element["K"]:
            kid = self.elements.get(key)
            if kid is None:
                content.append(key)
                continue
            self.flatten(kid)
            has_text = any(isinstance(part, int) for part in kid["K"])
            if kid["S"] in MEANINGLESS and not (has_text and element is self.top):
                self._dissolve(kid, element, content)
            elif kid["S"] == "/P" and not kid["K"]:
                self.remove(kid)
            else:
                content.append(key)
        element["K"] = pydyf.Array(content)

    def _dissolve(self, kid: Element, parent: Element, content: list[Any]) -> None:
        for grandchild in self.kids(kid):
            grandchild["P"] = parent.reference
        content += kid["K"]
        self.remove(kid, parent)

    def join_tables(self) -> None:
        """A table that runs over pages is one Table with one TBody. WeasyPrint makes one for each page; that a Table
        goes on shows by its coming straight after a Table, on the next page, and beginning with its head (repeated).
        """
        kept: list[Element] = []
        page = None
        for kid in self.kids(self.top):
            before = kept[-1] if kept else None
            if before and self._goes_on(before, kid, page):
                for part in self.kids(kid):
                    self._move_or_discard(part, before)
                self.remove(kid, before)
            else:
                kept.append(kid)
            page = kid.get("Pg")
        self.top["K"] = pydyf.Array(element.reference for element in kept)
        for table in kept:
            self._join_bodies(table)

    def _goes_on(self, before: Element, kid: Element, page: Any) -> bool:
        tables = before["S"] == kid["S"] == "/Table"
        return tables and kid["Pg"] != page and self.kids(kid)[0]["S"] == "/THead"

    def _move_or_discard(self, part: Element, table: Element) -> None:
        if part["S"] == "/THead":
            self._discard(part)
        else:
            part["P"] = table.reference
            table["K"].append(part.reference)

    def _discard(self, element: Element) -> None:
        """With all that is in it: a repeated head is beside the text."""
        for kid in self.kids(element):
            self._discard(kid)
        self.remove(element)

    def _join_bodies(self, table: Element) -> None:
        bodies = [part for part in self.kids(table) if part["S"] == "/TBody"]
        for body in bodies[1:]:
            for row in self.kids(body):
                row["P"] = bodies[0].reference
            bodies[0]["K"].extend(body["K"])
            table["K"].remove(body.reference)
            self.remove(body, bodies[0])

    def put_captions_in_figures(self) -> None:
        """A caption straight before a figure belongs in it; in a table WeasyPrint does so by itself."""
        for parent in [element for element in self.present() if element["S"] in ("/Document", "/Div")]:
            kids = self.kids(parent)
            for caption, figure in pairwise(kids):
                if (caption["S"], figure["S"]) == ("/Caption", "/Figure"):
                    parent["K"].remove(caption.reference)
                    figure["K"].insert(0, caption.reference)
                    caption["P"] = figure.reference

    def say_what_heads_are_for(self) -> None:
        """A head of a table says whether it heads its column or its row. WeasyPrint's IDs of heads go: a regular table
        needs none, and they are not the same on every page.
        """
        for element in self.present():
            if element["S"] == "/TH":
                element.pop("ID", None)
                row = self.elements[element["P"]]
                in_head = self.elements[row["P"]]["S"] == "/THead"
                element["A"]["Scope"] = "/Column" if in_head else "/Row"
            elif element["S"] == "/TD":
                element["A"].pop("Headers", None)
                if len(element["A"]) == 1:
                    del element["A"]

    def drop_what_is_loose(self) -> None:
        """What stands in the margin of a page hangs in no tree: head, foot and number of the page."""
        reached, waiting = set(), [self.top]
        while waiting:
            element = waiting.pop()
            reached.add(element.reference)
            waiting += self.kids(element)
        for element in [element for element in self.present() if element.reference not in reached]:
            self.remove(element)

    def follow_in_pages(self) -> None:
        """The parent tree names the elements that are left; content that nobody took becomes an artifact."""
        numbers = self.objects[self.root["ParentTree"]]["Nums"]
        for reference, owners in zip(self.pdf.page_references, numbers[1::2], strict=False):
            beside = set()
            for mcid, owner in enumerate(owners):
                while owner in self.taken_by:
                    owner = self.taken_by[owner]
                owners[mcid] = owner or "null"
                if owner is None:
                    beside.add(mcid)
            drawing = self.pdf.objects[int(self.objects[reference]["Contents"].split()[0])].stream
            for place, word in enumerate(drawing):
                if isinstance(word, pydyf.Dictionary) and word.get("MCID") in beside:
                    drawing[place - 1 : place + 1] = ["/Artifact", BESIDE_THE_TEXT]


class Nothing(pydyf.Object):
    """In the place of an object that is gone. Calling it free would break pydyf's compressed table of objects."""

    data = b"null"


def describe_links(document: Any) -> None:
    """A link says in words where it leads, instead of its address."""
    for page in document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation:
                box.link_annotation["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()))
