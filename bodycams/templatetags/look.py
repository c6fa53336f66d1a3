"""The tags of the look: `{% load look %}`. Small things by name; the larger components are plain includes.

Not here: what things look like (`bodycams/look.py`, `templates/components/`).
"""

import re
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from jinja2 import Environment

from bodycams import look

register = template.Library()

register.simple_tag(look.icon_html, name="icon")
register.simple_tag(look.moment_html, name="moment")
register.simple_tag(look.badge_html, name="badge")
register.simple_tag(look.term_html, name="term")
register.simple_tag(look.mark_html, name="mark")


# Where a long compound may be broken at the end of a line; browsers know too little Dutch.
BREAKS = re.compile("(?<=beheers)(?=ondersteuning)", re.IGNORECASE)


@register.filter
def breakable(words: str) -> str:
    """The words with invisible hyphens, for narrow columns."""
    return BREAKS.sub("\N{SOFT HYPHEN}", words)


register.filter(look.shortened)


@register.simple_tag
def flag(label: str, tone: str, icon: str = "") -> SafeString:
    """A badge whose words are written in the template: `{% flag "Dringend" "urgent" %}`."""
    return look.badge_html(look.Badge(label, tone, icon))


FILTERS = {
    "badge": look.badge_html,
    "breakable": breakable,
    "days": look.term_html,
    "icon": look.icon_html,
    "mark": look.mark_html,
    "moment": look.moment_html,
}
"""What Jinja2 has where Django's templates have a tag: `{{ row.computed|mark("icon") }}`. A filter costs it less than a
call.
"""


def environment(**options: Any) -> Environment:
    """Jinja2 as the settings ask for it."""
    made = Environment(**options)  # noqa: S701  # Django says that it escapes
    made.filters |= FILTERS
    return made


@register.simple_tag
def drawn(template_name: str, **context: Any) -> SafeString:
    """The rows of a long component, which Jinja2 draws in half the time (docs/bench.md)."""
    return SafeString(render_to_string(template_name, context, using="jinja"))


@register.inclusion_tag("components/alert.html")
def alert(tone: str, text: str = "", title: str = "", icon: str = "") -> dict[str, Any]:
    """A message on the page; tone is a key of ALERT_TONES."""
    return {"tone": tone, "text": text, "title": title, "icon": icon or look.ALERT_TONES[tone]}


@register.simple_block_tag
def panel(content: SafeString, title: str = "", plain: bool = False) -> SafeString:
    """A box around what stands between the tags: `{% panel "Dit gebeurt er" %}…{% endpanel %}`."""
    return render_to_string("components/panel.html", {"content": content, "title": title, "plain": plain})


@register.simple_block_tag
def table(content: SafeString, name: str, columns: list[look.Heading], kind: str = "") -> SafeString:
    """A wide table around its bodies: `{% table "Initiatieven" columns %}<tbody role="rowgroup">…{% endtable %}`."""
    context = {"content": content, "name": name, "columns": columns, "kind": kind}
    return render_to_string("components/table.html", context)


@register.simple_block_tag
def question(content: SafeString, number: int, title: str, note: str = "") -> SafeString:
    """One numbered question of a step's form: `{% question 1 "Wat zijn uw redenen?" %}…{% endquestion %}`."""
    context = {"content": content, "number": number, "title": title, "note": note}
    return render_to_string("components/question.html", context)


@register.simple_block_tag
def form_section(content: SafeString, section: Any) -> SafeString:
    """One part of a long form, folded: `{% form_section section %}…{% endform_section %}`."""
    return render_to_string("components/form-section.html", {"content": content, "section": section})
