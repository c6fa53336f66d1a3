"""What a change of policy would do to open files, and which of them the newest rules would judge differently.

Counted by the database over all files at once, with the conditions of `policy_failing.py`; a list shows the first
`SHOWN`. A file is judged by the rules of the day of its first filing; a concept that was never filed by those of the
first day on which it could be filed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, Q, Value, When

from initiatives.models import Initiative
from initiatives.policy_failing import FAILING
from initiatives.procedure import OPEN
from initiatives.querysets import InitiativeQuerySet
from organisation.models import PolicyRule
from organisation.models.policy import Version
from organisation.policy import Period, in_force, periods, versions_by_code
from workflow.clock import midnight

SHOWN = 50


class Group(NamedTuple):
    """So many files and concepts go from one outcome to another: a mode of the rule, or nothing when it is met."""

    before: str
    after: str
    filed: int
    concepts: int


class Change(NamedTuple):
    """What one rule says of a file, before and after."""

    code: str
    before: str
    after: str


class Row(NamedTuple):
    """A file that is judged differently. Its title is not here: who changes policy sees no files."""

    pk: int
    number: str
    unit: str
    changes: tuple[Change, ...]


class Effect(NamedTuple):
    """What a change would do: all of it counted, and the first files by number of filing. `asks` is False for a rule
    that asks nothing of files.
    """

    asks: bool
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def filed(self) -> int:
        return sum(group.filed for group in self.groups)

    @property
    def concepts(self) -> int:
        return sum(group.concepts for group in self.groups)

    @property
    def more(self) -> int:
        """How many filed ones are not among the rows."""
        return self.filed - len(self.rows)

    def as_data(self) -> dict[str, Any]:
        """The counts in JSON, for the proposal, the verdict and the journal."""
        groups = [{"before": g.before, "after": g.after, "files": g.filed, "concepts": g.concepts} for g in self.groups]
        return {"files": self.filed, "concepts": self.concepts, "changes": groups}


def effect_of(version: PolicyRule, today: date) -> Effect:
    """What it would do if `version`, a row that is not saved, were added to the versions of its rule. Three queries."""
    if version.code not in FAILING:
        return Effect(asks=False)
    versions = list(PolicyRule.objects.filter(code=version.code))
    filing = max(today, version.valid_from)
    judged = {
        "before": _outcome(version.code, periods(versions), filing),
        "after": _outcome(version.code, periods([*versions, version]), filing),
    }
    files = _open(Initiative.objects.all()).annotate(**judged).exclude(before=F("after")).order_by()
    counted = files.values("before", "after").annotate(filed=Count("number"), all=Count("pk"))
    groups = [Group(c["before"], c["after"], c["filed"], c["all"] - c["filed"]) for c in counted]
    return Effect(
        asks=True,
        groups=tuple(sorted(groups, key=lambda group: (group.before, group.after))),
        rows=tuple(_rows(files, {version.code: ("before", "after")})),
    )


@dataclass(frozen=True)
class Differences:
    """The open files that were filed and that the rules of today would judge differently."""

    count: int
    rows: tuple[Row, ...]


def differences_on(today: date, among: InitiativeQuerySet) -> Differences:
    """Which open files of these the rules of `today` judge otherwise than those of the day of their filing."""
    judged: dict[str, Case] = {}
    columns: dict[str, tuple[str, str]] = {}
    for place, (code, versions) in enumerate(versions_by_code(*FAILING).items()):
        columns[code] = (f"before_{place}", f"after_{place}")
        judged[f"before_{place}"] = _outcome(code, periods(versions), today)
        judged[f"after_{place}"] = _case(_when(code, in_force(versions, today), Q(pk__isnull=False)))
    differs = reduce(or_, (~Q(**{before: F(after)}) for before, after in columns.values()))
    files = _open(among).filter(number__isnull=False).annotate(**judged).filter(differs).order_by()
    rows = tuple(_rows(files, columns))
    return Differences(files.count() if len(rows) == SHOWN else len(rows), rows)


def _open(among: InitiativeQuerySet) -> InitiativeQuerySet:
    return among.filter(status__in=OPEN)


def _outcome(code: str, timeline: Sequence[Period], filing: date) -> Case:
    """The mode in which the rule turns against a file, or nothing, by the version of its own day."""
    return _case(when for period in timeline for when in _when(code, period.version, _judged_in(period, filing)))


def _case(whens: Iterable[When]) -> Case:
    return Case(*whens, default=Value(""), output_field=CharField())


def _when(code: str, version: Version | None, files: Q) -> Iterator[When]:
    if version and version.mode != PolicyRule.Mode.INFORMS:
        yield When(files & FAILING[code](version), then=Value(str(version.mode)))


def _judged_in(period: Period, filing: date) -> Q:
    """Those whose day lies in the period: first filed then, or, never filed, to be filed on `filing`."""
    filed = Q(submitted_at__gte=midnight(period.first))
    if period.last:
        filed &= Q(submitted_at__lt=midnight(period.last + timedelta(days=1)))
    return filed | Q(submitted_at__isnull=True) if filing in period else filed


def _rows(files: InitiativeQuerySet, columns: dict[str, tuple[str, str]]) -> Iterator[Row]:
    """The first ones that were filed, each with what changes."""
    names = [name for pair in columns.values() for name in pair]
    first = files.filter(number__isnull=False).order_by("submitted_at", "pk")
    for found in first.values("pk", "number", "unit__name", *names)[:SHOWN]:
        changes = (Change(code, found[before], found[after]) for code, (before, after) in columns.items())
        differing = tuple(change for change in changes if change.before != change.after)
        yield Row(found["pk"], found["number"], found["unit__name"], differing)
