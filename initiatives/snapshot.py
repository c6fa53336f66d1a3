"""The initiative as it was at a moment that counts: when it was decided on, and when the head signed for it."""

from typing import Any

from initiatives.models.filing import Necessity
from initiatives.models.initiative import Initiative
from initiatives.policy import rules_for
from organisation.endings import heir_of
from organisation.models import Unit
from organisation.policy import newest_version

SIGNED_FOR = ("unit", "kinds", "cameras_requested", "amount")
"""What the unit head signs for: changing one of these makes the necessity lapse."""


def what_was_signed_for(initiative: Initiative) -> dict[str, Any]:
    """The fields of `SIGNED_FOR` in JSON."""
    return {
        "unit": initiative.unit.code,
        "kinds": sorted(initiative.kinds),
        "cameras_requested": initiative.cameras_requested,
        "amount": None if initiative.amount is None else f"{initiative.amount:.2f}",
    }


def is_still_signed_for(initiative: Initiative, necessity: Necessity) -> bool:
    """Whether the initiative still says what the head signed for. That its unit went up in another changes nothing."""
    signed, says = necessity.signed_for, what_was_signed_for(initiative)
    if signed["unit"] != says["unit"]:
        heir = heir_of(Unit.objects.filter(code=signed["unit"]).select_related("successor").first())
        signed = {**signed, "unit": heir.code if heir else signed["unit"]}
    return bool(signed == says)


def snapshot_of(initiative: Initiative, granted: list[str]) -> dict[str, Any]:
    """What a decision is about, in JSON: an overview prints this and never what can still change.

    Amounts are euros with two decimals as text; days are ISO dates. Holds functions and units, nobody's name or number.
    """
    filed_on = initiative.policy_date
    return {
        **what_was_signed_for(initiative),
        "number": initiative.number,
        "unit_name": initiative.unit.name,
        "title": initiative.title,
        "teams": initiative.teams,
        "cameras_now": initiative.cameras_now,
        "vendor": initiative.vendor,
        "model": initiative.model_name,
        "period_from": initiative.period_from and initiative.period_from.isoformat(),
        "period_until": initiative.period_until and initiative.period_until.isoformat(),
        "unit_pays": initiative.costs_accepted,
        "requested": list(initiative.requested_support),
        **_arranged(initiative),
        "granted": list(granted),
        "submitted_on": filed_on.isoformat() if filed_on else None,
        "rule_version": newest_version(rules_for(initiative, filed_on)).isoformat() if filed_on else None,
    }


def _arranged(initiative: Initiative) -> dict[str, Any]:
    """What had been arranged: outcomes and days, not the texts, in which a name could stand."""
    return {
        "consultations": {
            one.party: {"held_on": one.held_on and one.held_on.isoformat(), "outcome": one.outcome}
            for one in initiative.consultations.all()
        },
        "agreements": sorted(one.subject for one in initiative.agreements.all() if one.is_recorded),
        "readiness": sorted(one.element for one in initiative.readiness.all() if one.in_place),
        "dpia_version": initiative.dpia_version,
        "dpia_date": initiative.dpia_date and initiative.dpia_date.isoformat(),
        "documents": sorted(one.sha256 for one in initiative.documents.all() if one.removed_at is None),
    }
