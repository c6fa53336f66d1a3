"""How a recording stands in a list, and how a list of them is drawn under its heads. Which ones, and in which order, is
`asked.py`'s question.

Fifty rows are most of the work of a page, so Jinja2 draws them (docs/bench.md).
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bodycams.look import MONTHS, badge_html, term_html
from initiatives.words import thousands
from retention.procedure import Status
from retention.worklist.asked import COUNTED, Row
from retention.worklist.left import days_of, term_of
from retention.worklist.looks import LOOKS, flags, place_of
from workflow.clock import AMSTERDAM, local_date


class Reader(NamedTuple):
    """Who reads the list, and when: which rows can be chosen, and whether the unit must be said."""

    at: datetime
    number: str = ""
    judges: frozenset[int] = frozenset()
    sees_units: bool = False
    tells_holds: bool = True

    def chooses(self, row: Row) -> bool:
        """Whether the row can be judged together with others: by a judge, still to judge, and not worn by oneself."""
        return (
            row.unit_id in self.judges
            and row.status == Status.TE_BEOORDELEN
            and row.judging_closes_at > self.at
            and row.wearer != self.number
        )

    def is_told_of_holds(self, row: Row) -> bool:
        """Never of what one wore the camera for oneself (`looking/told.py`)."""
        return self.tells_holds and not (row.wearer and row.wearer == self.number)


class Shown(NamedTuple):
    """A row in words and pieces of page."""

    id: int
    url: str
    name: str
    can_be_chosen: bool
    tone: str
    term: SafeString
    used: str
    place: str
    badges: SafeString
    line: SafeString


class Group(NamedTuple):
    """Rows under one head of the list; how many there are in all when that is known."""

    title: str
    many: str
    rows: list[Shown]


def groups(rows: Iterable[Row], reader: Reader, order: str, counts: dict[str, int]) -> list[Group]:
    """The rows under their heads; only what must be judged has heads. `counts`: how many stand under each in all, when
    that is known.
    """
    under: dict[str, list[Shown]] = {}
    for row in rows:
        under.setdefault(_head(row, reader.at) if order == "due" else "", []).append(shown(row, reader))
    return [Group(title, number(counts[title]) if title in counts else "", found) for title, found in under.items()]


def number(counted: int) -> str:
    """`231`; `meer dan 10.000` for what was not counted any further."""
    return thousands(counted) if counted <= COUNTED else f"meer dan {thousands(COUNTED)}"


PRIVATE, TONIGHT, LATER = (
    "In een woning of op een erf, zonder uitzondering",
    "Sluit vannacht om 00.00 uur",
    "Op volgorde van sluiten",
)


def _head(row: Row, at: datetime) -> str:
    if row.rank == 0:
        return PRIVATE
    return TONIGHT if days_of(row, at).last_judging_day == local_date(at) else LATER


def shown(row: Row, reader: Reader) -> Shown:
    left = term_of(row, reader.at)
    return Shown(
        id=row.id,
        url=f"/opnamen/{row.id}/",
        name=row.source_id,
        can_be_chosen=reader.chooses(row),
        tone=left.tone,
        term=term_html(left),
        used=used_in_words(row.true_from or row.used_from),
        place=_where(row, reader),
        badges=badges_of(row, reader.at, tells_holds=reader.is_told_of_holds(row)),
        line=line_of(row, reader.at),
    )


def _where(row: Row, reader: Reader) -> str:
    where = [place_of(row), *([row.unit] if reader.sees_units else []), f"camera {row.camera_serial}"]
    return " · ".join(where)


def badges_of(row: Any, at: datetime, *, tells_holds: bool) -> SafeString:
    """The marks of a recording; its status too, unless that is to be judged."""
    looks = list(flags(row, at, tells_holds=tells_holds))
    if row.status != Status.TE_BEOORDELEN:
        looks.insert(0, LOOKS[Status(row.status)])
    return SafeString("".join(badge_html(look) for look in looks))


def used_in_words(moment: datetime) -> str:
    """`29 okt, 21.14`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{here.day} {MONTHS[here.month - 1]}, {here:%H.%M}"


def line_of(row: Any, at: datetime) -> SafeString:
    """Its 28 days, when they still run."""
    days = days_of(row, at)
    is_running = row.status in (Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK) and days.is_on_the_line
    return line_html(days.day) if is_running else SafeString("")


@lru_cache(maxsize=64)
def line_html(day: int) -> SafeString:
    """The line of 28 days, small: what is past, what is left to judge, and the last day, which is for destroying."""
    context = {"day": day, "now": 2 + 6 * day, "past": 6 * day, "left": max(162 - 6 * day, 0)}
    return SafeString(render_to_string("components/days-line.html", context).strip())
