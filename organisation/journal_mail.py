"""The anchor that goes to the auditors by mail: with the seal in their own mailbox, nobody can make the chain anew
without their seeing it.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from bodycams.mail import Link, Mail, Part
from journal import seals
from journal.anchors import anchor_of
from journal.models import Entry, Seal
from journal.write import record
from organisation.models import Person
from organisation.roles import Role
from workflow.clock import local_date

log = logging.getLogger(__name__)

MAILED = "anker_gemaild"
MEANING = (
    "Het staat in voor elke regel tot en met het tweede getal. Controleert u later een export van het journaal, geef "
    "dit bericht dan mee als anker. Is er daarna iets veranderd, dan komt dat uit."
)
BARELY = timedelta(minutes=5)
"""So much too early is in time: the clock that asks does not tick at the very second."""


def mail_anchor(at: datetime) -> int:
    """Mail the newest seal to every auditor, unless that was done less than `JOURNAL_MAIL_EVERY` ago; answers with how
    many got it. Broken off it is done again, with the same ids.
    """
    seal = seals.newest()
    last = Entry.objects.filter(action=MAILED).order_by("-id").first()
    if seal is None or (last and at - last.at < settings.JOURNAL_MAIL_EVERY - BARELY):
        return 0
    auditors = Person.objects.holding(Role.AUDITOR, local_date(at)).filter(is_active=True).exclude(email="")
    sent = sum(_mail(auditor, seal) for auditor in auditors.order_by("number"))
    if sent:
        record(MAILED, f"Zegel {seal.number} is gemaild aan de auditors.", role="systeem", data={"people": sent})
    return sent


def _mail(auditor: Person, seal: Seal) -> bool:
    """One that cannot be delivered does not keep the others from theirs."""
    parts = [
        Part(["Bewaar dit bericht. Dit is het nieuwste zegel van het journaal van het Bodycamregister:"]),
        Part([anchor_of(seal)]),
        Part([MEANING], [Link("Het journaal en zijn zegels", reverse("journal-seals"))]),
    ]
    try:
        mail = Mail(auditor.email, f"Journaal: zegel {seal.number}", parts, name=f"anchor-{seal.number}-{auditor.pk}")
        mail.message().send()
    except Exception as refused:
        log.warning("anchor %s not mailed to person %s: %s", seal.number, auditor.pk, type(refused).__name__)
        return False
    return True
