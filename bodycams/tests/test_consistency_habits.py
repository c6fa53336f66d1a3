"""Calls that are never made and words that are never written, each with the room in which it is right after all."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from bodycams.tests.building import Module, Text, dotted, faults, modules, texts

CLOCKS = re.compile(
    r"(?:\w+\.)*(?:date\.today|datetime\.(?:now|utcnow|today)|timezone\.(?:now|localtime|localdate)|time\.localtime)"
)
CLOCK_ROOMS = (
    "organisation/throttle.py",  # axes writes its own moments by Django's clock, and is compared with that
    "bodycams/embedded/",  # starts the database, and so cannot ask it
    "retention/destroying/valve.py",  # holds the clock of the process against the database's
    "script/",
    "bench/bare/",  # what is measured against has no rules of ours
)
SKIPS = re.compile(r"(?:pytest\.)?(?:mark\.)?(?:skip|skipif|xfail|importorskip)|unittest\.skip\w*")
BY_NAME = {f"django.utils.timezone.{name}" for name in ("now", "localtime", "localdate")}


def clock_of_the_process(module: Module) -> Iterator[str]:
    """Time is the database's, read at the door: `workflow.clock.now()`."""
    if module.path.startswith(CLOCK_ROOMS) or module.is_test:
        return
    for node in module.all_of(ast.Attribute):
        if CLOCKS.fullmatch(dotted(node)):
            yield f"line {node.lineno} reads the clock of the process: {dotted(node)}"
    yield from (f"line {name.line} imports {name.name}" for name in module.imports if name.name in BY_NAME)


def refreshed_object(module: Module) -> Iterator[str]:
    """It would leave the old status standing, or unlocked; fetch the object again."""
    for node in module.all_of(ast.Attribute):
        if node.attr == "refresh_from_db":
            yield f"line {node.lineno} refreshes an object"


def empty_post_taken_for_none(module: Module) -> Iterator[str]:
    for node in module.all_of(ast.BoolOp):
        if isinstance(node.op, ast.Or) and dotted(node.values[0]).endswith((".POST", ".FILES")):
            yield f"line {node.lineno} takes an empty form for none"


def status_set_by_hand(module: Module) -> Iterator[str]:
    """Only a step sets a status, and only django-fsm does it."""
    if module.is_test or module.is_migration:
        return
    for node in module.all_of(ast.Attribute):
        if node.attr == "status" and isinstance(node.ctx, ast.Store):
            yield f"line {node.lineno} sets {dotted(node) or 'a status'}"
    for call in module.all_of(ast.Call):
        if called(call) in ("update", "bulk_update", "setattr"):
            given: list[object] = [keyword.arg for keyword in call.keywords]
            given += [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
            if "status" in given:
                yield f"line {call.lineno} sets a status"


def called(node: ast.Call) -> str:
    """The name by which something is called: "update" of `Initiative.objects.filter(pk=1).update()`."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)


def hidden_work(module: Module) -> Iterator[str]:
    """`save()` saves and signals do not exist: what happens stands in the service that does it."""
    if module.path == "organisation/apps.py":  # writes the roles after a migration
        return
    for name in module.imports:
        if name.name.startswith(("django.db.models.signals", "django.dispatch", "django_fsm.signals")):
            yield f"line {name.line} imports {name.name}"
    for node in module.all_of(ast.ClassDef) if module.room == "models" else ():
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete"):
                yield f"line {method.lineno} does more in {method.name}()"


def unescaped_html(module: Module) -> Iterator[str]:
    for node in module.all_of(ast.Call):
        if called(node) == "mark_safe":
            yield f"line {node.lineno} calls text safe"


def words_of_the_machine(module: Module) -> Iterator[str]:
    """It speaks English; why it refuses is told in Dutch by `because` (bodycams/embedded/bootstrap.py)."""
    for node in [] if module.is_test else module.all_of(ast.Attribute):
        if node.attr == "strerror":
            yield f"line {node.lineno} quotes the machine"


def skipped_test(module: Module) -> Iterator[str]:
    """A test that does not run proves nothing."""
    for node in module.all_of(ast.Attribute):
        if SKIPS.fullmatch(dotted(node)):
            yield f"line {node.lineno} skips: {dotted(node)}"


def imitation(module: Module) -> Iterator[str]:
    """The tests run on a real PostgreSQL, a real Valkey and a real browser."""
    yield from (f"line {name.line} imitates" for name in module.imports if name.name.startswith("unittest.mock"))


AT_ONCE = {
    "all_inner_texts",
    "evaluate",
    "inner_text",
    "input_value",
    "is_checked",
    "is_hidden",
    "is_visible",
    "text_content",
}


def hasty_reading(module: Module) -> Iterator[str]:
    """What a browser shows is asked with `expect`, which waits for it: a busy machine is not a fault."""
    for statement in module.all_of(ast.Assert):
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and called(node) in AT_ONCE:
                yield f"line {node.lineno} does not wait for {called(node)}"


# --- words, in every text -------------------------------------------------------------------------

UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")
REGISTRIES = re.compile(r"\b(?:py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|deb\.[d]ebian\.org)\b")
ADDRESS = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b")
NOBODY = ("example.org", "example.com", "example.nl", "voorbeeld.nl", "politie.example")
NOBODYS = ("functie@politie.nl",)
FROM_ELSEWHERE = ("bodycams/tests/assets/",)


def unfinished(text: Text) -> Iterator[str]:
    yield from (f"is not finished: {word}" for word in UNFINISHED.findall(text.text))


def registry(text: Text) -> Iterator[str]:
    """Where packages come from is for whoever installs."""
    yield from (f"names {host}" for host in REGISTRIES.findall(text.text))


def somebodys_address(text: Text) -> Iterator[str]:
    for found in ADDRESS.finditer(text.text):
        if found["host"] not in NOBODY and found[0] not in NOBODYS:
            yield f"has the address {found[0]}"


# --- the building, and the twins ------------------------------------------------------------------

CALLS = (
    clock_of_the_process,
    refreshed_object,
    empty_post_taken_for_none,
    status_set_by_hand,
    hidden_work,
    unescaped_html,
    words_of_the_machine,
    skipped_test,
    imitation,
    hasty_reading,
)
WORDS = (unfinished, registry, somebodys_address)


@pytest.mark.parametrize("check", CALLS)
def test_no_module_makes_a_forbidden_call(check: Callable[[Module], Iterator[str]]) -> None:
    assert faults(check, modules()) == []


@pytest.mark.parametrize("check", WORDS)
def test_no_text_has_a_forbidden_word(check: Callable[[Text], Iterator[str]]) -> None:
    assert faults(check, [text for text in texts() if not text.path.startswith(FROM_ELSEWHERE)]) == []


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (clock_of_the_process, "day = datetime.date.today()"),
        (clock_of_the_process, "moment = datetime.now(tz=UTC)"),
        (clock_of_the_process, "moment = timezone.now"),
        (clock_of_the_process, "from django.utils.timezone import localdate"),
        (refreshed_object, "initiative.refresh_from_db()"),
        (empty_post_taken_for_none, "form = Form(request.POST or None)"),
        (status_set_by_hand, "initiative.status = 'goedgekeurd'"),
        (status_set_by_hand, "Initiative.objects.filter(pk=1).update(status='goedgekeurd')"),
        (status_set_by_hand, "Initiative.objects.bulk_update(rows, 'status')"),
        (hidden_work, "class A(Model):\n    def save(self): pass"),
        (hidden_work, "from django.db.models.signals import post_save"),
        (unescaped_html, "html = mark_safe(text)"),
        (words_of_the_machine, "sentence = f'Dat kan niet: {error.strerror}.'"),
        (skipped_test, "@pytest.mark.skipif(True)\ndef test_a(): pass"),
        (skipped_test, "pytest.skip('no browser')"),
        (imitation, "from unittest.mock import patch"),
        (hasty_reading, "assert 'Bewaard' in page.inner_text('main')"),
        (hasty_reading, "assert page.evaluate('document.activeElement.id') == 'fouten'"),
    ],
)
def test_twin_forbidden_call_is_found(check: Callable[[Module], Iterator[str]], line: str) -> None:
    assert len(faults(check, [Module("initiatives/models/initiative.py", line)])) == 1


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (unfinished, f"# {'TO'}DO: later"),
        (registry, f"--index-url https://{'pypi'}.org/simple"),
        (somebodys_address, f"mail iemand@{'politie'}.nl"),
    ],
)
def test_twin_forbidden_word_is_found(check: Callable[[Text], Iterator[str]], text: str) -> None:
    assert len(faults(check, [Text("docs/a.md", text)])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "at = clock.now()",
        "sentence = f'Dat kan niet: {because(error)}.'",
        "form = Form(request.POST if request.method == 'POST' else None)",
        "if initiative.status in step.sources: response = render(request, 'a.html', status=409)",
        "Notice.objects.update(sent_at=at)",
        "class Form:\n    def clean(self): pass",
        "expect(page.locator('main')).to_contain_text('Bewaard')",
    ],
)
def test_what_is_allowed_is_no_fault(line: str) -> None:
    module = Module("initiatives/services.py", line)
    assert [fault for check in CALLS for fault in faults(check, [module])] == []
