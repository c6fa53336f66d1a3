"""One recording as its page shows it: in a few words, its 28 days, its facts, why it is kept, and how it ended."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.html import format_html

from bodycams.charts import Chart, retention
from bodycams.look import Badge, Term
from initiatives.words import size_in_words
from retention.looking.told import is_told_why
from retention.procedure import Status
from retention.worklist.left import days_of, term_of
from retention.worklist.looks import flags, is_gone, place_of
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words

Facts = Iterator[tuple[str, Any]]


def marks(recording: Any, person: Any, at: datetime) -> list[Badge]:
    return list(flags(recording, at, tells_holds=tells_holds(recording, person)))


def tells_holds(recording: Any, person: Any) -> bool:
    """Whether this person is told that it is held: who wore the camera is not, and of what is gone nobody is."""
    return is_told_why(person, recording) and not is_gone(recording)


def term(recording: Any, at: datetime) -> Term:
    return term_of(recording, at)


def line(recording: Any, at: datetime) -> Chart | None:
    """The 28 days; nothing for what is kept longer, or gone."""
    days = days_of(recording, at)
    runs = recording.status in (Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK)
    if not runs:
        return None
    return retention(days.used_on, local_date(at), days.last_judging_day, days.gone_by)


def in_short(recording: Any) -> list[tuple[str, str]]:
    return [
        ("Eenheid", recording.unit.name),
        ("Gebruikt", span(recording)),
        ("Plaats", place_of(recording)),
    ]


def span(recording: Any) -> str:
    """`29 oktober 2026, 21.14 tot 21.18 uur`."""
    began, ended = (moment.astimezone(AMSTERDAM) for moment in (recording.used_from, recording.used_to))
    until = f"{ended:%H.%M}" if began.date() == ended.date() else moment_in_words(recording.used_to)
    return f"{day_in_words(began.date())}, {began:%H.%M} tot {until} uur"


def moment_in_words(moment: datetime) -> str:
    """`29 oktober 2026, 21.14`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{day_in_words(here.date())}, {here:%H.%M}"


def facts(recording: Any) -> Facts:
    """What the dock delivered. After destruction there is no wearer any more, and nobody is told of one."""
    yield "Gebruikt", span(recording)
    if recording.true_from is not None:
        yield "Het juiste tijdstip", f"{moment_in_words(recording.true_from)} uur, vastgesteld door een beoordelaar"
    yield "Plaats", _place(recording)
    yield "Aangekondigd", _announced(recording)
    yield "Camera", f"{recording.camera_serial}{'' if recording.knows_camera else ', niet bekend in het register'}"
    if recording.wearer:
        yield "Drager", f"nummer {recording.wearer}{'' if recording.knows_wearer else ', niet bekend in het register'}"
    if recording.initiative is not None:
        yield "Initiatief", recording.initiative.number
    yield "Einde van de dienst", _shift(recording)
    yield "Uit de camera gehaald", f"{moment_in_words(recording.uploaded_at)} uur"
    yield "Binnengekomen", f"{moment_in_words(recording.arrived_at)} uur"
    yield "Bestand", _file(recording)
    yield "Controlegetal", format_html('<span class="num">{}</span>', recording.sha256)
    yield "Bron", f"{recording.source}, kenmerk {recording.source_id}"


def _place(recording: Any) -> str:
    if recording.exception:
        return f"{place_of(recording)}, uitzondering: {recording.get_exception_display()}"
    return f"{place_of(recording)}{', zonder uitzondering' if recording.rank == 0 else ''}"


def _announced(recording: Any) -> str:
    if recording.announced:
        return "ja"
    return f"nee: {recording.not_announced_reason}" if recording.not_announced_reason else "nee"


def _shift(recording: Any) -> str:
    """As the dock says it, and what is counted when that cannot be right."""
    told, counted = moment_in_words(recording.shift_end), moment_in_words(recording.shift_over_at)
    if told == counted:
        return f"{told} uur"
    return f"{told} uur volgens het dock; geteld wordt {counted} uur, een dag na het gebruik"


def _file(recording: Any) -> str:
    size = size_in_words(recording.size)
    if is_gone(recording):
        return f"{size}, vernietigd"
    if not recording.owns_file:
        return f"{size}, komt niet: een andere opname noemde deze naam in de opslag eerder"
    if recording.file_seen_at is None:
        return f"{size}, nog niet binnen"
    return f"{size}, binnen op {moment_in_words(recording.file_seen_at)} uur"


def proof(recording: Any) -> Facts:
    """How it ended; nothing while it is there."""
    ended = getattr(recording, "proof", None)
    if ended is None:
        return
    yield "Vernietigd", f"{moment_in_words(ended.destroyed_at)} uur"
    yield "Waarom", ended.get_ground_display()
    yield "Hoe vastgesteld", ended.get_how_display()
    yield "Controle", f"nummer {ended.run_id}"
    yield "Controlegetal", format_html('<span class="num">{}</span>', ended.sha256)
