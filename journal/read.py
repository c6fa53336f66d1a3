"""Reading the journal back: what happened to one object, or was done by one person, newest first. Searching it is in
`search.py`.
"""

from django.db import models
from django.db.models.fields.json import KT

from journal.models import Entry, Result


def trail(about: models.Model) -> models.QuerySet[Entry]:
    """What was done to `about`, newest first; who looked at it, and refused attempts, are left to the journal's own
    pages.
    """
    return Entry.objects.filter(
        object_type=about._meta.label_lower, object_id=str(about.pk), result=Result.TAKEN
    ).order_by("-id")


def last_refusal(about: models.Model, action: str) -> Entry | None:
    """The newest entry that says that this was refused to `about`."""
    refused = Entry.objects.filter(
        object_type=about._meta.label_lower, object_id=str(about.pk), result=Result.REFUSED, action=action
    )
    return refused.order_by("-id").first()


def done_by(number: str, action: str) -> models.QuerySet[Entry]:
    """Each time that the person with this number did this, newest first."""
    return Entry.objects.filter(actor=number, action=action, result=Result.TAKEN).order_by("-id")


def naming(digest: str, *actions: str) -> models.QuerySet[Entry]:
    """Entries of these actions that name a file by its SHA-256, newest first."""
    named = Entry.objects.annotate(digest=KT("data__sha256")).filter(data__has_key="sha256", digest=digest)
    return named.filter(action__in=actions).order_by("-id")
