"""What the API says of an initiative, in the shapes of `shapes.py`."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from initiatives.models import Initiative
from initiatives.procedure import Status
from initiatives.register.asked import RETURNED

ALIKE = ("number", "title", "teams", "kinds", "vendor", "cameras_requested", "cameras_now", "requested_support")
"""Called the same in the register and in the API."""
OF_A_FILE = ("description", "target_groups", "uses", "purposes", "places", "period_from", "period_until")


def initiative_of(said: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Of the fields of `exports.FIELDS`."""
    address = reverse("api", args=[f"initiatives/{said['number']}"])
    return {
        **{name: said[name] for name in ALIKE},
        "unit": {"code": said["unit__code"], "name": said["unit__name"]},
        "status": RETURNED if said["status"] == Status.CONCEPT else said["status"],
        "filed_at": said["submitted_at"],
        "model": said["model_name"],
        "amount": said["amount"],
        "unit_pays": said["costs_accepted"],
        "decision": _decision(said["in_force"]) if said["in_force"] else None,
        "final": {"ground": said["final_ground"], "day": said["final_on"]} if said["final_ground"] else None,
        "term": {"kind": said["due_kind"], "last_day": said["due_on"]} if said["due_on"] else None,
        "self": request.build_absolute_uri(address),
    }


def whole_of(found: Initiative, said: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """The same, with what the unit wrote about it and every decision."""
    decisions = found.decisions.values("permission", "granted", "refused", "round", "decided_at")
    return {
        **initiative_of(said, request),
        **{name: getattr(found, name) for name in OF_A_FILE},
        "decisions": [_decision({**decision}) for decision in decisions],
    }


def _decision(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "permission": said["permission"],
        "granted_support": said["granted"],
        "refused_support": said["refused"],
        "on_objection": said["round"] == 2,
        "decided_at": said["decided_at"],
    }
