"""What the API says of recordings and of what became of a delivery."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bodycams.api.problems import TITLES
from retention.intake.batch import CONFLICT, FORBIDDEN, Outcome, Result
from retention.intake.fields import Fault

STATUS = {
    Result.CREATED: 201,
    Result.EXISTS: 200,
    Result.CONFLICT: 409,
    Result.REFUSED: 400,
    Result.FORBIDDEN: 403,
}
INVALID = "Deze opname is niet aangenomen. Bij elk onderdeel staat wat eraan mankeert."
DETAILS = {Result.CONFLICT: CONFLICT, Result.REFUSED: INVALID, Result.FORBIDDEN: FORBIDDEN}

FIELDS = (
    *("id", "source", "source_id", "camera_serial", "unit__code", "initiative__number", "used_from", "used_to"),
    *("shift_end", "uploaded_at", "arrived_at", "size", "sha256", "storage_key", "place", "exception", "announced"),
    *("true_from", "file_seen_at", "status", "ground", "keep_until", "set_apart", "late", "judging_closes_at"),
    *("must_be_gone_by", "next_at", "known_camera"),
    *("proof__sha256", "proof__ground", "proof__how", "proof__destroyed_at", "proof__run_id"),
)
"""Of a recording. Who wore the camera, why filming was not announced and what case it belongs to are nowhere here."""
ALIKE = tuple(name for name in FIELDS if "__" not in name and name != "status")


def outcome_of(outcome: Outcome) -> dict[str, Any]:
    """What became of one item, in the form of a problem when it was not taken in."""
    status = STATUS[outcome.result]
    said: dict[str, Any] = {"result": outcome.result.value, "status": status}
    if outcome.source:
        said["source"] = outcome.source
    if outcome.source_id:
        said["source_id"] = outcome.source_id
    if outcome.id:
        said |= {"id": outcome.id, "state": outcome.state, "marks": outcome.marks}
    if not outcome.is_in:
        title = TITLES.get(status, TITLES[400])
        said |= {"type": "about:blank", "title": title, "detail": DETAILS[outcome.result]}
        said["errors"] = [error_of(fault) for fault in outcome.faults]
    return said


def error_of(fault: Fault) -> dict[str, str]:
    return {"in": "body", "name": fault.name, "code": fault.code, "detail": fault.sentence}


def recording_of(said: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """A recording, of the fields in `FIELDS`."""
    proof = None
    if said["proof__destroyed_at"]:
        proof = {name: said[f"proof__{name}"] for name in ("sha256", "ground", "how", "destroyed_at")}
        proof["run"] = said["proof__run_id"]
    return {
        **{name: said[name] for name in ALIKE},
        "unit": said["unit__code"],
        "initiative": said["initiative__number"],
        "state": said["status"],
        "proof": proof,
        "self": request.build_absolute_uri(reverse("api", args=[f"recordings/{said['id']}"])),
    }
