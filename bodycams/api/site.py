"""The API put together: the routes of each app, its description (OpenAPI), and what it says to a wrong request."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bodycams.api.manners import VERSION
from bodycams.api.problems import CONTENT_TYPE, problem

ROUTES = ("initiatives.api.routes", "retention.api.routes")
"""Modules with a `router`, of the apps that answer something: named, not imported, as addresses of pages are."""

PLACE = "/api/v1/"
INVALID = "Niet alles in de aanvraag klopt. Bij elk onderdeel staat wat eraan mankeert."
NO_TOKEN = "Stuur een geldig token mee in de kop Authorization, als ‘Bearer’ met het token erachter."  # noqa: S105
SENTENCES = {
    "extra_forbidden": "Deze parameter is er niet.",
    "missing": "Dit ontbreekt.",
    "enum": "Kies een van: {expected}.",
    "literal_error": "Kies een van: {expected}.",
    "int_parsing": "Dit moet een geheel getal zijn.",
    "greater_than_equal": "Dit moet minstens {ge} zijn.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "string_too_long": "Dit mag hoogstens {max_length} tekens lang zijn.",
    "value_error": "{error}",
}


def nobody(request: HttpRequest) -> None:
    """Who may ask what no route says anything about: deny by default."""


api = NinjaAPI(
    title="Bodycamregister",
    version=VERSION,
    description="Voor programma’s: het register van initiatieven en het landelijk overzicht lezen, opnamen aanleveren.",
    openapi_url=None,
    docs_url=None,
    auth=nobody,
    servers=[{"url": settings.SITE_URL}],
    openapi_extra={
        "info": {
            "contact": {"name": "Functioneel beheer Bodycamregister", "url": f"{settings.SITE_URL}/procedure/"},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        }
    },
)


@api.get("/openapi.json", auth=None, include_in_schema=False)
def description(request: HttpRequest) -> HttpResponse:
    """What can be asked and what is answered, for everybody."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, refused: ValidationError) -> HttpResponse:
    return problem(400, INVALID, errors=[_error(one) for one in refused.errors])


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, refused: AuthenticationError) -> HttpResponse:
    return problem(401, NO_TOKEN if refused.message == "Unauthorized" else refused.message)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, refused: HttpError) -> HttpResponse:
    return problem(refused.status_code, refused.message)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, refused: Http404) -> HttpResponse:
    return problem(404, str(refused))


for routes in ROUTES:
    api.add_router("", import_module(routes).router)
ADDRESSES = URLResolver(RegexPattern(r"^"), api.urls[0])


def resolve(rest: str) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
    """What answers at this address, with its arguments. Raises `Http404`."""
    found = ADDRESSES.resolve(rest)
    if found.url_name == "api-root":
        raise Http404
    return found.func, found.args, found.kwargs


@cache
def described() -> dict[str, Any]:
    """The description, with what holds for every answer."""
    said = dict(api.get_openapi_schema(path_prefix=PLACE))
    version = {"description": "De versie van de API.", "schema": {"type": "string", "example": VERSION}}
    for path in said["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                answer["headers"] = {"API-Version": version}
                if int(status) >= 400:
                    [content] = answer["content"].values()
                    answer["content"] = {CONTENT_TYPE: content}
    for shape in said["components"]["schemas"].values():
        if "enum" in shape:
            shape.pop("description", None)  # what it is for us, in the code
    return said


def _error(said: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with one part of the request, and where it stands."""
    where, *names = map(str, said["loc"])
    name = ".".join(names[1:] if names[:1] == ["asked"] else names)  # what the routes call all that is asked
    sentence = SENTENCES.get(said["type"], said["msg"]).format(**said.get("ctx", {}))
    return {"in": where, "name": name, "code": said["type"], "detail": sentence.replace("' or '", "' of '")}
