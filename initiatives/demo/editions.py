"""The editions of the demonstration, published the day it is loaded: a seal of the journal cannot be put back in time.

All of them or none. Their papers are made by the worker in the minutes after.
"""

from collections.abc import Callable
from datetime import date, datetime
from time import monotonic, sleep

from django.db import transaction

from initiatives.editions.asking import ask, decide
from initiatives.editions.planning import HALF_YEARLY, last_half_year, set_schedule
from initiatives.models import Edition, EditionRequest
from journal import seals
from journal.origin import telling
from organisation.demo import CONFIRMS, LEADS
from organisation.models import Outcome, Person
from workflow.clock import local_date

PATIENCE = 60
"""Seconds that the first seal may take: it waits for whatever else is written in this cluster."""


def publish_editions(at: datetime, report: Callable[[str], None]) -> int:
    """Publish them, and leave one that waits for the programme manager; answers with how many things happened."""
    if EditionRequest.objects.exists():
        return 0
    _seal()
    leader, manager = (Person.objects.get(number=number) for number in (LEADS, CONFIRMS))

    def published(day: date, reasons: str, corrects: Edition | None = None) -> Edition | None:
        request = ask(day, reasons, by=leader, at=at, corrects=corrects)
        return decide(request, Outcome.CONFIRMED, "", by=manager, at=at, seen=None)

    with transaction.atomic(), telling(at):
        set_schedule(True, by=leader, at=at)
        published(date(2018, 12, 31), "De stand na de pilots, voor de evaluatie.")
        whole = published(date(2020, 12, 31), "De stand na de uitrol, voor het halfjaarbericht.")
        published(date(2020, 12, 31), "In het verzonden document ontbrak de bijlage met gegevens.", whole)
        ask(last_half_year(local_date(at)), HALF_YEARLY, by=leader, at=at)
    report(f"Edities: {Edition.objects.count()}, en één die op bevestiging wacht.")
    return 8


def _seal() -> None:
    until = monotonic() + PATIENCE
    seals.seal(wait=True)
    while seals.newest() is None and monotonic() < until:
        sleep(0.1)
        seals.seal(wait=True)
