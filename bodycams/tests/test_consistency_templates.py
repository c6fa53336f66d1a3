"""Pages ask and never judge; nothing inline, no stray colour, and nothing that nobody uses."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from bodycams.tests.building import Module, Text, faults, modules, stylesheets, templates, texts

JUDGED = r"status|state|role|roles|today|now|date|day|until|deadline|kind"
COMPARISON = re.compile(r"{%\s*(?:el)?if\b(?P<test>[^%]*)%}")
INLINE = {
    "a script that is not a file": r"<script\b(?![^>]*\bsrc=)",
    "a style": r"<style\b|\sstyle\s*=",
    "a handler": r"\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
}
KEY_IN_AN_ATTRIBUTE = r'="[^"]*\{\{ ?(?:\w+\.)*pk ?\}\}'
UNESCAPED = r"\|\s*safe\b|{%\s*autoescape|\|\s*safeseq\b"
COLOUR = re.compile(
    r"(?<![\w&\"'(/.}-])#(?:[0-9a-fA-F]{3,4}){1,2}\b|\b(?:rgb|hsl|hwb|lab|lch|oklch)a?\("
    r"|:\s*(?:white|black|red|green|blue|gray|grey|orange|yellow)\b"
)
SHOWN_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


# --- what a template may not hold -----------------------------------------------------------------


def judgement(template: Text) -> Iterator[str]:
    """A comparison with a word, or of a status, a role or a date. A component may compare how it is to be shown."""
    for found in COMPARISON.finditer(template.text):
        test = found["test"]
        compares = re.search(r"==|!=|<|>|\bin\b", test)
        with_a_word = re.search(r"(?:==|!=|\bin)\s*[\"']|[\"']\s*(?:==|!=)", test)
        is_component = "/components/" in template.path or "/django/" in template.path
        of_what_a_page_may_not_judge = compares and re.search(rf"\b(?:{JUDGED})\b", test)
        if of_what_a_page_may_not_judge or (with_a_word and not is_component):
            yield f"judges in {{% if{test}%}}"


def inline(template: Text) -> Iterator[str]:
    for what, pattern in INLINE.items():
        if re.search(pattern, template.text):
            yield f"has {what} inline"


def shares_names(template: Text) -> Iterator[str]:
    """A script that is no module: its names clash with those of others on the page, and then none of it runs."""
    yield from (
        f"shares names: {found}" for found in re.findall(r"<script\b(?![^>]*\btype=.module.)[^>]*src=", template.text)
    )


def key_with_points(template: Text) -> Iterator[str]:
    """A number that programs read is written without the points of a Dutch one: `{{ row.pk|unlocalize }}`, since the
    thousandth recording is else sent back as 1.000. (Jinja2 writes no points.)
    """
    if template.path.startswith("templates/") and "/jinja/" not in template.path:
        yield from (f"writes points: {found}" for found in re.findall(KEY_IN_AN_ATTRIBUTE, template.text))


def unescaped(template: Text) -> Iterator[str]:
    yield from (f"shows text unescaped: {found}" for found in re.findall(UNESCAPED, template.text))


def colour(text: Text) -> Iterator[str]:
    """A colour stands in tokens.css. A drawing (`.svg`) has colours of its own."""
    if not text.path.endswith(("tokens.css", ".svg")):
        yield from (f"has the colour {found.strip()}" for found in COLOUR.findall(text.text))


def colour_in_code(module: Module) -> Iterator[str]:
    for node in module.all_of(ast.Constant) if not module.is_test else ():
        if isinstance(node.value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", node.value):
            yield f"has the colour {node.value}"


def no_way_back(template: Text) -> Iterator[str]:
    """A form that fills a page leads back, beside the button that sends it. (`layouts/answer.html` does so itself.)"""
    fills_a_page = re.search(r"{% extends .layouts/(?:form|confirm|step)\.html", template.text)
    leads_back = re.search(r"kind=.(?:subtle|secondary)\b|nl-button--(?:subtle|secondary)", template.text)
    if fills_a_page and not leads_back and not template.path.startswith("templates/layouts/"):
        yield "has no way back"


# --- what nobody uses -----------------------------------------------------------------------------


def named_in(module: Module) -> Iterator[str]:
    """Patterns of the templates that a module names; `f"mail/{step}.txt"` names every mail."""
    for made in module.all_of(ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "" for part in made.values]
        if "/" in "".join(parts):
            yield ".+".join(re.escape(part) for part in parts if part) if any(parts) else ""
    for node in module.all_of(ast.Constant):
        if isinstance(node.value, str) and re.search(r"\.\w{3,4}$", node.value):
            yield re.escape(node.value)


def unused_templates(building: tuple[Module, ...], pages: tuple[Text, ...]) -> list[str]:
    """Django's form templates are found by their name."""
    named = {pattern for module in building if not module.is_test for pattern in named_in(module)}
    for page in pages:
        named.update(re.escape(name) for name in re.findall(r"[\"']([\w/.-]+\.\w{3,4})[\"']", page.text))
    by_name = {page.path.partition("templates/")[2]: page for page in pages}
    return [
        name
        for name in sorted(by_name)
        if name not in SHOWN_BY_DJANGO
        and not name.startswith("django/")
        and not any(re.fullmatch(pattern, name) for pattern in named)
    ]


def unused_components(styles: tuple[Text, ...], pages: tuple[Text, ...]) -> list[str]:
    """Stylesheets of a component whose name is no class in any template, nor in the code."""
    found = []
    everything = "\n".join(page.text for page in pages)
    for style in styles:
        name = style.path.rpartition("/")[2].removesuffix(".css")
        if "/components/" in style.path and not re.search(rf"(?<![\w-]){name}(?![\w])", everything):
            found.append(style.path)
    return found


# --- the building, and the twins ------------------------------------------------------------------


@pytest.mark.parametrize("check", [judgement, inline, shares_names, key_with_points, unescaped, colour, no_way_back])
def test_no_template_has_a_fault(check: Callable[[Text], Iterator[str]]) -> None:
    assert faults(check, templates()) == []


def test_colours_stand_in_the_tokens_only() -> None:
    assert faults(colour, stylesheets()) == []
    assert faults(colour_in_code, modules()) == []


def test_no_script_of_ours_writes_inline_style_or_script() -> None:
    scripts = [text for text in texts() if text.path.startswith("static/") and text.path.endswith(".js")]
    assert [text.path for text in scripts if re.search(r"\.style\b|innerHTML|\beval\(|new Function", text.text)] == []


def test_every_template_and_every_component_is_used() -> None:
    assert unused_templates(modules(), templates()) == []
    assert unused_components(stylesheets(), templates()) == []


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (judgement, '{% if initiative.status == "concept" %}'),
        (judgement, '{% if "auditor" in person.roles %}'),
        (judgement, "{% elif term.last_day < today %}"),
        (judgement, "{% if person.role != other.role %}"),
        (judgement, '{% if mode == "wide" %}'),
        (inline, "<script>alert(1)</script>"),
        (inline, '<p style="color: blauw">'),
        (inline, "<style>p {}</style>"),
        (inline, '<button onclick="go()">'),
        (inline, '<a href="javascript:void(0)">'),
        (shares_names, "<script src=\"{% static 'js/a.js' %}\" defer></script>"),
        (key_with_points, '<input name="recording" value="{{ row.pk }}">'),
        (key_with_points, '<a href="/?verbetert={{ pk }}">'),
        (unescaped, "{{ reasons|safe }}"),
        (unescaped, "{% autoescape off %}"),
        (colour, "<rect fill=#004682>"),
        (colour, "p { background: rgb(1, 2, 3) }"),
        (colour, "p { color: #fff }"),
        (colour, "p { color: white }"),
        (
            no_way_back,
            '{% extends "layouts/form.html" %}{% include "components/button.html" with label="Verder" only %}',
        ),
    ],
)
def test_twin_fault_in_a_template_is_found(check: Callable[[Text], Iterator[str]], text: str) -> None:
    assert len(faults(check, [Text("templates/initiatives/file.html", text)])) == 1


def test_twin_colour_in_code_is_found() -> None:
    assert len(faults(colour_in_code, [Module("initiatives/charts.py", 'BLUE = "#004682"')])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{% if offers %}{% elif page.number > 1 %}{% endif %}",
        '<script type="module" src="{% static \'js/a.js\' %}"></script>',
        '<a href="#inhoud">Naar de inhoud</a> <use href="{{ sprite }}#add">',
        "p { color: var(--police-blue); white-space: nowrap }",
        "&#8364; 12",
        '<input name="recording" value="{{ row.pk|unlocalize }}">Opname {{ row.pk }}',
        '{% extends "layouts/form.html" %}<a class="nl-button nl-button--subtle" href="/">Terug naar Mijn werk</a>',
    ],
)
def test_what_is_allowed_is_no_fault(text: str) -> None:
    for check in (judgement, inline, shares_names, key_with_points, unescaped, colour, no_way_back):
        assert faults(check, [Text("templates/initiatives/file.html", text)]) == []


def test_twin_unused_template_is_found() -> None:
    code = Module("initiatives/views.py", 'render(request, "initiatives/file.html")\nf"mail/{step.name}.txt"')
    names = ("initiatives/file.html", "initiatives/old.html", "mail/grant.txt", "mail/a.html", "layouts/list.html")
    pages = [Text(f"templates/{name}", "") for name in names]
    pages.append(Text("templates/404.html", '{% extends "layouts/list.html" %}'))
    assert unused_templates((code,), tuple(pages)) == ["initiatives/old.html", "mail/a.html"]


def test_twin_unused_component_is_found() -> None:
    styles = (Text("static/css/components/badge.css", ""), Text("static/css/components/old.css", ""))
    pages = (Text("templates/a.html", '<span class="badge badge--good older">'),)
    assert unused_components(styles, pages) == ["static/css/components/old.css"]
