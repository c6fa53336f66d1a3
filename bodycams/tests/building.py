"""The building itself, read once: its modules with their imports, its templates, stylesheets and other texts.

What is a fault is said by the modules `test_consistency_*`. A check is a function that is given one text and yields
what it finds wrong in it, so that each can be tried on a bad sample.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

Node = TypeVar("Node", bound=ast.AST)

ROOT: Path = settings.BASE_DIR
APPS = ("journal", "workflow", "bodycams", "organisation", "initiatives", "inventory", "retention")
"""From the ground to the top: a stair goes down only."""
ELSEWHERE = {".venv", ".git", ".cache", ".data", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__", "vendor"}
BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where the statements within a statement are."""
TEXTS = {".py", ".html", ".txt", ".md", ".css", ".js", ".toml", ".ini", ".yml", ".yaml", ".in", ".json", ".svg", ""}


@dataclass(frozen=True)
class Text:
    """A file by its path from the root of the project, and what stands in it."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n")


@dataclass(frozen=True)
class Import:
    """`import a.b` is the name "a.b"; `from a import b` is "a.b" too, whether b is a module or something in it."""

    name: str
    line: int
    in_function: bool

    @property
    def app(self) -> str:
        return self.name.partition(".")[0]

    @property
    def room(self) -> str:
        """The room within its app: "models" of `organisation.models.Person`."""
        return self.name.split(".")[1] if "." in self.name else ""


@dataclass(frozen=True)
class Module(Text):
    """A module of Python, with its place in the building."""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def all_of(self, kind: type[Node]) -> list[Node]:
        """Every node of this kind, wherever it stands."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[type, list[Any]]:
        """All but those that only say how a name is used. A third of what `ast.walk` costs."""
        found: dict[type, list[Any]] = {}
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            found.setdefault(type(node), []).append(node)
            for name, value in vars(node).items():
                if isinstance(value, list):
                    waiting += [one for one in value if isinstance(one, ast.AST)]
                elif isinstance(value, ast.AST) and name != "ctx":
                    waiting.append(value)
        return found

    @cached_property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).with_suffix("").parts

    @property
    def app(self) -> str:
        return self.parts[0]

    @property
    def room(self) -> str:
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or self.parts[-1] == "conftest"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    @cached_property
    def imports(self) -> list[Import]:
        """Those under `if TYPE_CHECKING` left out: they only name a shape."""
        return list(self._imports(self.tree, in_function=False))

    def _imports(self, node: ast.AST, *, in_function: bool) -> Iterator[Import]:
        """An import is a statement, and stands in none but other statements."""
        inside = [child for name in BODIES for child in getattr(node, name, ())]
        for child in inside:
            if isinstance(child, ast.Import):
                yield from (Import(name.name, child.lineno, in_function) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                yield from (Import(f"{child.module}.{name.name}", child.lineno, in_function) for name in child.names)
            elif not (isinstance(child, ast.If) and dotted(child.test) == "TYPE_CHECKING"):
                is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                yield from self._imports(child, in_function=in_function or is_function)


def files() -> Iterator[Path]:
    """Every file of the project's own, without what is made or comes from elsewhere."""
    for first in ROOT.iterdir():
        if first.name not in ELSEWHERE:
            yield from (path for path in (first, *first.rglob("*")) if path.is_file() and is_our_own(path))


def is_our_own(path: Path) -> bool:
    return not ELSEWHERE.intersection(path.relative_to(ROOT).parts)


@cache
def texts() -> tuple[Text, ...]:
    """Every text of the project, modules included."""
    found = [path for path in files() if path.suffix in TEXTS]
    return tuple(Text(str(path.relative_to(ROOT)), path.read_text()) for path in sorted(found))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(Module(text.path, text.text) for text in texts() if is_python(text))


def is_python(text: Text) -> bool:
    return text.path.endswith(".py") or text.text.startswith("#!/usr/bin/env python")


@cache
def templates() -> tuple[Text, ...]:
    return tuple(text for text in texts() if "templates/" in text.path and not text.path.endswith(".py"))


@cache
def stylesheets() -> tuple[Text, ...]:
    return tuple(text for text in texts() if text.path.endswith(".css"))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of the expression a.b.c; empty for anything else."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


Place = TypeVar("Place", bound=Text)


def faults(check: Callable[[Place], Iterable[str]], where: Iterable[Place]) -> list[str]:
    """Everything that the check finds, with its place."""
    return [f"{text.path}: {fault}" for text in where for fault in check(text)]
