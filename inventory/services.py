"""Use cases of the inventory: a camera is added, its status changes, another takes its place. Each leaves an entry in
the journal.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inventory.models import Camera
from journal.write import record
from organisation.models import Person
from organisation.permissions import capacity_for
from organisation.roles import Perm

TAKEN = "Deze camera vervangt al een andere. Kies een andere camera."
THERE = "Er is al een camera met dit serienummer."


class NotPossible(Exception):
    """Why not; a Dutch sentence."""


def add_camera(camera: Camera, *, by: Person) -> Camera:
    """Raises `NotPossible` when somebody else just added it."""
    try:
        with transaction.atomic():
            camera.save()
            _record(camera, "camera_toegevoegd", f"heeft camera {camera.serial} toegevoegd.", by)
    except IntegrityError as there:
        if not Camera.objects.filter(serial=camera.serial).exists():
            raise
        raise NotPossible(THERE) from there
    return camera


def change_camera(pk: int, status: str, replaced_by: Camera | None, *, by: Person) -> Camera:
    """A camera that was replaced names what took its place, if that is known. Raises `NotPossible`."""
    try:
        with transaction.atomic():
            camera = Camera.objects.select_for_update().get(pk=pk)
            before = camera.get_status_display()
            _fill(camera, status, replaced_by)
            camera.full_clean()
            camera.save(update_fields=["status", "replaced_by"])
            words = f"heeft camera {camera.serial} gewijzigd: {before}, nu {camera.get_status_display()}"
            after = f", vervangen door {replaced_by.serial}." if replaced_by else "."
            _record(camera, "camera_gewijzigd", words + after, by)
    except ValidationError as refused:
        raise NotPossible(" ".join(refused.messages)) from refused
    except IntegrityError as taken:
        if replaced_by is None or not Camera.objects.filter(replaced_by=replaced_by).exclude(pk=pk).exists():
            raise
        raise NotPossible(TAKEN) from taken
    return camera


def _fill(camera: Camera, status: str, replaced_by: Camera | None) -> None:
    """Not a status of a procedure: a camera has no steps, only a state in which it was found."""
    for name, value in (("status", status), ("replaced_by", replaced_by)):
        setattr(camera, name, value)


def _record(camera: Camera, action: str, words: str, by: Person) -> None:
    capacity = capacity_for(by, Perm.KEEP_CAMERAS, camera.unit_id)
    record(action, f"{capacity.title} {words}", actor=by, role=capacity.role, unit=capacity.unit, about=camera)
