"""What somebody types in the search box of the register: numbers and words; how well a file answers, and where.

The words of a file stand in a column of the database alone, and the database reads what is asked
(`querysets.InitiativeQuerySet.saying`). Here is how a question is taken apart, how what it finds is put in order, and
how that is marked. Which files somebody may find, and what else narrows them, is in `asked.py`.
"""

import re
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchHeadline
from django.db.models import BooleanField, F, Func, IntegerField, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString

from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet

WEIGHED = 1_000
"""So many of what was found, the newest, are put in the order of how well they answer. A question that finds more says
too little to weigh it all for.
"""
PART = re.compile(r'-?"[^"]*"?|\S+')
"""A phrase in quotes or a word, either of which a - before it refuses."""
NUMBER = re.compile(r"(?P<bc>BC-?)?(?:(?P<year>20[0-9]{2})(?:-(?P<rest>[0-9]{0,6}))?)?", re.IGNORECASE)
TEXTS = (
    *("teams", "vendor", "model_name", "contract", "description", "research_question", "situations"),
    *("proportionality", "announcement", "vendor_reasons"),
)
"""Where the words can stand beside title and unit."""
READ = 20_000
"""So many characters of a text are looked at."""
MARKS = "marked_title", "marked_unit", "piece", "weight"
WEIGHT = "(ts_rank(search, querytree(initiatives_asked(%s))::tsquery) * 1000000)::int"
"""A word that must not be there weighs nothing."""
BEGIN, END = "\ue000", "\ue001"
"""Stand around what was found until the text is made safe. No text has them: they are taken out before."""


class Sought(NamedTuple):
    """What a question asks for: the beginnings of numbers, of which one is enough, and words, all of them."""

    numbers: tuple[str, ...] = ()
    words: str = ""


def sought(q: str) -> Sought:
    """A question taken apart. A year alone is the beginning of a number, beside words it is a word."""
    parts = PART.findall(q)
    numbers = {part: _number(part, is_all=len(parts) == 1) for part in parts}
    words = " ".join(part for part in parts if not numbers[part])
    return Sought(tuple(number for number in numbers.values() if number), words)


def _number(part: str, *, is_all: bool) -> str:
    """The beginning of a number as it is written in full: `BC-2026-0038`, `bc2026`, `2026-00`; empty for a word."""
    looks = NUMBER.fullmatch(part)
    if looks is None or not (is_all or looks["bc"] or looks["rest"]):
        return ""
    return "-".join(one for one in ("BC", looks["year"], looks["rest"]) if one is not None)


def answering(among: InitiativeQuerySet, asked: Sought) -> InitiativeQuerySet:
    """Those with one of the numbers, and all of the words."""
    if asked.numbers:
        among = among.filter(reduce(or_, (Q(number__startswith=number) for number in asked.numbers)))
    return among.saying(asked.words) if asked.words else among


def the_newest(found: InitiativeQuerySet) -> InitiativeQuerySet:
    """As many of the newest as are weighed."""
    newest = ArraySubquery(found.order_by("-submitted_at", "-id").values("pk")[:WEIGHED])
    is_one = Func(F("pk"), newest, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())
    weighed: InitiativeQuerySet = Initiative.objects.filter(is_one)
    return weighed


def with_weight(found: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    """Each with `weight`: how well it answers, in whole millionths."""
    return found.annotate(weight=RawSQL(WEIGHT, [words], IntegerField()))  # noqa: S611  # the words are a parameter


def with_marks(found: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    """Each with `MARKS`: title, unit and a piece of its texts, in which what was found stands between `BEGIN` and
    `END`; and with its weight.
    """
    texts = Func(*map(_beginning, TEXTS), function="concat_ws", template="%(function)s(' · ', %(expressions)s)")
    return with_weight(found, words).annotate(
        marked_title=_headline(F("title"), words, highlight_all=True),
        marked_unit=_headline(F("unit__name"), words, highlight_all=True),
        piece=_headline(texts, words, max_fragments=2, min_words=6, max_words=16, fragment_delimiter=" … "),
    )


def _beginning(field: str) -> Func:
    return Func(Func(F(field), READ, function="left"), Value(""), function="NULLIF", output_field=TextField())


def _headline(text: Any, words: str, **options: Any) -> SearchHeadline:
    clean = Func(text, Value(BEGIN + END), Value(""), function="translate", output_field=TextField())
    asked = RawSQL("initiatives_asked(%s)", [words])
    return SearchHeadline(clean, asked, config="nederlandse_namen", start_sel=BEGIN, stop_sel=END, **options)


def marked(text: str) -> SafeString:
    """The text made safe, with marks around what was found."""
    return SafeString(escape(text).replace(BEGIN, "<mark>").replace(END, "</mark>"))


def marked_number(number: str, asked: Sought) -> SafeString:
    """The number with a mark around its beginning when that was asked."""
    length = max((len(begin) for begin in asked.numbers if number.startswith(begin)), default=0)
    return marked(f"{BEGIN}{number[:length]}{END}{number[length:]}" if length else number)
