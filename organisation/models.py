"""The organisation: units, the people who log in, and who holds which role from when until when.

People are known by their personnel number only; a name is nowhere. Which role may do what, and for whom a role holds
today, is the question of `permissions.py`; giving and ending roles is in `services.py`.
"""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from guardian.models import UserObjectPermissionBase

from organisation.querysets import AssignmentQuerySet, MandateQuerySet, PersonQuerySet, PolicyRuleQuerySet, UnitQuerySet
from organisation.roles import Perm, Role

NUMBER = r"^[0-9]{4,12}$"


class Unit(models.Model):
    """A part of the police (S0-03): a regional or the national unit, a service or directorate, and what lies below
    them.

    A unit that ended or merged stays, with the day on which it ended: what was done under it keeps its name.
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


class RoleAssignment(models.Model):
    """Somebody holds a role, for a unit or nationally, from a day until a day. The truth from which all rights are
    derived.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="assignments")
    from_date = models.DateField("vanaf")
    until_date = models.DateField("tot en met", null=True, blank=True)
    assigned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["person", "role", "from_date"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("assigned_by")),
                name="nobody_assigns_a_role_to_themselves",
                violation_error_message="U kunt uzelf geen rol geven. Vraag het een andere beheerder.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="assignment_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, role__in=Role.national())
                | Q(unit__isnull=False, role__in=Role.of_a_unit()),
                name="assignment_has_a_unit_when_its_role_has",
                violation_error_message="Een landelijke rol heeft geen eenheid; elke andere rol heeft er een.",
            ),
            ExclusionConstraint(
                name="assignment_does_not_overlap",
                violation_error_message="Deze persoon heeft deze rol al in een deel van deze periode.",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("unit", 0, output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    (
                        Func(
                            "from_date",
                            "until_date",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Mandate(models.Model):
    """A unit head lets one of the unit's contact persons acquiesce or object. The necessity cannot be mandated
    (T-05).
    """

    class Kind(models.TextChoices):
        ACQUIESCE = "berusten", "berusten in een besluit"
        OBJECT = "bezwaar", "bezwaar maken en intrekken"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=10, choices=Kind)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="mandates_given")
    given_to = models.ForeignKey(Person, models.PROTECT, related_name="mandates_held")
    from_date = models.DateField("vanaf")
    until_date = models.DateField("tot en met")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_by=F("given_to")),
                name="mandate_is_given_to_another",
                violation_error_message="U kunt uzelf geen mandaat geven.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")),
                name="mandate_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["berusten", "bezwaar"]),
                name="mandate_is_never_for_the_necessity",
                violation_error_message="Mandaat kan alleen voor berusten en voor bezwaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}"


class PolicyRule(models.Model):
    """A rule of policy from a day until a day, with its source. What it says is looked at on the day of an initiative's
    first filing.
    """

    class Mode(models.TextChoices):
        BLOCKS = "blokkeert", "blokkeert"
        WARNS = "waarschuwt", "waarschuwt"
        INFORMS = "geldt", "geldt"

    code = models.CharField(max_length=60)
    sentence = models.TextField()
    citation = models.CharField(max_length=300)
    mode = models.CharField(max_length=12, choices=Mode)
    parameters = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="the last day")

    objects = PolicyRuleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["valid_from", "code"]
        constraints = [
            ExclusionConstraint(
                name="one_version_of_a_policy_rule_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_until",
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.code

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
