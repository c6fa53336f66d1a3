"""What holds for every answer of the API, whoever gave it: its version, and that a refusal is a problem and no page.

Outermost but for the request's id, so that what other middleware refuses comes out right as well.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bodycams.api.problems import CONTENT_TYPE, problem

PLACE = "/api/"
VERSION = "1.0.0"
PUBLIC = "/api/v1/openapi.json"
OF_THE_PAGE = ("content-type", "content-length", "content-disposition", "content-language")
"""What a refusal does not take over from the answer in whose place it comes."""


class Manners:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PLACE):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(response)
        response.headers["API-Version"] = VERSION
        if request.path == PUBLIC:
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The same refusal in the form of the API, with the headers that say what is allowed and that protect."""
    answer = problem(response.status_code)
    for name, value in response.headers.items():
        if name.lower() not in OF_THE_PAGE:
            answer.headers[name] = value
    return answer
