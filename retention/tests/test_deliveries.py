"""A judge sends a file in the browser: it is tried, confirmed, taken in and told of; for the own unit only."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention import tasks
from retention.clock import now
from retention.intake import deliveries, sheet
from retention.models import Delivery, Recording
from retention.tests.deliveries import item
from retention.tests.test_import_recordings import lines
from retention.views import deliver

pytestmark = pytest.mark.django_db

PLACE = "/opnamen/aanleveren/"


@pytest.fixture
def judge(client: Client) -> Person:
    found = holder_of(Role.JUDGE, "ON")
    client.force_login(found)
    return found


def send(client: Client, text: str | bytes, name: str = "opnamen.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(PLACE, {"file": SimpleUploadedFile(name, content, "text/csv")})


def sent(client: Client, *items: dict[str, Any]) -> str:
    """The address of a file that was sent and tried."""
    answer = send(client, lines(*items))
    assert answer.status_code == 302
    tasks.go_through_deliveries()
    return str(answer.url)


def test_a_file_is_tried_confirmed_and_taken_in(client: Client, judge: Person) -> None:
    answer = send(client, lines(item(), item(), item(size="x"), item(unit="AM")))
    waiting = client.get(answer.url)
    assert "Er verandert nog niets." in waiting.content.decode()
    assert waiting["Refresh"] == "3"
    tasks.go_through_deliveries()
    tried = client.get(answer.url)
    html = tried.content.decode()
    assert "Er is nog niets veranderd." in html
    assert "Regel 4: size: Geef een heel getal." in html
    assert "Regel 5: U levert niet aan voor deze eenheid." in html
    assert "Refresh" not in tried.headers
    assert not Recording.objects.exists()
    assert client.post(answer.url).status_code == 302
    assert "Het bestand wordt ingelezen." in client.get(answer.url).content.decode()
    tasks.go_through_deliveries()
    assert "Het bestand is ingelezen" in client.get(answer.url).content.decode()
    assert Recording.objects.count() == 2
    found = Delivery.objects.get()
    assert (found.content, found.counts) == (None, {"created": 2, "refused": 1, "forbidden": 1})
    rejected = client.get(f"{answer.url}afgewezen.csv")
    assert rejected.content.decode().splitlines() == [
        *("line,reason", "4,size: Geef een heel getal.", "5,U levert niet aan voor deze eenheid.")
    ]
    actions = Entry.objects.filter(object_type="retention.delivery").order_by("id").values_list("action", flat=True)
    assert [*actions] == ["bestand_aangeboden", "bestand_bevestigd", "opnamen_ingelezen", "afgewezen_regels_gedownload"]
    assert client.post(answer.url).status_code == 409


def test_again_adds_nothing_twice_and_a_conflict_is_told(client: Client, judge: Person) -> None:
    first, second = item(), item()
    client.post(sent(client, first))
    tasks.go_through_deliveries()
    html = client.get(sent(client, first, {**first, "size": 9}, second)).content.decode()
    assert "Regel 3: Dit kenmerk is er al met andere gegevens." in html
    assert Delivery.objects.latest("pk").counts == {"exists": 1, "conflict": 1, "created": 1}
    assert Recording.objects.count() == 1


def test_a_worker_that_was_killed_goes_on_where_it_was(
    client: Client, judge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST", 2)
    address = sent(client, *[item() for _ in range(5)])
    client.post(address)
    whole, done = deliveries.put_in, []

    def killed(*given: Any) -> Any:
        done.append(given)
        if len(done) == 2:
            raise SystemExit
        return whole(*given)

    monkeypatch.setattr(deliveries, "put_in", killed)
    with pytest.raises(SystemExit):
        tasks.go_through_deliveries()
    assert (Recording.objects.count(), Delivery.objects.get().rows) == (2, 2)
    assert "2 van ongeveer 5 regels" in client.get(address).content.decode()
    tasks.go_through_deliveries()
    assert (Recording.objects.count(), Delivery.objects.get().counts) == (5, {"created": 5})
    assert "Het bestand is ingelezen" in client.get(address).content.decode()


def test_what_is_no_sheet_is_refused_in_a_sentence(client: Client, judge: Person) -> None:
    for content, sentence in ((b"\x89PNG\x00", "Deze kolommen ontbreken"), (b"\n", "Er staan geen kolommen")):
        answer = send(client, content)
        tasks.go_through_deliveries()
        assert sentence in client.get(answer.url).content.decode()
        assert client.post(answer.url).status_code == 409
    assert client.post(PLACE).status_code == 400
    large = send(client, b"x" * (10 * 1024**2 + 1))
    assert (large.status_code, "groter dan 10 MB" in large.content.decode()) == (400, True)


def test_a_file_that_nobody_confirms_is_not_kept(client: Client, judge: Person) -> None:
    address = sent(client, item())
    deliveries.go_through_all(now() + deliveries.KEPT - timedelta(minutes=1))
    assert Delivery.objects.get().content is not None
    deliveries.go_through_all(now() + deliveries.KEPT + timedelta(minutes=1))
    assert Delivery.objects.get().content is None
    assert "niet meer bewaard" in client.get(address).content.decode()
    assert client.post(address).status_code == 409


def test_a_file_has_so_many_lines_and_a_judge_so_many_files(
    client: Client, judge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_LINES", 2)
    long = send(client, lines(item(), item(), item()))
    assert (long.status_code, "Deel het op" in long.content.decode()) == (400, True)
    for _ in range(deliveries.MOST_KEPT):
        assert send(client, lines(item())).status_code == 302
    more = send(client, lines(item()))
    assert (more.status_code, "Er wachten al vijf bestanden" in more.content.decode()) == (400, True)


def test_of_very_many_rejected_lines_the_first_are_told(
    client: Client, judge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST", 1)
    address = sent(client, item(size="x"), item(size="y"), item(size="z"))
    assert "Alle afgewezen regels" in client.get(address).content.decode()
    for module in (deliveries, deliver):
        monkeypatch.setattr(module, "REJECTED_AT_MOST", 20)
    cut = sent(client, item(size="x"), item(size="y"), item(size="z"))
    assert "De eerste afgewezen regels" in client.get(cut).content.decode()
    assert len(client.get(f"{cut}afgewezen.csv").content.splitlines()) == 2
    assert Delivery.objects.latest("pk").counts == {"refused": 3}


def test_a_file_that_fails_does_not_stop_the_others(
    client: Client, judge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, good = send(client, lines(item())), send(client, lines(item()))
    go_through = deliveries.go_through

    def fails_once(delivery: Delivery, at: Any) -> None:
        if broken.url.endswith(f"/{delivery.pk}/"):
            raise RuntimeError("de opslag is vol")
        go_through(delivery, at)

    monkeypatch.setattr(deliveries, "go_through", fails_once)
    tasks.go_through_deliveries()
    assert "Er is nog niets veranderd." in client.get(good.url).content.decode()
    assert "Er verandert nog niets." in client.get(broken.url).content.decode()


def test_rights_are_those_of_the_moment(client: Client, judge: Person) -> None:
    address = sent(client, item())
    client.post(address)
    judge.assignments.update(until_date=now().date() - timedelta(days=2))
    tasks.go_through_deliveries()
    assert (Recording.objects.count(), Delivery.objects.get().counts) == (0, {"forbidden": 1})
    assert client.get(address).status_code == 403


def test_nobody_else_sees_a_file(client: Client, judge: Person) -> None:
    address = sent(client, item(size="x"))
    for role, status in ((Role.JUDGE, 404), (Role.HEAD, 403)):
        client.force_login(holder_of(role, "ON"))
        assert [client.get(address).status_code, client.post(address).status_code] == [status, status]
        assert client.get(f"{address}afgewezen.csv").status_code == status
    assert client.get(PLACE).status_code == 403


def test_the_database_takes_nothing_in_without_a_trial(client: Client, judge: Person) -> None:
    found = deliveries.offer(b"x", "x.csv", by=judge, at=now())
    for change in ({"confirmed_at": now()}, {"finished_at": now()}):
        with pytest.raises(DatabaseError, match="a_file_"), transaction.atomic():
            Delivery.objects.filter(pk=found.pk).update(**change)
