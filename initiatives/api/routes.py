"""What programs can ask of the register and the overview. What a program read stands in the journal before
the answer goes out.
"""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from bodycams.api.paging import address
from bodycams.api.problems import problem
from bodycams.downloads import headers_only, only_asks_about
from bodycams.keyset import BadLink
from initiatives.api.shapes import Day, File, Order, Page, Problem, Selection
from initiatives.api.told import initiative_of, whole_of
from initiatives.models import Initiative
from initiatives.overview.approved import overview_on, why_not
from initiatives.overview.data import as_json
from initiatives.querysets import InitiativeQuerySet
from initiatives.register.asked import LIST, NEWEST_FIRST, Asked, narrowed
from initiatives.register.exports import FIELDS, IN_FORCE
from initiatives.words import so_many
from organisation.api import Reader, note
from organisation.models import ApiToken
from organisation.tokens import units_of
from workflow.clock import local_date, now
from workflow.dates import day_in_words

router = Router(auth=Reader(), by_alias=True)
ORDERS = {Order.NEWEST: NEWEST_FIRST, Order.OLDEST: "aangemeld"}
REFUSED = {frozenset({400, 401}): Problem}
JSON = "application/json"
NOT_THERE = "Dit initiatief is er niet, of dit token mag het niet lezen."
NO_PAGE = "Deze bladzijde is er niet. Begin zonder cursor, en volg daarna `next`."


@router.get(
    "/initiatives",
    operation_id="listInitiatives",
    summary="Het register",
    tags=["register"],
    response={200: Page, **REFUSED},
)
def initiatives(request: HttpRequest, asked: Query[Selection]) -> Any:
    """Wat ooit is aangemeld, bladzijde voor bladzijde. Volg `next` tot die er niet meer is."""
    token = _token(request)
    try:
        page = _page(token, asked)
    except BadLink:
        said = {"in": "query", "name": "cursor", "code": "unknown", "detail": NO_PAGE}
        return problem(400, NO_PAGE, errors=[said])
    if only_asks_about(request):
        return headers_only(JSON)
    chosen = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"cursor"})
    many = so_many(len(page.rows), "initiatief", "initiatieven")
    sentence = f"Het token ‘{token.name}’ las {many} uit het register."
    note(token, "api_register_gelezen", sentence, data={"selection": chosen, "initiatives": len(page.rows)})
    return {
        "initiatives": [initiative_of(vars(row), request) for row in page.rows],
        "next": address(request, page.next),
        "previous": address(request, page.previous),
    }


@router.get(
    "/initiatives/{number}",
    operation_id="getInitiative",
    summary="Eén initiatief",
    tags=["register"],
    response={200: File, frozenset({401, 404}): Problem},
)
def initiative(request: HttpRequest, number: str) -> Any:
    """Wat de eenheid erover schreef, en alle besluiten. Het nummer is bijvoorbeeld BC-2026-0038."""
    token = _token(request)
    found = _readable(token).filter(number=number).first()
    if found is None:
        raise HttpError(404, NOT_THERE)
    if only_asks_about(request):
        return headers_only(JSON)
    sentence = f"Het token ‘{token.name}’ las initiatief {number}."
    note(token, "api_initiatief_gelezen", sentence, data={"number": number, "initiative": found.pk})
    [said] = _said(_readable(token).filter(pk=found.pk))
    return whole_of(found, said, request)


@router.get(
    "/overview",
    operation_id="getOverview",
    summary="Het landelijk overzicht",
    tags=["overzicht"],
    response={200: dict[str, Any], **REFUSED},
)
def overview(request: HttpRequest, asked: Query[Day]) -> Any:
    """De goedgekeurde initiatieven op een dag: dezelfde gegevens, byte voor byte, als in de PDF van die dag."""
    token, today = _token(request), local_date(now())
    peildatum = asked.peildatum or today
    if sentence := why_not(peildatum, today):
        said = {"in": "query", "name": "peildatum", "code": "no_overview", "detail": sentence}
        return problem(400, sentence, errors=[said])
    if only_asks_about(request):
        return headers_only(JSON)
    found = overview_on(peildatum)
    sentence = f"Het token ‘{token.name}’ las het overzicht met peildatum {day_in_words(peildatum)}."
    data = {"peildatum": peildatum.isoformat(), "initiatives": len(found.rows)}
    note(token, "api_overzicht_gelezen", sentence, data=data)
    return HttpResponse(as_json(found), content_type=JSON)


def _token(request: HttpRequest) -> ApiToken:
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # put there by `Reader`
    return token


def _readable(token: ApiToken) -> InitiativeQuerySet:
    """Of the register what this token may read."""
    filed: InitiativeQuerySet = Initiative.objects.ever_filed()
    units = units_of(token)
    return filed if units is None else filed.filter(unit_id__in=units)


def _page(token: ApiToken, asked: Selection) -> Any:
    found = narrowed(
        _readable(token),
        Asked(
            q=asked.q,
            unit=asked.unit,
            kind=asked.kind or "",
            status=asked.status.value if asked.status else "",
            since=asked.from_,
            until=asked.until,
            vendor=asked.vendor,
            support=asked.support or "",
        ),
    )
    make = lambda said: SimpleNamespace(**said)  # noqa: E731
    return LIST.page(_said(found), ORDERS[asked.sort], asked.page_size, asked.cursor, make=make)


def _said(found: InitiativeQuerySet) -> Any:
    return found.annotate(in_force=IN_FORCE).values("id", *FIELDS)
