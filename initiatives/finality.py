"""What the clock does: a decision becomes final when nobody objected in time.

Taken by the account `systeem`, not by a person, so it is no step of the procedure. A late objection with an excuse is
the only thing that undoes it (`bezwaar_maken` in `procedure.py`).
"""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from initiatives import notices, terms
from initiatives.choices import FinalGround
from initiatives.models import FileTerm, Initiative
from journal.write import record
from organisation.models import Person
from workflow.clock import local_date

log = logging.getLogger(__name__)


def make_lapsed_decisions_final(at: datetime) -> int:
    """Make every decision final whose objection term is over at `at`; answers with how many.

    Twice or late changes nothing: the decision is final from the day after the term. One that fails does not stop the
    rest; it is tried again the next time.
    """
    done = 0
    today = local_date(at)
    for pk in Initiative.objects.with_lapsed_objection_term(today).values_list("pk", flat=True):
        try:
            done += _make_final(pk, today, at)
        except Exception:
            log.exception("initiative %s could not be made final", pk)
    return done


def _make_final(pk: int, today: date, at: datetime) -> bool:
    """Whether it was still to be done, now that nobody else can change it."""
    with transaction.atomic():
        Initiative.objects.select_for_update().get(pk=pk)
        initiative = Initiative.objects.with_lapsed_objection_term(today).filter(pk=pk).first()
        if initiative is None:
            return False
        lapsed = initiative.terms.get(kind=FileTerm.Kind.OBJECTION, met_on__isnull=True)
        initiative.final_ground = FinalGround.TERM_LAPSED
        initiative.final_on = lapsed.last_day + timedelta(days=1)
        terms.meet(initiative, initiative.final_on, FileTerm.Kind.OBJECTION)
        terms.show_running_term(initiative)
        initiative.save(update_fields=["final_ground", "final_on", "due_kind", "due_on"])
        sentence = "De bezwaartermijn is voorbij. Het besluit is definitief."
        notices.tell(initiative, notices.LAPSED, [sentence], at=at)
        record(
            "definitief_worden",
            sentence,
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=initiative,
            data={"last_day": lapsed.last_day.isoformat()},
        )
    return True
