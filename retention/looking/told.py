"""What somebody may be told of a recording: the one answer for its page, its lists and its trail.

Who wore the camera, whatever else this person is, hears that it was looked at, that it was judged, and until when it is
kept; never why, for which case, to whom it was given, or that it is held: that would tell that somebody complained. Who
may see the recording at all is `querysets.py`'s question, who may see image and sound `purposes.py`'s.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from journal import read
from organisation.permissions import may, may_for
from organisation.roles import Perm
from retention.models import Disclosure, Viewing
from retention.procedure import Status
from workflow.dates import day_in_words

Facts = Iterator[tuple[str, Any]]

JUDGING = (
    "noodzakelijk_verklaren",
    "niet_noodzakelijk_verklaren",
    "niet_zinvol_verklaren",
    "ongedaan_maken",
    "herbeoordelen",
)
JUDGED, LOOKED = "Er is over de opname geoordeeld.", "Iemand heeft de opname bekeken."
"""All that who wore the camera is told of it."""


class Line(NamedTuple):
    """One line of what happened: a sentence with its moment, and why, for who may know that."""

    at: datetime
    sentence: str
    reason: str = ""

    def __str__(self) -> str:
        return self.sentence


def is_told_why(person: Any, recording: Any) -> bool:
    """By identity first: a judge or privacy officer who wore the camera hears no more than any wearer."""
    if recording.is_of(person):
        return False
    return may(person, Perm.GUARD_PRIVACY) or may_for(person, Perm.JUDGE_RECORDINGS, recording)


def trail(recording: Any, person: Any) -> list[Line]:
    """What was done with it, newest first."""
    entries = read.trail(recording)
    if is_told_why(person, recording):
        return [Line(entry.happened_at, str(entry), entry.reason) for entry in entries]
    return [Line(entry.happened_at, JUDGED) for entry in entries if entry.action in JUDGING]


def looked(recording: Any, person: Any) -> list[Line]:
    """Everything that was viewed, downloaded and disclosed of it, newest first. Drawn by `retention/looked.html`; at
    most two queries.
    """
    told = is_told_why(person, recording)
    lines = [_looked(one, told) for one in Viewing.objects.filter(recording=recording)]
    if told:
        lines += [
            Line(one.at, f"{one.title} heeft verstrekt aan {one.recipient}, {one.get_ground_display()}.", one.reasons)
            for one in Disclosure.objects.filter(recording=recording)
        ]
    return sorted(lines, key=lambda one: one.at, reverse=True)


def _looked(viewing: Viewing, told: bool) -> Line:
    if not told:
        return Line(viewing.at, LOOKED)
    words = f"{viewing.title} heeft {viewing.get_use_display()}: {viewing.get_purpose_display()}."
    return Line(viewing.at, words, viewing.reasons)


def kept(recording: Any, person: Any) -> Facts:
    """Until when a recording is kept longer, and why."""
    if recording.status not in (Status.NOODZAKELIJK, Status.VERWIJDERD):
        return
    if is_told_why(person, recording):
        yield "Grondslag", f"Wet politiegegevens, {recording.get_ground_display()}"
        yield "Doel", recording.get_purpose_display()
        yield "Zaaknummer", recording.case_reference
    yield "Bewaard tot en met", day_in_words(recording.keep_until)
