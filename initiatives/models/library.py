"""The library of policy: documents, their versions and files, and that each unit passed the procedure on. All are only
added to.
"""

from django.db import models
from django.db.models import F

from bodycams.constraints import says
from bodycams.uploads.store import KeptFile
from initiatives.querysets import PolicyVersionQuerySet
from organisation.models import Person, Unit


class PolicyDocument(models.Model):
    """A document of policy, of which there can be several versions (S0-11, S0-12)."""

    code = models.SlugField("afkorting", max_length=60, unique=True)
    title = models.CharField("titel", max_length=200)
    about = models.CharField("waar het over gaat", max_length=500)

    class Meta:
        default_permissions = ()
        ordering = ["title"]
        constraints = [says("code", "title", "about")]

    def __str__(self) -> str:
        return self.title


class PolicyVersion(models.Model):
    """A version holds from its day until the next one does. `dated` is empty when the document bears no date."""

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="versions")
    label = models.CharField("versie", max_length=200)
    dated = models.DateField("datum op het document", null=True, blank=True)
    valid_from = models.DateField("geldt vanaf")
    citation = models.CharField("vindplaats", max_length=300)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["document", "valid_from"], name="one_version_from_a_day_on"),
            says("label", "citation"),
        ]

    def __str__(self) -> str:
        return self.label


class PolicyFile(KeptFile):
    """A file of a version, as it was added."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="files")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["added_at"]
        constraints = [says("name")]

    def __str__(self) -> str:
        return self.name


class PassedOn(models.Model):
    """A unit head confirms that the procedure was passed on within the unit (S0-15): this version of it, and how."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    how = models.CharField("hoe", max_length=500)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    form_id = models.UUIDField("het formulier waarmee het bevestigd is", null=True, unique=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["confirmed_at", "id"]
        indexes = [models.Index(F("unit"), F("confirmed_at").desc(), F("id").desc(), name="passed_on_last")]
        constraints = [says("how")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.confirmed_at}"
