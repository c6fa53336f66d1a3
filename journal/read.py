"""Reading the journal back: what happened to one object, newest first."""

from django.db import models

from journal.models import Entry, Result


def trail(about: models.Model) -> models.QuerySet[Entry]:
    """What was done to `about`, newest first; refused attempts are left to the journal's own pages."""
    return Entry.objects.filter(
        object_type=about._meta.label_lower, object_id=str(about.pk), result=Result.TAKEN
    ).order_by("-id")
