"""Health says whether the parts answer, to anybody, and nothing more."""

import pytest
from django.conf import settings
from django.test import Client

from bodycams import heartbeat

pytestmark = pytest.mark.django_db
UNREACHABLE = "redis://127.0.0.1:1/0"


@pytest.fixture
def alive() -> None:
    for name in (heartbeat.WORKER, heartbeat.BEAT):
        heartbeat.write(name)


@pytest.fixture
def dead() -> None:
    heartbeat.forget()


def test_live_asks_nothing(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/health/live").json() == {"status": "ok"}


def test_ready_when_everything_answers(client: Client, alive: None) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    names = ("database", "migrations", "broker", "worker", "beat", "caught_up", "review", "in_time", "storage")
    assert answer.json() == {"status": "ok", "checks": dict.fromkeys(names, True)}


def test_not_ready_without_worker_and_beat_but_the_web_alone_is(client: Client, dead: None) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["worker"], answer.json()["checks"]["beat"]) == (
        503,
        False,
        False,
    )
    answer = client.get("/health/ready?only=web")
    assert (answer.status_code, set(answer.json()["checks"])) == (200, {"database", "migrations", "broker"})


def test_not_ready_without_broker(client: Client, alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", UNREACHABLE)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["broker"]) == (503, False)


def test_not_ready_when_a_migration_is_missing(client: Client, alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bodycams.health._migrations", lambda: {("journal", "9999_comes_with_the_next_release")})
    answer = client.get("/health/ready")
    wrong = [name for name, fine in answer.json()["checks"].items() if not fine]
    assert (answer.status_code, wrong) == (503, ["migrations", "caught_up", "review", "in_time", "storage"])


@pytest.mark.parametrize("path", ["/health/live", "/health/ready?only=web"])
@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", 200), ("OPTIONS", 200), ("POST", 405), ("PUT", 405), ("DELETE", 405)]
)
def test_methods_that_health_knows(client: Client, path: str, method: str, status: int) -> None:
    assert client.generic(method, path).status_code == status


def test_balancer_need_not_speak_https(client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get("/health/live").status_code == 200
    assert client.get("/inloggen/").headers["Location"].startswith("https://")
