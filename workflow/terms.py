"""Terms: on which day one ends, why on that day, and how long it still is.

The one place where a term is counted; docs/terms.md tells the rules and their sources. Pure: dates in, dates
and Dutch sentences out. The days equated by royal decree come in as a set (`calendar.equated_days()`), the
present day as an argument. Which step starts, suspends or adjourns a term is said by the procedures, not here.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from workflow.dates import DateError, add_days, day_in_words, weekday_in_words
from workflow.holidays import first_working_day, why_free

NUMBERS = {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht"}


class Kind(NamedTuple):
    """A sort of term: how many days after which event it ends, and by how many it can be adjourned."""

    days: int
    event: str
    basis: str
    adjournable: int = 0


AWB = "Dit is naar analogie van de Awb, artikel {}."
WPG = "Dit volgt uit de Wet politiegegevens, artikel {}."

# The letter names no terms (T-17): those of the Awb are used, by analogy. Another length is another row here.
KINDS = {
    "first_decision": Kind(56, "de aanmelding", AWB.format("4:13")),
    "objection": Kind(42, "de bekendmaking", AWB.format("6:7 en 6:8")),
    "objection_decision": Kind(42, "het einde van de bezwaartermijn", AWB.format("7:10"), adjournable=42),
    "late_objection_decision": Kind(42, "de ontvangst van het bezwaar", AWB.format("7:10"), adjournable=42),
    # By 28 days; by 42 only when several units hold the data, which is a rule of the request.
    "access_request": Kind(42, "de ontvangst van het verzoek", WPG.format("25"), adjournable=42),
    "correction_request": Kind(28, "de ontvangst van het verzoek", WPG.format("28")),
}


@dataclass(frozen=True)
class Suspension:
    """A file that was sent back: the days after, until it is filed again or `by_when` has passed, are added.

    As long as it has not been filed again, it is taken to stay away until `by_when`.
    """

    returned: date
    by_when: date
    filed_again: date | None = None

    def __post_init__(self) -> None:
        if self.until < self.returned:
            raise DateError("Een dossier komt niet terug voordat het is teruggestuurd.")

    @property
    def until(self) -> date:
        """The last day that is added."""
        return min(self.by_when, self.filed_again or self.by_when)

    @property
    def days(self) -> int:
        return (self.until - self.returned).days

    @property
    def why(self) -> str:
        """What it adds to the term, in words."""
        limit, at_most = ("tot en met", "") if self.filed_again else ("tot uiterlijk", "hooguit ")
        until = f"{limit} {day_in_words(self.until)}: {at_most}{count_of_days(self.days)}"
        returned = f"Het dossier is op {day_in_words(self.returned)} teruggestuurd voor aanvulling."
        return f"{returned} De dagen daarna tellen erbij, {until}."


@dataclass(frozen=True)
class Term:
    """A term of `kind` that is counted from the day after `start`.

    Suspensions and adjournment are added to the unmoved date; the Algemene termijnenwet moves the end once, last
    of all. Raises DateError when the dates contradict each other, and where an end lies beyond the calendar.
    """

    kind: Kind
    start: date
    equated: Set[date]
    suspensions: tuple[Suspension, ...] = ()
    adjourned: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.adjourned <= self.kind.adjournable:
            raise DateError(f"Deze termijn kan met hooguit {self.kind.adjournable} dagen worden verdaagd.")
        ends = [self.start, *(suspension.until for suspension in self.suspensions)]
        if any(suspension.returned < end for suspension, end in zip(self.suspensions, ends, strict=False)):
            raise DateError("Een dossier wordt pas teruggestuurd als het er weer is.")

    @property
    def first_end(self) -> date:
        """The end before anything is added."""
        return add_days(self.start, self.kind.days)

    @cached_property
    def raw_last_day(self) -> date:
        """The unmoved end, with every suspension and the adjournment added."""
        suspended = sum(suspension.days for suspension in self.suspensions)
        return add_days(self.first_end, suspended + self.adjourned)

    @cached_property
    def last_day(self) -> date:
        """The last day on which it is still in time."""
        return first_working_day(self.raw_last_day, self.equated)

    @cached_property
    def why(self) -> str:
        """Why it ends on that day: the count, what was added, why the end moved, and the law."""
        length, start = length_in_words(self.kind.days).capitalize(), weekday_in_words(self.start)
        counted = f"{length} na {self.kind.event} op {start} is {weekday_in_words(self.first_end)}."
        added = [suspension.why for suspension in self.suspensions if suspension.days]
        if self.adjourned:
            added.append(f"De termijn is verdaagd met {length_in_words(self.adjourned)}.")
        if added:
            added.append(f"Zo komt het einde op {weekday_in_words(self.raw_last_day)}.")
        return " ".join([counted, *added, self._move, self.kind.basis])

    @cached_property
    def passed(self) -> list[tuple[date, str]]:
        """The free days over which the end moves, each with why it is free."""
        days = (add_days(self.raw_last_day, n) for n in range((self.last_day - self.raw_last_day).days))
        return [(day, why) for day in days if (why := why_free(day, self.equated))]

    @property
    def _move(self) -> str:
        """Why the end stays, or which free days it passes."""
        if not self.passed:
            return "Dat is een werkdag."
        first, *rest = (why for _, why in self.passed)
        then = f" Daarna {'komt' if len(rest) == 1 else 'komen'} {_listed(rest)}." if rest else ""
        law = "Volgens de Algemene termijnenwet wordt het de eerste werkdag"
        return f"Dat is {first}.{then} {law}: {weekday_in_words(self.last_day)}."


def count_of_days(days: int) -> str:
    return "1 dag" if days == 1 else f"{days} dagen"


def length_in_words(days: int) -> str:
    """`zes weken` when it is whole weeks, else `9 dagen`."""
    weeks, rest = divmod(days, 7)
    return count_of_days(days) if rest else "1 week" if weeks == 1 else f"{NUMBERS.get(weeks, weeks)} weken"


def _listed(reasons: list[str]) -> str:
    *most, last = reasons
    return f"{', '.join(most)} en {last}" if most else last
