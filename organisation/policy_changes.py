"""Changing a policy rule: one administrator proposes a version, another confirms or refuses it.

Nothing is overwritten: what was confirmed is a new row (`models/policy.py`). What a change would do to files is counted
by the app that knows them, and handed in as `effect`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from journal.write import record
from organisation.models import Outcome, Person, PolicyChange, PolicyRule, PolicyVerdict
from organisation.models.policy import Version
from organisation.proposals import answer
from organisation.refusals import OrganisationRefused, keep, must_hold
from organisation.roles import Perm, Role
from workflow.dates import day_in_words

NEVER_CHANGED = {"bewaartermijn-28-dagen": "Niemand kan deze regel veranderen: de 28 dagen staan vast."}
"""Rules that no two people can change, and why (domain 5)."""

NOT_YOURS = "Alleen een functioneel beheerder kan beleidsregels veranderen."


def propose(version: Version, reasons: str, effect: dict[str, Any], *, by: Person, at: datetime) -> PolicyChange:
    """Propose what `version` says, a row that is not saved. Raises `OrganisationRefused`."""
    must_hold(by, Perm.MANAGE_POLICY, NOT_YOURS)
    if version.code in NEVER_CHANGED:
        raise OrganisationRefused(NEVER_CHANGED[version.code])
    change = PolicyChange(**version.said(), reasons=reasons, effect=effect, proposed_by=by, proposed_at=at)
    with transaction.atomic():
        keep(change)
        _record("beleid_voorgesteld", f"De beheerder stelt voor: {in_words(change)}", change, reasons, effect, by)
    return change


def decide(
    change: PolicyChange, outcome: Outcome, reasons: str, effect: dict[str, Any], *, by: Person, at: datetime
) -> PolicyRule | None:
    """Confirm, refuse or withdraw a proposal; what was confirmed is a version of the rule from then on. Raises
    `OrganisationRefused`.
    """
    must_hold(by, Perm.MANAGE_POLICY, NOT_YOURS)
    rule = change.as_rule() if outcome == Outcome.CONFIRMED else None
    with transaction.atomic():
        answer(
            PolicyVerdict(
                proposal=change, outcome=outcome, reasons=reasons, effect=effect, decided_by=by, decided_at=at
            )
        )
        if rule:
            rule.save(force_insert=True)
        sentence = f"De beheerder heeft het voorstel {outcome.label}: {in_words(change)}"
        _record(f"beleid_{outcome.value}", sentence, change, reasons, effect, by)
    return rule


def in_words(version: Version) -> str:
    """What a version says, in one sentence for the trail."""
    until = f" tot en met {day_in_words(version.valid_until)}" if version.valid_until else ""
    mode = Version.Mode(version.mode).label
    return f"de regel ‘{version.code}’ {mode} vanaf {day_in_words(version.valid_from)}{until}."


def _record(action: str, sentence: str, change: PolicyChange, reasons: str, effect: dict[str, Any], by: Person) -> None:
    data = {"rule": change.code, "mode": change.mode, "parameters": change.parameters, "effect": effect}
    record(action, sentence, actor=by, role=Role.ADMINISTRATOR, about=change, reason=reasons, data=data)
