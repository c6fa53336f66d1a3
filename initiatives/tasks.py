"""What the worker does for initiatives. A task can run twice or late without harm; what it does is in the service it
names.
"""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from initiatives import finality, mail
from workflow.clock import now

log = logging.getLogger(__name__)


@shared_task
def mail_notices() -> None:
    mail.mail_notices(now())


@shared_task
def make_lapsed_decisions_final() -> None:
    finality.make_lapsed_decisions_final(now())


def mail_soon() -> None:
    """Wake the worker for the notices that were just written. When the broker is down, beat finds them later: a step
    that was taken is never undone by it.
    """
    try:
        mail_notices.apply_async(retry=False, expires=60)
    except OperationalError as down:
        log.warning("broker cannot be reached: %s", type(down).__name__)
