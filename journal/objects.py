"""What entries are about, in words: each app says of its own things what they are called, how they are found and where
they are shown (in its `apps.py`). The journal itself knows no other app.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

Names = Callable[[Iterable[str]], dict[str, str]]


class Kind(NamedTuple):
    """A kind of thing. `find` gives the ids of what somebody calls so; `names` what things with these ids are called,
    for those that still exist; `url` where one is shown, empty for nowhere.
    """

    label: str
    find: Callable[[str], list[str]] = lambda text: []
    names: Names = lambda pks: {}
    url: Callable[[str], str] = lambda pk: ""


KINDS: dict[str, Kind] = {}
"""By the label of the model, `app.model`."""


def name_kind(label_lower: str, kind: Kind) -> None:
    KINDS[label_lower] = kind


def label_of(kind: str) -> str:
    """What a kind is called; the last part of its code for one that no app speaks of any more."""
    return KINDS[kind].label if kind in KINDS else kind.rpartition(".")[2]
