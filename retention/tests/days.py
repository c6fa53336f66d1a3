"""What happens on days of operation: a stream of recordings of every kind, and what people do with each, drawn from a
seed. Nothing here knows what the register makes of it.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

from organisation.models import Person
from retention.tests.operation import Operation
from retention.tests.oracle import AMSTERDAM, DAY, HOUR, Story, day_of, starts

MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)
USED = [
    time(0),
    time(0, 0, 0, 1),
    time(0, 30),
    time(1, 59),
    time(2, 30),
    time(12),
    time(22, 15),
    time(23, 59, 59, 999999),
]
GROUNDS = ["8", "8", "10", "12", "13", "9"]
Fate = Callable[[Story], None]
Sent = tuple[Story, dict[str, Any]]


class Days:
    """So many days from `first` on, with so many recordings on each."""

    def __init__(self, operation: Operation, first: date, seed: int) -> None:
        self.operation, self.first, self.random = operation, first, random.Random(seed)
        self._numbers = count()
        self._keys: list[str] = []
        self.fates: list[tuple[int, Fate]] = [
            (32, self.nobody),
            (18, self.away),
            (8, self.senseless),
            (8, self.undone),
            (16, self.kept),
            (6, self.kept_again),
            (5, self.kept_longer),
            (7, self.kept_no_longer),
        ]

    def at(self, number: int, hour: int = 0) -> datetime:
        """This hour of the day with this number, from 0 on."""
        return starts(self.first + number * DAY, time(hour))

    def day(self, number: int, recordings: int) -> None:
        """What is filmed on the day with this number comes in that evening, later, or never."""
        day = self.first + number * DAY
        evening = [self._filmed(day) for _ in range(recordings)]
        normal = [one for one in evening if one[0].arrived_at == evening[0][0].arrived_at]
        for sent in [normal, *([one] for one in evening if one not in normal)]:
            self.operation.at(sent[0][0].arrived_at, partial(self._came, sent))

    def jump(self, number: int, recordings: int) -> None:
        """Many more than on other days, of which nobody judges most; some are held while they wait."""
        day = self.first + number * DAY
        sent = [self._normal(day, time(20)) for _ in range(recordings)]
        self.operation.at(sent[0][0].arrived_at, lambda: self._came(sent, [self.nobody]))
        self.operation.at(starts(day + 27 * DAY, time(10)), lambda: self._held(sent[0][0], day + 27 * DAY))
        self.operation.at(starts(day + 27 * DAY, time(11)), lambda: self._held(sent[1][0], day + 40 * DAY))

    # --- what is filmed -------------------------------------------------------------------------

    def _filmed(self, day: date) -> Sent:
        kinds: list[Callable[[date], tuple[Story, dict[str, Any]]]] = [
            self._late,
            self._ahead,
            self._never,
            self._others,
        ]
        if self.random.random() < 0.3:
            return self.random.choice(kinds)(day)
        return self._normal(day, self.random.choice(USED))

    def _normal(self, day: date, at: time, *, comes: datetime | None = None) -> Sent:
        key = f"{day}/{next(self._numbers):04}"
        if comes is None:
            self._keys.append(key)
        comes = comes or starts(day + DAY, time(5))
        used = datetime.combine(day, at, AMSTERDAM)
        one = Story(0, key, self.operation.wearer.number, used, comes - MINUTE, comes)
        return one, {"shift_end": (comes - HOUR).isoformat()}

    def _late(self, day: date) -> Sent:
        """Days later, or when its judging has closed."""
        comes = starts(day + self.random.choice([4, 27, 28, 30]) * DAY, time(self.random.randrange(24), 20))
        one, more = self._normal(day, time(15), comes=comes)
        return one, {**more, "shift_end": (one.used_from + HOUR).isoformat(), "place": "woning"}

    def _ahead(self, day: date) -> Sent:
        """A camera whose clock runs days ahead."""
        one, more = self._normal(day, time(23, 50))
        one.used_from += self.random.choice([2, 9]) * DAY
        return one, {**more, "shift_end": (one.used_from + HOUR).isoformat()}

    def _never(self, day: date) -> Sent:
        """The file does not come."""
        one, more = self._normal(day, time(16))
        one.has_file = False
        return one, {**more, "announced": False, "not_announced_reason": "Het ging te snel."}

    def _others(self, day: date) -> Sent:
        """It names the file of another."""
        one, more = self._normal(day, time(17))
        if len(self._keys) < 40:
            return one, more
        one.key, one.owns, one.has_file = self.random.choice(self._keys[:-20]), False, False
        return one, {**more, "place": "besloten_erf", "exception": "heterdaad"}

    # --- what becomes of it -----------------------------------------------------------------------

    def _came(self, sent: list[Sent], fates: list[Fate] | None = None) -> None:
        for one in self.operation.arrive(sent):
            weights, fate = zip(*self.fates, strict=True)
            (chosen,) = self.random.choices(fate, weights) if fates is None else fates
            if one.closes_at > one.arrived_at:
                chosen(one)
            if self.random.random() < 0.15:
                self._is_held(one)

    def _on(self, one: Story, days: int, at: time = time(22, 30)) -> datetime:
        """So many days after it was used, if it is there by then."""
        return max(starts(one.used_on + days * DAY, at), one.arrived_at + MINUTE)

    def _some_day(self, one: Story) -> datetime:
        return self._on(
            one, self.random.choice([1, 2, 5, 20, 26]), self.random.choice([time(22, 30), time(23), time(5, 40)])
        )

    def _then(self, one: Story, at: datetime, what: Callable[[], object], *, is_judged: bool = False) -> None:
        """If it is not too late by then, and nobody judged it meanwhile."""

        def do() -> None:
            is_open = at < one.closes_at if not is_judged else one.judged and one.is_kept(at)
            if is_open and bool(one.judged) is is_judged and not (one.gone_at or one.lost_at):
                what()

        self.operation.at(at, do)

    def nobody(self, one: Story) -> None:
        """Nobody looks at it; of a clock that ran ahead, a judge may say what time it was."""
        if one.used_from > one.arrived_at and self.random.random() < 0.5:
            true = one.arrived_at - 30 * HOUR
            self._then(one, self._on(one, 3), lambda: self.operation.true_moment(one, true))

    def away(self, one: Story) -> None:
        at = self.random.choice([self._some_day(one), one.closes_at - MOMENT])
        self._then(one, at, lambda: self.operation.away(one))

    def senseless(self, one: Story) -> None:
        """By who wore the camera, when nothing leaves it to the judge."""
        if one.owns and one.has_file and one.arrived_at == starts(day_of(one.used_from) + DAY, time(5)):
            at = one.arrived_at + self.random.choice([40 * MINUTE, HOUR])
            self._then(one, at, lambda: None if one.held else self.operation.senseless(one))
            if self.random.random() < 0.3:
                self._undo(one, at, self.operation.wearer)

    def undone(self, one: Story) -> None:
        """Within the hour, at its last moment."""
        at = self._some_day(one)
        self._then(one, at, lambda: self.operation.away(one))
        self._undo(one, at, self.operation.judge)

    def _undo(self, one: Story, at: datetime, by: Person) -> None:
        def undo() -> None:
            if one.judged and one.judged[-1].at == at and self.operation.clock.at < one.closes_at:
                self.operation.undo(one, by)

        self.operation.at(at + self.random.choice([20 * MINUTE, HOUR - MOMENT]), undo)

    def kept(self, one: Story) -> None:
        """On a ground, until a day that comes soon or late."""
        at = self._some_day(one)
        until = day_of(at) + self.random.choice([0, 3, 9, 25, 300]) * DAY
        ground = self.random.choice(GROUNDS)
        self._then(one, at, lambda: self.operation.keep(one, until, ground))

    def kept_again(self, one: Story) -> None:
        at = self._on(one, 4)
        until = day_of(at) + 6 * DAY
        self._then(one, at, lambda: self.operation.keep(one, until, "9"))
        again = self.random.choice(["8", "13"])
        self._then(
            one, at + 5 * DAY, lambda: self.operation.keep(one, until + 4 * DAY, again, again=True), is_judged=True
        )

    def kept_longer(self, one: Story) -> None:
        at = self._on(one, 2)
        until = day_of(at) + self.random.choice([4, 27]) * DAY
        self._then(one, at, lambda: self.operation.keep(one, until, "12"))
        self._then(one, starts(until, time(23)), lambda: self.operation.longer(one, until + 3 * DAY), is_judged=True)

    def kept_no_longer(self, one: Story) -> None:
        """Also long after its 28 days; and under article 9, which puts it out of use."""
        at = self._on(one, 6)
        ground = self.random.choice(GROUNDS)
        self._then(one, at, lambda: self.operation.keep(one, day_of(at) + 60 * DAY, ground))
        later = at + self.random.choice([2, 24]) * DAY + 10 * MINUTE
        self._then(one, later, lambda: self.operation.away(one), is_judged=True)

    # --- holds --------------------------------------------------------------------------------------

    def _is_held(self, one: Story) -> None:
        """From a day on until a day around the end of its 28 days; extended, or released."""
        day = one.used_on
        at = self.random.choice([self._on(one, 3), one.closes_at - MOMENT, one.closes_at])
        last = day + self.random.choice([26, 27, 28, 31]) * DAY
        if at < one.arrived_at or last < day_of(at):
            return
        self.operation.at(at, lambda: self._held(one, last))
        what = self.random.choice(["", "extend", "release"])
        later = self.random.choice([starts(last, time(12)), one.closes_at + MINUTE])
        if what and later > at:
            self.operation.at(later, lambda: self._changed(one, what, last + 2 * DAY))

    def _held(self, one: Story, last: date) -> None:
        if not (one.gone_at or one.lost_at or one.held):
            self.operation.hold(one, last)

    def _changed(self, one: Story, what: str, last: date) -> None:
        if one.is_held(self.operation.clock.at):
            self.operation.extend(one, last) if what == "extend" else self.operation.release(one)
