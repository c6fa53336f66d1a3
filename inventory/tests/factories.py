"""Cameras for tests; what a test cares about it gives itself."""

from itertools import count
from typing import Any

from inventory.models import Camera
from organisation.tests.factories import unit

numbers = count(1)


def camera(unit_code: str = "ON", **facts: Any) -> Camera:
    given = {"vendor": "Zepcam", "model_name": "T2+", "origin": "landelijke_uitrol", **facts}
    return Camera.objects.create(**{"serial": f"ZC-9{next(numbers):05}", "unit": unit(unit_code), **given})
