"""That somebody looked at image and sound, or took it along, and to whom it was given. Rows are only added."""

import uuid

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models import Person
from retention.choices import DisclosureGround, Use, ViewingPurpose
from retention.clock import VALID_FOR
from retention.models.recording import Recording


class Viewing(models.Model):
    """Somebody stated a purpose, and may look for a quarter of an hour (S1-18). Its id is what the address holds: it
    cannot be guessed, and is of use only to that person, in the session of which `session` is the digest. The database
    gives the moments.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="viewings", db_index=False)
    use = models.CharField(max_length=20, choices=Use)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=10, blank=True)
    purpose = models.CharField("doel", max_length=30, choices=ViewingPurpose)
    reasons = models.TextField("waarom")
    at = models.DateTimeField(editable=False)
    valid_until = models.DateTimeField(editable=False)
    session = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        ordering = ["-at"]
        indexes = [models.Index(fields=["recording", "-at"], name="viewings_of_a_recording")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=F("at") + VALID_FOR), name="a_viewing_is_valid_for_a_quarter_of_an_hour"
            ),
            says("title", "reasons"),
            models.CheckConstraint(condition=~Q(use=Use.DOWNLOAD, role="drager"), name="a_wearer_never_downloads"),
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.recording_id}"


class Disclosure(models.Model):
    """A recording was given to somebody outside (S4-10): to whom, on which ground, when and why. The register holds
    that it was done; it sends nothing.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="disclosures")
    recipient = models.CharField("ontvanger", max_length=200)
    ground = models.CharField("grondslag", max_length=5, choices=DisclosureGround)
    given_on = models.DateField("verstrekt op")
    reasons = models.TextField("waarom")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-at"]
        constraints = [
            says("recipient", "title", "reasons"),
            models.CheckConstraint(condition=~Q(role="drager"), name="a_wearer_never_discloses"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.recipient}"
