"""What must be true before a step: a rule is a predicate, the sentence that is said when it is not true, and its
source.

Rules look at a `Situation` and change nothing. A rule that looks at what was typed says so (`on_input`): without input
nobody can know yet whether it holds, so it does not close a step beforehand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """Why a step is refused: a Dutch sentence, its source (S0-22, T-16 …), and the form's field that mends it, if there
    is one. `by_another`: not who wants to take the step fills that in, but somebody else.
    """

    sentence: str
    source: str = ""
    field: str = ""
    by_another: bool = False


@dataclass(frozen=True)
class Situation:
    """What a rule may look at: the object, the person, the moment, and what was typed (empty when nothing was yet)."""

    subject: Any
    person: Any
    at: datetime
    input: Mapping[str, Any] = field(default_factory=dict)


class Rule(NamedTuple):
    name: str
    reasons: Callable[[Situation], Iterable[Reason]]
    on_input: bool = False


def rule(
    sentence: str, *, source: str, field: str = "", on_input: bool = False
) -> Callable[[Callable[[Situation], bool]], Rule]:
    """Make a rule of a predicate; `sentence` is what is said when it is false."""

    def make(predicate: Callable[[Situation], bool]) -> Rule:
        reason = Reason(sentence, source, field)
        return Rule(predicate.__name__, lambda situation: () if predicate(situation) else (reason,), on_input)

    return make


def checklist(*, on_input: bool = False) -> Callable[[Callable[[Situation], Iterable[Reason]]], Rule]:
    """Make a rule of a function that itself yields every reason that stands in the way."""

    def make(reasons: Callable[[Situation], Iterable[Reason]]) -> Rule:
        return Rule(reasons.__name__, reasons, on_input)

    return make


def broken(rules: Iterable[Rule], situation: Situation, *, on_input: bool) -> tuple[Reason, ...]:
    """Every reason given by those rules that look at input (or by those that do not), in order."""
    return tuple(reason for rule in rules if rule.on_input is on_input for reason in rule.reasons(situation))
