"""The compliance matrix: what the Handreiking, the letter and the answers to Parliament ask of an initiative, and what
the file itself answers. The one room where this is worked out; pages, rules and the assessment ask here.

Each answer is computed from what the unit filled in: met, not met, or does not apply. The project leader's judgement
stands beside it and may differ (`rules.py`). What an unmet answer leads to depends on the policy rules of the day of
the first filing (`policy.py`).
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from initiatives.choices import Compliance, Outcome, Party
from initiatives.matrix.arranged import agreements, consultations, dpia, dpia_is_older_than, readiness
from initiatives.matrix.file import RULE, File
from initiatives.matrix.principles import IN_PUBLIC, SEVEN, principles
from initiatives.matrix.shape import Answer, Group, Row, as_kept, from_kept
from organisation.models.policy import Version

if TYPE_CHECKING:
    from initiatives.models import Initiative

__all__ = [
    "IN_PUBLIC",
    "RULE",
    "SEVEN",
    "Answer",
    "Group",
    "Row",
    "as_kept",
    "dpia_is_older_than",
    "from_kept",
    "matrix",
    "missing_arrangements",
    "must_be_explained",
    "negative_consultations",
]


def matrix(initiative: "Initiative", rules: Mapping[str, Version]) -> list[Group]:
    """Every answer, in the order in which people read it. `rules` are those in force on the day of the first filing."""
    file = File.of(initiative, rules)
    return [
        Group("principles", tuple(principles(file))),
        Group("consultations", tuple(consultations(file))),
        Group("agreements", tuple(agreements(file))),
        Group("readiness", tuple(readiness(file))),
        Group("dpia", (dpia(file),)),
    ]


def must_be_explained(answer: Answer, judgement: str) -> bool:
    """Whether the project leader must add a remark: to a deviation, and to a judgement on what the file itself does not
    meet, or meets while the judgement is another. What does not apply may be called met.
    """
    if judgement == Compliance.DEVIATES or answer is Answer.NOT_MET:
        return True
    return answer is Answer.MET and judgement != Compliance.MET


def missing_arrangements(groups: Iterable[Group]) -> str:
    """Which consultations and agreements are not there, in words; empty when all are."""
    arranged = [group for group in groups if group.name in ("consultations", "agreements") and group.unmet]
    return "; ".join(f"{group.title.lower()}: {', '.join(row.what for row in group.unmet)}" for group in arranged)


def negative_consultations(initiative: "Initiative") -> list[str]:
    """With whom a consultation ended negatively: the project leader answers to that (T-20)."""
    return [Party(one.party).label for one in initiative.consultations.all() if one.outcome == Outcome.NEGATIVE]
