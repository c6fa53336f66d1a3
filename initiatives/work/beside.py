"""What apps above this one show beside the work list, in its own panel: they add it when they start (`also_show`).

What they ask of somebody is in `errands.py`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Beside(NamedTuple):
    """A panel: its head, and the template that draws `shown` in it."""

    title: str
    template: str
    shown: Any


Showing = Callable[[Any], Beside | None]
_others: list[Showing] = []


def also_show(showing: Showing) -> None:
    """Have this shown too, to whom it answers something for; called once, when an app starts."""
    _others.append(showing)


def beside(person: Any) -> list[Beside]:
    """The panels for this person."""
    return [panel for showing in _others if (panel := showing(person))]
