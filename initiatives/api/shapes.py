"""The shapes of what is asked of the API and of what it answers; the description of the API is made of them."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict, field_validator
from pydantic.alias_generators import to_camel

from initiatives.choices import FinalGround, Kind, Support
from initiatives.models import FileTerm
from initiatives.procedure import Status
from initiatives.register import RETURNED
from workflow.dates import parse_day

State = Enum("State", {value: RETURNED if value == Status.CONCEPT else value for value in Status.values}, type=str)  # type: ignore[misc]
KindOf = Enum("KindOf", {value: value for value in Kind.values}, type=str)  # type: ignore[misc]
SupportOf = Enum("SupportOf", {value: value for value in Support.values}, type=str)  # type: ignore[misc]
TermOf = Enum("TermOf", {value: value for value in FileTerm.Kind.values}, type=str)  # type: ignore[misc]
Ground = Enum("Ground", {value: value for value in FinalGround.values}, type=str)  # type: ignore[misc]


class Order(str, Enum):
    NEWEST = "-filedAt"
    OLDEST = "filedAt"


class Shape(Schema):
    """Names as JSON has them: `filedAt`."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Question(Shape):
    """What stands behind the question mark; what is not known there is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("from_", "until", "peildatum", mode="before", check_fields=False)
    @classmethod
    def _a_day(cls, given: Any) -> Any:
        """Only as 2015-02-19: other ways to write a day are misread."""
        return parse_day(given) if isinstance(given, str) else given


class Selection(Question):
    q: Annotated[str, Field(max_length=200, description="Zoekt in nummer, titel en tekst, zoals het register.")] = ""
    unit: Annotated[str, Field(max_length=20, description="Code van een eenheid.")] = ""
    kind: KindOf | None = None
    status: State | None = None
    from_: Annotated[date | None, Field(alias="from", description="Aangemeld op deze dag of later.")] = None
    until: Annotated[date | None, Field(description="Aangemeld op deze dag of eerder.")] = None
    vendor: Annotated[str, Field(max_length=120, description="Leverancier, precies zo geschreven.")] = ""
    support: Annotated[SupportOf | None, Field(description="Gevraagde ondersteuning.")] = None
    sort: Order = Order.NEWEST
    page_size: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, Field(max_length=500, description="Uit `next` of `previous` van een antwoord.")] = ""


class Day(Question):
    peildatum: Annotated[date | None, Field(description="Vandaag als u niets meegeeft; nooit in de toekomst.")] = None


class UnitOf(Shape):
    code: str
    name: str


class Decision(Shape):
    permission: bool
    granted_support: list[SupportOf]
    refused_support: list[SupportOf]
    on_objection: bool
    decided_at: datetime


class Final(Shape):
    ground: Ground
    day: date


class Term(Shape):
    kind: TermOf
    last_day: date


class Initiative(Shape):
    number: str
    title: str
    unit: UnitOf
    teams: str
    kinds: list[KindOf]
    status: State
    filed_at: datetime
    cameras_requested: int | None
    cameras_now: int | None
    vendor: str
    model: str
    amount: Annotated[Decimal | None, Field(description="In euro, als tekst met twee decimalen.")]
    unit_pays: bool
    requested_support: list[SupportOf]
    decision: Annotated[Decision | None, Field(description="Het besluit dat nu geldt.")]
    final: Final | None
    term: Annotated[Term | None, Field(description="De termijn die nu loopt.")]
    self: Annotated[str, Field(description="Adres van dit initiatief in de API.")]


class File(Initiative):
    description: str
    target_groups: list[str]
    uses: list[str]
    purposes: list[str]
    places: list[str]
    period_from: date | None
    period_until: date | None
    decisions: Annotated[list[Decision], Field(description="Alle besluiten, het eerste voorop.")]


class Page(Shape):
    initiatives: list[Initiative]
    next: Annotated[str | None, Field(description="Adres van de volgende bladzijde.")]
    previous: Annotated[str | None, Field(description="Adres van de vorige bladzijde.")]


class Seal(Shape):
    number: int
    last_entry: Annotated[int, Field(description="Volgnummer van de laatste regel die verzegeld is.")]
    sealed_at: datetime
    anchor: Annotated[str, Field(description="De regel waarmee u het zegel buiten het register bewaart.")]


class State_(Shape):
    last_seal: Seal | None


class Error(Shape):
    """What is wrong with one part of the request."""

    where: Annotated[str, Field(alias="in")]
    name: str
    code: str
    detail: str


class Problem(Shape):
    type: str
    status: int
    title: str
    detail: str
    errors: list[Error] | None = None
