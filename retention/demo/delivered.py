"""What the docks delivered: a recording per unit and day of the last four weeks, but for quiet days, and fewer of the
week before; most of them ordinary, some with something about them. Everything follows from the number of the recording
and the moment that the demonstration is of.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from organisation.demo import UNITS
from retention.choices import Place, PlaceException
from retention.demo.films import film
from workflow.clock import AMSTERDAM

SOURCE = "demonstratie"
DAYS = 35
"""Today and 34 days before."""
CLOSED = 27
"""Of what was used so many days ago, judging closed last midnight."""
IN_A_DWELLING = 20
"""So many days ago every unit filmed in a dwelling without an exception, and nobody judged that yet."""
CLOSES_TONIGHT = CLOSED - 1
LEFT_OPEN = (IN_A_DWELLING, *range(CLOSES_TONIGHT, DAYS))
"""Days of which nobody judged anything."""
TOLD_OF = (62, 72, 90, 112, 117, 122, 132, 134, 152, 157, 172, 177, 192, 200, 241)
"""Numbers of which more is told (`judged.py`, `looked.py`)."""
QUIET = (1, 4, 0, 3, 0, 2, 5)
"""Of fourteen days so many are quiet, by the place of the unit."""
CAMERAS = 6
"""That each unit has."""

ORDINARY: dict[str, Any] = {
    "place": Place.ROAD.value,
    "exception": "",
    "announced": True,
    "not_announced_reason": "",
}
SOMETHING: dict[int, dict[str, Any]] = {
    3: {"camera_serial": "ZC-ONBEKEND-1"},
    7: {"wearer": "104899"},
    11: {"place": Place.DWELLING.value},
    14: {"place": Place.DWELLING.value, "exception": PlaceException.CAUGHT.value},
    17: {"place": Place.YARD.value},
    19: {"place": Place.BUILDING.value},
    22: {"announced": False, "not_announced_reason": "Er was direct gevaar. Daarvoor was geen tijd."},
    33: {"place": Place.DWELLING.value, "exception": PlaceException.EMERGENCY.value},
}
WRONG_CLOCK, LATE, NEVER_CAME, ROUND = 25, 28, 31, 40
"""Of forty recordings one has a camera that is a year ahead, one comes in three days late, and one without a file."""


class Delivered(NamedTuple):
    """One recording, `day` days before the demonstration, as it came in; `item` is what the dock said."""

    number: int
    day: int
    digits: str
    arrived_at: datetime
    item: dict[str, Any]

    @property
    def content(self) -> bytes | None:
        """The film; None when it never came."""
        return None if self.number % ROUND == NEVER_CAME else film(self.item["place"], self.number)


def camera(code: str, number: int) -> str:
    return f"ZC-{code}-{number % CAMERAS + 1:03}"


def delivered(base: datetime, initiatives: dict[str, str]) -> Iterator[Delivered]:
    """All of them, the oldest first. `initiatives`: the number of one that was approved, by the code of its unit."""
    for day in reversed(range(DAYS)):
        for place, digits in enumerate(UNITS):
            number = day * len(UNITS) + place
            if is_quiet(number, day, place):
                continue
            yield _one(number, day, digits, base, initiatives.get(UNITS[digits], ""))


def is_quiet(number: int, day: int, place: int) -> bool:
    """Whether nothing was filmed: some units film less than others, and of the fifth week every third is enough."""
    if day > CLOSED:
        return number % 3 > 0
    return day not in LEFT_OPEN and number not in TOLD_OF and (day * 5 + place * 3) % 14 < QUIET[place % len(QUIET)]


def _one(number: int, day: int, digits: str, base: datetime, initiative: str) -> Delivered:
    began, shift_end, arrived = _moments(number, day, base)
    ahead = timedelta(days=365 if number % ROUND == WRONG_CLOCK else 0)
    code, lent = UNITS[digits], list(UNITS)[(number + 1) % len(UNITS)]
    item: dict[str, Any] = {
        "source": SOURCE,
        "source_id": f"{code}-{number:04}",
        "camera_serial": camera(code, number),
        "unit": code,
        "initiative": initiative if number % 2 else "",
        "wearer": f"1{lent if number % 4 == 3 else digits}4",
        "used_from": (began + ahead).isoformat(),
        "used_to": (began + ahead + timedelta(minutes=3 + number % 25)).isoformat(),
        "shift_end": (shift_end + ahead).isoformat(),
        "uploaded_at": (arrived - timedelta(minutes=20)).isoformat(),
        "storage_key": f"{SOURCE}/{code.lower()}/{number:04}.webm",
        **ORDINARY,
        **SOMETHING.get(number % ROUND, {}),
        **({"place": Place.DWELLING.value, "exception": ""} if day == IN_A_DWELLING else {}),
    }
    content = film(item["place"], number)
    item |= {"size": len(content), "sha256": sha256(content).hexdigest()}
    return Delivered(number, day, digits, arrived, item)


def _moments(number: int, day: int, base: datetime) -> tuple[datetime, datetime, datetime]:
    """When it was begun, when the shift ended, when it came in."""
    if day == 0:
        began = base - timedelta(hours=4, minutes=number)
        return began, base - timedelta(minutes=150), base - timedelta(minutes=100)
    date = base.astimezone(AMSTERDAM).date() - timedelta(days=day)
    began = datetime.combine(date, time(8 + number * 7 % 12, number * 13 % 60), AMSTERDAM)
    shift_end = datetime.combine(date, time(22), AMSTERDAM)
    is_late = number % ROUND == LATE and day > 3
    return began, shift_end, shift_end + timedelta(days=3 if is_late else 0, minutes=40)
