"""What a dock sends, for tests: `item()` is a recording that is taken in, of today; what a test cares about it gives
itself. `deliver` posts it with a token.
"""

from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.test import Client

from organisation.models import ApiToken
from organisation.tests.factories import unit
from organisation.tokens import make_token
from retention.tests.factories import CONTENT, used
from workflow.clock import local_date, now

PLACE = "/api/v1/recordings"
SHA256 = sha256(CONTENT).hexdigest()
numbers = count(1)


def a_token(role: str = "dock", unit_code: str = "") -> str:
    at = now()
    of = unit(unit_code) if unit_code else None
    name = f"proef {ApiToken.objects.count()}"
    return make_token(name, role=role, unit=of, valid_until=local_date(at) + timedelta(days=9), by=None, at=at)[1]


def item(**changes: Any) -> dict[str, Any]:
    began, number = used(), next(numbers)
    return {
        "source": "dock-on",
        "source_id": f"D-{number:06}",
        "camera_serial": "ZC-0001",
        "unit": "ON",
        "initiative": "",
        "wearer": "104801",
        "used_from": began.isoformat(),
        "used_to": (began + timedelta(minutes=15)).isoformat(),
        "shift_end": (began + timedelta(minutes=25)).isoformat(),
        "uploaded_at": (began + timedelta(minutes=35)).isoformat(),
        "size": len(CONTENT),
        "sha256": SHA256,
        "storage_key": f"on/{number:06}.mp4",
        "place": "openbare_weg",
        "exception": "",
        "announced": True,
        "not_announced_reason": "",
        **changes,
    }


def deliver(client: Client, secret: str, sent: Any, **more: Any) -> Any:
    """The answer to what is sent: a value of JSON, or bytes as they are."""
    return client.post(
        PLACE, sent, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}, **more
    )
