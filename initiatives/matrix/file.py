"""What the answers are looked up in: the file of an initiative, with what its policy rules make of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from initiatives.choices import Element, Kind, Party, Subject
from initiatives.matrix.shape import Answer, Found
from organisation.models.policy import Version

if TYPE_CHECKING:
    from initiatives.models import Agreement, Consultation, Initiative, Readiness

RULE = "overleg-en-afspraken-verplicht"
ASKED_OF = (Kind.PURCHASE, Kind.EXPERIMENT)
"""Of whom consultations, agreements, readiness and a DPIA are asked, whatever the rules (T-21)."""

NOT_ASKED: Found = (Answer.NOT_APPLICABLE, "Dit wordt alleen bij aanschaf en bij een experiment gevraagd.")


class File(NamedTuple):
    """`asked`: is this a kind of initiative of which it is asked? `weight`: the mode of the policy rule that asks
    consultations and agreements of it, or empty.
    """

    initiative: "Initiative"
    consultations: "dict[str, Consultation]"
    agreements: "dict[str, Agreement]"
    readiness: "dict[str, Readiness]"
    asked: bool
    weight: str

    @classmethod
    def of(cls, initiative: "Initiative", rules: Mapping[str, Version]) -> "File":
        rule = rules.get(RULE)
        bound = rule is not None and bool(set(rule.parameters["kinds"]) & set(initiative.kinds))
        return cls(
            initiative,
            {one.party: one for one in initiative.consultations.all()},
            {one.subject: one for one in initiative.agreements.all()},
            {one.element: one for one in initiative.readiness.all()},
            bound or bool(set(ASKED_OF) & set(initiative.kinds)),
            rule.mode if rule and bound else "",
        )

    def has_held(self, party: Party) -> bool:
        return party in self.consultations and self.consultations[party].held_on is not None

    def has_agreed(self, subject: Subject) -> bool:
        return subject in self.agreements and self.agreements[subject].is_recorded

    def is_ready(self, element: Element) -> bool:
        return element in self.readiness and self.readiness[element].in_place
