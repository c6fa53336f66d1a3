"""By which indexes lists of initiatives are found, counted and sorted, however many there are.

A list goes through one of these in its own order, and its total is counted in the index alone; `cameras_requested`
comes along for the sum. Full text, kinds and support are found by one index more, which stands in a migration with the
column that it needs (`querysets.InitiativeQuerySet.saying`).
"""

from datetime import date

from django.db.models import Index, Q
from django.db.models.functions import Coalesce

NEVER = date(9999, 12, 31)
CAMERAS_ASKED = Coalesce("cameras_requested", 0)
TERM_OR_NEVER = Coalesce("due_on", NEVER)

FILED = Q(number__isnull=False)
NEWEST_FIRST = ("-submitted_at", "-id")
LISTS = {
    "initiative_filed": NEWEST_FIRST,
    "initiative_filed_unit": ("unit", *NEWEST_FIRST),
    "initiative_filed_status": ("status", *NEWEST_FIRST),
    "initiative_filed_vendor": ("vendor", *NEWEST_FIRST),
}

INDEXES = [
    *(Index(fields=by, include=["cameras_requested"], condition=FILED, name=name) for name, by in LISTS.items()),
    Index(fields=["unit", "status"], name="initiative_unit_status"),
    Index(fields=["status", "due_on"], name="initiative_status_due"),
    Index(CAMERAS_ASKED, "id", condition=FILED, name="initiative_by_cameras"),
    Index(TERM_OR_NEVER, "id", condition=FILED, name="initiative_by_term"),
]
