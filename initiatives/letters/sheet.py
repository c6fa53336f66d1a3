"""What stands on a letter, as plain values that `templates/pdf/letter.html` shows, and the parts that letters share.

What a letter of each kind says is in the modules beside this one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from initiatives.choices import Support
from initiatives.letters.facts import Facts
from initiatives.models import Letter
from initiatives.words import joined, plain
from workflow.dates import day_in_words

LEADER, MANAGER = "Landelijk projectleider bodycams", "Programmamanager Sensing"
ADDRESSES = (
    ("Bezoekadres", ("Hoofdstraat 54", "3972 LB Driebergen")),
    ("Postadres", ("Postbus 100", "3970 AC Driebergen")),
    ("Internet", ("www.politie.nl",)),
)
"""The sender's, as in the letter of 2015 (S0-02)."""
NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


class Line(NamedTuple):
    """A sentence of which one part is strong."""

    strong: str = ""
    after: str = ""
    before: str = ""

    @property
    def leads(self) -> bool:
        """Whether it announces what comes next, and so never ends a page."""
        return self.after.endswith(":")


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    numbered: list[str] = field(default_factory=list)


class Table(NamedTuple):
    caption: str
    head: tuple[str, str, str]
    rows: list[tuple[str, str, str]]


class Body(NamedTuple):
    """What one kind of letter says: `box` is what it comes down to, under its own title."""

    sender: str
    title: str
    subject: str
    opening: list[str]
    box: Section
    sections: list[Section]
    table: Table | None = None
    to_contact: bool = False


def context(letter: Letter, body: Body) -> dict[str, Any]:
    """Everything on the letter, for its template."""
    facts = Facts(letter.facts)
    return {
        "body": body,
        "to": _addressee(facts, to_contact=body.to_contact),
        "day": letter.dated,
        "date": day_in_words(letter.dated),
        "reference": str(letter),
        "handled_by": body.sender[0].lower() + body.sender[1:],
        "addresses": ADDRESSES,
        "copy": _copy(facts, to_contact=body.to_contact),
    }


def _addressee(facts: Facts, *, to_contact: bool) -> tuple[str, str]:
    person = "de contactpersoon bodycams" if to_contact else facts.head
    return f"Aan {person} van", facts.unit_in_words


def _copy(facts: Facts, *, to_contact: bool) -> str:
    return facts.head.capitalize() if to_contact else "De contactpersoon bodycams van uw eenheid"


def text(title: str, *texts: str) -> Section:
    """A section of what somebody typed or what stands here: an empty line begins another paragraph."""
    return Section(title, [Line(after=paragraph) for typed in texts for paragraph in paragraphs(typed)])


def paragraphs(typed: str) -> Iterator[str]:
    """What was typed, line by line, without what has no shape."""
    yield from filter(None, map(plain, typed.splitlines()))


def count(number: int) -> str:
    """`drie`, and `12` above ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def supports(kinds: list[str]) -> str:
    """The kinds of support in the middle of a sentence, in the letter's order."""
    return joined([small(Support(kind).label) for kind in Support if kind in kinds])


def sorts(number: int) -> str:
    """`één soort ondersteuning`, `drie soorten ondersteuning`."""
    return f"{count(number)} {'soort' if number == 1 else 'soorten'} ondersteuning"


def small(label: str) -> str:
    """A label within a sentence; an abbreviation stays as it is."""
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def quoted(typed: str) -> list[Line]:
    """What somebody else wrote, between quotation marks that go around all of it."""
    *most, last = list(paragraphs(typed)) or [""]
    lines = [*most, f"{last}’"]
    return [Line(after=f"‘{lines[0]}"), *(Line(after=line) for line in lines[1:])]


def day(when: date) -> str:
    return day_in_words(when)
