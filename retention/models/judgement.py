"""What was judged of a recording, by whom and why. Rows are only added."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models import Person
from retention.choices import NEVER_ALONE, Ground, KeepingPurpose, ReasonCode
from retention.models.recording import Recording

OF_STAFF = Q(purpose=KeepingPurpose.STAFF) | Q(second_purposes__contains=[KeepingPurpose.STAFF])
"""Kept, also or only, to look into what a colleague did (S1-23, T-09)."""


class Judgement(models.Model):
    """A step that somebody, or the clock, took with a recording. `viewed` says whether the judge had looked at it: both
    are allowed, and a trigger looks which it was, whatever is written. `usable` is another question than necessary
    (S3-11).
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="judgements")
    step = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    ground = models.CharField("grondslag", max_length=2, choices=Ground, blank=True)
    purpose = models.CharField("doel", max_length=30, choices=KeepingPurpose, blank=True)
    second_purposes = ArrayField(
        models.CharField(max_length=30, choices=KeepingPurpose), verbose_name="ook voor", default=list, blank=True
    )
    reasons = models.TextField("redenen", blank=True)
    case_reference = models.CharField("zaaknummer", max_length=60, blank=True)
    keep_until = models.DateField("bewaren tot en met", null=True, blank=True)
    reason_code = models.CharField("reden", max_length=30, choices=ReasonCode, blank=True)
    council_record = models.CharField("stuk van de ondernemingsraad", max_length=200, blank=True, db_default="")
    usable = models.BooleanField("bruikbaar", null=True)
    viewed = models.BooleanField("bekeken", default=False, db_default=False)

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~OF_STAFF | ~Q(council_record=""),
                name="staff_is_followed_with_the_councils_leave",
            ),
            models.CheckConstraint(condition=~Q(purpose__in=NEVER_ALONE), name="never_for_training_or_science_alone"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], condition=~Q(ground=""), name="judgement_that_keeps"),
            models.Index(fields=["at"], condition=Q(step="niet_zinvol_verklaren"), name="judgement_at_end_of_shift"),
            models.Index(fields=["at"], condition=OF_STAFF, name="judgement_of_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.recording_id}"


class TermRequest(models.Model):
    """A judge asks to keep a recording beyond the day that was given."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="term_requests")
    keep_until = models.DateField("bewaren tot en met")
    reasons = models.TextField("redenen")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["asked_at", "pk"]
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.keep_until}"


class TermVerdict(models.Model):
    """What a privacy officer said to it. `asked_by` repeats who asked: four eyes are two people."""

    request = models.OneToOneField(TermRequest, models.PROTECT, related_name="verdict")
    agreed = models.BooleanField("akkoord")
    reasons = models.TextField("redenen")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            says("reasons"),
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="a_longer_term_takes_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.agreed}"
