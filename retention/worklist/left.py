"""How long a recording still has, in words and on the line of 28 days, as seen at one moment.

The moments themselves are columns of the recording (`models/moments.py`): here they are only told. What is judged and
kept has a last day; what is not waits for midnight, so that days and hours count.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from bodycams.look import MONTHS, SOON, Term, term
from initiatives.words import so_many
from retention.models.recording import OPEN_FOR
from retention.procedure import Status
from retention.rules import UNDO_WITHIN
from workflow.clock import local_date
from workflow.dates import WEEKDAYS

A_DAY, TWO_DAYS, AN_HOUR = timedelta(days=1), timedelta(days=2), timedelta(hours=1)
JUDGING_DAYS = OPEN_FOR.days
IN_MONTHS = 3
"""From so many months on, days say nothing any more."""
GONE = Term("vernietigd", tone="done")


class Days(NamedTuple):
    """Where a recording is on the line of 28 days: the day of use is day 0, and on which day judging closes."""

    day: int
    used_on: date
    last_judging_day: date
    gone_by: date

    @property
    def is_on_the_line(self) -> bool:
        return 0 <= self.day <= JUDGING_DAYS + 1


def days_of(recording: Any, at: datetime) -> Days:
    """Counted back from the moment that judging closes, so that a wrong clock of the camera moves nothing."""
    return _days(recording.judging_closes_at, recording.must_be_gone_by, local_date(at))


@lru_cache(maxsize=256)
def _days(closes_at: datetime, gone_at: datetime, today: date) -> Days:
    closes = local_date(closes_at)
    used_on = closes - OPEN_FOR
    return Days((today - used_on).days, used_on, closes - A_DAY, local_date(gone_at))


def term_of(recording: Any, at: datetime) -> Term:
    """What the page says loudest: until when it can be judged or undone, or how long it is kept."""
    match recording.status:
        case Status.TE_BEOORDELEN:
            return to_judge(recording.judging_closes_at, at)
        case Status.NIET_NOODZAKELIJK:
            return _to_undo(recording.judged_at + UNDO_WITHIN, at)
        case Status.VERNIETIGD:
            return GONE
    return _kept(recording.keep_until, local_date(at))


def _kept(last_day: date, today: date) -> Term:
    """What is kept for long is not counted in days: `nog 4 jaar en 11 maanden`."""
    found = term(last_day, today, "bewaard tot en met")
    months = (last_day.year - today.year) * 12 + last_day.month - today.month - (last_day.day < today.day)
    return found if months < IN_MONTHS else found._replace(left=f"nog {_in_months(months)}")


def _in_months(months: int) -> str:
    years, more = divmod(months, 12)
    said = [f"{years} jaar"] if years else []
    if more:
        said.append(so_many(more, "maand", "maanden"))
    return " en ".join(said)


def to_judge(closes_at: datetime, at: datetime) -> Term:
    """`nog 9 uur`, `nog 3 dagen en 4 uur`, `nog 12 dagen`: until judging closes, which is at midnight."""
    last_day = _last_day(closes_at)
    written = f"tot en met {WEEKDAYS[last_day.weekday()][:2]} {last_day.day} {MONTHS[last_day.month - 1]}"
    if at >= closes_at:
        return Term("gesloten", f"oordelen kon {written}", "late")
    days = (last_day - local_date(at)).days
    tone = "late" if days == 0 else "soon" if days <= SOON else "ok"
    return Term(f"nog {length(closes_at - at, exactly=days <= SOON)}", written, tone)


@lru_cache(maxsize=256)
def _last_day(closes_at: datetime) -> date:
    return local_date(closes_at) - A_DAY


def _to_undo(until: datetime, at: datetime) -> Term:
    if at < until:
        minutes = -(-(until - at) // timedelta(minutes=1))
        return Term(f"nog {so_many(minutes, 'minuut', 'minuten')}", "om het oordeel te herstellen", "soon")
    return Term("wordt vernietigd", "bij de volgende controle", "soon")


def length(left: timedelta, *, exactly: bool = True) -> str:
    """`40 minuten`, `9 uur`, `33 uur`, `3 dagen en 4 uur`; not exactly: `12 dagen`."""
    if left < AN_HOUR:
        minutes = max(left // timedelta(minutes=1), 1)
        return so_many(minutes, "minuut", "minuten")
    if left < TWO_DAYS:
        return f"{left // AN_HOUR} uur"
    hours = left % A_DAY // AN_HOUR
    return f"{left // A_DAY} dagen" + (f" en {hours} uur" if exactly and hours else "")
