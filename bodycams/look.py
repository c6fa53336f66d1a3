"""How a status, a term and a mark look: the words and the tone go in, finished HTML comes out.

Here: the tones with their icons, and the small things that stand many times on a page: icon, badge, term, mark, moment.
Each is rendered from its template once per set of values and then remembered: a row of a list costs next to nothing.
Not here: which status has which tone (`procedure.py`), when a term ends (`workflow.terms`), colours (`tokens.css`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone

# Tone -> the icon that goes with it when a look names none of its own. One icon, one meaning.
TONES = {
    "draft": "pencil",
    "open": "inbox",
    "assessed": "clipboard-check",
    "good": "circle-check",
    "bad": "circle-x",
    "warn": "scale",
    "off": "arrow-back-up",
    "urgent": "flag-3",
}
TERM_TONES = {"ok": "", "soon": "clock", "late": "alert-circle", "done": "check", "none": ""}
MARK_TONES = {"yes": "check", "no": "x", "none": "minus"}
ALERT_TONES = {"info": "info-circle", "ok": "circle-check", "warning": "alert-triangle", "error": "alert-circle"}

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

SOON = 7  # days: from here a term is orange, with a clock


class Look(Protocol):
    """What a badge needs to know; a status of a procedure may supply it itself."""

    @property
    def label(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def icon(self) -> str: ...


@dataclass(frozen=True)
class Badge:
    """A look for what is not a status: `Badge("Dringend", "urgent")`. The icon defaults to that of the tone."""

    label: str
    tone: str
    icon: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "icon", self.icon or TONES[self.tone])


class Term(NamedTuple):
    """What a page says of a term: how long still, until when, and how loud (a key of TERM_TONES)."""

    left: str
    date: str = ""
    tone: str = "ok"


class Mark(NamedTuple):
    """Given, refused or not asked; met, not met or not applicable: yes, no or none, with the word for it."""

    tone: str
    label: str


class Point(NamedTuple):
    """A point of the procedure line: done, now or todo."""

    name: str
    when: str
    state: str = "done"
    icon: str = "check"

    @property
    def is_now(self) -> bool:
        return self.state == "now"


class Heading(NamedTuple):
    """The head of a table's column. `align`: "n" for numbers, "c" for marks; `sorted`: as in aria-sort."""

    label: str
    align: str = ""
    url: str = ""
    sorted: str = ""

    @property
    def icon(self) -> str:
        return {"ascending": "chevron-up", "descending": "chevron-down"}.get(self.sorted, "")


NO_TERM = Term("geen termijn", tone="none")


def switch(pages: Iterable[tuple[str, Any]], here: str) -> list[tuple[str, Any, bool]]:
    """Pages beside each other (label, url), and which of them is shown, for the component `switch`."""
    return [(label, url, str(url) == here) for label, url in pages]


def term(last_day: date, today: date, what: str = "") -> Term:
    """A running term in words, as seen on `today`. With `what` ("eerste besluit") the date is written short."""
    days = (last_day - today).days
    written = f"{what} {format_date(last_day, 'j-n-Y')}" if what else format_date(last_day, "D j b Y")
    if days < 0:
        return Term(f"{-days} {'dag' if days == -1 else 'dagen'} te laat", written, "late")
    if days == 0:
        return Term("vandaag", written, "late")
    return Term(f"nog {days} {'dag' if days == 1 else 'dagen'}", written, "soon" if days <= SOON else "ok")


@lru_cache(maxsize=512)
def icon_html(name: str, label: str = "") -> SafeString:
    """An icon beside a word, or (with a label) alone."""
    return _rendered("components/icon.html", {"name": name, "label": label})


def moment_html(moment: datetime) -> SafeString:
    """A moment of a long list, by the clock of the reader: `18 mei 2015, 09.30`. Django's own `date` takes ten times
    as long.
    """
    here = moment.astimezone(get_current_timezone())
    written = f"{here.day} {MONTHS[here.month - 1]} {here.year}, {here:%H.%M}"
    return SafeString(f'<time datetime="{here.isoformat()}">{written}</time>')


def shortened(text: str, length: int) -> str:
    """A text of a list, cut off at so many letters. Django's `truncatechars` looks at each of them one by one."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def badge_html(look: Look) -> SafeString:
    return _badge_html(look.label, look.tone, look.icon or TONES[look.tone])


def term_html(shown: Term | None) -> SafeString:
    return _term_html(shown or NO_TERM)


@lru_cache(maxsize=512)
def mark_html(mark: Mark, show: str = "word") -> SafeString:
    """`show` is "word" (icon and word), "icon" (the word is read aloud) or "narrow" (the word is shown on phones)."""
    context = {"tone": mark.tone, "label": mark.label, "icon": MARK_TONES[mark.tone], "show": show}
    return _rendered("components/mark.html", context)


@lru_cache(maxsize=512)
def _badge_html(label: str, tone: str, icon: str) -> SafeString:
    return _rendered("components/badge.html", {"label": label, "tone": tone, "icon": icon})


@lru_cache(maxsize=2048)
def _term_html(shown: Term) -> SafeString:
    return _rendered("components/term.html", {"term": shown, "icon": TERM_TONES[shown.tone]})


def _rendered(template: str, context: dict[str, Any]) -> SafeString:
    return SafeString(render_to_string(template, context).strip())
