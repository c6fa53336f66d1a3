"""A step: declared once on the method that changes the object, with its words, its authority and its rules.

Everything that shows or explains a procedure (buttons, help page, diagram, API) reads the same declaration. Taking a
step is `workflow/take.py`; offering it `workflow/offers.py`.
"""

from collections.abc import Callable, Sequence
from functools import cache
from inspect import getdoc
from typing import Any, NamedTuple

from django_fsm import FSMField, transition

from workflow.rules import Rule
from workflow.who import Who


class Step(NamedTuple):
    """What is known of a step. `label` is an imperative; `sentence` follows the actor's title in the trail."""

    name: str
    label: str
    sentence: str
    explanation: str
    who: Who
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    tone: str = "secondary"
    icon: str = ""

    @property
    def keeps_status(self) -> bool:
        return self.sources == self.targets


def step(
    status: FSMField | str,
    sources: Sequence[str],
    target: Any,
    *,
    label: str,
    sentence: str,
    who: Who,
    rules: Sequence[Rule] = (),
    tone: str = "secondary",
    icon: str = "",
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a step of the procedure kept in the field `status`.

    `target` is a status, `None` when the status stays as it is, or django-fsm's GET_STATE when it depends on the
    object. The method's docstring is the explanation that people read.
    """

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        declared = Step(
            name=method.__name__,
            label=label,
            sentence=sentence,
            explanation=getdoc(method) or "",
            who=who,
            sources=tuple(sources),
            targets=_targets(target, sources),
            rules=tuple(rules),
            tone=tone,
            icon=icon,
        )
        method.step = declared  # type: ignore[attr-defined]
        return transition(status, source=list(sources), target=target, custom={"step": declared})(method)

    return declare


def _targets(target: Any, sources: Sequence[str]) -> tuple[str, ...]:
    if target is None:
        return tuple(sources)
    return tuple(target.allowed_states) if hasattr(target, "allowed_states") else (target,)


@cache
def steps_of(model: Any) -> dict[str, Step]:
    """The steps of a model by name, in the order in which they are declared, those of its procedure's classes
    included.
    """
    found: dict[str, Step] = {}
    for klass in reversed(model.__mro__):
        for attribute in vars(klass).values():
            declared = getattr(attribute, "step", None)
            if isinstance(declared, Step):
                found[declared.name] = declared
    return found
