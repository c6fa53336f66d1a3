"""What a status looks like: its word, tone and icon. Which statuses there are stands in `procedure.py`."""

from bodycams.look import Badge
from initiatives.models import Initiative
from initiatives.procedure import Status

LOOKS = {
    Status.CONCEPT: Badge(Status.CONCEPT.label, "draft"),
    Status.AANGEMELD: Badge(Status.AANGEMELD.label, "open"),
    Status.BEOORDEELD: Badge(Status.BEOORDEELD.label, "assessed"),
    Status.GOEDGEKEURD: Badge(Status.GOEDGEKEURD.label, "good"),
    Status.AFGEWEZEN: Badge(Status.AFGEWEZEN.label, "bad"),
    Status.BEZWAAR: Badge(Status.BEZWAAR.label, "warn"),
    Status.INGETROKKEN: Badge(Status.INGETROKKEN.label, "off"),
}
RETURNED = Badge("Teruggestuurd", "draft", "arrow-back-up")
URGENT = Badge("Dringend", "urgent")


def look_of(initiative: Initiative) -> Badge:
    """The status as it is shown; a file that was sent back is told from a concept."""
    return RETURNED if initiative.is_returned else LOOKS[Status(initiative.status)]
