"""What programs can deliver and ask of recordings. What a program did stands in the journal before the answer goes out.

A dock delivers, and reads what became of it; a reader reads. Both for all units or for one, and neither ever reads who
wore a camera.
"""

import base64
import re
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router
from ninja.errors import HttpError

from bodycams.api.paging import address
from bodycams.api.problems import CONTENT_TYPE, problem
from bodycams.downloads import headers_only, only_asks_about
from bodycams.keyset import BadLink, Keyset, Sort
from initiatives.api.shapes import Problem
from initiatives.words import so_many
from inventory.models import Camera
from journal import seals
from journal.anchors import anchor_of
from journal.write import record
from organisation.api import Bearer, Dock, note
from organisation.models import ApiToken
from organisation.tokens import units_of
from retention import heartbeat
from retention.api.body import BadBody, read_json
from retention.api.described import CONTENT, DELIVERY
from retention.api.shapes import Became, Condition, Page, Received, Selection
from retention.api.shapes import Recording as Shown
from retention.api.told import FIELDS, outcome_of, recording_of
from retention.intake.batch import MOST, Outcome, take_in
from retention.intake.content import NotReceived, may_come, receive
from retention.intake.words import counted, told
from retention.models import Recording
from retention.overdue import overdue, undecided
from retention.procedure import Status

router = Router(auth=Bearer(), by_alias=True)
NOTHING = "Er staat geen opname in de lijst."
TOO_MANY = f"Stuur hoogstens {MOST} opnamen tegelijk. Verdeel ze over meer aanvragen."
REFUSED = frozenset({400, 401, 403, 409, 413, 415})
NOT_THERE = "Deze opname is er niet, of is niet van de eenheid van dit token."
NO_PAGE = "Deze bladzijde is er niet. Begin zonder cursor, en volg daarna `next`."
NO_LENGTH = "Stuur in de kop Content-Length hoeveel bytes het bestand heeft."
NO_DIGEST = "Stuur in de kop Repr-Digest de SHA-256 van het bestand: sha-256=:…:, met base64 ertussen."
DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):")

NEWEST = Keyset("recordings", {"": Sort(F("id"), True, lambda row: row.id, int)})


@router.post(
    "/recordings",
    auth=Dock(),
    operation_id="deliverRecordings",
    summary="Opnamen aanleveren",
    tags=["opnamen"],
    response={frozenset({200, 201}): Became | list[Became], 207: list[Became], REFUSED: Problem},
    openapi_extra=DELIVERY,
)
def deliver(request: HttpRequest) -> HttpResponse:
    """Eén opname, of een lijst van hoogstens 1.000. Nog eens aanleveren verandert niets. Van een lijst krijgt u over
    elke opname antwoord, in dezelfde volgorde.
    """
    try:
        sent = read_json(request)
    except BadBody as bad:
        return problem(bad.code, str(bad))
    items = sent if isinstance(sent, list) else [sent]
    if not items:
        return problem(400, NOTHING)
    if len(items) > MOST:
        return problem(413, TOO_MANY)
    token = _token(request)
    with transaction.atomic():
        outcomes = take_in(items, units_of(token))
        counts = counted(outcomes)
        sentence = f"Het token ‘{token.name}’ leverde opnamen aan: {told(counts)}."
        note(token, "opnamen_aangeleverd", sentence, data=counts)
    return _answer(outcomes, is_list=isinstance(sent, list))


def _answer(outcomes: list[Outcome], *, is_list: bool) -> HttpResponse:
    said = [outcome_of(one) for one in outcomes]
    if is_list:
        statuses = {one["status"] for one in said}
        status = statuses.pop() if statuses in ({200}, {201}) else 207
        return JsonResponse(said, safe=False, status=status)
    [one], [outcome] = said, outcomes
    kind = "application/json" if outcome.is_in else CONTENT_TYPE
    return JsonResponse(one, status=one["status"], content_type=kind)


@router.put(
    "/recordings/{int:pk}/content",
    auth=Dock(),
    operation_id="deliverContent",
    summary="Het bestand van een opname aanleveren",
    tags=["opnamen"],
    response={frozenset({200, 201}): Received, frozenset({400, 401, 403, 404, 409, 410, 503}): Problem},
    openapi_extra=CONTENT,
)
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """De bytes zelf, eenmaal, met Content-Length en Repr-Digest gelijk aan wat over de opname is aangeleverd."""
    token = _token(request)
    found = _readable(token).filter(pk=pk).first()
    if found is None:
        return problem(404, NOT_THERE)

    def tell() -> None:
        sentence = f"Het token ‘{token.name}’ leverde het bestand van de opname aan."
        record("opname_ontvangen", sentence, role=token.get_role_display(), unit=found.unit.code, about=found)

    try:
        may_come(found, *_announced(request))
        is_new = receive(found, request, tell)
    except NotReceived as refused:
        return problem(refused.code, str(refused))
    said = Recording.objects.values("id", "file_seen_at", state=F("status")).get(pk=pk)
    return JsonResponse(said, status=201 if is_new else 200)


def _announced(request: HttpRequest) -> tuple[int, str]:
    """Size and SHA-256 of what will come, as the headers say."""
    length, digest = request.META.get("CONTENT_LENGTH", ""), DIGEST.search(request.headers.get("Repr-Digest", ""))
    if not re.fullmatch("[0-9]{1,15}", length or ""):
        raise NotReceived(400, NO_LENGTH)
    if digest is None:
        raise NotReceived(400, NO_DIGEST)
    return int(length), base64.b64decode(digest[1]).hex()


@router.get(
    "/recordings",
    operation_id="listRecordings",
    summary="Opnamen",
    tags=["opnamen"],
    response={200: Page, frozenset({400, 401}): Problem},
)
def recordings(request: HttpRequest, asked: Query[Selection]) -> Any:
    """Gegevens van opnamen, de laatst aangeleverde voorop. Nooit wie de camera droeg. Volg `next` tot die er niet meer
    is.
    """
    token = _token(request)
    found = _readable(token)
    if asked.state:
        found = found.filter(status=asked.state)
    if asked.unit:
        found = found.filter(unit__code=asked.unit)
    if asked.due_before:
        found = found.filter(next_at__lt=asked.due_before)
    try:
        page = NEWEST.page(_said(found), "", asked.page_size, asked.cursor, make=lambda said: SimpleNamespace(**said))
    except BadLink:
        return problem(400, NO_PAGE, errors=[{"in": "query", "name": "cursor", "code": "unknown", "detail": NO_PAGE}])
    if only_asks_about(request):
        return headers_only("application/json")
    chosen = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"cursor"})
    sentence = f"Het token ‘{token.name}’ las gegevens van {so_many(len(page.rows), 'opname', 'opnamen')}."
    note(token, "api_opnamen_gelezen", sentence, data={"selection": chosen, "recordings": len(page.rows)})
    return {
        "recordings": [recording_of(vars(row), request) for row in page.rows],
        "next": address(request, page.next),
        "previous": address(request, page.previous),
    }


@router.get(
    "/recordings/{int:pk}",
    operation_id="getRecording",
    summary="Eén opname",
    tags=["opnamen"],
    response={200: Shown, frozenset({401, 404}): Problem},
)
def recording(request: HttpRequest, pk: int) -> Any:
    """Gegevens van één opname; van een vernietigde ook het bewijs."""
    token = _token(request)
    found = _said(_readable(token).filter(pk=pk)).first()
    if found is None:
        raise HttpError(404, NOT_THERE)
    if only_asks_about(request):
        return headers_only("application/json")
    sentence = f"Het token ‘{token.name}’ las gegevens van een opname."
    note(token, "api_opname_gelezen", sentence, data={"recording": pk})
    return recording_of(found, request)


@router.get(
    "/status",
    operation_id="getStatus",
    summary="Hoe het register ervoor staat",
    tags=["status"],
    response={200: Condition, 401: Problem},
)
def status(request: HttpRequest) -> Any:
    """Of de klok loopt, het laatste zegel van het journaal, de opname die het langst op een oordeel wacht, en hoeveel
    opnamen er niet meer hadden mogen zijn.
    """
    seal, waits = seals.newest(), undecided().values("id", "judging_closes_at").first()
    last = heartbeat.last_review()
    said: dict[str, Any] = {
        "review": {"last_ended_at": last, "alive": heartbeat.was_heard(last)},
        "oldest_undecided": waits,
        "overdue": overdue().count(),
        "last_seal": None,
    }
    if seal is not None:
        said["last_seal"] = {
            "number": seal.number,
            "last_entry": seal.last_seq,
            "sealed_at": seal.sealed_at,
            "anchor": anchor_of(seal),
        }
    return said


def _token(request: HttpRequest) -> ApiToken:
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # put there by `Bearer`
    return token


def _readable(token: ApiToken) -> Any:
    """Of the recordings what this token delivers or reads; what is out of use (`verwijderd`) is for the privacy
    officer.
    """
    found = Recording.objects.exclude(status=Status.VERWIJDERD).select_related("unit")
    units = units_of(token)
    return found if units is None else found.filter(unit_id__in=units)


def _said(found: Any) -> Any:
    known = Exists(Camera.objects.filter(serial=OuterRef("camera_serial")))
    return found.annotate(known_camera=known).values(*FIELDS)
