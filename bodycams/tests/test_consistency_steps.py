"""Every step of every procedure says what it is, who may take it and where it leads; nothing moves a status besides."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django_fsm import GET_STATE, RETURN_VALUE

from bodycams.tests.building import APPS, Module, dotted, faults, modules
from workflow.rules import Rule
from workflow.steps import Step, step, steps_of
from workflow.who import Capacity

PROCEDURES = [model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS and steps_of(model)]


def gaps(declared: Step, statuses: set[str]) -> Iterator[str]:
    """What is missing in the declaration of a step."""
    for word in ("label", "sentence", "explanation"):
        if not getattr(declared, word).strip():
            yield f"{declared.name} has no {word}"
    if declared.sentence.endswith("."):
        yield f"{declared.name} ends its sentence itself"
    if not callable(declared.who):
        yield f"{declared.name} has no authority but {declared.who!r}"
    for what in ("sources", "targets"):
        named = set(getattr(declared, what))
        if not named or not named <= statuses:
            yield f"{declared.name} does not name its {what}"
    if not all(isinstance(rule, Rule) for rule in declared.rules):
        yield f"{declared.name} has a rule that is none"


def all_gaps(model: Any) -> list[str]:
    statuses = {value for value, _ in model._meta.get_field("status").choices}
    return [gap for declared in steps_of(model).values() for gap in gaps(declared, statuses)]


def moves_that_are_no_steps(model: Any) -> set[str]:
    """What django-fsm would let through without the words and the authority of a step."""
    return {transition.name for transition in model().get_all_status_transitions()} - set(steps_of(model))


def rule_without_source(module: Module) -> Iterator[str]:
    """A reason says where it comes from: `rule(…, source=…)` and the second argument of `Reason`."""
    for node in module.all_of(ast.Call) if module.room == "rules" and not module.is_test else ():
        sources = [keyword.value for keyword in node.keywords if keyword.arg == "source"]
        if dotted(node.func) == "Reason":
            sources += node.args[1:2]
        wanted = dotted(node.func) in ("rule", "Reason")
        if wanted and not any(not isinstance(source, ast.Constant) or source.value for source in sources):
            yield f"line {node.lineno} gives no source"


@pytest.mark.parametrize("model", PROCEDURES)
def test_every_step_is_declared_completely(model: type[Model]) -> None:
    assert all_gaps(model) == []


@pytest.mark.parametrize("model", PROCEDURES)
def test_every_move_is_a_step(model: type[Model]) -> None:
    assert moves_that_are_no_steps(model) == set()


@pytest.mark.parametrize("model", PROCEDURES)
def test_steps_of_one_procedure_have_different_labels(model: type[Model]) -> None:
    labels = [declared.label for declared in steps_of(model).values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("model", PROCEDURES)
def test_every_status_can_be_reached_and_is_protected(model: type[Model]) -> None:
    field: Any = model._meta.get_field("status")
    reached = {target for declared in steps_of(model).values() for target in declared.targets}
    assert {value for value, _ in field.choices} - reached <= {field.default}
    assert field.protected


def test_every_rule_says_where_it_comes_from() -> None:
    assert faults(rule_without_source, modules()) == []


def declared_step(**changes: Any) -> Step:
    """A step declared as in a procedure, complete but for the changes."""
    words = {"label": "Doen", "sentence": "heeft het gedaan", "who": lambda person, subject: Capacity("", "")}

    def do(self: Any, taken: Any) -> None:
        """Het wordt gedaan."""

    do.__doc__ = changes.pop("explanation", do.__doc__)
    sources, target = changes.pop("sources", ["concept"]), changes.pop("target", "klaar")
    declare = step("status", sources, target, **{**words, **changes})
    declared: Step = vars(declare(do))["step"]
    return declared


@pytest.mark.parametrize(
    "changes",
    [
        {"label": ""},
        {"sentence": " "},
        {"sentence": "heeft het gedaan."},
        {"explanation": ""},
        {"explanation": None},
        {"who": "initiatives.goedkeuren"},
        {"sources": "*"},
        {"sources": ["weg"]},
        {"sources": []},
        {"target": "weg"},
        {"target": GET_STATE(lambda subject, taken: "klaar")},
        {"target": RETURN_VALUE()},
        {"rules": [lambda situation: True]},
    ],
)
def test_twin_incomplete_step_is_found(changes: dict[str, Any]) -> None:
    assert len(list(gaps(declared_step(**changes), {"concept", "klaar"}))) == 1


def test_complete_step_has_no_gaps() -> None:
    assert list(gaps(declared_step(), {"concept", "klaar"})) == []
    assert len(PROCEDURES) > 1


@pytest.mark.parametrize(
    "text",
    ['@rule("Dit kan niet.")\ndef holds(s): ...', '@rule("Nee.", source="")\ndef holds(s): ...', 'Reason("Nee.")'],
)
def test_twin_rule_without_source_is_found(text: str) -> None:
    assert len(faults(rule_without_source, [Module("initiatives/rules.py", text)])) == 1


def test_rule_with_source_is_no_fault() -> None:
    text = (
        '@rule("Nee.", source="S0-22")\ndef holds(s): yield Reason("Nee.", "T-16"); yield Reason("Nee.", source=origin)'
    )
    assert faults(rule_without_source, [Module("initiatives/rules.py", text)]) == []
