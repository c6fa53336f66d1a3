"""Units, and the people who log in. People are known by their personnel number only; a name is nowhere.

Which role somebody holds is in `assignments.py`.
"""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from bodycams.constraints import says
from organisation.querysets import PersonQuerySet, UnitQuerySet
from organisation.roles import Perm

NUMBER = r"^[0-9]{4,12}$"


class Unit(models.Model):
    """A part of the police (S0-03): a regional or the national unit, a service or directorate, and what lies below
    them.

    A unit that ended or merged stays, with the day on which it ended: what was done under it keeps its name. Whoever
    holds a role for its `successor` holds it for what stayed under the old unit too.
    """

    class Kind(models.TextChoices):
        REGIONAL = "regionale_eenheid", "regionale eenheid"
        NATIONAL = "landelijke_eenheid", "landelijke eenheid"
        SERVICE_CENTRE = "ondersteunende_dienst", "ondersteunende dienst"
        DIRECTORATE = "directie", "directie"
        DISTRICT = "district", "district"
        DIVISION = "dienst", "dienst"
        TEAM = "basisteam", "basisteam"

        @property
        def head(self) -> str:
            """What the letter calls who is in charge."""
            return "de politiechef" if self in (Unit.Kind.REGIONAL, Unit.Kind.NATIONAL) else "het hoofd"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120, help_text="lower case, without accents and without a leading ’s-")
    kind = models.CharField(max_length=30, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="the last day")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = UnitQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [(perm.value, perm.label) for perm in Perm]
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="unit_is_not_its_own_parent",
                violation_error_message="Een eenheid kan niet onder zichzelf vallen.",
            ),
            says("code", "name", "sort_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def head(self) -> str:
        """Who is in charge of it: `de politiechef`."""
        return Unit.Kind(self.kind).head


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, number: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(number=number, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, number: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(number, password, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in with a personnel number (S4-06), or the account `systeem` (0000) in which the clock
    acts.
    """

    class Mail(models.TextChoices):
        """How somebody gets what is not decided: a decision is always mailed at once."""

        AT_ONCE = "meteen", "elk bericht meteen"
        DAILY = "dagelijks", "één mail per dag"

    SYSTEM = "0000"
    USERNAME_FIELD = "number"

    number = models.CharField(
        "personeelsnummer",
        max_length=12,
        unique=True,
        validators=[RegexValidator(NUMBER, "Vul alleen cijfers in.")],
    )
    email = models.EmailField("e-mailadres", blank=True)
    is_active = models.BooleanField("actief", default=True)
    mail = models.CharField("mail", max_length=10, choices=Mail, default=Mail.AT_ONCE)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=NUMBER),
                name="people_are_known_by_a_number",
                violation_error_message="Een personeelsnummer heeft vier tot twaalf cijfers.",
            )
        ]

    def __str__(self) -> str:
        return self.number


class UnitUserPermission(UserObjectPermissionBase):
    """Guardian's object permissions on units, in a table of their own. Derived from the assignments; never written by
    hand.
    """

    content_object = models.ForeignKey(Unit, models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
