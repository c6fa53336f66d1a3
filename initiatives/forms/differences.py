"""Two people wrote in the same concept: what differs between their texts, field by field.

A form carries along, per field, a short print of what it showed when it was opened (`prints`). So of each difference it
is known whether who saves now wrote it, or only had it on the screen while another wrote.
"""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import blake2s
from typing import Any, NamedTuple

from django import forms

from initiatives.forms.concept import ConceptForm

NOTHING = "(leeg)"


class Difference(NamedTuple):
    """A field in which the text that is sent is not the text that is stored. `is_mine`: who sends it wrote it."""

    name: str
    label: str
    mine: str
    theirs: str
    is_mine: bool


def prints(form: ConceptForm) -> str:
    """The prints of what is stored, to be carried along in a form."""
    return " ".join(f"{name}:{_print(form.as_typed(name, value))}" for name, value in form.initial.items())


def differences(sent: ConceptForm, now: ConceptForm, opened: str) -> Iterator[Difference]:
    """What `sent` says otherwise than is stored `now`. `opened` are the prints that came along; without them every
    difference counts as written by the sender. What cannot be read is left out: it comes back as an error later.
    """
    shown = dict(pair.split(":", 1) for pair in opened.split() if ":" in pair)
    for name, value in sent.cleaned_data.items():
        typed = sent.as_typed(name, value)
        field, theirs = sent.fields[name], now.initial[name]
        if typed != now.as_typed(name, theirs):
            both = (in_words(field, value), in_words(field, theirs))
            yield Difference(name, str(field.label), both[0], both[1], shown.get(name) != _print(typed))


def in_words(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(field, forms.ChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]
        return ", ".join(str(labels.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    if isinstance(value, date):
        return f"{value:%-d-%-m-%Y}"
    return str(field.prepare_value(value))


def _print(typed: list[str]) -> str:
    return blake2s(json.dumps(typed).encode(), digest_size=4).hexdigest()
