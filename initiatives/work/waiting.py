"""What waits for whom: per duty the files that somebody must act on, and what lies with somebody else.

A duty is a step that must be taken sooner or later, by who may take it: what waits is what that person finds open on
the file (`workflow.offers`), which is tried for everybody in every situation. What may be done but need not, such as
adjourning or withdrawing, waits for nobody. How it looks is the page's (`views/my_work.py`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When

from initiatives.choices import Kind
from initiatives.models import Assessment, Decision, Initiative, Return, Submission, View
from initiatives.models.indexes import TERM_OR_NEVER
from initiatives.procedure import Status
from initiatives.querysets import InitiativeQuerySet
from organisation.permissions import may, units_with
from organisation.roles import Perm

GROUPS = LATE, SOON, LATER, NO_TERM = "Te laat", "Binnen een week", "Later", "Zonder termijn"
WITHIN = timedelta(days=7)
SHOWN = 100
"""So many files stand on the page at most; the figures count all."""


def recorded(model: Any, **fields: Any) -> Q:
    """Something of this kind is on record of the file."""
    return Q(Exists(model.objects.filter(initiative=OuterRef("pk"), **fields)))


class Duty(NamedTuple):
    """Something that must be done: by which steps, in what words, by who has `perm`, and when it waits."""

    name: str
    steps: tuple[str, ...]
    task: str
    perm: Perm
    waits: Callable[[Any, date], Q]

    def of(self, person: Any, today: date) -> Q | None:
        """For which files this is the duty of `person`; None for who never has it."""
        units = units_with(person, self.perm)
        if not units and not may(person, self.perm):
            return None
        return self.waits(person, today) & (Q(unit_id__in=units) if units else Q())


def _to_supplement(person: Any, today: date) -> Q:
    return Q(status=Status.CONCEPT, number__isnull=False) & ~Q(necessity__signed_by=person)


def _to_finish(person: Any, today: date) -> Q:
    return Q(status=Status.CONCEPT, number__isnull=True) & ~Q(necessity__signed_by=person)


def _to_sign(person: Any, today: date) -> Q:
    """A purchase that says what is signed for, and that nobody signed for yet."""
    says_it = Q(cameras_requested__isnull=False, amount__isnull=False)
    unsigned = Q(status=Status.CONCEPT, kinds__contains=[Kind.PURCHASE], necessity__isnull=True)
    return unsigned & says_it & ~recorded(Submission, person=person)


def _to_answer(person: Any, today: date) -> Q:
    """A decision that refuses something: whatever refuses nothing is final at once."""
    return Q(status__in=[Status.GOEDGEKEURD, Status.AFGEWEZEN], final_ground="")


def _to_assess(person: Any, today: date) -> Q:
    return Q(status=Status.AANGEMELD) & ~recorded(Submission, person=person)


def _to_decide(person: Any, today: date) -> Q:
    return Q(status=Status.BEOORDEELD) & ~recorded(Submission, person=person)


def _to_resume(person: Any, today: date) -> Q:
    return Q(status=Status.CONCEPT, number__isnull=False, due_on__lt=today)


def _to_view(person: Any, today: date) -> Q:
    return Q(status=Status.BEZWAAR) & ~recorded(View) & ~recorded(Decision, decided_by=person)


def _to_decide_on_objection(person: Any, today: date) -> Q:
    others = ~recorded(Decision, decided_by=person) & ~recorded(Submission, person=person)
    return Q(status=Status.BEZWAAR) & recorded(View) & ~recorded(View, given_by=person) & others


DUTIES = {
    duty.name: duty
    for duty in (
        Duty("supplement", ("aanmelden",), "Aanvullen", Perm.FILE, _to_supplement),
        Duty("finish", ("aanmelden",), "Invullen en aanmelden", Perm.FILE, _to_finish),
        Duty("sign", ("noodzaak_vaststellen",), "Noodzaak vaststellen", Perm.ESTABLISH_NECESSITY, _to_sign),
        Duty("acquiesce", ("berusten",), "Berusten of bezwaar maken", Perm.ACQUIESCE, _to_answer),
        Duty("object", ("bezwaar_maken",), "Berusten of bezwaar maken", Perm.OBJECT, _to_answer),
        Duty("resume", ("hervatten",), "Hervatten", Perm.ASSESS, _to_resume),
        Duty("decide", ("goedkeuren", "afwijzen"), "Besluiten", Perm.DECIDE, _to_decide),
        Duty("assess", ("beoordelen",), "Beoordelen", Perm.ASSESS, _to_assess),
        Duty("view", ("afstemming_vastleggen",), "Zienswijze geven", Perm.GIVE_VIEW, _to_view),
        Duty(
            "objection",
            ("gegrond_verklaren", "ongegrond_verklaren"),
            "Beslissen op bezwaar",
            Perm.DECIDE_OBJECTION,
            _to_decide_on_objection,
        ),
    )
}


def duties_of(person: Any, today: date) -> dict[str, Q]:
    """The duties that this person can have, and for which files."""
    found = {name: duty.of(person, today) for name, duty in DUTIES.items()}
    return {name: files for name, files in found.items() if files is not None}


def waiting_for(person: Any, today: date) -> InitiativeQuerySet:
    """The files that wait for this person, each with the name of its `duty`. The nearest term comes first, and what is
    urgent first within a day.
    """
    duties = duties_of(person, today)
    if not duties:
        return Initiative.objects.none()
    duty = Case(*(When(files, then=Value(name)) for name, files in duties.items()), output_field=CharField())
    found: InitiativeQuerySet = Initiative.objects.filter(reduce(or_, duties.values())).annotate(duty=duty)
    return found.order_by(TERM_OR_NEVER, "-urgent", "id")


def first_rows(found: InitiativeQuerySet) -> list[Initiative]:
    """The first `SHOWN` of them, with what the page says about each."""
    assessed = Assessment.objects.filter(initiative=OuterRef("pk")).order_by("-assessed_at")
    views = View.objects.filter(initiative=OuterRef("pk")).order_by("-given_at")
    returns = Return.objects.filter(initiative=OuterRef("pk"), ended_on__isnull=True)
    return list(
        found.select_related("unit", "necessity", "objection")
        .prefetch_related("defects")
        .annotate(
            assessed_at=Subquery(assessed.values("assessed_at")[:1]),
            view=Subquery(views.values("view")[:1]),
            missing=Subquery(returns.values("missing")[:1]),
        )[:SHOWN]
    )


def counted(found: InitiativeQuerySet, today: date) -> "Counts":
    """How many of them have which last day."""
    return Counts(today, dict(found.order_by().values_list("due_on").annotate(Count("pk"))))


class Counts(NamedTuple):
    """How many wait, as seen on `today`, by the last day of their term; None stands for no term."""

    today: date
    by_day: dict[date | None, int]

    def between(self, first: date, last: date) -> int:
        """How many terms end on one of these days."""
        return sum(count for day, count in self.by_day.items() if day and first <= day <= last)

    @property
    def all(self) -> int:
        return sum(self.by_day.values())

    @property
    def soon(self) -> int:
        return self.between(self.today, self.today + WITHIN)

    @property
    def late(self) -> int:
        return self.between(date.min, self.today - timedelta(days=1))

    def group_of(self, due_on: date | None) -> str:
        """Under which head of the list a term stands."""
        if due_on is None:
            return NO_TERM
        if due_on < self.today:
            return LATE
        return SOON if due_on <= self.today + WITHIN else LATER

    def by_group(self) -> dict[str, int]:
        """How many stand under each head."""
        found = dict.fromkeys(GROUPS, 0)
        for day, count in self.by_day.items():
            found[self.group_of(day)] += count
        return found
