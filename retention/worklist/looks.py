"""What a recording looks like in a list and on its page: its status, the marks that it carries, and its place.

How long still is `left.py`'s question; what may be done with it is `workflow.offers`'.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bodycams.look import Badge
from retention.choices import PRIVATE, Place, PlaceException
from retention.procedure import Status

LOOKS = {
    Status.TE_BEOORDELEN: Badge(Status.TE_BEOORDELEN.label, "open"),
    Status.NOODZAKELIJK: Badge(Status.NOODZAKELIJK.label, "good"),
    Status.NIET_NOODZAKELIJK: Badge(Status.NIET_NOODZAKELIJK.label, "off", "trash"),
    Status.VERWIJDERD: Badge(Status.VERWIJDERD.label, "draft", "lock"),
    Status.VERNIETIGD: Badge(Status.VERNIETIGD.label, "off", "circle-check"),
}
WAITS_FOR_ITS_FILE = timedelta(hours=48)
"""So long after its metadata a file may come before that stands out."""

HELD = Badge("Opschorting", "off", "hand-stop")
NOT_ANNOUNCED = Badge("Niet aangekondigd", "warn", "alert-triangle")
LATE = Badge("Laat aangeleverd", "warn", "clock")
CLOCK_WRONG = Badge("Klok van de camera klopt niet", "warn", "clock")
NO_FILE = Badge("Bestand na 48 uur niet binnen", "bad", "file-text")
NO_FILE_YET = Badge("Bestand nog niet binnen", "draft", "file-text")
FILE_OF_ANOTHER = Badge("Bestand is van een andere opname", "bad", "file-text")
UNKNOWN_CAMERA = Badge("Onbekende camera", "warn", "zoom-question")
UNKNOWN_WEARER = Badge("Onbekende drager", "warn", "zoom-question")
EXCEPTIONS = {PlaceException.EMERGENCY: "noodsituatie", PlaceException.CAUGHT: "heterdaad"}


def is_gone(recording: Any) -> bool:
    return bool(recording.status == Status.VERNIETIGD)


def place_of(recording: Any) -> str:
    """`Openbare weg`."""
    return Place(recording.place).label.capitalize()


def flags(recording: Any, at: datetime, *, tells_holds: bool = True) -> Iterator[Badge]:
    """What stands out of a recording, the gravest first; of a destroyed one nothing does any more.

    Asks of it, beside its fields: `held`, `knows_camera` and `knows_wearer`. Who wore the camera is not told of holds:
    that would tell that somebody complained.
    """
    if is_gone(recording):
        return
    if recording.place in PRIVATE:
        yield _private(recording)
    if recording.held and tells_holds:
        yield HELD
    if not recording.announced:
        yield NOT_ANNOUNCED
    if recording.set_apart:
        yield CLOCK_WRONG
    if recording.late:
        yield LATE
    if not recording.owns_file:
        yield FILE_OF_ANOTHER
    elif recording.file_seen_at is None:
        yield NO_FILE if at >= recording.arrived_at + WAITS_FOR_ITS_FILE else NO_FILE_YET
    if not recording.knows_camera:
        yield UNKNOWN_CAMERA
    if not recording.knows_wearer:
        yield UNKNOWN_WEARER


def _private(recording: Any) -> Badge:
    """A dwelling or closed yard, and on which exception filming there was allowed, if any (S4-05)."""
    if recording.exception:
        return Badge(f"{place_of(recording)}, {EXCEPTIONS[recording.exception]}", "off", "home")
    return Badge(f"{place_of(recording)}, geen uitzondering", "bad", "home-shield")
