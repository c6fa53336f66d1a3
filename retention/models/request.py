"""Requests of filmed persons (S3-16; Wpg 25 to 29), what was done with them, and which recordings they are about.

Who asks stands in `Requester` and in the letters' papers and nowhere else: both are destroyed five years after the
request was closed (`requests.services.forget`). What stays has ids, roles, days and reasons. All but the request itself
and what is destroyed is only added to.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models import Person
from retention.models.hold import Hold
from retention.models.recording import Recording
from retention.querysets import PrivacyRequestQuerySet
from retention.request_choices import (
    Channel,
    EndsIn,
    IdentityBy,
    ObjectionOutcome,
    Outcome,
    RefusalGround,
    RequestKind,
)
from retention.request_procedure import RequestProcedure, RequestStatus
from workflow.clock import local_date


class PrivacyRequest(RequestProcedure):
    """`due_on` is the last day for the decision, adjournment included."""

    unit_id: int | None = None
    """A request is of the country: the right to treat it is national."""

    kind = models.CharField("soort", max_length=20, choices=RequestKind)
    received_on = models.DateField("ontvangen op")
    channel = models.CharField("hoe", max_length=20, choices=Channel)
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    due_on = models.DateField()
    identity_on = models.DateField("identiteit vastgesteld op", null=True)
    identity_by = models.CharField("identiteit vastgesteld met", max_length=20, choices=IdentityBy, blank=True)
    adjourned_days = models.PositiveSmallIntegerField(default=0)
    decided_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | (Q(identity_on__isnull=False) & ~Q(identity_by="")),
                name="no_decision_before_the_identity",
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.BESLOTEN, decided_on__isnull=False)
                | Q(status=RequestStatus.GESLOTEN)
                | Q(status__in=[RequestStatus.ONTVANGEN, RequestStatus.IN_BEHANDELING], decided_on__isnull=True),
                name="decided_exactly_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.GESLOTEN, closed_at__isnull=False)
                | (~Q(status=RequestStatus.GESLOTEN) & Q(closed_at__isnull=True)),
                name="closed_exactly_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(adjourned_days=0) | Q(kind=RequestKind.ACCESS, adjourned_days__in=(28, 42)),
                name="only_access_is_adjourned",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="a_request_has_a_term"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(decided_on__isnull=True), name="request_to_decide"),
            models.Index(fields=["received_on"], name="request_of_a_year"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"V-{self.pk:05}"

    @property
    def closed_on(self) -> date | None:
        return local_date(self.closed_at) if self.closed_at else None

    @property
    def objection_waits(self) -> bool:
        return hasattr(self, "objection") and not hasattr(self.objection, "outcome")


class Requester(models.Model):
    """Who asks: for the letter, and to find the recording. Destroyed five years after closing. Until it is closed a
    mistake in the address is mended, and in the name until the identity is established.
    """

    request = models.OneToOneField(PrivacyRequest, models.PROTECT, primary_key=True, related_name="requester")
    name = models.CharField("naam", max_length=200)
    address = models.TextField("adres")
    description = models.TextField("wat de verzoeker schrijft")

    class Meta:
        default_permissions = ()
        constraints = [says("name", "address", "description")]

    def __str__(self) -> str:
        return f"verzoeker van {self.request_id}"


class RequestLink(models.Model):
    """A recording that a request is about, with the hold that linking placed; null where it was held already, or its
    destruction had begun.
    """

    request = models.ForeignKey(PrivacyRequest, models.PROTECT, related_name="links")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="request_links")
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="request_links")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.recording_id}"


class RequestUnlink(models.Model):
    """It was not about that recording after all."""

    link = models.OneToOneField(RequestLink, models.PROTECT, primary_key=True, related_name="unlink")
    reasons = models.TextField("redenen")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.link_id}"


class RequestAdjournment(models.Model):
    """The decision later, once: by four weeks, by six when several units hold the data (Wpg 25)."""

    request = models.OneToOneField(PrivacyRequest, models.PROTECT, primary_key=True, related_name="adjournment")
    days = models.PositiveSmallIntegerField()
    several_units = models.BooleanField()
    reasons = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            says("reasons"),
            models.CheckConstraint(
                condition=Q(days=28) | Q(days=42, several_units=True), name="six_weeks_for_several_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.days}"


class RequestDecision(models.Model):
    """A decision in the sense of the Awb (Wpg 29). `ends_in` is of a removal that is granted, wholly or partly."""

    request = models.OneToOneField(PrivacyRequest, models.PROTECT, primary_key=True, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome)
    ground = models.CharField(max_length=20, choices=RefusalGround, blank=True)
    ends_in = models.CharField(max_length=20, choices=EndsIn, blank=True)
    reasons = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            says("reasons"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GRANTED, ground="") | (~Q(outcome=Outcome.GRANTED) & ~Q(ground="")),
                name="what_is_not_granted_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(ends_in="") | ~Q(outcome=Outcome.REFUSED), name="what_is_refused_ends_in_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"


class Restriction(models.Model):
    """A recording is out of use from the decision on a request on, for as long as that is about it: only a privacy
    officer looks at it (T-27).
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="restrictions")
    request = models.ForeignKey(PrivacyRequest, models.PROTECT, related_name="restrictions")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recording", "request"], name="a_request_restricts_a_recording_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.recording_id}"


class RequestObjection(models.Model):
    """The requester does not agree with the decision."""

    request = models.OneToOneField(PrivacyRequest, models.PROTECT, primary_key=True, related_name="objection")
    received_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.request_id} {self.received_on}"


class RequestObjectionResult(models.Model):
    """What came of it."""

    objection = models.OneToOneField(RequestObjection, models.PROTECT, primary_key=True, related_name="outcome")
    outcome = models.CharField(max_length=20, choices=ObjectionOutcome)
    decided_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.objection_id} {self.outcome}"


class RequestLetter(models.Model):
    """A letter to the requester, the `n`-th of its request. `facts` is what it says; nobody's name is in it."""

    class Kind(models.TextChoices):
        DECISION = "besluit", "Besluit op uw verzoek"
        ADJOURNMENT = "verdaging", "Het besluit op uw verzoek komt later"

    request = models.ForeignKey(PrivacyRequest, models.PROTECT, related_name="letters")
    n = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    dated = models.DateField()
    facts = models.JSONField()

    class Meta:
        default_permissions = ()
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["request", "n"], name="letters_of_a_request_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.request.number} / B{self.n}"


class RequestPaper(models.Model):
    """The letter as PDF, with name and address: made once, these bytes until it is destroyed with them."""

    letter = models.OneToOneField(RequestLetter, models.PROTECT, primary_key=True, related_name="paper")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256
