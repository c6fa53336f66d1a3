"""The evaluation of an experiment: when it is due, writing it, submitting it, and finding what was learnt.

The three questions are those of the pilots (S3-02). What is submitted never changes and is read by all contact persons
(S1-29). Pages are in `views/afterwards.py` and `views/lessons.py`.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse

from bodycams.alone import claimed
from bodycams.keyset import Keyset, Page, Sort
from bodycams.mail import Link
from initiatives import notices
from initiatives.choices import CarriedOut, Kind
from initiatives.executions import in_force, permitted_on
from initiatives.mail import is_morning
from initiatives.models import Decision, Evaluation, Execution, Initiative, Notice
from initiatives.querysets import EvaluationQuerySet, InitiativeQuerySet
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_for, may_for
from organisation.roles import Perm, Role
from workflow.clock import local_date
from workflow.dates import day_in_words

log = logging.getLogger(__name__)

AHEAD = timedelta(days=28)
"""So long before its last day an evaluation stands on the work list; as often as that is reminded of it afterwards."""
LOCK = 20150226
"""With the key of a file: the lock of who reminds of it. A second one at the same moment leaves it to the first."""
NEWEST = "nieuwste"
LIST = Keyset(
    "initiatives.lessons",
    {
        NEWEST: Sort(
            F("submitted_at"), True, lambda evaluation: evaluation.submitted_at.isoformat(), datetime.fromisoformat
        )
    },
)


class NotEvaluated(Exception):
    """This is no approved experiment that is to be evaluated; the message is a Dutch sentence."""


class SavedMeanwhile(Exception):
    """Somebody else saved it since it was opened."""


def due_on(initiative: Initiative) -> date | None:
    """The day by which its evaluation is due: its last day, or the day on which it was ended early. None when it is
    nothing to evaluate (yet).
    """
    if why_not(initiative):
        return None
    report = in_force(initiative)
    return report.on_day if report and report.outcome == CarriedOut.ENDED_EARLY else initiative.period_until


def why_not(initiative: Initiative) -> str:
    """The sentence that says why it has no evaluation; empty when it has one, or is to have one."""
    if Kind.EXPERIMENT not in initiative.kinds:
        return "Alleen een experiment heeft een evaluatie."
    if permitted_on(initiative) is None:
        return "Er is geen toestemming gegeven. Dan valt er niets te evalueren."
    report = in_force(initiative)
    if report and report.outcome == CarriedOut.NOT_DONE:
        return "Dit experiment is niet uitgevoerd. Dan valt er niets te evalueren."
    return ""


def evaluation_of(initiative: Initiative) -> Evaluation | None:
    return initiative.evaluation if hasattr(initiative, "evaluation") else None


def may_evaluate(person: Any, initiative: Initiative) -> bool:
    """Whether this person can write the evaluation now."""
    written = evaluation_of(initiative)
    is_open = not why_not(initiative) and not (written and written.submitted_at)
    return is_open and may_for(person, Perm.FILE, initiative)


def save(
    initiative: Initiative,
    given: Mapping[str, Any],
    *,
    person: Person,
    at: datetime,
    after: int,
    submit: bool = False,
) -> Evaluation:
    """Write the evaluation over version `after` (0: there is none yet), and submit it if asked. Raises `NotEvaluated`
    and `SavedMeanwhile`.
    """
    if why := why_not(initiative):
        raise NotEvaluated(why)
    try:
        with transaction.atomic():
            written = Evaluation.objects.select_for_update().filter(initiative=initiative).first()
            if written and written.submitted_at:
                raise NotEvaluated("Deze evaluatie is al ingediend. Daarna verandert er niets meer aan.")
            if (written.version if written else 0) != after:
                raise SavedMeanwhile
            written = written or Evaluation(initiative=initiative)
            for name, value in given.items():
                setattr(written, name, value)
            written.version, written.saved_by, written.saved_at = after + 1, person, at
            if submit:
                written.submitted_by, written.submitted_at = person, at
            written.save()
            _trace(written, person, at)
    except IntegrityError as refused:
        raise SavedMeanwhile from refused
    return written


def _trace(written: Evaluation, person: Person, at: datetime) -> None:
    """Put it on record, and when it was submitted tell who can learn from it."""
    initiative, capacity = written.initiative, capacity_for(person, Perm.FILE, written.initiative.unit_id)
    submitted = written.submitted_at is not None
    words = "de evaluatie van het experiment ingediend" if submitted else "het concept van de evaluatie bewaard"
    told = f"{capacity.title} heeft {words}."
    record(
        "evaluatie_ingediend" if submitted else "evaluatie_bewaard",
        told,
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=initiative,
        data={"version": written.version},
    )
    if submitted:
        day = local_date(at)
        readers = Person.objects.holding(Role.LEADER, day) | Person.objects.holding(Role.CONTACT, day)
        readers |= Person.objects.holding(Role.HEAD, day, [initiative.unit_id])
        notices.tell_people(
            readers.filter(is_active=True),
            f"Geleerd van {initiative.title}",
            [told, written.lessons, notices.NOTHING],
            Link("Lees de evaluatie", reverse("lesson", args=[written.pk])),
            at=at,
            by=person,
        )


# --- what is due --------------------------------------------------------------------------------------


def due(among: InitiativeQuerySet, today: date) -> InitiativeQuerySet:
    """The experiments whose evaluation is due within `AHEAD` or was due before, each with that day as
    `evaluation_due`; the earliest first.
    """
    reports = Execution.objects.filter(initiative=OuterRef("pk")).order_by("-reported_at", "-id")
    submitted = Evaluation.objects.submitted().filter(initiative=OuterRef("pk"))
    permitted = Decision.objects.filter(initiative=OuterRef("pk"), permission=True)
    ended = When(outcome=CarriedOut.ENDED_EARLY, then=Subquery(reports.values("on_day")[:1]))
    found: InitiativeQuerySet = (
        among.filter(Exists(permitted), ~Exists(submitted), kinds__contains=[Kind.EXPERIMENT])
        .annotate(outcome=Subquery(reports.values("outcome")[:1]))
        .filter(Q(outcome__isnull=True) | ~Q(outcome=CarriedOut.NOT_DONE))
        .annotate(evaluation_due=Case(ended, default=F("period_until"), output_field=DateField()))
        .filter(evaluation_due__lte=today + AHEAD)
    )
    return found.order_by("evaluation_due", "pk")


def remind(at: datetime) -> int:
    """Remind the contact persons of what is due: when it comes on the work list, a week before, on the day itself, and
    every four weeks after. Answers how many files; asked again on a day, or at the same moment, it does nothing.
    One that fails does not stop the rest.
    """
    if not is_morning(at):
        return 0
    reminded = 0
    for initiative in due(Initiative.objects.all(), local_date(at)):
        try:
            with transaction.atomic():
                reminded += claimed(LOCK, initiative.pk) and _remind(initiative, at)
        except Exception:
            log.exception("nobody could be reminded of the evaluation of %s", initiative.number)
    return reminded


def _remind(initiative: Any, at: datetime) -> bool:
    """Whether they were still to be reminded of this one, which says when it is due."""
    today, last_day = local_date(at), initiative.evaluation_due
    path = reverse("evaluation", args=[initiative.pk])
    told = Notice.objects.filter(initiative=initiative, links__0__1=path).order_by("-created_at").first()
    if told and local_date(told.created_at) >= _reminded_since(last_day, today):
        return False
    notices.tell_people(
        Person.objects.holding(Role.CONTACT, today, [initiative.unit_id]).filter(is_active=True),
        f"{initiative.number}: schrijf de evaluatie",
        [f"De evaluatie van dit experiment moet er zijn op {day_in_words(last_day)}.", "Schrijf de evaluatie."],
        Link("Naar de evaluatie", path),
        at=at,
        initiative=initiative,
    )
    return True


def _reminded_since(last_day: date, today: date) -> date:
    """The last day until `today` on which is reminded of something due on `last_day`."""
    if today < last_day:
        week_before = last_day - timedelta(days=7)
        return week_before if today >= week_before else last_day - AHEAD
    return last_day + (today - last_day) // AHEAD * AHEAD


# --- what was learnt ----------------------------------------------------------------------------------


def lessons(words: str = "") -> EvaluationQuerySet:
    """The evaluations that were submitted, with their initiatives; those in which these words stand."""
    found: EvaluationQuerySet = Evaluation.objects.submitted().select_related("initiative__unit")
    return found.saying(words) if words else found


def page(found: EvaluationQuerySet, size: int, link: str = "") -> Page:
    """`size` of them, newest first. Raises `BadLink`."""
    return LIST.page(found, NEWEST, size, link)
