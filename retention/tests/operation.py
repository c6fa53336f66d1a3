"""Days of operation, hour by hour: what comes in and what people do (`people.py`), the clock that reviews and destroys,
and a look at rows, files, proofs, journal and messages, held against the oracle. Which days, and what happens on them,
stands in `days.py`.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from initiatives.models import Notice
from initiatives.words import so_many
from journal.models import Entry
from organisation.models import Unit
from retention import heartbeat
from retention.destroying import destruction, review
from retention.models import Proof, Recording, RecordingReminder, Run
from retention.overdue import overdue
from retention.storage.folder import MARK
from retention.tests import oracle
from retention.tests.moved_clock import MovedClock
from retention.tests.oracle import DAY, HOUR, Seen, Story, day_of
from retention.tests.people import UNIT, People

ROW = ("pk", "status", "wearer", "storage_key", "owns_file")


def whole_hour(at: datetime) -> datetime:
    """This moment, or the next at which beat has a review held."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if hour == at else hour + HOUR


class Operation(People):
    """`still`: hours at which beat does not come; `sick`: at which the storage is not attached; `untrusted`: at which
    the clocks differ; `free`: days on which no reminder comes; `most`: the valve.

    Hours in which nothing can happen are passed over, unless `every_hour`.
    """

    every_hour = False
    most = 1000
    waited = 0
    """At how many reviews something waited for a privacy officer."""

    def __init__(self, clock: MovedClock, root: Path, begins: datetime) -> None:
        super().__init__(clock, root, begins)
        self.still: set[datetime] = set()
        self.sick: set[datetime] = set()
        self.untrusted: set[datetime] = set()
        self.free: set[date] = set()
        self.wrong: Counter[str] = Counter()
        """What the oracle protests against, with how often."""
        self.late: list[int] = []
        """How many were late, whenever was looked."""
        self._todo: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = count()
        self._hours: set[datetime] = set()
        self._waiting = 0
        self._last_run = self._last_real = begins - HOUR
        self._reminded_on, self._alarmed_at = day_of(begins) - DAY, begins - DAY
        Run.objects.create(began_at=self._last_run, ended_at=self._last_run)

    def only_this_unit(self, days: int) -> None:
        """The others have no recordings, and are not asked every morning whether somebody must be reminded."""
        others, first = Unit.objects.filter(parent=None).exclude(code=UNIT), day_of(self.clock.at)
        rows = [RecordingReminder(unit=one, day=first + ago * DAY) for one in others for ago in range(days)]
        RecordingReminder.objects.bulk_create(rows)

    # --- time -------------------------------------------------------------------------------------

    def at(self, moment: datetime, what: Callable[[], object]) -> None:
        heapq.heappush(self._todo, (moment, next(self._numbers), what))

    def go_on_until(self, end: datetime) -> None:
        """Everything in its order; what people do at the very moment of a review comes before it."""
        hour = whole_hour(self.clock.at)
        while hour < end:
            while self._todo and self._todo[0][0] <= hour:
                moment, _, what = heapq.heappop(self._todo)
                self.clock.to(moment)
                what()
            self.clock.to(hour)
            self._hour(hour)
            hour += HOUR

    def again(self, at: datetime) -> None:
        self._hours.add(whole_hour(at))

    def pass_over_until(self, moment: datetime) -> None:
        """Nothing happens until then: beat comes and finds nothing to do."""
        self.clock.to(moment)
        self._last_run, self._reminded_on = whole_hour(moment) - HOUR, day_of(moment) - DAY

    def _hour(self, at: datetime) -> None:
        local = at.astimezone(oracle.AMSTERDAM)
        if at in self.still:
            if local.hour == 0:
                self._note_the_last()
                self.look(waits=True)
        elif self._something_may_happen(at, local):
            self._review(at)
            if local.hour == 0:
                self.look()
        else:
            self._last_run = at  # it found nothing to do

    def _something_may_happen(self, at: datetime, local: datetime) -> bool:
        is_reminding = local.hour >= oracle.MORNING.hour and self._reminded_on < local.date()
        is_told_of = at in self._hours or at in self.sick or at in self.untrusted or at - HOUR in self.still
        return self.every_hour or local.hour == 0 or is_reminding or is_told_of or self._waiting > 0

    def _note_the_last(self) -> None:
        """The last review that found nothing to do."""
        if self._last_run > self._last_real:
            Run.objects.create(began_at=self._last_run, ended_at=self._last_run)
            self._last_real = self._last_run

    def _review(self, at: datetime) -> None:
        """As `tasks.review_recordings` has it done, and `tasks.destroy_recordings` after it."""
        self._note_the_last()
        late = sum(self._is_late(one, at) for one in self.there())
        mark = self.storage.root / MARK
        mark.unlink(missing_ok=True) if at in self.sick else mark.touch()
        assert review.is_due()
        report = review.review()
        assert report
        assert not review.is_due(), "once an hour, however often beat asks"
        destruction.destroy(self.storage)
        missed = (at - self._last_run) // HOUR - 1
        self._last_run = self._last_real = at
        self.wrong["missed hours are counted wrong"] += report.run.missed != missed
        if at in self.untrusted:
            self.wrong["the date is trusted"] += report.planned > 0
            return
        self._waiting = oracle.run_was_held(self.stories.values(), at, self.most, sick=at in self.sick)
        self.waited += self._waiting > 0
        self.wrong["other numbers wait"] += report.waiting != self._waiting
        self._look_at_messages(at, missed, late)

    def _look_at_messages(self, at: datetime, missed: int, late: int) -> None:
        told = list(Notice.objects.filter(created_at=at).values_list("person", "subject", "body"))
        self.wrong["other reminders"] += self._reminded(told) != self._reminders(at)
        self.wrong["other alarms"] += self._alarmed(told) != self._alarms(at, missed, late)

    def there(self) -> list[Story]:
        return [one for one in self.stories.values() if not one.gone_at]

    def _is_late(self, one: Story, at: datetime) -> bool:
        """There at D+28 00:00 or after it, though a review before this one had to take it."""
        goes_from, why = one.goes_from()
        if goes_from is None or at < one.gone_by or not one.has_to_go(at):
            return False
        ends = [moment for held in one.held for moment in held.ends()]
        since = max([goes_from, one.arrived_at, *ends])
        return since <= at - HOUR and (why != oracle.ENDED or goes_from <= self._last_run)

    def _reminders(self, at: datetime) -> set[str]:
        today, before = day_of(at), self._reminded_on
        if before == today or at < oracle.starts(today, oracle.MORNING):
            return set()
        self._reminded_on = today
        return oracle.reminders(self.there(), at, before, self.free)

    def _reminded(self, told: list[tuple[int, str, str]]) -> set[str]:
        mine = [(subject, body) for person, subject, body in told if person == self.judge.pk]
        bodies = [body for subject, body in mine if subject.startswith("Opnamen die wachten")]
        return {line for body in bodies for line in body.split("\n\n")[:-1]}

    def _alarms(self, at: datetime, missed: int, late: int) -> list[str]:
        stood_still = missed >= 2
        if not stood_still and (not late or at < self._alarmed_at + 23 * HOUR):
            return []
        self._alarmed_at = at
        many = so_many(late, "opname had", "opnamen hadden")
        still = [f"De controle van opnamen heeft {missed} uur stilgestaan. Zij is nu ingehaald."] * stood_still
        return [*still, *[f"{many} er na 28 dagen niet meer mogen zijn."] * bool(late)]

    def _alarmed(self, told: list[tuple[int, str, str]]) -> list[str]:
        mine = [(subject, body) for person, subject, body in told if person == self.officer.pk]
        (body,) = [body for subject, body in mine if subject.startswith("De 28 dagen")] or [""]
        then = " Wat er nog is, gaat nu, als er niets hapert."
        return [line.replace(then, "") for line in body.split("\n\n") if line]

    # --- looking ----------------------------------------------------------------------------------

    def seen(self) -> dict[int, Seen]:
        rows = Proof.objects.values_list("recording", "destroyed_at", "ground", "how")
        proofs: dict[int, Any] = {
            pk: {"destroyed_at": at, "ground": ground, "how": how} for pk, at, ground, how in rows
        }
        about = {"object_type": "retention.recording", "action": "vernietigen", "result": "genomen"}
        told = Counter(map(int, Entry.objects.filter(**about).values_list("object_id", flat=True)))
        files = {str(path.relative_to(self.storage.root)) for path in self.storage.root.glob("[!~]*/*")}
        return {
            pk: Seen(status, wearer, owns and key in files, entries=told[pk], **proofs.get(pk, {}))
            for pk, status, wearer, key, owns in Recording.objects.values_list(*ROW)
        }

    def look(self, *, waits: bool = False) -> None:
        """What the oracle says of every recording, and whether the register counts what is late as it does."""
        seen, at = self.seen(), self.clock.at
        self.wrong += oracle.counted(self.stories.values(), seen, at, waits=waits)
        late = sum(oracle.overdue(one, seen[one.pk], at) for one in self.stories.values())
        is_alive = at < self._last_run + 2 * HOUR
        self.wrong["recordings are forgotten"] += seen.keys() != self.stories.keys()
        self.wrong["what is late is counted wrong"] += late != overdue().count()
        left = any(self._is_left(one, seen[one.pk], at) for one in self.stories.values())
        self.wrong["health does not say what is late"] += not left <= (not heartbeat.in_time()) <= bool(late)
        self.wrong["health does not say that the clock stands still"] += heartbeat.is_alive() is not is_alive
        self.late.append(late)

    def _is_left(self, one: Story, seen: Seen, at: datetime) -> bool:
        """It was late already when the last review should have taken it."""
        then = at - heartbeat.GOES_WITHIN
        return all(oracle.overdue(one, seen, when) for when in (then, at)) and not one.may_wait(then)
