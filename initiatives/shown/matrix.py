"""The compliance matrix as pages show it: what was computed, and beside it what the project leader judged."""

from datetime import date
from typing import NamedTuple

from bodycams.look import Mark
from initiatives.choices import Compliance
from initiatives.matrix import Answer, Group, Row, from_kept, matrix
from initiatives.models import Assessment, Initiative
from initiatives.policy import rules_for
from initiatives.shown.assessment import COMPLIES
from organisation.models import PolicyRule

MARKS = {
    Answer.MET: Mark("yes", "voldoet"),
    Answer.NOT_MET: Mark("no", "voldoet niet"),
    Answer.NOT_APPLICABLE: Mark("none", "niet van toepassing"),
}
AS_JUDGED = {
    Answer.MET: Compliance.MET,
    Answer.NOT_MET: Compliance.DEVIATES,
    Answer.NOT_APPLICABLE: Compliance.NOT_APPLICABLE,
}
WEIGHTS = {
    PolicyRule.Mode.BLOCKS.value: "Zonder dit kan het initiatief niet worden goedgekeurd.",
    PolicyRule.Mode.WARNS.value: "Ontbreekt hier iets, dan legt de projectleider uit waarom goedkeuren toch kan.",
}


class ShownRow(NamedTuple):
    number: int | None
    what: str
    sentence: str
    computed: Mark
    judged: Mark | None = None
    remark: str = ""
    differs: bool = False


class ShownGroup(NamedTuple):
    title: str
    source: str
    weight: str
    is_judged: bool
    rows: list[ShownRow]


class Shown(NamedTuple):
    """The groups, and how many answers of each sort there are."""

    groups: list[ShownGroup]
    tally: list[Mark]


def shown(initiative: Initiative, assessment: Assessment | None, today: date) -> Shown:
    """What the file answers now, by the rules of the day of filing, or of `today` when it was not filed yet; when it
    was assessed, what it answered then, beside the judgement.
    """
    kept = from_kept(assessment.matrix) if assessment else []
    groups = kept or matrix(initiative, rules_for(initiative, initiative.policy_date or today))
    judged = assessment.principles if assessment else {}
    return Shown([_group(group, judged) for group in groups], tally(groups))


def tally(groups: list[Group]) -> list[Mark]:
    """`24 voldoet`, `2 voldoet niet`, `1 niet van toepassing`; what there is none of is left out."""
    answers = [row.answer for group in groups for row in group.rows]
    counted = {answer: answers.count(answer) for answer in Answer}
    return [Mark(MARKS[one].tone, f"{number} {MARKS[one].label}") for one, number in counted.items() if number]


def _group(group: Group, judged: dict[str, dict[str, str]]) -> ShownGroup:
    weight = max((row.weight for row in group.rows), default="")
    is_judged = bool(judged) and group.name == "principles"
    rows = [_row(row, judged.get(str(row.number)) if is_judged else None) for row in group.rows]
    return ShownGroup(group.title, group.source, WEIGHTS.get(weight, ""), is_judged, rows)


def _row(row: Row, judged: dict[str, str] | None) -> ShownRow:
    if judged is None:
        return ShownRow(row.number, row.what, row.sentence, MARKS[row.answer])
    compliance = Compliance(judged["judgement"])
    return ShownRow(
        row.number,
        row.what,
        row.sentence,
        MARKS[row.answer],
        COMPLIES[compliance],
        f"Projectleider: {judged['note']}" if judged["note"] else "",
        differs=AS_JUDGED[row.answer] is not compliance and row.answer is not Answer.NOT_APPLICABLE,
    )
