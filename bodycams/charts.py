"""Charts drawn by the server: numbers go in, the places of bars, tiles and words come out as whole numbers.

Each chart says its numbers in a sentence (`title`) and carries them as a table, so that nobody needs the picture.
Drawn by `components/chart.html`, in units that keep the words readable on a phone (about 355 wide).
Not here: colours (`tokens.css`), and where the numbers come from.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.text import Truncator


class Column(NamedTuple):
    """One column: a short label under it, and a longer one for the table."""

    label: str
    value: int
    tone: str = ""  # late, soon or none
    long_label: str = ""


class Bar(NamedTuple):
    """One bar of two parts; the second may stay empty."""

    label: str
    first: int
    second: int = 0


class Tile(NamedTuple):
    """A regional unit on the tile map: its short name and its place, in tiles from the upper left."""

    name: str
    column: int
    row: int


class Chart(NamedTuple):
    """A drawing: what kind, how large, its shapes, and the table with the same numbers."""

    kind: str
    title: str
    width: int
    height: int
    shapes: Sequence[Mapping[str, Any]]
    head: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    total: Sequence[Any] = ()
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""

    @property
    def template(self) -> str:
        return f"components/charts/{self.kind}.html"


# The regional units by code, roughly as they lie in the country.
TILES = {
    "NN": Tile("Noord-NL", 3, 0),
    "NH": Tile("Noord-Holland", 1, 1),
    "AM": Tile("Amsterdam", 2, 1),
    "ON": Tile("Oost-NL", 3, 1),
    "DH": Tile("Den Haag", 0, 2),
    "RO": Tile("Rotterdam", 1, 2),
    "MN": Tile("Midden-NL", 2, 2),
    "ZWB": Tile("ZW-Brabant", 0, 3),
    "OB": Tile("Oost-Brabant", 2, 3),
    "LI": Tile("Limburg", 3, 3),
}
DARK_FROM = 3  # the first step of the tile map that asks for white words


def columns(title: str, values: Sequence[Column], head: Sequence[str], wide: int = 28, note: str = "") -> Chart:
    """Standing columns, for a handful of weeks or, less `wide`, for a year. `head`: the two words above the table."""
    highest = max((column.value for column in values), default=0) or 1
    width = max(320, wide * 11 // 7 * len(values) + 12)
    step = (width - 12) // max(len(values), 1)
    shapes = []
    for place, column in enumerate(values):
        tall, middle = 96 * column.value // highest, 6 + step * place + step // 2
        shapes.append(
            {"column": column, "x": middle - wide // 2, "wide": wide, "middle": middle, "y": 124 - tall, "tall": tall}
        )
    rows = [(column.long_label or column.label, column.value) for column in values]
    return Chart("columns", title, width, 152, shapes, head, rows, note=note)


def bars(title: str, values: Sequence[Bar], head: Sequence[str], note: str = "") -> Chart:
    """Lying bars of two parts, or of one. `head`: the word above the labels, and the names of the parts."""
    highest = max((bar.first + bar.second for bar in values), default=0) or 1
    shapes = []
    for place, bar in enumerate(values):
        first, second = (180 * part // highest for part in (bar.first, bar.second))
        split = 136 + first + (2 if first and second else 0)
        shapes.append(
            {
                "bar": bar,
                "label": Truncator(bar.label).chars(21),
                "y": 8 + 40 * place,
                "words_y": 25 + 40 * place,
                "first": first,
                "second": second,
                "second_x": split,
                "end": split + second + 7,
                "total": bar.first + bar.second,
            }
        )
    legend = [("chart__bar", head[1]), ("chart__bar--light", head[2])] if len(head) > 2 else []
    rows = [bar[: len(head)] for bar in values]
    return Chart("bars", title, 355, 40 * len(values) + 8, shapes, head, rows, legend=legend, note=note)


def paper_bars(title: str, values: Sequence[Bar], parts: tuple[str, str]) -> Chart:
    """Lying bars for a document: lower, each part with its number, filled and outlined so that grey shows the
    difference. What the title says includes every number, since a reader of tags has nothing else.
    """
    highest = max((bar.first + bar.second for bar in values), default=0) or 1
    shapes = []
    for place, bar in enumerate(values):
        first, second = (380 * part // highest for part in (bar.first, bar.second))
        shapes.append(
            {
                "bar": bar,
                "label": Truncator(bar.label).chars(26),
                "y": 24 + 24 * place,
                "words_y": 38 + 24 * place,
                "first": first,
                "first_x": 170 + first,
                "first_fits": first >= 12 * len(str(bar.first)) + 8,
                "second": second and max(second - 1, 2),
                "second_x": 176 + first,
                "second_fits": second >= 12 * len(str(bar.second)) + 8,
                "end": 183 + first + second,
                "total": bar.first + bar.second,
            }
        )
    spoken = "; ".join(f"{bar.label} {bar.first} en {bar.second}" for bar in values)
    legend = [("chart__bar", parts[0]), ("chart__bar--open", parts[1])]
    whole = f"{title} ({' en '.join(parts).lower()}): {spoken}."
    return Chart("paper-bars", whole, 600, 24 + 24 * len(values), shapes, legend=legend)


def tiles(
    title: str,
    values: Mapping[str, int],
    rows: Sequence[Sequence[Any]],
    head: Sequence[str],
    note: str,
    total: Sequence[Any] = (),
) -> Chart:
    """The regional units as tiles, darker for more. `values` by code of the unit; `rows`, `head` and `total` are the
    table.
    """
    highest = max(values.values(), default=0)
    shapes = []
    for code, tile in TILES.items():
        step = _step(values.get(code, 0), highest)
        shapes.append(
            {
                "tile": tile,
                "value": values.get(code, 0),
                "step": step,
                "on": "dark" if step >= DARK_FROM else "light",
                "x": 89 * tile.column,
                "y": 68 * tile.row,
            }
        )
    return Chart("tiles", title, 355, 271, shapes, head, rows, total, note=note)


def _step(value: int, highest: int) -> int:
    """Which of the five tones: none, and four parts of the highest (up to four each number has its own)."""
    return value if highest <= 4 else -(-4 * value // highest)


def retention(used_on: date, today: date, last_judging_day: date, gone_by: date) -> Chart:
    """The one picture of the retention rule: from use, by way of today and the days for judging, to the day for
    destroying. On `gone_by`, the day after that, it may not exist.
    """
    days, day = (gone_by - used_on).days, (today - used_on).days

    def at(moment: date) -> int:
        return 2 + 336 * min(max((moment - used_on).days, 0), days) // days

    now, closes = at(today), at(last_judging_day + timedelta(days=1))
    last_day = gone_by - timedelta(days=1)
    used, judged, gone = (format_date(moment, "j b") for moment in (used_on, last_judging_day, last_day))
    line = {
        "now": now,
        "closes": closes,
        "left": max(closes - now, 0),
        "last": 338 - closes,
        "words_at": min(max(now, 58), 282),
        "day": day,
        "used": used,
        "judged": judged,
        "gone": gone,
    }
    title = (
        f"De {days} dagen: gebruikt op {used}, vandaag dag {day}, oordelen tot en met {judged}, vernietigd op {gone}"
    )
    return Chart("retention", title, 340, 72, [line])
