"""The cameras that units have: what each is, where it came from, and what replaced it."""

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from initiatives.models import Initiative
from inventory.querysets import CameraQuerySet
from organisation.models import Unit


class Camera(models.Model):
    """A bodycam. One that was replaced stays, and is not counted beside its replacement: 376 replaced within 2,000 make
    2,000 (S2-09, S2-10, T-14).
    """

    class Origin(models.TextChoices):
        """Where it came from; of others only with recorded consent (S1-06, T-25)."""

        ROLL_OUT = "landelijke_uitrol", "eerdere landelijke uitrol"
        INITIATIVE = "initiatief", "een initiatief"
        OTHERS = "met_instemming", "een ander, met instemming"

    class Status(models.TextChoices):
        OPERATIONAL = "operationeel", "operationeel"
        DEFECT = "defect", "defect"
        REPLACED = "vervangen", "vervangen"
        DISPOSED = "afgevoerd", "afgevoerd"

    serial = models.CharField("serienummer", max_length=60, unique=True)
    vendor = models.CharField("leverancier", max_length=120)
    model_name = models.CharField("model", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cameras", verbose_name="eenheid")
    origin = models.CharField("herkomst", max_length=20, choices=Origin)
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="cameras")
    consent = models.TextField("wie stemde ermee in", blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPERATIONAL)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="vervangen door"
    )

    objects = CameraQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["serial"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(status="vervangen"),
                name="only_a_replaced_camera_has_a_replacement",
                violation_error_message="Alleen een vervangen camera heeft een vervanger.",
            ),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("id")),
                name="a_camera_does_not_replace_itself",
                violation_error_message="Een camera kan zichzelf niet vervangen.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="met_instemming") | ~Q(consent=""),
                name="a_camera_of_others_has_consent",
                violation_error_message="Vul in wie ermee instemde dat de camera van een ander komt.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="initiatief") | Q(initiative__isnull=False),
                name="a_camera_of_an_initiative_names_it",
                violation_error_message="Kies het initiatief waarmee de camera kwam.",
            ),
            says("serial", "vendor", "model_name"),
        ]

    def __str__(self) -> str:
        return self.serial
