"""What must, may and may not exist of recordings, reckoned in plain Python from the promise alone: the day of use in
the Netherlands is D, judging is open until the end of D+26, what is not necessary goes on D+27, and from D+28 00:00
nothing of it exists unless somebody holds it. Nothing of the engine is asked: no SQL, none of its moments or lists.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNDECIDED, UNNEEDED, ENDED, NEVER = "termijn_verstreken", "niet_noodzakelijk", "einde_noodzaak", "nooit_ontvangen"
EVENING, MORNING = time(18), time(7)
OUT_OF_USE = "9"
"""Under this article what is no longer necessary is first out of use, for five years."""


def day_of(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def starts(day: date, hour: time = time()) -> datetime:
    """The first moment of this hour of this day in the Netherlands, in UTC."""
    return datetime.combine(day, hour, AMSTERDAM).astimezone(UTC)


class Judged(NamedTuple):
    """A judgement as it was accepted. `until` is the last day of what is necessary; None: not necessary."""

    at: datetime
    until: date | None = None
    ground: str = ""


@dataclass
class Held:
    at: datetime
    until: datetime
    longer: list[tuple[datetime, datetime]] = field(default_factory=list)
    """When somebody extended it, and until when."""
    released_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        until = max([self.until, *(moment for said_at, moment in self.longer if said_at <= at)])
        return self.at <= at < until and (self.released_at is None or at < self.released_at)

    def ends(self) -> list[datetime]:
        """Each moment at which it may have ended."""
        return [moment for moment in (self.until, *(moment for _, moment in self.longer), self.released_at) if moment]


@dataclass
class Story:
    """One recording, as its unit would tell it."""

    pk: int
    key: str
    wearer: str
    used_from: datetime
    uploaded_at: datetime
    arrived_at: datetime
    owns: bool = True
    has_file: bool = True
    true_from: datetime | None = None
    lost_at: datetime | None = None
    declared_at: datetime | None = None
    judged: list[Judged] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    waits_until: datetime | None = None
    """It was too many: until when somebody may look."""
    is_begun: bool = False
    gone_at: datetime | None = None
    """When a run that could, had to destroy it."""

    @property
    def used_on(self) -> date:
        """D. A camera whose clock ran ahead counts from the earliest moment that is known, until a judge knows better;
        never later than the arrival.
        """
        arrival = min(self.uploaded_at, self.arrived_at)
        if self.true_from:
            return day_of(min(self.true_from, self.arrived_at))
        return day_of(self.used_from if self.used_from <= arrival + timedelta(minutes=5) else arrival)

    @property
    def closes_at(self) -> datetime:
        return starts(self.used_on + 27 * DAY)

    @property
    def gone_by(self) -> datetime:
        return starts(self.used_on + 28 * DAY)

    def is_held(self, at: datetime) -> bool:
        return any(one.holds(at) for one in self.held)

    def goes_from(self) -> tuple[datetime | None, str]:
        """From when it has to go if nobody holds it, and why; None: not within these days."""
        if not self.judged:
            return self.closes_at, UNDECIDED
        last = self.judged[-1]
        if last.ground == OUT_OF_USE:
            return None, ""
        if last.until:
            return starts(last.until + DAY), ENDED
        return last.at + HOUR, UNNEEDED

    def has_to_go(self, at: datetime) -> bool:
        goes_from, _ = self.goes_from()
        return self.arrived_at <= at and goes_from is not None and goes_from <= at and not self.is_held(at)

    def may_wait(self, at: datetime) -> bool:
        """What was kept for long, and is not any more: it has its hour to undo, or is one of too many at once."""
        can_be_undone = bool(self.judged) and self.judged[-1].until is None and at < self.judged[-1].at + HOUR
        return can_be_undone or (self.waits_until is not None and at < self.waits_until)

    def is_kept(self, at: datetime) -> bool:
        """Necessary, or out of use."""
        if not self.judged:
            return False
        last = self.judged[-1]
        return last.ground == OUT_OF_USE or (last.until is not None and at < starts(last.until + DAY))

    def statuses(self, at: datetime) -> set[str]:
        """In which it may stand for as long as it is there."""
        if not self.judged:
            return {"te_beoordelen"}
        last = self.judged[-1]
        after = "verwijderd" if last.ground == OUT_OF_USE else "niet_noodzakelijk"
        if last.until is None:
            return {"niet_noodzakelijk"} | ({after} if at >= last.at + HOUR else set())
        return {"noodzakelijk"} if at < starts(last.until + DAY) else {"noodzakelijk", after}


def run_was_held(stories: Iterable[Story], at: datetime, most: int, *, sick: bool = False) -> int:
    """What had to go in this run is marked; the answer is how many wait for somebody. A storage that is `sick` destroys
    nothing that has a name there. More than `most`, and than three times what is usual, is too many: then what nobody
    judged waits until the evening of its day.
    """
    stories = list(stories)
    going = [one for one in stories if not one.gone_at and not one.lost_at and one.has_to_go(at)]
    new = [one for one in going if not one.is_begun]
    can_wait = [one for one in new if one.goes_from()[1] != UNNEEDED and at < _evening(one)]
    is_too_many = len(new) > max(most, 3 * _usual(stories, day_of(at)))
    waiting = can_wait if is_too_many else []
    for one in going:
        one.waits_until = _evening(one) if one in waiting else None
        if one not in waiting:
            one.is_begun = True
            one.gone_at = None if sick and one.owns else at
    return len(waiting)


def _evening(one: Story) -> datetime:
    goes_from, _ = one.goes_from()
    return starts(day_of(goes_from), EVENING) if goes_from else one.closes_at


def _usual(stories: Iterable[Story], today: date) -> float:
    """How many went on the middle one of the last 28 days."""
    gone = Counter(day_of(one.gone_at) for one in stories if one.gone_at)
    return median(gone[today - ago * DAY] for ago in range(1, 29))


class Seen(NamedTuple):
    """What is found of one recording: its row, its file, its proof, and how often the journal says it was destroyed."""

    status: str
    wearer: str
    has_file: bool
    destroyed_at: datetime | None = None
    ground: str = ""
    how: str = ""
    entries: int = 0


def overdue(one: Story, seen: Seen, at: datetime) -> bool:
    """Not necessary, not held, and still there at D+28 00:00."""
    is_there = seen.status not in ("vernietigd", "noodzakelijk", "verwijderd")
    return is_there and at >= max(one.gone_by, one.arrived_at) and not one.is_held(at)


def protests(one: Story, seen: Seen, at: datetime, *, waits: bool = False) -> Iterator[str]:
    """What is wrong with it, in words. `waits`: the clock stands still, so what is late is only counted."""
    is_gone, has_file = seen.status == "vernietigd", one.has_file and not one.lost_at
    if is_gone:
        yield from _wrong_end(one, seen)
    else:
        if one.gone_at:
            yield "is there though a run had to destroy it"
        if overdue(one, seen, at) and not (waits or one.lost_at or one.may_wait(at)):
            yield "is alive at D+28 00:00"
        if has_file and not seen.has_file:
            yield "has lost its file"
        if seen.destroyed_at or seen.entries:
            yield "is called destroyed and is not"
        if seen.wearer != one.wearer:
            yield "has lost its wearer"
        if seen.status not in one.statuses(at):
            yield f"is {seen.status}"


def _wrong_end(one: Story, seen: Seen) -> Iterator[str]:
    goes_from, why = one.goes_from()
    at = seen.destroyed_at
    if seen.has_file:
        yield "is called destroyed and its file is there"
    if seen.wearer:
        yield "leaves a tombstone that names its wearer"
    if at is None:
        yield "was destroyed without a proof"
        return
    if goes_from is None or at < goes_from:
        yield "was destroyed before its time"
    if one.is_held(at):
        yield "was destroyed while it was held"
    if not one.gone_at or at < one.gone_at:
        yield "was destroyed though it had to wait"
    expected = NEVER if not one.has_file else why
    if one.declared_at:
        yield from () if (seen.how, seen.entries) == ("verklaard", 0) else ["was lost and is not declared"]
    elif seen.ground != expected or (seen.how == NEVER) is one.has_file:
        yield f"was destroyed because {seen.ground}, {seen.how}"
    elif seen.entries != 1:
        yield f"stands {seen.entries} times in the journal"


def counted(stories: Iterable[Story], seen: dict[int, Seen], at: datetime, *, waits: bool = False) -> Counter[str]:
    """Every protest, with how often it is made."""
    return Counter(words for one in stories for words in protests(one, seen[one.pk], at, waits=waits))


def reminders(stories: Iterable[Story], at: datetime, before: date, free: set[date]) -> set[str]:
    """What a judge is told this morning, when `before` was the last one on which somebody was told: 7, 3 and 1 days
    before the last day, or on the last day before that on which people work.
    """
    last_days = Counter(found for one in stories if (found := _last_day(one, at)) is not None)
    return {
        _line(number, what, last)
        for (what, last), number in last_days.items()
        if any(before < _worked(last - ago * DAY, free) <= day_of(at) for ago in (7, 3, 1))
    }


def _last_day(one: Story, at: datetime) -> tuple[str, date] | None:
    if not one.judged:
        return ("te beoordelen", one.used_on + 26 * DAY) if at < one.closes_at else None
    until = one.judged[-1].until
    return ("noodzakelijk", until) if until and day_of(at) <= until else None


def _worked(day: date, free: set[date]) -> date:
    while day.weekday() > 4 or day in free:
        day -= DAY
    return day


WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
YEAR = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def _line(number: int, what: str, last: date) -> str:
    words = f"{WEEK[last.weekday()]} {last.day} {YEAR[last.month - 1]} {last.year}"
    return f"{number} {'opname' if number == 1 else 'opnamen'} {what} tot en met {words}."
