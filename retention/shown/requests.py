"""Requests as pages show them: state, term with its reason, what was decided, letters, recordings and trail."""

from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from bodycams.look import Badge, Term, term
from journal import read
from retention.holds import EXTEND
from retention.looking.told import Line
from retention.models import PrivacyRequest, RequestLetter, RequestLink
from retention.request_choices import ENDS_IN_WORDS, EndsIn
from retention.request_procedure import RequestStatus
from retention.request_terms import decision_term, is_late, objection_term
from retention.requests.holds import Short
from retention.words import label_of, note_of
from retention.worklist.rows import line_of
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.dates import day_in_words
from workflow.terms import count_of_days

LOOKS = {
    RequestStatus.ONTVANGEN: Badge("Ontvangen", "open"),
    RequestStatus.IN_BEHANDELING: Badge("In behandeling", "assessed"),
    RequestStatus.BESLOTEN: Badge("Besloten", "good", "gavel"),
    RequestStatus.GESLOTEN: Badge("Gesloten", "off", "lock"),
}
OBJECTION = Badge("Bezwaar", "warn")


def state_of(request: PrivacyRequest) -> Badge:
    return OBJECTION if request.objection_waits else LOOKS[RequestStatus(request.status)]


def running(request: PrivacyRequest, today: date) -> Term | None:
    """Until when must be decided; None once it was, or was withdrawn."""
    return None if request.decided_on or request.closed_at else term(request.due_on, today)


def row(request: PrivacyRequest, today: date) -> dict[str, Any]:
    return {
        "url": reverse("privacy-request", args=[request.pk]),
        "number": request.number,
        "kind": request.get_kind_display().capitalize(),
        "received": day_in_words(request.received_on),
        "state": state_of(request),
        "term": running(request, today),
        "recordings": request.recordings,  # type: ignore[attr-defined]
    }


def terms(request: PrivacyRequest, today: date) -> Iterator[tuple[str, Term, str]]:
    """The term of the decision and that of an objection, each with why it ends on that day."""
    days = equated_days()
    engine = decision_term(request.kind, request.received_on, days, request.adjourned_days)
    why = engine.why if engine.last_day == request.due_on else ""
    yield "Besluit op het verzoek", running(request, today) or _met(request), why
    if request.decided_on:
        objection = objection_term(request.decided_on, days)
        still = objection.last_day >= today and not hasattr(request, "objection")
        shown = (
            term(objection.last_day, today)._replace(tone="ok")
            if still
            else Term(day_in_words(objection.last_day), tone="none")
        )
        yield "Bezwaar maken kan tot en met" if still else "Bezwaar kon tot en met", shown, objection.why


def _met(request: PrivacyRequest) -> Term:
    until = f"liep tot en met {day_in_words(request.due_on)}"
    if request.decided_on is None:
        return Term("gestopt", until, "none")
    if is_late(request, request.decided_on):
        late = count_of_days((request.decided_on - request.due_on).days)
        return Term(f"{late} te laat: {day_in_words(request.decided_on)}", until, "late")
    return Term(f"op tijd: {day_in_words(request.decided_on)}", until, "done")


def facts(request: PrivacyRequest) -> list[tuple[str, str]]:
    """What is known of it, without who asks."""
    identity = (
        f"{day_in_words(request.identity_on)}, met {request.get_identity_by_display()}"
        if request.identity_on
        else "nog niet vastgesteld"
    )
    return [
        ("Soort", request.get_kind_display()),
        ("Ontvangen", f"{day_in_words(request.received_on)}, {request.get_channel_display()}"),
        ("Identiteit", identity),
        *_adjourned(request),
        *_decided(request),
        *_objected(request),
    ]


def _adjourned(request: PrivacyRequest) -> Iterator[tuple[str, str]]:
    if hasattr(request, "adjournment"):
        weeks = "zes" if request.adjournment.several_units and request.adjourned_days > 28 else "vier"
        yield "Verdaagd", f"met {weeks} weken: {request.adjournment.reasons}"


def _decided(request: PrivacyRequest) -> Iterator[tuple[str, str]]:
    if hasattr(request, "decision"):
        decision = request.decision
        yield "Besluit", f"{decision.get_outcome_display()}, {day_in_words(local_date(decision.at))}"
        if decision.ground:
            yield "Grond", decision.get_ground_display()
        if decision.ends_in:
            yield "Eindigt in", f"{decision.get_ends_in_display()}. {ENDS_IN_WORDS[EndsIn(decision.ends_in)]}"
        yield "Redenen", decision.reasons


def _objected(request: PrivacyRequest) -> Iterator[tuple[str, str]]:
    if hasattr(request, "objection"):
        yield "Bezwaar", f"ontvangen op {day_in_words(request.objection.received_on)}"
        if not request.objection_waits:
            result = request.objection.outcome
            yield "Uitkomst", f"{result.get_outcome_display()}, {day_in_words(result.decided_on)}"


def letters(request: PrivacyRequest) -> list[SimpleNamespace]:
    return [_letter(letter) for letter in request.letters.all()]


def _letter(letter: RequestLetter) -> SimpleNamespace:
    return SimpleNamespace(
        label=letter.get_kind_display(),
        url=reverse("privacy-request-letter", args=[letter.request_id, letter.n]),
        icon="file-type-pdf",
        size="",
        note=f"{letter}, {day_in_words(letter.dated)}",
    )


def recording(
    link: RequestLink, held: set[int], out_of_use: set[int], may_change: bool, at: datetime
) -> dict[str, Any]:
    """One recording of a request: whether it is held, or out of use because of it, and where it is taken off."""
    return {
        "label": label_of(link.recording),
        "note": note_of(link.recording),
        "line": line_of(link.recording, at),
        "hold_url": reverse("hold", args=[link.hold_id]) if link.hold_id else "",
        "is_held": link.recording_id in held,
        "is_out_of_use": link.recording_id in out_of_use,
        "unlink_url": reverse("privacy-request-unlink", args=[link.request_id, link.pk]) if may_change else "",
    }


def longer(found: Short, person: Any) -> dict[str, str]:
    """A recording that must be held longer: why, and where this person does that, if this person may."""
    others = [hold.pk for hold in found.running if hold.placed_by_id != person.pk]
    if others:
        url = reverse("hold-step", args=[others[-1], EXTEND])
    else:
        url = "" if found.running else f"{reverse('hold-place')}?opname={found.recording.pk}"
    return {"title": f"Opname van {label_of(found.recording)}", "why": str(found), "url": url}


def trail(request: PrivacyRequest) -> list[Line]:
    return [Line(entry.happened_at, str(entry), _detail(entry)) for entry in read.trail(request)]


def _detail(entry: Any) -> str:
    return "\n".join(filter(None, (entry.data.get("detail", ""), entry.reason)))
