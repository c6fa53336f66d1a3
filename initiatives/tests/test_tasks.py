"""The worker's tasks, done by a real worker; a step and the web process that takes it know nothing of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core import mail
from django.test import Client

from bodycams.celery import app
from initiatives import tasks
from initiatives.models import Notice
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.typed import form_of
from organisation.models import Person

pytestmark = pytest.mark.django_db
PATIENCE = 30
WEB = "import sys, django; django.setup(); import bodycams.urls; print({*sys.argv} & set(sys.modules))"
HEAVY = (
    "celery",
    "redis",
    "weasyprint",
    "pikepdf",
    "pyhanko",
    "cryptography",
    "ninja",
    "botocore",
    "ctypes",
    "statistics",
    "xml",
)


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    Person.objects.filter(pk=cast.head.pk).update(email="hoofd@politie.example")
    return cast


def test_real_worker_mails_what_a_step_on_a_page_leads_to(cast: Cast, worker: None) -> None:
    subject = initiative(cast, "beoordeeld")
    client = Client()
    client.force_login(cast.leader)
    answer = client.post(f"/initiatieven/{subject.pk}/stap/afwijzen/", form_of("afwijzen"))
    assert answer.status_code == 302
    tasks.make_letters.delay()  # as beat does every few seconds
    tasks.mail_notices.delay()
    until = time.monotonic() + PATIENCE
    while Notice.objects.filter(person=cast.head, mailed_at=None).exists():
        assert time.monotonic() < until, "took too long"
        time.sleep(0.1)
    assert "De projectleider heeft het initiatief afgewezen." in str(mail.outbox[-1].body)


def test_a_web_process_starts_without_worker_broker_paper_and_keys() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bodycams.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WEB, *HEAVY],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "set()", done.stderr


def test_tasks_do_what_they_are_named_after(cast: Cast) -> None:
    initiative(cast, "aangemeld")
    tasks.mail_notices()
    tasks.make_lapsed_decisions_final()
    tasks.tell_in_the_morning()
    assert Notice.objects.get(person=cast.head).mailed_at is not None


def test_beat_knows_the_tasks_by_name() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    ours = ("mail_notices", "make_lapsed_decisions_final", "tell_in_the_morning")
    assert {f"initiatives.tasks.{name}" for name in ours} <= scheduled
    assert scheduled <= set(app.tasks)
