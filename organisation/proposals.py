"""What two people do together, whatever it is about: the second is another person, and answers once.

By identity, never by permission; a trigger refuses the same (migration `two_people_change_policy`).
"""

from django.db import IntegrityError, transaction

from organisation.models import Outcome, Verdict
from organisation.refusals import OrganisationRefused

YOUR_OWN = "U hebt dit zelf voorgesteld. Daarom moet een andere beheerder het bevestigen of weigeren."
NOT_YOURS = "Alleen wie iets voorstelt, kan het voorstel intrekken."
ANSWERED = "Dit voorstel is al beantwoord."


def answer(verdict: Verdict) -> None:
    """Save the verdict on its proposal. Raises `OrganisationRefused` to the wrong person, and to the second one."""
    proposal = verdict.proposal  # type: ignore[attr-defined]
    withdraws = verdict.outcome == Outcome.WITHDRAWN
    if withdraws != (verdict.decided_by_id == proposal.proposed_by_id):
        raise OrganisationRefused(NOT_YOURS if withdraws else YOUR_OWN)
    try:
        with transaction.atomic():
            verdict.save(force_insert=True)
    except IntegrityError as twice:
        raise OrganisationRefused(ANSWERED) from twice
