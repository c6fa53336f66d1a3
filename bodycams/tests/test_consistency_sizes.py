"""Nothing grows beyond its budget, and every module says what lives in it. Over budget means: a new room."""

import ast
from collections.abc import Callable, Iterator

import pytest

from bodycams.tests.building import Module, Text, faults, modules, templates

MODULE, TEST_MODULE, FUNCTION, TEMPLATE = 300, 400, 30, 120


def module_over_budget(module: Module) -> Iterator[str]:
    budget = TEST_MODULE if module.is_test else MODULE
    if module.lines > budget and not module.is_migration:
        yield f"{module.lines} lines, {budget} is the most"


def function_over_budget(module: Module) -> Iterator[str]:
    """Counted from `def` to the end, without decorators and docstring."""
    functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = [
        *module.all_of(ast.FunctionDef),
        *module.all_of(ast.AsyncFunctionDef),
    ]
    for node in functions if not module.is_migration else ():
        docstring = node.body[0] if ast.get_docstring(node) is not None else None
        lines = length(node) - (length(docstring) if docstring else 0)
        if lines > FUNCTION:
            yield f"{node.name} has {lines} lines, {FUNCTION} is the most"


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def module_that_does_not_introduce_itself(module: Module) -> Iterator[str]:
    if module.tree.body and not ast.get_docstring(module.tree) and not module.is_migration:
        yield "opens without a docstring"


def template_over_budget(template: Text) -> Iterator[str]:
    if template.lines > TEMPLATE:
        yield f"{template.lines} lines, {TEMPLATE} is the most"


@pytest.mark.parametrize("check", [module_over_budget, function_over_budget, module_that_does_not_introduce_itself])
def test_every_module_keeps_to_its_budget(check: Callable[[Module], Iterator[str]]) -> None:
    assert faults(check, modules()) == []


def test_every_template_keeps_to_its_budget() -> None:
    assert faults(template_over_budget, templates()) == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (module_over_budget, "a/services.py", "x = 1\n" * (MODULE + 1)),
        (module_over_budget, "a/tests/test_services.py", "x = 1\n" * (TEST_MODULE + 1)),
        (function_over_budget, "a/services.py", "def f():\n" + "    x = 1\n" * FUNCTION),
        (function_over_budget, "a/services.py", "class A:\n    async def f(self):\n" + "        x = 1\n" * FUNCTION),
        (module_that_does_not_introduce_itself, "a/services.py", "# only a comment\nx = 1\n"),
    ],
)
def test_twin_module_over_budget_is_found(check: Callable[[Module], Iterator[str]], path: str, text: str) -> None:
    assert len(faults(check, [Module(path, text)])) == 1


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (module_over_budget, "a/services.py", "x = 1\n" * MODULE),
        (module_over_budget, "a/migrations/0001_a.py", "x = 1\n" * (MODULE + 1)),
        (
            function_over_budget,
            "a/services.py",
            '@b\ndef f():\n    """A.\n\n    B.\n    """\n' + "    x = 1\n" * (FUNCTION - 1),
        ),
        (module_that_does_not_introduce_itself, "a/__init__.py", ""),
    ],
)
def test_what_fits_is_no_fault(check: Callable[[Module], Iterator[str]], path: str, text: str) -> None:
    assert faults(check, [Module(path, text)]) == []


def test_twin_template_over_budget_is_found() -> None:
    assert faults(template_over_budget, [Text("templates/a.html", "<p>\n" * TEMPLATE)]) == []
    assert len(faults(template_over_budget, [Text("templates/a.html", "<p>\n" * (TEMPLATE + 1))])) == 1
