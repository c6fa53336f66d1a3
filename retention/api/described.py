"""How a delivery is described to programs: its fields, for the description of the API. They are read in
`retention/intake/fields.py`, from which this is made.
"""

from typing import Any

from retention.intake.batch import MOST
from retention.intake.fields import FIELDS, LARGEST, REQUIRED

MOMENTS = ("used_from", "used_to", "shift_end", "uploaded_at")


def _field(name: str, kind: str, about: str) -> dict[str, Any]:
    more: dict[str, Any] = {"format": "date-time"} if name in MOMENTS else {}
    if kind == "integer":
        more = {"minimum": 0, "maximum": LARGEST}
    return {"type": kind, "description": about, **more}


ITEM = {
    "type": "object",
    "title": "NewRecording",
    "required": list(REQUIRED),
    "additionalProperties": False,
    "properties": {field.name: _field(field.name, field.kind, field.about) for field in FIELDS},
}
DELIVERY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [ITEM, {"type": "array", "items": ITEM, "minItems": 1, "maxItems": MOST}]}
            }
        },
    }
}
CONTENT = {
    "parameters": [
        {
            "name": "Repr-Digest",
            "in": "header",
            "required": True,
            "description": "SHA-256 van het bestand (RFC 9530), bijvoorbeeld sha-256=:…:.",
            "schema": {"type": "string"},
        }
    ],
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}
