"""What is written is so: links lead somewhere, named files exist, and tables say what the code says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from bodycams.embedded.suite import clean
from bodycams.tests.building import APPS, ROOT, Text, faults, texts
from initiatives import choices
from initiatives.forms.concept import ConceptForm
from initiatives.models import Initiative
from workflow.steps import steps_of

LINK = re.compile(r"\[[^\]]*\]\((?!https?:)(?P<path>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|html|css|toml|txt|md|js|sh)|(?:[\w.-]+/)+|script/\w+")
DOTTED = re.compile(rf"(?:{'|'.join(APPS)})(?:\.[A-Za-z_]\w*)+(?<!\.html)(?<!\.py)")
VARIABLE = re.compile(r"\benv(?:\.\w+)?\(\s*[\"']([A-Z_]+)[\"']|environ\.get\(\s*[\"']([A-Z_]+)[\"']")
NOT_OURS = {"PATH"}
"""Of the machine, not of the register."""


def documents() -> list[Text]:
    return [text for text in texts() if text.path == "README.md" or text.path.startswith("docs/")]


def document(path: str) -> Text:
    return next(text for text in documents() if text.path == path)


def section(text: str, title: str) -> str:
    """What stands under a heading, until the next one of its level."""
    return re.split(r"^## ", text.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the rows of the tables in a text, without the line under the head."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-: ")]


# --- links and files ------------------------------------------------------------------------------


def broken_link(text: Text) -> Iterator[str]:
    for found in LINK.finditer(text.text):
        target = (ROOT / text.path).parent / found["path"] if found["path"] else ROOT / text.path
        if not target.exists():
            yield f"leads nowhere: {found[0]}"
        elif found["anchor"] and found["anchor"] not in anchors(target):
            yield f"has no such heading: {found[0]}"


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named_file_that_is_not_there(text: Text) -> Iterator[str]:
    """After `initiatives/rules.py`, `policy.py` is its neighbour and `forms/steps.py` is in the same app. What is named
    before any app (`procedure.py`) has to be somewhere.
    """
    for line in text.text.splitlines():
        near: list[Path] = []
        for name in filter(FILE.fullmatch, CODE.findall(line)):
            found = next((place / name for place in (ROOT, *near) if (place / name).exists()), None)
            if found is None and claims_to_be_ours(name) and (near or name not in names_of_files()):
                yield f"names {name}"
            elif found and (parts := found.relative_to(ROOT).parts)[0] in APPS:
                near = [found if found.is_dir() else found.parent, ROOT / parts[0]]


def named_module_that_is_not_there(text: Text) -> Iterator[str]:
    """`retention.choices.Why` is a name in `retention/choices.py`."""
    for name in filter(DOTTED.fullmatch, CODE.findall(text.text)):
        place, parts = ROOT, name.split(".")
        while parts and (place / parts[0]).is_dir():
            place /= parts.pop(0)
        module = place / f"{parts[0]}.py" if parts else place
        if module.is_file():
            place, parts = module, parts[1:]
        said = place if place.is_file() else place / "__init__.py"
        if parts and not re.search(rf"\b{parts[0]}\b", said.read_text()):
            yield f"names {name}"


def claims_to_be_ours(name: str) -> bool:
    """`overzicht.pdf` and `postgres/` are somebody else's."""
    return name.endswith((".py", ".html", ".css", ".js")) or (ROOT / name.split("/")[0]).exists()


def names_of_files() -> set[str]:
    return {Path(text.path).name for text in texts()}


# --- tables ---------------------------------------------------------------------------------------


def incomplete_decision(text: Text) -> Iterator[str]:
    for cells in rows(section(text.text, "Decisions") or text.text):
        if cells[0] != "date" and (len(cells) != 4 or not all(cells) or not re.fullmatch(r"\d{4}-\d\d-\d\d", cells[0])):
            yield f"has no date, choice, why and what was refused in: {' | '.join(cells)[:80]}"


def variables_read() -> set[str]:
    read = [(ROOT / "bodycams/settings.py").read_text()]
    read += [path.read_text() for path in (ROOT / "bodycams/embedded").glob("*.py")]
    return {name for text in read for pair in VARIABLE.findall(text) for name in pair if name} - NOT_OURS


def test_links_and_named_files_are_there() -> None:
    assert faults(broken_link, documents()) == []
    assert faults(named_file_that_is_not_there, documents()) == []


def test_every_document_is_named_in_the_readme() -> None:
    named = {found["path"] for found in LINK.finditer(document("README.md").text)}
    assert {text.path for text in documents() if text.path.endswith(".md")} - named == {"README.md"}


def test_every_decision_says_when_what_why_and_what_was_refused() -> None:
    assert faults(incomplete_decision, [document("README.md"), document("docs/decisions.md")]) == []


def test_the_environment_is_the_one_that_is_read() -> None:
    told = {
        name for cells in rows(section(document("README.md").text, "Environment")) for name in CODE.findall(cells[0])
    }
    assert told == variables_read() | {"DEMO"}  # asked by `bodycams.checks.is_demo`


def test_no_variable_of_whoever_runs_the_tests_reaches_them() -> None:
    read = dict.fromkeys(variables_read() | {"DEMO"}, "x")
    assert set(clean(read)) == {"BODYCAMS_HOME", "CHROMIUM_PATH"}  # the first is set anew


def test_every_component_is_told_of() -> None:
    told = set(re.findall(r"[`% ]([a-z][a-z-]+)(?=[`,; ])", section(document("docs/look.md").text, "Components")))
    components = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    assert components - told == set()


def test_every_command_is_told_of() -> None:
    ours = {name for name, app in get_commands().items() if app.partition(".")[0] in APPS} - {"migrate"}
    told = {name.split()[0] for name in CODE.findall(document("docs/commands.md").text)}
    assert ours - told == set()


def test_the_steps_are_the_declared_ones() -> None:
    told = [
        (name.strip("`"), set(sources.split(", ")), set(sources.split(", ")) if to == "stays" else set(to.split(", ")))
        for name, sources, to, _ in rows(section(document("docs/procedure.md").text, "The steps"))[1:]
    ]
    assert told == [(step.name, set(step.sources), set(step.targets)) for step in steps_of(Initiative).values()]


def test_addresses_that_stay_lead_to_pages() -> None:
    told = CODE.findall(section(document("docs/names.md").text, "Addresses"))
    addresses = [re.sub(r"<\w+>", "1", name) for name in told if name.startswith("/")]
    assert len(addresses) > 20
    assert [address for address in addresses if not leads_somewhere(address)] == []


def leads_somewhere(address: str) -> bool:
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


def test_fields_and_values_that_stay_are_those_of_the_forms() -> None:
    told = set(CODE.findall(document("docs/names.md").text))
    values = {value for kind in KINDS_OF_VALUES for value in kind.values}
    assert values - told == set()
    fields = section(document("docs/names.md").text, "Forms").partition("Fields of the form of a file")[2]
    assert set(CODE.findall(fields.partition("\n\n")[0])) - {"/bewerken/", "serial;YYYY-MM-DD"} <= set(
        ConceptForm.base_fields
    )


KINDS_OF_VALUES = (
    *(choices.Kind, choices.TargetGroup, choices.Use, choices.Function, choices.Activation, choices.Task),
    *(choices.Purpose, choices.Place, choices.Support, choices.Party, choices.Outcome, choices.Subject),
    *(choices.Element, choices.Outside, choices.Judgement, choices.Compliance, choices.Opinion, choices.Dictum),
)


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (broken_link, "README.md", "[here](docs/nowhere.md)"),
        (broken_link, "docs/a.md", "[here](terms.md#no-such-heading)"),
        (named_file_that_is_not_there, "README.md", "| a rule | `initiatives/rules.py`, `no_policy.py` |"),
        (named_file_that_is_not_there, "README.md", "`initiatives/nothing.py`"),
        (named_module_that_is_not_there, "docs/a.md", "`retention.no_rows.Shown`"),
        (named_module_that_is_not_there, "docs/a.md", "`retention.choices.NoSuchThing` beside `retention.choices.Why`"),
        (incomplete_decision, "README.md", "\n## Decisions\n\n| 2026-11-21 | Something | because | |\n"),
        (incomplete_decision, "README.md", "\n## Decisions\n\n| yesterday | Something | because | else |\n"),
    ],
)
def test_twin_untrue_document_is_found(check: Callable[[Text], Iterator[str]], path: str, text: str) -> None:
    assert len(faults(check, [Text(path, text)])) == 1
