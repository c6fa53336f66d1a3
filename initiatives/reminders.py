"""Reminders of terms: some days before one ends, and every day once it is missed, to who must act; every week what was
missed, to the portfolio holder.

Who must act is whoever finds the file on the own work list (`work/waiting.py`), so that both always say the same.
Notices are mailed as any other (`mail.py`).
"""

import logging
from collections.abc import Iterator, Set
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse

from bodycams.look import term as look_of_term
from initiatives.mail import is_morning
from initiatives.models import FileTerm, Initiative, Notice, Reminder
from initiatives.querysets import InitiativeQuerySet
from initiatives.words import so_many
from initiatives.work.waiting import DUTIES, waiting_for
from journal.origin import moment_told
from organisation.models import Person, RoleAssignment
from organisation.roles import Role
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.dates import add_days, weekday_in_words
from workflow.holidays import last_working_day

log = logging.getLogger(__name__)

WARNED = (14, 7, 3, 1)
"""So many days before the last day somebody is warned; earlier when that is no working day."""
MOVED_AT_MOST = timedelta(days=7)
"""No run of free days is longer, so that no warning comes earlier by more."""
ACTING = (Role.CONTACT, Role.HEAD, Role.LEADER, Role.MANAGER, Role.HOLDER)
SHOWN = 100
"""So many files stand in a message at most."""


class Due(NamedTuple):
    """A term to remind somebody of: on which file, and for how many days before or after its last day."""

    term: FileTerm
    file: Any
    days: int

    @property
    def is_over(self) -> bool:
        return self.days < 0


def remind(at: datetime) -> int:
    """Remind everybody who must act of the terms that end soon or are over; answers with how many people were told.
    Twice or late changes nothing: what was missed is told now. One that fails does not stop the rest.
    """
    if not is_morning(at):
        return 0
    told, equated = 0, equated_days()
    for person in _people(ACTING, at):
        try:
            told += _remind(person, equated, at)
        except Exception:
            log.exception("person %s could not be reminded", person.pk)
    return told


def oversee(at: datetime) -> int:
    """Tell the portfolio holder, once a week from Monday on, which terms were over by then."""
    today = local_date(at)
    monday = today - timedelta(days=today.weekday())
    missed = Initiative.objects.filter(due_on__lt=monday).exclude(due_kind=FileTerm.Kind.OBJECTION)
    if not (is_morning(at) and missed.exists()):
        return 0
    return sum(_oversee(person, missed, monday, at) for person in _people((Role.HOLDER,), at))


def warning_due(term: FileTerm, today: date, equated: Set[date]) -> int | None:
    """For how many days before the last day a warning is due today: the nearest whose day has come, since the term
    began. Negative for a term that is over, but for one in which somebody could have objected.
    """
    if term.last_day < today:
        return (term.last_day - today).days if term.kind != FileTerm.Kind.OBJECTION else None
    days = {before: last_working_day(add_days(term.last_day, -before), equated) for before in WARNED}
    return min((before for before, day in days.items() if term.starts_on < day <= today), default=None)


def _people(roles: tuple[Role, ...], at: datetime) -> Iterator[Person]:
    """Everybody who holds one of these roles today, and can log in."""
    held = RoleAssignment.objects.active_on(local_date(at)).filter(role__in=roles)
    yield from Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("pk")


def _remind(person: Person, equated: Set[date], at: datetime) -> bool:
    """Whether there was something to remind this person of, and nobody else just did."""
    today = local_date(at)
    with transaction.atomic():
        Person.objects.held().get(pk=person.pk)
        if _was_told(person, Notice.Kind.REMINDER, today):
            return False
        due = list(_due(person, today, equated))
        if not due:
            return False
        Notice.objects.unread().filter(person=person, kind=Notice.Kind.REMINDER).update(read_at=at)
        notice = _notice(person, due, at)
        Reminder.objects.bulk_create(
            Reminder(term=one.term, person=person, last_day=one.term.last_day, days=one.days, notice=notice)
            for one in due
        )
    return True


def _was_told(person: Person, kind: Notice.Kind, day: date) -> bool:
    return Notice.objects.filter(person=person, kind=kind, of_day=day).exists()


def _due(person: Person, today: date, equated: Set[date]) -> Iterator[Due]:
    """The terms of this person's work that must be told of today and were not."""
    until = today + timedelta(days=max(WARNED)) + MOVED_AT_MOST
    running = Prefetch("terms", FileTerm.objects.filter(met_on__isnull=True), to_attr="running")
    files = list(waiting_for(person, today).filter(due_on__lte=until).prefetch_related(running))
    told = set(
        Reminder.objects.filter(person=person, term__initiative__in=files).values_list("term", "last_day", "days")
    )
    for file in files:
        term = next(term for term in file.running if term.kind == file.due_kind)
        days = warning_due(term, today, equated)
        if days is not None and (term.pk, term.last_day, days) not in told:
            yield Due(term, file, days)


def _notice(person: Person, due: list[Due], at: datetime) -> Notice:
    today, over = local_date(at), sum(one.is_over for one in due)
    words, sentences = _in_words(over, len(due) - over)
    return Notice.objects.create(
        person=person,
        kind=Notice.Kind.REMINDER,
        of_day=today,
        subject=words,
        body="\n\n".join(sentences),
        links=[_link(one.file, DUTIES[one.file.duty].task, today) for one in due[:SHOWN]],
        created_at=at,
        mailed_at=moment_told(),
    )


def _in_words(over: int, soon: int) -> tuple[str, list[str]]:
    """The subject of a reminder, and what it says."""
    subject, sentences = [], []
    if over:
        subject.append(f"{_terms(over)} {'is' if over == 1 else 'zijn'} voorbij")
        sentences.append(f"{_files(over)} te laat. U krijgt hierover elke dag bericht, tot u het hebt gedaan.")
    if soon:
        subject.append(f"{_terms(soon)} {'loopt' if soon == 1 else 'lopen'} af")
        sentences.append(f"{_terms(soon).capitalize()} {'loopt' if soon == 1 else 'lopen'} binnenkort af.")
    return " en ".join(subject), sentences


def _terms(count: int) -> str:
    return so_many(count, "termijn", "termijnen")


def _files(count: int) -> str:
    return so_many(count, "dossier dat op u wacht, is", "dossiers die op u wachten, zijn")


def _link(file: Any, what: str, today: date) -> list[str]:
    """The file, and until when: `Beoordelen: nog 3 dagen, vrijdag 27 november 2026`."""
    title, left = " ".join(file.title.split()), look_of_term(file.due_on, today).left
    path = reverse("file", args=[file.pk])
    return [f"{file.number}: {title}", path, f"{what}: {left}, {weekday_in_words(file.due_on)}"]


def _oversee(person: Person, missed: InitiativeQuerySet, monday: date, at: datetime) -> bool:
    """Whether this person was still to be told this week."""
    with transaction.atomic():
        Person.objects.held().get(pk=person.pk)
        if _was_told(person, Notice.Kind.OVERSIGHT, monday):
            return False
        files = list(missed.select_related("unit").order_by("due_on", "pk")[:SHOWN])
        left_out = missed.count() - len(files)
        Notice.objects.create(
            person=person,
            kind=Notice.Kind.OVERSIGHT,
            of_day=monday,
            subject=f"Te laat in deze week: {_terms(len(files) + left_out)}",
            body="\n\n".join(_overseen(left_out)),
            links=[_link(file, f"{_what(file)}, {file.unit.name}", local_date(at)) for file in files],
            created_at=at,
            mailed_at=moment_told(),
        )
    return True


def _what(file: Initiative) -> str:
    return FileTerm.Kind(file.due_kind).label.capitalize()


def _overseen(left_out: int) -> Iterator[str]:
    yield "Van deze dossiers was de termijn voorbij toen de week begon. Wie moet handelen, krijgt elke dag bericht."
    if left_out:
        yield f"Er {'is' if left_out == 1 else 'zijn'} er nog {left_out}. U ziet hier wat het langst te laat is."
