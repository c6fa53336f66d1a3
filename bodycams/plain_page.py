"""A page that counts on nothing: without what surrounds it, and when even that fails, as one plain sentence."""

from typing import Any

from django.template.loader import render_to_string

PLAIN = """<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<title>Deze bladzijde kan niet worden getoond - Bodycamregister</title>
<h1>Deze bladzijde kan niet worden getoond</h1>
<p>Probeer het later opnieuw. Lukt het dan nog niet? Vraag het uw functioneel beheerder.</p>
"""
"""For a machine that lacks the page itself, or the static files that it names."""


def plain_page(template: str, context: dict[str, Any] | None = None) -> str:
    try:
        return render_to_string(template, context)
    except Exception:
        return PLAIN
