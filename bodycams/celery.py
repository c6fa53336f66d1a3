"""The worker and beat: the Celery application, its signs of life, and the id that a task carries into logs and journal.

What tasks do is in the `tasks.py` files, when they run in `beat.py`.
"""

import logging
import logging.config
import os
import sys
from contextvars import Token
from typing import Any

import structlog
from celery import Celery, Task, bootsteps, signals
from celery.beat import PersistentScheduler

from bodycams.checks import EXIT_CODE, refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
refuse_unsafe_settings()

from bodycams import heartbeat, serving  # noqa: E402  # only after the environment is known to be sound
from journal.origin import origin  # noqa: E402
from workflow.clock import now  # noqa: E402

REQUEST_ID = "request_id"

log = logging.getLogger(__name__)


class Served(Task):
    """A task that does nothing while nothing may be served from the database; beat asks again."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if reason := serving.why_not():
            log.error("nothing is done: %s", reason)
            return None
        return super().__call__(*args, **kwargs)


app = Celery("bodycams", task_cls=Served)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Alive(bootsteps.StartStopStep):
    """While the worker listens to the broker, it says so every few seconds."""

    requires = {"celery.worker.consumer:Tasks"}

    def start(self, consumer: Any) -> None:
        heartbeat.write(heartbeat.WORKER)
        self.timer = consumer.timer.call_repeatedly(heartbeat.EVERY, heartbeat.write, (heartbeat.WORKER,))

    def stop(self, consumer: Any) -> None:
        self.timer.cancel()


app.steps["consumer"].add(Alive)


class Beat(PersistentScheduler):
    """The usual scheduler, which says at every tick that it is alive."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        heartbeat.write(heartbeat.BEAT)
        wait: float = super().tick(*args, **kwargs)
        return min(wait, heartbeat.EVERY)


@signals.worker_init.connect
def _refuse_a_key_that_cannot_sign(**_: Any) -> None:
    """Only the worker signs, so only the worker looks into the key (`checks.py` sees that the file is there)."""
    from django.conf import settings

    from bodycams.pdf.signing_key import CannotSign, key_on

    if settings.SIGNING_KEY_FILE:
        try:
            key_on(now())
        except CannotSign as refusal:
            sys.stderr.write(f"De worker start niet: {refusal}\n")
            raise SystemExit(EXIT_CODE) from None


@signals.setup_logging.connect
def _log_as_the_web_does(**_: Any) -> None:
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def _send_origin_along(headers: dict[str, Any], **_: Any) -> None:
    headers[REQUEST_ID] = origin.get()


_tokens: dict[str, Token[str]] = {}


@signals.task_prerun.connect
def _take_over_origin(task_id: str, task: Any, **_: Any) -> None:
    """What a request started keeps that request's id; what beat started gets the id of the task."""
    request_id = getattr(task.request, REQUEST_ID, "") or f"task-{task_id}"
    _tokens[task_id] = origin.set(request_id)
    structlog.contextvars.bind_contextvars(request_id=request_id, task=task.name)


@signals.task_postrun.connect
def _forget_origin(task_id: str, **_: Any) -> None:
    origin.reset(_tokens.pop(task_id))
    structlog.contextvars.clear_contextvars()
