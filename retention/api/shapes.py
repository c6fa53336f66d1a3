"""The shapes of what programs are answered about recordings, and of what they ask; the description is made of them."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import BeforeValidator

from initiatives.api.shapes import Error, Question, Seal, Shape
from retention.choices import Ground, How, Place, PlaceException, Why
from retention.intake.batch import Result
from retention.intake.fields import NO_MOMENT, Wrong, moment
from retention.procedure import Status
from workflow.clock import midnight
from workflow.dates import DateError, parse_day


class Became(Schema):
    """What became of one item. Not taken in: with the fields of a problem."""

    result: Result
    status: int
    source: str | None = None
    source_id: str | None = None
    id: Annotated[int | None, Field(description="Nummer van de opname in het register.")] = None
    state: Status | None = None
    marks: Annotated[list[str] | None, Field(description="Wat aan de opname opvalt.")] = None
    type: str | None = None
    title: str | None = None
    detail: str | None = None
    errors: list[Error] | None = None


class Received(Schema):
    id: int
    state: Status
    file_seen_at: datetime


class Proof(Schema):
    sha256: str
    ground: Why
    how: How
    destroyed_at: datetime
    run: int


class Recording(Schema):
    id: int
    source: str
    source_id: str
    camera_serial: str
    known_camera: Annotated[bool, Field(description="Of deze camera in de inventaris staat.")]
    unit: str
    initiative: str | None
    used_from: datetime
    used_to: datetime
    shift_end: datetime
    uploaded_at: datetime
    arrived_at: datetime
    true_from: Annotated[datetime | None, Field(description="Het tijdstip van gebruik dat een beoordelaar vaststelde.")]
    size: int
    sha256: str
    storage_key: str
    file_seen_at: datetime | None
    place: Place
    exception: PlaceException | str
    announced: bool
    state: Status
    ground: Ground | str
    keep_until: Any
    set_apart: Annotated[bool, Field(description="De klok van de camera kan niet kloppen.")]
    late: bool
    judging_closes_at: datetime
    must_be_gone_by: datetime
    next_at: Annotated[datetime | None, Field(description="Het eerste tijdstip waarop er vanzelf iets gebeurt.")]
    proof: Annotated[Proof | None, Field(description="Het bewijs van vernietiging.")]
    self: Annotated[str, Field(description="Adres van deze opname in de API.")]


class Page(Schema):
    recordings: list[Recording]
    next: Annotated[str | None, Field(description="Adres van de volgende bladzijde.")]
    previous: Annotated[str | None, Field(description="Adres van de vorige bladzijde.")]


def _a_moment(given: Any) -> Any:
    """A moment as RFC 3339 writes it, or a day: then its midnight in the Netherlands."""
    try:
        return midnight(parse_day(given)) if len(given) == 10 else moment(given)
    except (DateError, Wrong) as wrong:
        raise ValueError(NO_MOMENT) from wrong


class Selection(Question):
    state: Status | None = None
    unit: Annotated[str, Field(max_length=20, description="Code van een eenheid.")] = ""
    due_before: Annotated[
        datetime | None,
        BeforeValidator(_a_moment),
        Field(description="Waarmee vóór dit tijdstip vanzelf iets gebeurt."),
    ] = None
    page_size: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, Field(max_length=500, description="Uit `next` of `previous` van een antwoord.")] = ""


class Undecided(Shape):
    """The recording that waits longest for a judge."""

    id: int
    judging_closes_at: datetime


class Heartbeat(Shape):
    """Whether the hourly review is held."""

    last_ended_at: datetime | None
    alive: Annotated[bool, Field(description="Onwaar als de klok meer dan twee uur niets liet horen.")]


class Condition(Shape):
    review: Heartbeat
    last_seal: Seal | None
    oldest_undecided: Undecided | None
    overdue: Annotated[int, Field(description="Opnamen die er niet meer hadden mogen zijn.")]
