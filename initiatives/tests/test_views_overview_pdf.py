"""The overview as a download: made by a real worker, once, and never without a trace in the journal."""

import hashlib
import re
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from bodycams import heartbeat
from bodycams.being_made import LOOKS_AGAIN
from bodycams.celery import app
from bodycams.pdf.making import Unavailable
from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from initiatives import tasks
from initiatives.overview import pdf
from initiatives.overview.approved import Overview, overview_on
from initiatives.overview.files import Progress, document_of, folder
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from initiatives.views import overview_pdf as page
from journal.models import Entry
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
BACKEND = "initiatives.backends.Backend"
PAST = date(2018, 6, 30)


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(holder_of(Role.AUDITOR), BACKEND)
    return client


def ask(client: Client, peildatum: str = "", method: str = "get") -> Any:
    return getattr(client, method)(reverse("overview-pdf"), {"peildatum": peildatum})


def make_it(day: date, content: bytes = b"%PDF-1.7 proef") -> bytes:
    """Put a document there, as if the worker had made it."""
    with document_of(overview_on(day)).making() as target:
        assert target is not None
        target.write_bytes(content)
    return content


def downloads() -> list[Entry]:
    return list(Entry.objects.filter(action="overzicht_gedownload"))


@pytest.mark.usefixtures("worker", "patient")
def test_worker_makes_it_and_it_says_what_the_page_says(auditor: Client) -> None:
    cast = Cast()
    given = {"goedkeuren": {"support_granted": ["inkoopproces", "ict_integratie"]}}
    walk(cast, *TO_STATUS["goedgekeurd"], given=given)
    initiative(Cast("AM"), "goedgekeurd", title="Bodycams voor bikers", amount="12750.50")
    walk(cast, "bezwaar_maken", start=initiative(cast, "goedgekeurd", title="Camera’s in de trein"))
    initiative(cast, "afgewezen", title="Afgewezen plan")
    answer = ask(auditor)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert faults(answer.content) == []
    assert from_paper(answer.content) == from_screen(auditor) != []
    assert "Afgewezen plan" not in Pdf(answer.content).root.text


def from_paper(content: bytes) -> list[tuple[str, ...]]:
    """Of each row: number, title, unit, decision date, support, amount."""
    found: list[tuple[str, ...]] = []
    unit = ""
    for element in Pdf(content).root:
        if element.tag == "H3":
            unit = element.text
        if element.tag == "TR" and element.text.startswith("BC-"):
            number, title, _, support, costs = element.kids
            marks = "".join(re.findall("[✔✘○]", support.text))
            found.append((number.lines[0], title.text, unit, number.lines[1], marks, costs.lines[0].split(", ")[0]))
    return found


def from_screen(client: Client) -> list[tuple[str, ...]]:
    html = client.get(reverse("overview")).content.decode()
    words = {"verleend": "✔", "geweigerd": "✘", "niet gevraagd": "○"}
    found: list[tuple[str, ...]] = []
    for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", html, re.DOTALL):
        cells = [
            re.sub(r"\s*<[^>]+>\s*", "|", cell).strip("|") for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        if "BC-" in cells[0]:
            title, number, unit = (part.strip("· |") for part in cells[0].split("|") if part.strip("· |"))
            marks = "".join(words[cell] for cell in cells[5:10])
            found.append((number, title, unit, cells[4].split("|")[0], marks, cells[10].split("|")[0]))
    return found


@pytest.mark.usefixtures("worker", "patient")
def test_two_who_ask_at_once_get_one_file_that_was_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Overview] = []
    make = pdf.make

    def make_and_count(overview: Overview, *others: Any) -> None:
        made.append(overview)
        make(overview, *others)

    monkeypatch.setattr(pdf, "make", make_and_count)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(holder_of(Role.AUDITOR), BACKEND)
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda client=client: answers.append(ask(client))) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert len(made) == len(list(folder().glob("*.pdf"))) == 1
    assert len(downloads()) == 2


def test_what_is_there_already_needs_no_worker(auditor: Client) -> None:
    content = make_it(PAST)
    answer = ask(auditor, "2018-06-30")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer["Content-Disposition"] == 'attachment; filename="goedgekeurde-initiatieven-2018-06-30.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_download_stands_in_the_journal(auditor: Client) -> None:
    content = make_it(PAST)
    ask(auditor, "2018-06-30")
    (entry,) = downloads()
    assert (entry.role, entry.unit) == ("auditor", "")
    assert entry.data["peildatum"] == "2018-06-30"
    assert entry.data["sha256"] == hashlib.sha256(content).hexdigest()
    assert str(entry) == "De auditor heeft het overzicht met peildatum 30 juni 2018 gedownload als PDF."


def test_download_is_not_sent_when_it_cannot_be_recorded(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_it(PAST)

    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("initiatives.views.overview_data.record", fail)
    auditor.raise_request_exception = False
    assert ask(auditor, "2018-06-30").status_code == 500


def test_who_only_asks_or_waits_leaves_no_trace(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PATIENCE", 0)
    heartbeat.write(heartbeat.WORKER)
    make_it(PAST)
    assert ask(auditor, "2018-06-30", "head").status_code == 200
    assert ask(auditor).status_code == 202
    assert downloads() == []
    app.control.purge()


def test_head_makes_nothing(auditor: Client) -> None:
    heartbeat.write(heartbeat.WORKER)
    assert ask(auditor, method="head").status_code == 202
    assert not folder().exists()


def test_while_it_is_made_a_page_says_how_far_it_is_and_comes_back(auditor: Client) -> None:
    heartbeat.write(heartbeat.WORKER)
    document = document_of(overview_on(local_date(now())))
    document.ask()
    document.report(Progress(1600, 5000))
    answer = ask(auditor)
    assert (answer.status_code, answer["Refresh"]) == (202, str(LOOKS_AGAIN))
    assert "1.600 van 5.000 initiatieven" in answer.content.decode()


def test_nobody_waits_who_would_leave_no_room_for_others(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat.write(heartbeat.WORKER)
    monkeypatch.setattr(page, "_may_wait", threading.BoundedSemaphore(1))
    monkeypatch.setattr(page, "PATIENCE", 3600)
    document_of(overview_on(local_date(now()))).ask()
    with page._may_wait:
        assert ask(auditor).status_code == 202


def test_without_a_worker_somebody_is_told_at_once(auditor: Client) -> None:
    answer = ask(auditor)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert page.NO_WORKER in answer.content.decode()
    assert not folder().exists()


def test_without_a_broker_somebody_is_told_too(auditor: Client) -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        assert ask(auditor).status_code == 503


@pytest.mark.usefixtures("worker", "patient")
@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Unavailable("PDF niet beschikbaar: libpango ontbreekt."), "PDF niet beschikbaar: libpango ontbreekt."),
        (ZeroDivisionError(), "Het maken van de PDF is mislukt."),
    ],
)
def test_worker_that_cannot_make_it_says_why(
    auditor: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str
) -> None:
    def fail(*_: Any) -> None:
        raise fault

    monkeypatch.setattr(pdf, "make", fail)
    answer = ask(auditor)
    assert answer.status_code == 503
    assert sentence in answer.content.decode()
    assert downloads() == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2099-12-31", "De peildatum ligt in de toekomst."),
        ("2014-12-31", "Het overzicht begint op 1 januari 2015."),
        ("morgen", "datum"),
    ],
)
def test_day_that_cannot_be_is_refused_in_words(auditor: Client, day: str, sentence: str) -> None:
    answer = ask(auditor, day)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("role", [Role.JUDGE, Role.WEARER])
def test_who_works_with_recordings_gets_none(client: Client, role: Role) -> None:
    make_it(local_date(now()))
    client.force_login(holder_of(role, "ON"), BACKEND)
    assert ask(client).status_code == 403


def test_stranger_is_sent_to_the_door(client: Client) -> None:
    assert ask(client).status_code == 302


def test_task_makes_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_it(PAST)
    monkeypatch.setattr(pdf, "make", Callable)
    tasks.make_overview("2018-06-30")
    assert document_of(overview_on(PAST)).read() == made


def test_unit_of_whoever_downloads_is_recorded(client: Client) -> None:
    make_it(PAST)
    client.force_login(holder_of(Role.CONTACT, "ON"), BACKEND)
    ask(client, "2018-06-30")
    assert [(entry.role, entry.unit) for entry in downloads()] == [("contactpersoon", "ON")]
