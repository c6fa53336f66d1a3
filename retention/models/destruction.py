"""How a recording ends: the intent, the point of no return, the proof; and the runs in which that happens.

That intents and proofs are of recordings and runs that are there is looked after by triggers that ask it of a whole set
at once (migration 0031), where a foreign key asks and locks row by row: hence `db_constraint=False`.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from organisation.models import Person
from retention.choices import How, Stop, Why
from retention.models.recording import Recording


class Run(models.Model):
    """One review, by the clock or by hand (`by` is then who). One that found nothing to do is there as well.

    `missed` counts the hours before it in which there was none. `lapsed` is how many necessary recordings had come to
    their last day. `waits_for` says why it does not destroy what it found, until its `RunRelease`: `would_destroy`
    against `daily_median`, or `ahead`, by how much the database's clock was ahead of the worker's, and the newest
    moment in the journal.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    missed = models.PositiveIntegerField(default=0, db_default=0)
    lapsed = models.PositiveIntegerField(default=0, db_default=0)
    planned = models.PositiveIntegerField(default=0, db_default=0)
    waits_for = models.CharField(max_length=20, choices=Stop, blank=True, db_default="")
    would_destroy = models.PositiveIntegerField(default=0, db_default=0)
    daily_median = models.FloatField(default=0, db_default=0)
    ahead = models.DurationField(null=True)
    newest_entry_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-began_at", "-pk"]
        indexes = [
            models.Index(fields=["-began_at", "-id"], name="run_newest_first"),
            models.Index(fields=["waits_for", "id"], condition=~Q(waits_for=""), name="run_that_waits"),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class RunRelease(models.Model):
    """That what a run held back may go on: a privacy officer said so, or (without `by`) the promise came first."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="release")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reasons = models.TextField("redenen", blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"release {self.run_id}"


class Destruction(models.Model):
    """The intent to destroy a recording: the truth about what is going on, whatever becomes of worker and broker.

    Once `point_of_no_return_at` stands it stays, and the recording is neither held nor judged any more; a trigger sets
    that bar under the recording's lock. An intent without it may be taken back. A worker has it until `lease_until`;
    after an error nobody tries again before that. `delete_sent_at` stands before the storage is first told to delete,
    and goes when it surely did not. `missing_at`: the file had been seen, and was gone when a worker came.
    """

    recording = models.OneToOneField(
        Recording, models.PROTECT, primary_key=True, related_name="destruction", db_constraint=False
    )
    run = models.ForeignKey(Run, models.PROTECT, related_name="destructions", db_constraint=False, db_index=False)
    why = models.CharField(max_length=30, choices=Why)
    planned_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    last_error = models.TextField(blank=True, db_default="")
    point_of_no_return_at = models.DateTimeField(null=True)
    delete_sent_at = models.DateTimeField(null=True)
    missing_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(point_of_no_return_at__isnull=False),
                name="done_only_after_the_point_of_no_return",
            )
        ]
        indexes = [
            models.Index(fields=["run", "recording"], condition=Q(done_at__isnull=True), name="destruction_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.recording_id}"


class Proof(models.Model):
    """That, how and why a recording was destroyed. One for each, in the same transaction as its last status. What was
    missing is proven by what a privacy officer declares (`by`, `reasons`).
    """

    recording = models.OneToOneField(
        Recording, models.PROTECT, primary_key=True, related_name="proof", db_constraint=False
    )
    run = models.ForeignKey(Run, models.PROTECT, related_name="proofs", db_constraint=False)
    sha256 = models.CharField(max_length=64)
    ground = models.CharField(max_length=30, choices=Why)
    how = models.CharField(max_length=30, choices=How)
    destroyed_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    reasons = models.TextField("redenen", blank=True, db_default="")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(how=How.DECLARED, by__isnull=False) & ~Q(reasons="")
                | ~Q(how=How.DECLARED) & Q(by__isnull=True, reasons=""),
                name="declared_by_somebody_with_reasons",
            )
        ]
        indexes = [BrinIndex(fields=["destroyed_at"], autosummarize=True, name="proof_by_day")]

    def __str__(self) -> str:
        return f"proof {self.recording_id}"
