"""Rows of an overview for tests and for the benchmark, without a database: the same number and seed, the same rows."""

import random
from datetime import date, timedelta
from decimal import Decimal

from initiatives.choices import Kind
from initiatives.overview.approved import GRANTED, NOT_ASKED, REFUSED, UNITS, Overview, Row

PEILDATUM = date(2018, 6, 30)
FIRST = date(2015, 4, 7)
TITLES = {
    Kind.PURCHASE: (
        "Bodycams voor de noodhulp",
        "Uitbreiding bodycams horecateam",
        "Bodycams bij evenementen en voetbal",
    ),
    Kind.REPLACEMENT: ("Vervanging van defecte bodycams", "Vervanging van bodycams met een defecte accu"),
    Kind.MAINTENANCE: ("Verlenging onderhoudscontract bodycams", "Verlenging contract opslag en onderhoud"),
    Kind.DEVELOPMENT: (
        "Koppeling van het dock met de opslag van de eenheid",
        "Eén werkinstructie voor het bekijken van opnamen",
    ),
    Kind.EXPERIMENT: ("Proef met bodycams in het uitgaansgebied", "Proef met vooropname bij verkeershandhaving"),
}
DEVICES = (
    ("Zepcam", "T2"),
    ("Zepcam", "T1"),
    ("Axon", "Body 2"),
    ("Axon", "Flex 2"),
    ("Vievu", "LE4"),
    ("Iwitness", "MK2"),
)
TEAMS = (
    "district Twente; basisteams",
    "district Oost en West; hondengeleiders",
    "district Eindhoven; bikers",
    "dienst Waterpolitie",
)
WEIGHTS = (6, 12, 7, 5, 9, 8, 9, 5, 7, 4, 3)


def overview_of(number: int, seed: int = 2018) -> Overview:
    """So many rows over all units, in the order of an overview."""
    chance = random.Random(seed)
    rows = [_row(chance, place, FIRST + timedelta(place * 1170 // number)) for place in range(number)]
    places = list(UNITS)
    return Overview(PEILDATUM, tuple(sorted(rows, key=lambda row: (places.index(row.unit), row.number))))


def _row(chance: random.Random, place: int, decided_on: date) -> Row:
    unit = chance.choices(list(UNITS), WEIGHTS)[0]
    kinds = chance.sample(list(Kind), chance.choice((1, 1, 1, 2)))
    vendor, model = chance.choice(DEVICES)
    cameras = 0 if kinds == [Kind.DEVELOPMENT] else chance.choice((4, 8, 12, 20, 48))
    support = chance.choices((GRANTED, REFUSED, NOT_ASKED), (45, 10, 45), k=5)
    return Row(
        file=place + 1,
        number=f"BC-{decided_on.year}-{place + 1:04}",
        title=chance.choice(TITLES[kinds[0]]),
        unit=unit,
        unit_name=UNITS[unit],
        teams=chance.choice(TEAMS),
        kinds=tuple(kind.value for kind in kinds),
        cameras=cameras,
        vendor=vendor if cameras else "",
        model=model if cameras else "",
        amount=Decimal(cameras * 845) if cameras else None,
        unit_pays=bool(cameras),
        decided_on=decided_on,
        support=tuple(NOT_ASKED for _ in support) if chance.random() < 0.2 else tuple(support),
        by_objection=chance.random() < 0.09,
        objection_pending=chance.random() < 0.05,
        rule_version=chance.choice(("2015-02-19", "2017-07-01", "2018-06-01")),
        filed_on=decided_on - timedelta(7 + place * 13 % 71),
    )
