"""What is recorded on the way of a file: the necessity, each filing, each return, its terms and its number.

What stands in the tables of `bodycams.roles.APPEND_ONLY` is only ever added to.
"""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from initiatives.choices import Outside
from initiatives.models.initiative import Initiative
from initiatives.querysets import OutsideQuerySet
from organisation.models import Person, Unit


class Necessity(models.Model):
    """The unit head's judgement of the necessity (S0-22), signed for what the file said at that moment."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="necessities")
    necessary = models.BooleanField()
    urgent = models.BooleanField()
    reasons = models.TextField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    signed_for = models.JSONField(help_text="unit, kinds, cameras_requested and amount as they were")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(urgent=False) | Q(necessary=True), name="urgent_only_when_necessary"),
            says("reasons"),
        ]

    def __str__(self) -> str:
        return "noodzakelijk" if self.necessary else "niet noodzakelijk"


class Submission(models.Model):
    """Somebody filed this initiative, the first time or again after a return."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="submissions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.at}"


class Return(models.Model):
    """The file was sent back to be supplemented. `ended_on` is the day on which it was filed again or resumed."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="returns")
    missing = models.TextField("wat ontbreekt")
    by_when = models.DateField("aanvullen tot en met")
    returned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    returned_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["returned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(ended_on__isnull=True), name="one_return_at_a_time"
            ),
            says("missing"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.by_when}"


class FileTerm(models.Model):
    """A term of a file. `met_on` is the day on which what it waited for was done; how it is reckoned is in
    `terms.py`.
    """

    class Kind(models.TextChoices):
        FIRST_DECISION = "first_decision", "eerste besluit"
        SUPPLEMENT = "supplement", "aanvullen"
        OBJECTION = "objection", "bezwaar maken"
        OBJECTION_DECISION = "objection_decision", "besluit op bezwaar"
        LATE_OBJECTION_DECISION = "late_objection_decision", "besluit op bezwaar"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=30, choices=Kind)
    starts_on = models.DateField()
    adjourned_days = models.PositiveSmallIntegerField(default=0)
    last_day = models.DateField()
    met_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "kind"], condition=Q(met_on__isnull=True), name="one_open_term_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["kind", "last_day"], name="term_open", condition=Q(met_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} {self.last_day}"


class NumberCounter(models.Model):
    """The last number given in a year. Its row is the last lock of the step that gives a number."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class OutsideProcedure(models.Model):
    """Something that the scope check placed outside the procedure (S0-41): it has no number, and starts nothing."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=30, choices=Outside)
    reasons = models.TextField("toelichting")
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    initiative = models.OneToOneField(Initiative, models.SET_NULL, null=True, related_name="outside_before")
    form_id = models.UUIDField("het formulier waarmee het gemeld is", null=True, unique=True, editable=False)

    objects = OutsideQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        constraints = [says("reasons")]

    def __str__(self) -> str:
        return f"{self.answer} {self.unit_id}"
