"""What documents need beside the look of the screen: `{% load paper %}`.

The styles of a document do not reach into a drawing, so a drawing carries its own: those of the screen, in which the
tokens are filled in. Not here: the styles themselves (`static/css/`).
"""

import re
from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
READ = re.compile(r"var\((--[\w-]+)\)")


@register.simple_tag
@cache
def chart_style() -> SafeString:
    styles = settings.BASE_DIR / "static" / "css"
    tokens: dict[str, str] = {}
    for name, value in TOKEN.findall((styles / "tokens.css").read_text()):
        tokens.setdefault(name, value)  # those of small screens come later
    text = (styles / "components" / "chart.css").read_text()
    return format_html("<style>{}</style>", READ.sub(lambda found: tokens[found[1]], text))
