"""What the nightly comparison of storage and register found: each comparison, and each file with which something is
wrong.
"""

from typing import Any

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import MD5, Least

from bodycams.constraints import says
from organisation.models import Person
from retention.choices import Astray, Ending
from retention.models.recording import Recording

DESTROYED = (Ending.DELETED, Ending.ABSENT)


class Comparison(models.Model):
    """One look at everything in the storage. Without `ended_at` it goes on or was broken off; with an `error` it did
    not see everything, and nothing was concluded about the rest. `list_error`: the list of destructions was not looked
    at; the storage was.

    `young` are files that came in too short ago to wonder where their recording is, `unlisted` the destructions that
    their list lacks. The other counts are of what this comparison was the first to find. `told_at`: the privacy
    officers were told what it found, and that `overdue` files should have been gone; `alarmed_at`: that files wait for
    them; `administrators_told_at`: administrators were told what only they can mend.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    files = models.PositiveBigIntegerField(default=0, db_default=0)
    size = models.PositiveBigIntegerField(default=0, db_default=0)
    young = models.PositiveIntegerField(default=0, db_default=0)
    unknown = models.PositiveIntegerField(default=0, db_default=0)
    returned = models.PositiveIntegerField(default=0, db_default=0)
    lost = models.PositiveIntegerField(default=0, db_default=0)
    unlisted = models.PositiveIntegerField(default=0, db_default=0)
    error = models.TextField(blank=True, db_default="")
    list_error = models.TextField(blank=True, db_default="")
    told_at = models.DateTimeField(null=True)
    overdue = models.PositiveIntegerField(default=0, db_default=0)
    alarmed_at = models.DateTimeField(null=True)
    administrators_told_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-began_at", "-pk"]
        indexes = [models.Index(fields=["-began_at", "-id"], name="comparison_newest_first")]

    def __str__(self) -> str:
        return f"comparison {self.pk}"


def counted(function: str) -> models.GeneratedField:
    """A moment that counts from when the file was last written, and never from later than it was first found."""
    kind = models.DateTimeField()
    expression = Func(Least(F("written_at"), F("found_at")), function=function, output_field=kind)
    return models.GeneratedField(expression=expression, output_field=kind, db_persist=True)


class StorageIncident(models.Model):
    """A file with which something is wrong, and how that ended. One that is open for a key is the only one.

    `recording` is the one that owns the key; of a file that nobody knows there is none, until it comes. `sent_at`
    stands before the storage is first told to delete, and goes when it surely did not; from then on no recording can
    have the file. `ordered_by` is the privacy officer who did not want to wait for its term.
    """

    kind = models.CharField(max_length=20, choices=Astray)
    key = models.TextField()
    size = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="storage_incidents")
    found_at = models.DateTimeField()
    found_in = models.ForeignKey(Comparison, models.PROTECT, related_name="found")
    seen_in = models.ForeignKey(Comparison, models.PROTECT, related_name="+", db_index=False)
    ordered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    ordered_at = models.DateTimeField(null=True)
    reasons = models.TextField("redenen", blank=True, db_default="")
    sent_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    last_error = models.TextField(blank=True, db_default="")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Ending, blank=True, db_default="")
    destroy_from: Any = counted("retention_judging_closes")
    must_be_gone_by: Any = counted("retention_must_be_gone")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(MD5("key"), condition=Q(ended_at=None), name="one_open_incident_of_a_file"),
            models.CheckConstraint(
                condition=Q(kind=Astray.UNKNOWN, size__isnull=False, written_at__isnull=False)
                | ~Q(kind=Astray.UNKNOWN) & Q(recording__isnull=False),
                name="an_incident_is_of_a_file_or_of_a_recording",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="an_incident_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=DESTROYED) | Q(sent_at__isnull=False) & ~Q(kind=Astray.LOST),
                name="destroyed_after_the_storage_was_told",
            ),
            models.CheckConstraint(
                condition=Q(ordered_by__isnull=True, ordered_at__isnull=True, reasons="")
                | Q(kind=Astray.UNKNOWN, ordered_by__isnull=False, ordered_at__isnull=False) & ~Q(reasons=""),
                name="ordered_by_somebody_with_reasons",
            ),
        ]
        indexes = [
            models.Index(fields=["destroy_from", "id"], condition=Q(ended_at=None), name="incident_that_is_open"),
            models.Index(fields=["-ended_at", "-id"], condition=~Q(ended_at=None), name="incident_that_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ComparisonRelease(models.Model):
    """That the files found until now may go, however many: a privacy officer looked."""

    comparison = models.OneToOneField(Comparison, models.PROTECT, primary_key=True, related_name="release")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reasons = models.TextField("redenen")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"release {self.comparison_id}"
