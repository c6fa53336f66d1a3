"""What the journal calls a camera, how it is found, and where it is shown."""

from collections.abc import Iterable

from django.urls import reverse

from inventory.models import Camera
from journal.objects import Kind, name_kind


def name_kinds() -> None:
    name_kind("inventory.camera", Kind("camera", _ids_of, _serials_of, lambda pk: reverse("camera", args=[pk])))


def _ids_of(serial: str) -> list[str]:
    return [str(pk) for pk in Camera.objects.filter(serial=serial).values_list("pk", flat=True)]


def _serials_of(pks: Iterable[str]) -> dict[str, str]:
    found = Camera.objects.filter(pk__in=[int(pk) for pk in pks if pk.isdigit()])
    return {str(pk): serial for pk, serial in found.values_list("pk", "serial")}
