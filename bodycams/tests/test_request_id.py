"""Every request has an id, the same in the answer, in the journal and in each line of the log; and no line holds what
people typed.
"""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from bodycams.logs import logging_for
from journal.models import Entry
from journal.origin import origin
from organisation.models import Person
from organisation.tests.test_views import PASSWORD, try_to_enter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("bodycams.tests.pages")]


@pytest.fixture
def lines() -> Iterator[Any]:
    """A function that gives what was logged so far, as production logs it."""
    stream = StringIO()
    as_production = logging_for(people=False)
    as_production["handlers"]["stderr"]["stream"] = stream
    dictConfig(as_production)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    dictConfig(settings.LOGGING)


def test_id_is_in_the_answer_in_the_log_and_in_the_journal(client: Client, somebody: Person, lines: Any) -> None:
    answer = client.get("/proef/verboden/")
    (line,) = [line for line in lines() if line["event"] == "request"]
    assert line["request_id"] == answer.headers["X-Request-ID"] == Entry.objects.get().origin
    assert (line["method"], line["route"], line["status"]) == ("GET", "/proef/verboden/", 403)
    assert line["level"] == "info"


def test_each_request_has_its_own(client: Client) -> None:
    assert client.get("/inloggen/").headers["X-Request-ID"] != client.get("/inloggen/").headers["X-Request-ID"]
    assert origin.get() == ""


def test_id_that_the_browser_sends_is_not_believed(client: Client) -> None:
    answer = client.get("/inloggen/", headers={"X-Request-ID": "verzonnen"})
    assert answer.headers["X-Request-ID"] != "verzonnen"


def test_what_people_type_is_in_no_line(client: Client, somebody: Person, lines: Any) -> None:
    client.get("/?q=1021")
    client.get("/1021/")
    try_to_enter(client, "1021", PASSWORD)
    client.get("/inloggen/wachtwoord/7/geheime-link/")
    assert len(lines()) == 4
    written = json.dumps([{**line, "timestamp": "", "request_id": ""} for line in lines()])
    for typed in ("1021", "q=", PASSWORD, "geheime-link", somebody.number):
        assert typed not in written


def test_exception_keeps_its_place_and_kind_without_values(client: Client, lines: Any) -> None:
    client.raise_request_exception = False
    answer = client.get("/proef/stuk/")
    (line,) = [line for line in lines() if "exception" in line]
    assert line["exception"] == "RuntimeError: Nummer … bestaat niet"
    assert line["traceback"][-1].endswith(" broken")
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "1021" not in json.dumps(line)


@pytest.mark.parametrize(
    ("raised", "written"),
    [
        (ValueError("invalid literal for int() with base 10: 'Iemand'"), "invalid literal for int() with base 10: …"),
        (KeyError("Achternaam"), "…"),
        (OSError("{'iemand@politie.example': (550, b'no such user 4711')}"), "{…: (550, b…)}"),
        (LookupError('invalid input syntax for type date: "Iemand"'), "invalid input syntax for type date: …"),
        (LookupError('violates "a_name_of_ours" by iemand@politie.example'), 'violates "a_name_of_ours" by …'),
        (AttributeError("'Person' object has no attribute 'naam'"), "'Person' object has no attribute 'naam'"),
    ],
)
def test_what_an_exception_quotes_is_masked(lines: Any, raised: Exception, written: str) -> None:
    try:
        raise raised
    except Exception:
        logging.getLogger("bodycams").exception("failed")
    (line,) = lines()
    assert line["exception"] == f"{type(raised).__name__}: {written}"


@pytest.mark.parametrize(
    ("logger", "said", "written"),
    [
        ("django.request", "Internal Server Error: /inloggen/wachtwoord/7/geheim/", "Internal Server Error"),
        ("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'iemand'.", "Invalid HTTP_HOST header"),
        (
            "celery.app.trace",
            "Task a[1] retry: Retry in 2s: SMTP({'iemand@politie.example'})",
            "Task a[1] retry: Retry in 2s: SMTP",
        ),
        ("celery.app.trace", "Task a[1] succeeded in 0.1s: None", "Task a[1] succeeded in 0.1s: None"),
        ("bodycams", "said by us: (iemand)", "said by us: (iemand)"),
    ],
)
def test_libraries_say_nothing_of_what_was_typed(lines: Any, logger: str, said: str, written: str) -> None:
    logging.getLogger(logger).error("%s", said)
    assert [line["event"] for line in lines()] == [written]


def test_health_that_is_well_is_not_logged(client: Client, lines: Any) -> None:
    client.get("/health/live")
    assert lines() == []


def test_lines_for_people_are_readable(capsys: pytest.CaptureFixture[str]) -> None:
    dictConfig(logging_for(people=True))
    logging.getLogger("bodycams").info("klaar")
    assert "klaar" in capsys.readouterr().err
    dictConfig(settings.LOGGING)
