"""The form with which a judge says of several recordings at once that they are not necessary."""

from django.http import QueryDict

from bodycams.step_forms import AskingForm, Question
from initiatives.forms.fields import OneOf
from retention.choices import ReasonCode
from retention.forms.steps import capitals, reasons
from retention.services import MOST

TOO_MANY = f"Kies hoogstens {MOST} opnamen tegelijk."


class TogetherForm(AskingForm):
    """One reason for all; `recording` repeats the chosen ones, and is not shown."""

    reason_code = OneOf(capitals(ReasonCode), label="Waarom niet noodzakelijk", empty="Kies een reden.")
    reasons = reasons(required=False)
    questions = (Question("Waarom zijn deze opnamen niet noodzakelijk?", ("reason_code", "reasons")),)


def chosen(data: QueryDict) -> list[int]:
    """The keys that were chosen, each once; what is no key is passed over."""
    keys = [text for text in data.getlist("recording") if text.isascii() and text.isdecimal() and len(text) < 19]
    return list(dict.fromkeys(map(int, keys)))
