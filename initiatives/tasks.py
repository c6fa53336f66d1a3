"""What the worker does for initiatives. A task can run twice or late without harm; what it does is in the service it
names.
"""

import logging
from datetime import date

from celery import shared_task
from kombu.exceptions import OperationalError

from bodycams import heartbeat
from bodycams.pdf import Unavailable
from initiatives import finality, mail, overview_files, overview_pdf
from initiatives.overview import overview_on
from initiatives.overview_files import Document, Progress, document_of
from workflow.clock import now
from workflow.dates import parse_day

log = logging.getLogger(__name__)


@shared_task
def mail_notices() -> None:
    mail.mail_notices(now())


@shared_task
def make_lapsed_decisions_final() -> None:
    finality.make_lapsed_decisions_final(now())


@shared_task
def make_overview(peildatum: str) -> None:
    """The overview of a day as PDF, for whoever waits for it. Nothing when it is there, or being made."""
    overview = overview_on(parse_day(peildatum))
    document = document_of(overview)
    with document.making() as target:
        if target:
            try:
                overview_pdf.make(overview, target, lambda done, total: document.report(Progress(done, total)))
            except Unavailable as unavailable:
                document.report(Progress(failure=str(unavailable)))
                raise
            except Exception:
                document.report(
                    Progress(failure="Het maken van de PDF is mislukt. Probeer het over een minuut opnieuw.")
                )
                raise


@shared_task
def remove_unused_overviews() -> None:
    overview_files.remove_unused()


def have_made(document: Document, peildatum: date) -> bool:
    """Asks the worker for an overview, unless somebody just did. False when no worker can be reached."""
    if not heartbeat.is_heard(heartbeat.WORKER):
        return False
    if document.ask():
        try:
            make_overview.apply_async([peildatum.isoformat()], retry=False, expires=overview_files.ASK_AGAIN)
        except OperationalError:
            document.forget()
            return False
    return True


def mail_soon() -> None:
    """Wake the worker for the notices that were just written. When the broker is down, beat finds them later: a step
    that was taken is never undone by it.
    """
    try:
        mail_notices.apply_async(retry=False, expires=60)
    except OperationalError as down:
        log.warning("broker cannot be reached: %s", type(down).__name__)
