"""A recording in a few words, wherever one is named: when, where, with which camera. Never who wore it."""

from retention.models import Recording
from workflow.clock import AMSTERDAM
from workflow.dates import day_in_words


def label_of(recording: Recording) -> str:
    """`12 november 2026, 14.30 tot 14.45 uur`."""
    began = (recording.true_from or recording.used_from).astimezone(AMSTERDAM)
    ended = (began + (recording.used_to - recording.used_from)).astimezone(AMSTERDAM)
    return f"{day_in_words(began.date())}, {began:%H.%M} tot {ended:%H.%M} uur"


def note_of(recording: Recording) -> str:
    """`Oost-Nederland, camera ZC-0001, openbare weg`."""
    return f"{recording.unit.name}, camera {recording.camera_serial}, {recording.get_place_display()}"
