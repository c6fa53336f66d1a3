"""What the tests of the register share: a worker that does what is asked of it, waiting for it, and a server that takes
mail.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker

from bodycams import heartbeat
from bodycams.celery import app
from initiatives.tests.smtp_server import Post, deliver_to, smtp_server
from initiatives.views import overview_pdf


@pytest.fixture
def own_media(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of its own for files that are kept, and a site that has not heard of a worker yet."""
    settings.MEDIA_ROOT = tmp_path
    heartbeat.forget()
    yield tmp_path
    heartbeat.forget()


@pytest.fixture
def worker(own_media: Path) -> Iterator[None]:
    """A worker on the real broker."""
    app.control.purge()
    heartbeat.write(heartbeat.WORKER)
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60):
        yield


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine making a document takes longer than anybody likes to wait."""
    monkeypatch.setattr(overview_pdf, "PATIENCE", 120)


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """What a mail server was given, to which the site sends its mail."""
    with smtp_server() as post:
        deliver_to(post, settings)
        yield post
