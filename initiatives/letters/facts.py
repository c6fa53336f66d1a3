"""What a letter knows, read back from how `initiatives/letter_facts.py` wrote it down."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from initiatives.choices import Kind
from initiatives.words import joined, plain, so_many
from organisation.models import Unit
from workflow.clock import local_date


class Ruling(NamedTuple):
    """A decision, as the letter tells of it."""

    row: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        """The columns of a decision: `permission`, `granted`, `refused`, `reasons`, `dictum` and so on."""
        return self.row[name]

    @property
    def day(self) -> date:
        return local_date(datetime.fromisoformat(self.row["decided_at"]))

    @property
    def refuses_something(self) -> bool:
        return not self.row["permission"] or bool(self.row["refused"])

    @property
    def amount(self) -> Decimal | None:
        amount = self.row["snapshot"]["amount"]
        return None if amount is None else Decimal(amount)


@dataclass(frozen=True)
class Facts:
    """What stood on the file at the moment of the step."""

    row: dict[str, Any]

    @property
    def number(self) -> str:
        return str(self.row["number"])

    @property
    def title(self) -> str:
        return plain(self.row["title"])

    @property
    def head(self) -> str:
        """Who is in charge of the unit: `de politiechef`."""
        return Unit.Kind(self.row["unit_kind"]).head

    @property
    def unit_in_words(self) -> str:
        """`de eenheid Oost-Brabant`; a service or directorate by its name alone."""
        is_unit = Unit.Kind(self.row["unit_kind"]) == Unit.Kind.REGIONAL
        return f"de eenheid {self.row['unit']}" if is_unit else str(self.row["unit"])

    @property
    def submitted_on(self) -> date:
        return date.fromisoformat(self.row["submitted_on"])

    @property
    def requested(self) -> list[str]:
        return list(self.row["requested"])

    @cached_property
    def first(self) -> Ruling:
        return Ruling(self.row["decisions"][0])

    @cached_property
    def second(self) -> Ruling:
        return Ruling(self.row["decisions"][1])

    @property
    def objected_on(self) -> date:
        return local_date(datetime.fromisoformat(self.row["objection"]["made_at"]))

    def last_day(self, *kinds: str) -> date:
        """On which the term of one of these kinds ends."""
        terms = self.row["terms"]
        return date.fromisoformat(next(terms[kind]["last_day"] for kind in kinds if kind in terms))

    def began(self, kind: str) -> date:
        """The day after which the term of this kind counts."""
        return date.fromisoformat(self.row["terms"][kind]["starts_on"])

    @property
    def subject(self) -> str:
        """What it is about, in half a sentence: `aanschaf en experiment, met 24 camera’s (Zepcam T2)`."""
        snapshot = self.row["decisions"][0]["snapshot"]
        kinds = joined(Kind(kind).label.lower() for kind in snapshot["kinds"])
        device = f"{plain(snapshot['vendor'])} {plain(snapshot['model'])}".strip()
        cameras = snapshot["cameras_requested"]
        about = f"{kinds}, met {so_many(cameras, 'camera', 'camera’s')}" if cameras else kinds
        return f"{about} ({device})" if device else about
