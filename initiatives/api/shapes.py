"""The shapes of what is asked of the API and of what it answers; the description of the API is made of them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator
from pydantic.alias_generators import to_camel

from bodycams.form_errors import FIRST_DAY, LAST_DAY
from initiatives.choices import FinalGround, Kind, Support
from initiatives.models import FileTerm
from initiatives.procedure import Status
from initiatives.register.asked import RETURNED
from workflow.dates import parse_day


class State(StrEnum):
    """The statuses of what was filed: a concept among them was returned."""

    TERUGGESTUURD = RETURNED
    AANGEMELD = Status.AANGEMELD.value
    BEOORDEELD = Status.BEOORDEELD.value
    GOEDGEKEURD = Status.GOEDGEKEURD.value
    AFGEWEZEN = Status.AFGEWEZEN.value
    BEZWAAR = Status.BEZWAAR.value
    INGETROKKEN = Status.INGETROKKEN.value


class TermKind(StrEnum):
    """What a term is for."""

    FIRST_DECISION = FileTerm.Kind.FIRST_DECISION.value
    SUPPLEMENT = FileTerm.Kind.SUPPLEMENT.value
    OBJECTION = FileTerm.Kind.OBJECTION.value
    OBJECTION_DECISION = FileTerm.Kind.OBJECTION_DECISION.value
    LATE_OBJECTION_DECISION = FileTerm.Kind.LATE_OBJECTION_DECISION.value


AnyDay = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class Order(StrEnum):
    NEWEST = "-filedAt"
    OLDEST = "filedAt"


class Shape(Schema):
    """Names as JSON has them: `filedAt`."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Question(BaseModel):
    """What stands behind the question mark. What is not known there is refused: who misspells a filter would else get
    everything.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _all_that_was_given(cls, known: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Put back what Ninja left out because it does not know it, so that it is refused along with the rest."""
        given = info.context["request"].GET if info.context else {}
        return {**{name: given[name] for name in given}, **known}

    @field_validator("from_", "until", "peildatum", mode="before", check_fields=False)
    @classmethod
    def _a_day(cls, given: Any) -> Any:
        """Only as 2015-02-19: other ways to write a day are misread."""
        return parse_day(given) if isinstance(given, str) else given


class Selection(Question):
    q: Annotated[str, Field(max_length=200, description="Zoekt in nummer, titel en tekst, zoals het register.")] = ""
    unit: Annotated[str, Field(max_length=20, description="Code van een eenheid.")] = ""
    kind: Kind | None = None
    status: State | None = None
    from_: Annotated[AnyDay | None, Field(alias="from", description="Aangemeld op deze dag of later.")] = None
    until: Annotated[AnyDay | None, Field(description="Aangemeld op deze dag of eerder.")] = None
    vendor: Annotated[str, Field(max_length=120, description="Leverancier, precies zo geschreven.")] = ""
    support: Annotated[Support | None, Field(description="Gevraagde ondersteuning.")] = None
    sort: Order = Order.NEWEST
    page_size: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, Field(max_length=500, description="Uit `next` of `previous` van een antwoord.")] = ""


class Day(Question):
    peildatum: Annotated[date | None, Field(description="Vandaag als u niets meegeeft; nooit in de toekomst.")] = None


class Unit(Shape):
    code: str
    name: str


class Decision(Shape):
    permission: bool
    granted_support: list[Support]
    refused_support: list[Support]
    on_objection: bool
    decided_at: datetime


class Final(Shape):
    ground: FinalGround
    day: date


class Term(Shape):
    kind: TermKind
    last_day: date


class Initiative(Shape):
    number: str
    title: str
    unit: Unit
    teams: str
    kinds: list[Kind]
    status: State
    filed_at: datetime
    cameras_requested: int | None
    cameras_now: int | None
    vendor: str
    model: str
    amount: Annotated[Decimal | None, Field(description="In euro, als tekst met twee decimalen.")]
    unit_pays: bool
    requested_support: list[Support]
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


class Error(Shape):
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
