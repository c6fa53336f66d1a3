"""The picture of the procedure: boxes for the statuses, arrows for the steps, drawn from the declared steps themselves.

Only where a box stands is said here. An arrow carries the numbers of its steps, as in the table beside the picture.
"""

from collections import defaultdict
from math import hypot
from typing import NamedTuple

from initiatives.models import Initiative
from initiatives.procedure import Status
from workflow.steps import steps_of

WIDTH, HEIGHT = 348, 580
BOX = (112, 42)
"""Width and height of a box, in the picture's own units."""

Place = tuple[float, float]

PLACES: dict[Status, Place] = {
    Status.CONCEPT: (112, 40),
    Status.AANGEMELD: (112, 160),
    Status.BEOORDEELD: (112, 280),
    Status.GOEDGEKEURD: (58, 405),
    Status.AFGEWEZEN: (250, 405),
    Status.BEZWAAR: (153, 540),
    Status.INGETROKKEN: (290, 160),
}
BENDS: dict[tuple[Status, Status], int] = {(Status.BEOORDEELD, Status.CONCEPT): 79}
"""Arrows that go around a box that stands between."""


class Box(NamedTuple):
    label: str
    left: float
    top: float
    middle: float
    baseline: float
    width: float = BOX[0]
    height: float = BOX[1]


class Arrow(NamedTuple):
    """`path` is an SVG path; `numbers` is written at (`x`, `y`) on a label at (`left`, `top`), `width` wide."""

    path: str
    numbers: str
    x: float
    y: float
    left: float
    top: float
    width: float


def boxes() -> list[Box]:
    """A box for every status."""
    width, height = BOX
    return [Box(status.label, x - width / 2, y - height / 2, x, y + 5) for status, (x, y) in PLACES.items()]


def arrows() -> list[Arrow]:
    """An arrow for every move that a step makes; steps that leave the status as it is are in the table only."""
    numbers: dict[tuple[Status, Status], list[int]] = defaultdict(list)
    for number, step in enumerate(steps_of(Initiative).values(), start=1):
        for source in step.sources:
            for target in set(step.targets) - set(step.sources):
                numbers[Status(source), Status(target)].append(number)
    return [
        _arrow(PLACES[source], PLACES[target], _bend(source, target, (target, source) in numbers), found)
        for (source, target), found in numbers.items()
    ]


def _bend(source: Status, target: Status, there_and_back: bool) -> int:
    """How far the arrow lies from the straight line, to its left: arrows there and back keep apart."""
    return BENDS.get((source, target), 20 if there_and_back else 0)


def _arrow(source: Place, target: Place, bend: int, found: list[int]) -> Arrow:
    (x1, y1), (x2, y2) = source, target
    length = hypot(x2 - x1, y2 - y1)
    control = ((x1 + x2) / 2 + 2 * bend * (y2 - y1) / length, (y1 + y2) / 2 - 2 * bend * (x2 - x1) / length)
    start, end = _edge(source, control), _edge(target, control)
    x, y = ((a + 2 * c + b) / 4 for a, c, b in zip(start, control, end, strict=True))
    words = " ".join(str(number) for number in sorted(found))
    width = 12 + 8 * len(words)
    path = "M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}".format(*start, *control, *end)
    return Arrow(path, words, round(x, 1), round(y + 5, 1), round(x - width / 2, 1), round(y - 10, 1), width)


def _edge(middle: Place, towards: Place) -> Place:
    """Where the line from the middle of a box leaves it."""
    dx, dy = towards[0] - middle[0], towards[1] - middle[1]
    scale = min((BOX[0] / 2 + 3) / abs(dx) if dx else float("inf"), (BOX[1] / 2 + 3) / abs(dy) if dy else float("inf"))
    return middle[0] + dx * scale, middle[1] + dy * scale
