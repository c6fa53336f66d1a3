"""How long a necessary recording may be kept: the longest span of each ground, as policy rule `wpg-termijnen` says it
on the day of the judgement.

The five years of article 8 count from the use and are the law's; the others are this register's own ceilings, and count
from the judgement.
"""

from datetime import date
from typing import NamedTuple

from organisation.policy import rules_on
from retention.choices import Ground
from workflow.dates import day_in_words

RULE = "wpg-termijnen"
FROM_USE = "use"
LEAP_DAY = 29
"""Years from a leap day end on the last day of February: never later."""


class Span(NamedTuple):
    """How many years one ground gives, and from which day they count."""

    ground: Ground
    years: int
    from_use: bool

    def last_day(self, used_on: date, judged_on: date) -> date:
        begins = used_on if self.from_use else judged_on
        leap = begins.month == 2 and begins.day == LEAP_DAY
        return begins.replace(year=begins.year + self.years, day=LEAP_DAY - 1 if leap else begins.day)

    @property
    def words(self) -> str:
        years = f"{self.years} jaar"
        if self.from_use:
            return f"Hoogstens {years} na het gebruik. Dat staat in de wet"
        return f"Hoogstens {years} na het oordeel. Deze grens stelt dit register zelf"


def spans(day: date) -> dict[str, Span]:
    """The span of each ground by the version of the rule that holds on `day`."""
    parameters = rules_on(day)[RULE].parameters
    return {ground.value: _span(ground, parameters[ground.value]) for ground in Ground}


def _span(ground: Ground, said: int | dict[str, int | str]) -> Span:
    """`{"years": 5, "from": "use"}`, or the years alone, which count from the judgement."""
    if isinstance(said, dict):
        return Span(ground, int(said["years"]), said.get("from") == FROM_USE)
    return Span(ground, said, from_use=False)


def too_late(last_day: date) -> str:
    return f"Kies een dag vanaf vandaag, en niet later dan {day_in_words(last_day)}: verder reikt de grondslag niet."
