"""The requests of filmed persons of the demonstration, told through the services. A requester is a number: nobody has a
name here, and no address exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from journal.origin import telling
from journal.read import trail
from organisation.models import Person
from retention.models import PrivacyRequest, Recording
from retention.requests.services import Received, link, receive, take_step
from workflow.clock import local_date

OFFICERS = ("2005", "2009")
LINKED = 2
"""So many recordings belong to a request that was linked."""


@dataclass(frozen=True)
class Asked:
    """A request of so many days ago, with its steps: each the days ago, its name and what was typed beside the day."""

    kind: str
    days_ago: int
    description: str
    steps: tuple[tuple[int, str, dict[str, Any]], ...] = ()
    linked_days_ago: int = 0
    channel: str = field(default="formulier")


LINK = "opname_gekoppeld"
KNOWN = {"by": "identiteitsbewijs"}
REQUESTS = (
    Asked(
        "kennisneming",
        120,
        "Ik ben aangehouden bij het station en wil de beelden zien.",
        (
            (112, "identiteit_vaststellen", KNOWN),
            (
                95,
                "besluiten",
                {"outcome": "toegewezen", "reasons": "Er was één opname. Zij is na 28 dagen vernietigd."},
            ),
            (45, "sluiten", {}),
        ),
    ),
    Asked(
        "verwijdering",
        60,
        "Mijn kind staat op beelden van de jaarmarkt. Ik wil dat die weg zijn.",
        (
            (55, "identiteit_vaststellen", KNOWN),
            (
                40,
                "besluiten",
                {
                    "outcome": "afgewezen",
                    "ground": "niets_gevonden",
                    "reasons": "Op die dag droeg daar niemand een camera.",
                },
            ),
            (20, "bezwaar_registreren", {}),
        ),
        channel="brief",
    ),
    Asked(
        "kennisneming", 47, "Ik wil weten of ik ben gefilmd.", ((40, "identiteit_vaststellen", {"by": "inlogmiddel"}),)
    ),
    Asked(
        "kennisneming",
        38,
        "Er is bij een controle gefilmd, in twee eenheden.",
        (
            (33, "identiteit_vaststellen", KNOWN),
            (4, "verdagen", {"days": 42, "several_units": True, "reasons": "Twee eenheden zoeken de opnamen op."}),
        ),
    ),
    Asked(
        "aanpassing",
        30,
        "De plaats bij de opname klopt niet.",
        ((25, "intrekken", {"reasons": "De verzoeker belde: het ging om een andere dag."}),),
        channel="balie",
    ),
    Asked(
        "aanpassing",
        20,
        "Er staat dat niet is aangekondigd dat er werd gefilmd.",
        (
            (17, "identiteit_vaststellen", KNOWN),
            (
                5,
                "besluiten",
                {
                    "outcome": "afgewezen",
                    "ground": "juist_en_nodig",
                    "reasons": "Op de opname is te zien dat het klopt.",
                },
            ),
        ),
        channel="brief",
    ),
    Asked(
        "verwijdering",
        12,
        "Ik stond op straat toen een ander werd aangehouden.",
        (
            (10, "identiteit_vaststellen", KNOWN),
            (
                2,
                "besluiten",
                {
                    "outcome": "deels",
                    "ground": "derden",
                    "ends_in": "verwijderen",
                    "reasons": "De opnamen gaan uit gebruik. Vernietigen kan nog niet: er staat ook een ander op.",
                },
            ),
        ),
        linked_days_ago=6,
    ),
    Asked("kennisneming", 3, "Ik was bij het concert in het park en zag een camera.", linked_days_ago=1),
)


def ask(base: datetime) -> int:
    """Tell of the requests as they stand at `base`, but for what was told before; answers with how many there are."""
    known = list(PrivacyRequest.objects.order_by("pk"))
    officers = [Person.objects.get(number=number) for number in OFFICERS]
    for place, asked in enumerate(REQUESTS):
        person = officers[place % 2]
        request = known[place] if place < len(known) else _receive(place, asked, person, base)
        _go_on(request, asked, person, base)
    return len(REQUESTS)


def _receive(place: int, asked: Asked, person: Person, base: datetime) -> PrivacyRequest:
    at = base - timedelta(days=asked.days_ago)
    given = Received(
        kind=asked.kind,
        received_on=local_date(at),
        channel=asked.channel,
        name=f"verzoeker {place + 1}",
        address="Voorbeeldstraat 1\n0000 AA Voorbeeldstad",
        description=asked.description,
    )
    with telling(at):
        return receive(given, person=person, at=at)


def _recordings(before: datetime, at: datetime) -> list[Recording]:
    """Of one unit, that had come in before the request, and that nobody asked about or holds."""
    there = Recording.objects.filter(arrived_at__lt=before, status="te_beoordelen", judging_closes_at__gt=at)
    free = there.filter(request_links__isnull=True, holds__isnull=True).order_by("-arrived_at", "pk")
    return list(free.filter(unit__in=free.values("unit")[:1])[:LINKED])


def _go_on(request: PrivacyRequest, asked: Asked, person: Person, base: datetime) -> None:
    """What was done with it, in the order of the days."""
    done = {entry.action for entry in trail(request)}
    for days_ago, name, typed in sorted([*asked.steps, *_linking(asked)], key=lambda step: -step[0]):
        if name not in done:
            at = base - timedelta(days=days_ago)
            with telling(at):
                if name == LINK:
                    link(request, _recordings(base - timedelta(days=asked.days_ago), at), person=person, at=at)
                else:
                    given = {"day": local_date(at), "ground": "", "ends_in": "", "several_units": False, **typed}
                    take_step(request.pk, name, person=person, at=at, read=lambda *_, given=given: given)


def _linking(asked: Asked) -> Iterator[tuple[int, str, dict[str, Any]]]:
    if asked.linked_days_ago:
        yield asked.linked_days_ago, LINK, {}
