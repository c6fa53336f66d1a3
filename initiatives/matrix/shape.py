"""What the matrix is made of: an answer, a row, a group of rows; and how it is kept in JSON and read back."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple


class Answer(StrEnum):
    MET = "voldoet"
    NOT_MET = "voldoet niet"
    NOT_APPLICABLE = "niet van toepassing"


Found = tuple[Answer, str]
"""An answer and the sentence that explains it."""


class Row(NamedTuple):
    """One thing that is asked, and what the file answers. `weight` is the mode of the policy rule that asks it, or
    empty when it is advice only.
    """

    code: str
    what: str
    answer: Answer
    sentence: str
    source: str
    weight: str = ""

    @property
    def number(self) -> int | None:
        """Of a principle."""
        return int(self.code.rpartition("_")[2]) if self.code.startswith("principle_") else None


class Group(NamedTuple):
    name: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name][0]

    @property
    def source(self) -> str:
        return TITLES[self.name][1]

    @property
    def unmet(self) -> list[Row]:
        return [row for row in self.rows if row.answer is Answer.NOT_MET]


TITLES = {
    "principles": ("Uitgangspunten", "Handreiking, 1 tot en met 11"),
    "consultations": ("Overleg", "Handreiking, uitgangspunt 10"),
    "agreements": ("Afspraken", "Handreiking, uitgangspunt 11"),
    "readiness": ("Gereedheid", "Kamervragen, 2019"),
    "dpia": ("DPIA", "Kamervragen, 2019"),
}


def met_or_not(holds: bool, met: str, not_met: str) -> Found:
    return (Answer.MET, met) if holds else (Answer.NOT_MET, not_met)


def as_kept(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """The matrix in JSON, as it is kept with an assessment."""
    return [
        {
            "group": group.name,
            "code": row.code,
            "what": row.what,
            "answer": row.answer.value,
            "sentence": row.sentence,
            "source": row.source,
            "weight": row.weight,
        }
        for group in groups
        for row in group.rows
    ]


def from_kept(kept: Iterable[dict[str, Any]]) -> list[Group]:
    """A matrix as it was kept."""
    found: dict[str, list[Row]] = {}
    for one in kept:
        row = Row(one["code"], one["what"], Answer(one["answer"]), one["sentence"], one["source"], one["weight"])
        found.setdefault(one["group"], []).append(row)
    return [Group(name, tuple(rows)) for name, rows in found.items()]
