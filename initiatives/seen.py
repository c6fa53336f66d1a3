"""That somebody looked at a file stands in the journal before anything of it is shown: no entry, no content."""

from typing import Any

from initiatives.models import Initiative
from journal.models import Result
from journal.write import record
from organisation.permissions import capacity_to_see


def record_view(initiative: Initiative, person: Any) -> None:
    """Put on record that `person`, who may see it, is going to see this file."""
    capacity = capacity_to_see(person, initiative)
    record(
        "dossier_ingezien",
        f"{capacity.title} heeft het dossier ingezien.",
        actor=person,
        role=capacity.role,
        unit=capacity.unit,
        about=initiative,
        result=Result.SEEN,
    )
