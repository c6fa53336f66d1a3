"""What programs can deliver and ask of recordings. What a program did stands in the journal before the answer goes out.

A dock delivers, and reads what became of it; a reader reads. Both for all units or for one, and neither ever reads who
wore a camera.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from bodycams.api.problems import CONTENT_TYPE, problem
from initiatives.api.shapes import Problem
from organisation.api import Bearer, Dock, note
from organisation.models import ApiToken
from organisation.tokens import units_of
from retention.api.body import BadBody, read_json
from retention.api.described import DELIVERY
from retention.api.shapes import Became
from retention.api.told import outcome_of
from retention.intake.batch import MOST, Outcome, take_in
from retention.intake.words import counted, told

router = Router(auth=Bearer(), by_alias=True)
NOTHING = "Er staat geen opname in de lijst."
TOO_MANY = f"Stuur hoogstens {MOST} opnamen tegelijk. Verdeel ze over meer aanvragen."
REFUSED = frozenset({400, 401, 403, 409, 413, 415})


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
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # put there by `Dock`
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
