"""Holds as pages show them: how long still, what is due, what can be done, what was done."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse

from bodycams.look import Badge, Term, term
from journal import read
from organisation.permissions import may
from organisation.roles import Perm
from retention.holds import EXTEND, LOOK_AT, RELEASE, forbidden, impossible, is_in_force, last_day_of
from retention.looking.told import Line
from retention.models import Hold, Recording
from retention.words import label_of, note_of
from retention.worklist.rows import line_of
from workflow.clock import local_date
from workflow.dates import day_in_words
from workflow.rules import Reason

IN_FORCE, ENDED, RELEASED = Badge("Van kracht", "warn", "hand-stop"), Badge("Voorbij", "off"), Badge("Opgeheven", "off")
WEEKLY = "Elke week kijkt een privacyfunctionaris of de opschorting nog nodig is."
SOON = 2
SIX_WEEKS = "Een opschorting duurt hoogstens zes weken, tenzij een andere privacyfunctionaris haar verlengt."


class Action(NamedTuple):
    """What can be done with a hold, in words."""

    name: str
    label: str
    explanation: str
    done: str
    tone: str = "secondary"
    icon: str = ""


class Offer(NamedTuple):
    """An action as offered to one person; closed with its reasons."""

    step: Action
    reasons: tuple[Reason, ...]

    @property
    def is_open(self) -> bool:
        return not self.reasons


ACTIONS = {
    action.name: action
    for action in (
        Action(
            LOOK_AT,
            "Herbeoordelen",
            "U keek opnieuw: de opschorting is nog nodig.",
            "U hebt opgeschreven dat de opschorting nog nodig is.",
            "primary",
            "check",
        ),
        Action(
            EXTEND,
            "Verlengen",
            "De opschorting duurt langer, tot hoogstens zes weken vooruit. Een ander dan wie haar plaatste doet dat.",
            "U hebt de opschorting verlengd.",
            icon="calendar-due",
        ),
        Action(
            RELEASE,
            "Opheffen",
            "De opschorting eindigt nu. Wat al vernietigd had moeten zijn, vernietigt de eerstvolgende ronde.",
            "U hebt de opschorting opgeheven.",
            "danger",
            "x",
        ),
    )
}


def state_of(hold: Hold, at: datetime) -> Badge:
    if is_in_force(hold, at):
        return IN_FORCE
    return RELEASED if hasattr(hold, "release") else ENDED


def row(hold: Hold, at: datetime) -> dict[str, Any]:
    """One hold in the list: what is due first decides how loud it is."""
    today, running = local_date(at), is_in_force(hold, at)
    look, end = local_date(hold.look_by), last_day_of(hold.ends_at)
    return {
        "url": reverse("hold", args=[hold.pk]),
        "title": label_of(hold.recording),
        "note": note_of(hold.recording),
        "line": line_of(hold.recording, at),
        "reason": hold.get_reason_display(),
        "owner": hold.owner.number,
        "state": state_of(hold, at),
        "term": (term(end, today) if end <= look else look_term(hold, today)) if running else None,
        "due": ("Loopt af" if end <= look else "Herbeoordelen") if running else "",
        "end": term(end, today) if running else Term(day_in_words(over_on(hold)), tone="none"),
    }


def look_term(hold: Hold, today: date) -> Term:
    """A look is due every week, so that it is loud only in the last days."""
    day = local_date(hold.look_by)
    shown = term(day, today)
    return shown._replace(tone="ok") if (day - today).days > SOON else shown


def over_on(hold: Hold) -> date:
    """The last day on which it held."""
    return local_date(hold.release.at) if hasattr(hold, "release") else last_day_of(hold.ends_at)


def terms(hold: Hold, at: datetime) -> Iterator[tuple[str, Term, str]]:
    """When it is to be looked at, and until when it holds, each with why."""
    today, end = local_date(at), last_day_of(hold.ends_at)
    if not is_in_force(hold, at):
        yield "Duurde tot en met", Term(day_in_words(over_on(hold)), tone="none"), ""
        return
    since = day_in_words(local_date(hold.looked_at))
    yield "Herbeoordelen", look_term(hold, today), f"{WEEKLY} Voor het laatst gebeurde dat op {since}."
    yield "Loopt tot en met", term(end, today), f"{SIX_WEEKS} Daarna geldt weer de gewone regel."


def facts(hold: Hold) -> list[tuple[str, str]]:
    return [
        ("Opname", f"{label_of(hold.recording)}; {note_of(hold.recording)}"),
        ("Waarom", hold.get_reason_display()),
        ("Eigenaar", f"privacyfunctionaris {hold.owner.number}"),
        ("Geplaatst", f"{day_in_words(local_date(hold.placed_at))}, door privacyfunctionaris {hold.placed_by.number}"),
    ]


def offers(hold: Hold, person: Any, at: datetime) -> list[Offer]:
    """What this person can do with it now; nothing when it is over."""
    if not is_in_force(hold, at):
        return []
    found = []
    for name, action in ACTIONS.items():
        reasons = filter(None, (forbidden(name, hold, person), impossible(name, hold, at)))
        found.append(Offer(action, tuple(Reason(reason) for reason in reasons)))
    return found


def trail(about: Hold | Recording) -> list[Line]:
    """What happened with it, at the moments at which it did, also in what a demonstration tells of."""
    return [Line(entry.happened_at, str(entry), entry.reason) for entry in read.trail(about)]


def on_recording(recording: Recording, person: Any, at: datetime) -> dict[str, Any]:
    """What a recording's page says, drawn by `components/held.html`: that it is held and until when; to a privacy
    officer also by which holds, and where to place one.
    """
    holds = list(Hold.objects.in_force(at).filter(recording=recording).due_first())
    guards = may(person, Perm.GUARD_PRIVACY)
    ends = max((hold.ends_at for hold in holds), default=None)
    return {
        "held_until": day_in_words(last_day_of(ends)) if ends else "",
        "holds": [_link(hold) for hold in holds if guards],
        "place_url": f"{reverse('hold-place')}?opname={recording.pk}" if guards else "",
    }


def _link(hold: Hold) -> dict[str, str]:
    words = f"tot en met {day_in_words(last_day_of(hold.ends_at))}"
    return {"url": reverse("hold", args=[hold.pk]), "label": f"Opschorting: {hold.get_reason_display()}", "note": words}
