"""Tokens with which other programs read or deliver: given, and perhaps taken back. Rows are only added."""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from organisation.models.people import Person, Unit
from organisation.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """What a program shows instead of a log-in, of which only the digest is kept: who finds this table cannot use it.

    A reader reads all that was ever filed, or what belongs to one unit; a dock delivers recordings, and reads nothing
    but what became of those. `begins` is what one recognises it by. `made_by` is None when it was made on the command
    line.
    """

    class Role(models.TextChoices):
        READER = "reader", "lezer"
        DOCK = "dock", "dock"

    name = models.CharField("naam", max_length=80, unique=True)
    role = models.CharField(max_length=10, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    begins = models.CharField(max_length=12, editable=False)
    valid_until = models.DateField("laatste dag")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="a_token_is_kept_as_its_digest"),
            says("name"),
        ]

    def __str__(self) -> str:
        return self.name


class ApiTokenRevocation(models.Model):
    """A token that was taken back, which happens once and for good."""

    token = models.OneToOneField(ApiToken, models.PROTECT, related_name="revocation")
    revoked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.token_id} {self.revoked_at}"
