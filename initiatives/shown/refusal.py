"""What the page says when a step was refused: what happened meanwhile, and what was typed and is not to be lost."""

from django.http import QueryDict

from initiatives.models import Initiative
from journal.read import trail
from organisation.models import Person
from workflow.clock import AMSTERDAM
from workflow.dates import day_in_words

WORTH_KEEPING = 20
"""From so many characters a typed text is given back to be copied."""


def last_step(initiative: Initiative, reader: Person) -> str:
    """What was done to the file last, and when; with a word when it was the reader's own doing."""
    entry = trail(initiative).first()
    if entry is None:
        return ""
    moment = entry.happened_at.astimezone(AMSTERDAM)
    own = " Dat deed u zelf." if entry.actor == reader.number else ""
    return f"Op {day_in_words(moment.date())} om {moment:%H.%M} uur: {entry}{own}"


def typed(data: QueryDict) -> list[str]:
    """The texts in a form that was not taken."""
    values = [value.strip() for name, values in data.lists() if name != "csrfmiddlewaretoken" for value in values]
    return [value for value in values if len(value) >= WORTH_KEEPING]
