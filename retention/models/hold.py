"""Holds (opschortingen): destruction waits for a request, a complaint or a demand (T-26). Rows are only added.

A hold is in force from its placing until its end date or its release, whichever is first; `retention_is_held` in the
database says so, and is what destruction asks. Placing and extending lock the recording and are refused once its
destruction has begun: a recording is held or being destroyed, never both.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models import Person
from retention.choices import HoldReason
from retention.models.recording import Recording
from retention.querysets import HoldQuerySet

LONGEST = timedelta(weeks=6, days=1)
"""A last day at most six weeks ahead: `until_at` is the first moment after that day."""


class Hold(models.Model):
    """`until_at` is the first moment at which it no longer holds, if nobody extends it. What `with_moments` adds is
    only there when it was asked.
    """

    ends_at: datetime
    look_by: datetime
    looked_at: datetime

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="holds")
    reason = models.CharField("waarom", max_length=30, choices=HoldReason)
    explanation = models.TextField("toelichting")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eigenaar")
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    until_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["placed_at", "pk"]
        constraints = [
            says("explanation"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("placed_at"), until_at__lte=F("placed_at") + LONGEST),
                name="a_hold_ends_within_six_weeks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.recording_id}"


class HoldExtension(models.Model):
    """Longer, by another privacy officer than the one who placed it."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="extensions")
    until_at = models.DateTimeField()
    reasons = models.TextField("redenen")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            says("reasons"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("at"), until_at__lte=F("at") + LONGEST),
                name="an_extension_ends_within_six_weeks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.until_at}"


class HoldReview(models.Model):
    """The weekly look: why it is still needed."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="reviews")
    reasons = models.TextField("redenen")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.at}"


class HoldRelease(models.Model):
    """Ended early, by another privacy officer than the one who placed it; once."""

    hold = models.OneToOneField(Hold, models.PROTECT, related_name="release")
    reasons = models.TextField("redenen")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.at}"


class PrivacyReminder(models.Model):
    """A privacy officer was reminded of holds and requests on this day: once, however often the clock asks."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="reminded_of_holds_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
