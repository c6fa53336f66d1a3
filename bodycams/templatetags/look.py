"""The tags of the look: `{% load look %}`. Small things by name; the larger components are plain includes.

Not here: what things look like (`bodycams/look.py`, `templates/components/`).
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bodycams import look

register = template.Library()

register.simple_tag(look.icon_html, name="icon")
register.simple_tag(look.badge_html, name="badge")
register.simple_tag(look.term_html, name="term")
register.simple_tag(look.mark_html, name="mark")


@register.simple_tag
def flag(label: str, tone: str, icon: str = "") -> SafeString:
    """A badge whose words are written in the template: `{% flag "Dringend" "urgent" %}`."""
    return look.badge_html(look.Badge(label, tone, icon))


@register.inclusion_tag("components/alert.html")
def alert(tone: str, text: str = "", title: str = "", icon: str = "") -> dict[str, Any]:
    """A message on the page; tone is a key of ALERT_TONES."""
    return {"tone": tone, "text": text, "title": title, "icon": icon or look.ALERT_TONES[tone]}


@register.simple_block_tag
def panel(content: SafeString, title: str = "", plain: bool = False) -> SafeString:
    """A box around what stands between the tags: `{% panel "Dit gebeurt er" %}…{% endpanel %}`."""
    return render_to_string("components/panel.html", {"content": content, "title": title, "plain": plain})
