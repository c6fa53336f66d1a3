"""What programs are answered: the register page by page, one initiative, the overview; and how the API
refuses. Tokens themselves are tried in `organisation/tests/test_tokens.py`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from bodycams.api import site
from bodycams.tests.building import Module, faults, modules
from initiatives.api.shapes import State, TermKind
from initiatives.models import FileTerm
from initiatives.overview.approved import overview_on
from initiatives.overview.data import as_json
from initiatives.procedure import Status
from initiatives.tests.factories import TO_STATUS, Cast, concept, walk
from initiatives.tests.test_register import filed, noon
from journal.models import Entry
from organisation.models import ApiToken
from organisation.tests.factories import unit
from organisation.tokens import make_token
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

PLACE = "/api/v1/"
ROOMS_OF_NINJA = ("bodycams/api/site", "initiatives/api/", "organisation/api", "retention/api/")
DAY = date(2017, 3, 1)


def a_token(unit_code: str = "") -> str:
    at = now()
    of = unit(unit_code) if unit_code else None
    return make_token(f"proef {unit_code}", unit=of, valid_until=local_date(at) + timedelta(days=9), by=None, at=at)[1]


@pytest.fixture
def secret() -> str:
    return a_token()


def ask(client: Client, secret: str, path: str, wanted: int = 200, **asked: Any) -> Any:
    """The answer of an address of the API, which always says which version gave it."""
    address = path if path.startswith("http") else f"{PLACE}{path}{'?' if asked else ''}{urlencode(asked)}"
    response = client.get(address, headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == wanted, response.content
    assert response.headers["API-Version"] == "1.0.0"
    assert response.headers["Cache-Control"] == "no-store"
    kind = "application/json" if wanted < 400 else "application/problem+json"
    assert response.headers["Content-Type"].partition(";")[0] == kind
    return response.json()


def numbers(answer: Any) -> list[str]:
    return [one["number"] for one in answer["initiatives"]]


@pytest.fixture
def three() -> list[str]:
    """Numbers of two of Oost-Nederland and one of Noord-Nederland, one day after the other."""
    east, north = Cast("ON"), Cast("NN")
    found = [
        filed(east, date(2018, 5, 1), title="Bodycams voor de noodhulp", requested_support=[]),
        filed(east, date(2018, 5, 2), title="Proef", vendor="Axon", requested_support=["ict_integratie"]),
        filed(north, date(2018, 5, 3), title="Bodycams voor bikers", requested_support=[]),
    ]
    return [str(one.number) for one in found]


# --- what is answered -----------------------------------------------------------------------------


def test_an_initiative_says_what_the_register_says(client: Client, secret: str) -> None:
    given = {"goedkeuren": {"support_granted": ["inkoopproces"]}}
    begun = concept(
        Cast("ON"),
        title="Bodycams voor bikers",
        requested_support=["inkoopproces", "ict_integratie"],
        amount=Decimal("10140.5"),
        description="Voor in de binnenstad.",
    )
    walk(Cast("ON"), *TO_STATUS["goedgekeurd"], start=begun, given=given, at=noon(DAY))
    [one] = ask(client, secret, "initiatives")["initiatives"]
    assert (one["title"], one["unit"]) == ("Bodycams voor bikers", {"code": "ON", "name": "Oost-Nederland"})
    assert (one["status"], one["amount"], one["filedAt"]) == ("goedgekeurd", "10140.50", "2017-03-01T11:00:00Z")
    assert (one["decision"]["permission"], one["decision"]["onObjection"]) == (True, False)
    assert one["decision"]["grantedSupport"] == ["inkoopproces"]
    assert one["decision"]["refusedSupport"] == ["ict_integratie"]
    assert (one["final"], one["term"]["kind"]) == (None, "objection")
    whole = ask(client, secret, one["self"])
    assert {name: whole[name] for name in one} == one
    assert (whole["description"], whole["decisions"]) == ("Voor in de binnenstad.", [one["decision"]])


def test_the_register_is_read_page_by_page_there_and_back(client: Client, secret: str, three: list[str]) -> None:
    first = ask(client, secret, "initiatives", pageSize=2, sort="filedAt")
    assert (numbers(first), first["previous"]) == (three[:2], None)
    second = ask(client, secret, first["next"])
    assert (numbers(second), second["next"]) == (three[2:], None)
    assert numbers(ask(client, secret, second["previous"])) == three[:2]
    assert numbers(ask(client, secret, "initiatives")) == three[::-1]


NARROWED: list[tuple[dict[str, Any], list[int]]] = [
    ({"unit": "ON"}, [1, 0]),
    ({"q": "bikers"}, [2]),
    ({"vendor": "Axon"}, [1]),
    ({"support": "ict_integratie"}, [1]),
    ({"status": "aangemeld", "kind": "aanschaf", "from": "2018-05-02", "until": "2018-05-02"}, [1]),
    ({"status": "teruggestuurd"}, []),
    ({"unit": "XX"}, []),
    ({"from": "2000-01-01", "until": "2099-12-31"}, [2, 1, 0]),
]


def test_the_register_is_narrowed(client: Client, secret: str, three: list[str]) -> None:
    for asked, places in NARROWED:
        assert numbers(ask(client, secret, "initiatives", **asked)) == [three[place] for place in places], asked


def test_a_token_of_a_unit_reads_the_initiatives_of_that_unit(client: Client, three: list[str]) -> None:
    own = a_token("NN")
    assert numbers(ask(client, own, "initiatives")) == three[2:]
    assert ask(client, own, f"initiatives/{three[2]}")["number"] == three[2]
    assert ask(client, own, f"initiatives/{three[0]}", 404)["title"] == "Niet gevonden"


def test_a_concept_is_not_in_the_register_and_a_returned_one_is_called_so(client: Client, secret: str) -> None:
    cast = Cast("ON")
    concept(cast)
    walk(cast, "terugsturen", start=filed(cast, DAY), at=noon(DAY))
    [one] = ask(client, secret, "initiatives")["initiatives"]
    assert (one["status"], one["decision"]) == ("teruggestuurd", None)


def test_the_overview_is_byte_for_byte_that_of_the_pdf(client: Client, secret: str) -> None:
    walk(Cast("ON"), *TO_STATUS["goedgekeurd"], at=noon(DAY))
    header = {"Authorization": f"Bearer {secret}"}
    for day, count in ((DAY - timedelta(days=1), 0), (DAY, 1)):
        response = client.get(f"{PLACE}overview", {"peildatum": day.isoformat()}, headers=header)
        assert response.content == as_json(overview_on(day))
        assert len(response.json()["rows"]) == count
    before, content, after = now(), client.get(f"{PLACE}overview", headers=header).content, now()
    assert content in {as_json(overview_on(local_date(moment))) for moment in (before, after)}


def test_what_is_read_stands_in_the_journal(client: Client, secret: str, three: list[str]) -> None:
    ask(client, secret, "initiatives", unit="ON", pageSize=1)
    ask(client, secret, f"initiatives/{three[0]}")
    ask(client, secret, "overview", peildatum="2018-06-30")
    token = ApiToken.objects.get()
    found = Entry.objects.filter(object_type="organisation.apitoken", object_id=token.pk).order_by("id")
    assert [entry.action for entry in found] == [
        *("token_gemaakt", "api_register_gelezen", "api_initiatief_gelezen", "api_overzicht_gelezen")
    ]
    assert str(found[1]) == "Het token ‘proef’ las 1 initiatief uit het register."
    assert found[1].data["selection"] == {"unit": "ON", "pageSize": 1}
    assert found[1].role == "lezer"


# --- what is refused ------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once(client: Client, secret: str) -> None:
    asked: dict[str, Any] = {"kind": "fiets", "from": "1-5-2018", "pageSize": "1000", "soort": "x", "status": "concept"}
    said = ask(client, secret, "initiatives", 400, **asked)
    assert (said["status"], said["title"]) == (400, "Ongeldige aanvraag")
    told = {error["name"]: error["detail"] for error in said["errors"]}
    assert told["from"] == "Schrijf een bestaande dag als JJJJ-MM-DD, bijvoorbeeld 2015-02-19."
    assert told["pageSize"] == "Dit mag hoogstens 500 zijn."
    assert told["soort"] == "Deze parameter is er niet."
    assert told["kind"].startswith("Kies een van: 'aanschaf',")
    assert told["kind"].endswith(" of 'experiment'.")
    assert {error["in"] for error in said["errors"]} == {"query"}
    assert not Entry.objects.filter(action="api_register_gelezen").exists()


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("initiatives", {"cursor": "x"}),
        ("initiatives", {"q": "a" * 201}),
        ("initiatives", {"from": "0001-01-01"}),
        ("initiatives", {"from": "1999-12-31", "until": "2100-01-01"}),
        ("initiatives", {"until": "9999-12-31"}),
        ("overview", {"peildatum": "2099-12-31"}),
        ("overview", {"peildatum": "2999-01-01"}),
        ("overview", {"peildatum": "2014-12-31"}),
        ("overview", {"datum": "2018-01-01"}),
        ("overview", {"asked": "1"}),
    ],
)
def test_what_cannot_be_asked_says_where_it_is_wrong(
    client: Client, secret: str, path: str, asked: dict[str, Any]
) -> None:
    said = ask(client, secret, path, 400, **asked)
    assert [error["name"] for error in said["errors"]] == list(asked)


@pytest.mark.parametrize("path", ["initiatives/", "initiatives/BC-2018-9999", "x/recordings", "", "openapi.json/", "x"])
def test_what_is_not_there_is_a_problem_too(client: Client, secret: str, path: str) -> None:
    said = ask(client, secret, path, 404)
    assert (said["status"], said["title"], said["type"]) == (404, "Niet gevonden", "about:blank")
    assert said["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_is_refused(client: Client, secret: str, method: str) -> None:
    response: Any = client.generic(method, f"{PLACE}initiatives", "{}", "application/json")
    assert (response.status_code, response.json()["status"]) == (405, 405)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "GET" in response.headers["Allow"]


def test_what_goes_wrong_elsewhere_is_a_problem_too(client: Client, secret: str, monkeypatch: Any) -> None:
    assert ask(client, secret, "initiatives?q=%00", 400)["status"] == 400
    monkeypatch.setattr("initiatives.api.routes.overview_on", lambda day: 1 // 0)
    client.raise_request_exception = False
    said = ask(client, secret, "overview", 500)
    assert "X-Request-ID" in said["detail"]


def test_a_head_answers_as_a_get(client: Client, secret: str) -> None:
    header = {"Authorization": f"Bearer {secret}"}
    assert client.head(f"{PLACE}status", headers=header).status_code == 200
    assert client.head(f"{PLACE}status").status_code == 401


def test_a_head_makes_nothing_and_leaves_no_trace(
    client: Client, secret: str, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    header = {"Authorization": f"Bearer {secret}"}
    before = Entry.objects.count()
    for missing in ("initiatives/BC-2018-9999", "initiatives?cursor=x", "overview?peildatum=2999-01-01"):
        assert client.head(f"{PLACE}{missing}", headers=header).status_code in (400, 404)
    monkeypatch.setattr("initiatives.api.routes.overview_on", lambda day: 1 // 0)
    for path in ("initiatives", f"initiatives/{three[0]}", "overview"):
        answer = client.head(f"{PLACE}{path}", headers=header)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        assert "Content-Length" not in answer.headers
    assert Entry.objects.count() == before
    with pytest.raises(ZeroDivisionError):
        client.get(f"{PLACE}overview", headers=header)


# --- its description ------------------------------------------------------------------------------


def test_the_description_is_for_everybody(client: Client) -> None:
    response = client.get(f"{PLACE}openapi.json")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    said = response.json()
    assert said["info"]["version"] == response.headers["API-Version"] == "1.0.0"
    assert said["info"]["contact"]["url"]
    assert set(said["paths"]) >= {"/api/v1/initiatives", "/api/v1/initiatives/{number}", "/api/v1/overview"}


def test_every_operation_asks_for_a_token_and_says_how_it_refuses(client: Client) -> None:
    """Deny by default: what is described and is not public answers nothing to who has no token."""
    said = site.described()
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            assert len(operation["security"]) == 1
            assert operation["operationId"].isalpha()
            refusals = {status for status in operation["responses"] if int(status) >= 400}
            assert "401" in {str(status) for status in refusals}
            assert all("application/problem+json" in operation["responses"][one]["content"] for one in refusals)
            for header in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
                address = path.replace("{number}", "BC-2018-0001").replace("{pk}", "1")
                response: Any = client.generic(method.upper(), address, headers=header)
                assert response.status_code == 401
                assert response.headers["WWW-Authenticate"] == "Bearer"
                assert response.json()["detail"].startswith("Stuur een geldig token mee")


def test_a_session_opens_nothing(client: Client) -> None:
    client.force_login(Cast("ON").leader)
    assert client.get(f"{PLACE}initiatives").status_code == 401


def test_twin_what_says_nothing_about_who_may_ask_answers_nobody() -> None:
    assert site.api.auth is not None
    assert site.nobody(None) is None  # type: ignore[arg-type, func-returns-value]


def ninja_at_the_top(module: Module) -> Iterator[str]:
    """Outside the rooms of the API, these are imported inside a function only: a web process starts without them."""
    if not module.is_test and not module.path.startswith(ROOMS_OF_NINJA):
        for name in module.imports:
            if not name.in_function and f"{name.name.replace('.', '/')}/".startswith(ROOMS_OF_NINJA):
                yield f"line {name.line} imports {name.name}"


def test_a_process_that_is_not_asked_for_the_api_does_not_load_it() -> None:
    assert faults(ninja_at_the_top, modules()) == []


@pytest.mark.parametrize("line", ["from organisation.api import Reader", "import bodycams.api.site"])
def test_twin_loading_it_at_the_top_is_found(line: str) -> None:
    assert len(faults(ninja_at_the_top, [Module("organisation/urls.py", line)])) == 1
    assert faults(ninja_at_the_top, [Module("organisation/urls.py", f"def f():\n    {line}")]) == []


def test_names_of_statuses_and_terms_are_all_there() -> None:
    assert {one.value for one in State} == {*Status.values, "teruggestuurd"} - {"concept"}
    assert {one.value for one in TermKind} == set(FileTerm.Kind.values)
