"""What the worker does for the journal: seal every few seconds, anchor every minute, and check all of it every day."""

import logging

from celery import shared_task

from journal import anchors, seals, verify

log = logging.getLogger(__name__)


@shared_task
def seal_journal() -> None:
    seals.seal()


@shared_task
def anchor_journal() -> None:
    anchors.follow()


@shared_task
def check_journal() -> None:
    outcome = verify.check()
    if outcome.finding:
        log.error("the journal is not as it was sealed, see /journaal/")
