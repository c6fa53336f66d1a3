"""How the API says no: `application/problem+json` (RFC 9457), with a sentence that says what to do."""

from typing import Any

from django.http import HttpResponse, JsonResponse

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Ongeldige aanvraag",
    401: "Geen geldig token",
    403: "Geen toegang",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Dit antwoord is er niet in die vorm",
    409: "Er is al iets anders",
    410: "Dit is er niet meer",
    413: "Te groot",
    414: "Het adres is te lang",
    415: "Deze vorm kan hier niet",
    417: "Deze verwachting kan hier niet",
    429: "Te veel aanvragen",
    431: "Te veel in de koppen",
    500: "Er ging bij ons iets mis",
    501: "Deze overdracht kan hier niet",
    503: "Nu niet bereikbaar",
}
DETAILS = {
    400: "De aanvraag is niet goed gevormd. Kijk in de beschrijving van de API hoe het moet.",
    403: "Dit token mag dit niet.",
    404: "Dit adres bestaat niet. Kijk in de beschrijving van de API welke er zijn.",
    405: "Gebruik een methode die in de kop Allow staat.",
    414: "Vraag om minder tegelijk.",
    417: "Laat de kop Expect weg.",
    431: "Stuur minder of kortere koppen mee.",
    500: "Probeer het later opnieuw. Blijft het misgaan, noem dan de waarde van X-Request-ID aan de beheerder.",
    501: "Gebruik Content-Length, of Transfer-Encoding met alleen ‘chunked’.",
    503: "Probeer het over een minuut opnieuw.",
}


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """The answer with this status. `errors` among `more` holds what is wrong with each part of the request."""
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    said = {"type": "about:blank", "status": status, "title": title, "detail": detail or DETAILS.get(status, title)}
    answer = JsonResponse({**said, **more}, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
