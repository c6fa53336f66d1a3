"""That somebody looked at what is known of a recording stands in the journal before anything of it is shown: no entry,
no content. Looking at image or sound asks for a purpose first, and is another room's work.
"""

from typing import Any

from journal.models import Result
from journal.write import record
from organisation.permissions import capacity_for, capacity_with, may, may_for
from organisation.roles import Perm
from retention.models import Recording
from workflow.who import Capacity


def record_view(recording: Recording, person: Any) -> None:
    """Put on record that `person`, who may see it, is going to see the page of this recording."""
    capacity = capacity_to_see(recording, person)
    record(
        "opname_ingezien",
        f"{capacity.title} heeft de gegevens van de opname ingezien.",
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=recording,
        result=Result.SEEN,
    )


def capacity_to_see(recording: Recording, person: Any) -> Capacity:
    """In which role somebody looks at it, who may: who wore the camera does so as its wearer."""
    if recording.is_of(person) and may(person, Perm.WEAR_CAMERA):
        return capacity_with(person, Perm.WEAR_CAMERA)
    if may_for(person, Perm.JUDGE_RECORDINGS, recording):
        return capacity_for(person, Perm.JUDGE_RECORDINGS, recording.unit_id)
    return capacity_with(person, Perm.GUARD_PRIVACY)
