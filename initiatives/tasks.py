"""What the worker does for initiatives, when beat says so. A task can run twice or late without harm; what it does is
in the service it names.

A step does not wake the worker: its notices are found within seconds (`bodycams/beat.py`), and neither a step nor a
web process has anything to do with the broker.
"""

from datetime import date

from kombu.exceptions import OperationalError

from bodycams import heartbeat
from bodycams.celery import app
from bodycams.pdf.making import Unavailable
from initiatives import evaluations, finality, mail, reminders
from initiatives.editions import making as editions
from initiatives.editions import planning
from initiatives.letters import making
from initiatives.overview import files, pdf
from initiatives.overview.approved import overview_on
from initiatives.overview.files import Document, Progress, document_of
from workflow.clock import now
from workflow.dates import parse_day


@app.task
def mail_notices() -> None:
    mail.mail_notices(now())


@app.task
def tell_in_the_morning() -> None:
    """What is told once a day or a week, and then, with that in it, one mail for who wants one a day."""
    at = now()
    reminders.remind(at)
    reminders.oversee(at)
    mail.gather_digests(at)


@app.task
def make_letters() -> None:
    making.make_letters(now())


@app.task
def make_editions() -> None:
    editions.make_editions(now())


@app.task
def ask_half_yearly() -> None:
    planning.ask_half_yearly(now())


@app.task
def make_lapsed_decisions_final() -> None:
    finality.make_lapsed_decisions_final(now())


@app.task
def remind_of_evaluations() -> None:
    evaluations.remind(now())


@app.task
def make_overview(peildatum: str) -> None:
    """The overview of a day as PDF, for whoever waits for it. Nothing when it is there, or being made."""
    overview = overview_on(parse_day(peildatum))
    document = document_of(overview)
    with document.making() as target:
        if target:
            try:
                pdf.make(overview, target, lambda done, total: document.report(Progress(done, total)))
            except Unavailable as unavailable:
                document.report(Progress(failure=str(unavailable)))
                raise
            except Exception:
                document.report(
                    Progress(failure="Het maken van de PDF is mislukt. Probeer het over een minuut opnieuw.")
                )
                raise


@app.task
def remove_unused_overviews() -> None:
    files.remove_unused()


def have_made(document: Document, peildatum: date) -> bool:
    """Asks the worker for an overview, unless somebody just did. False when no worker can be reached."""
    if not heartbeat.is_heard(heartbeat.WORKER):
        return False
    if document.ask():
        try:
            make_overview.apply_async([peildatum.isoformat()], retry=False, expires=files.ASK_AGAIN)
        except OperationalError:
            document.forget()
            return False
    return True
