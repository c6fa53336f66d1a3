"""Who holds which role from when until when, and which mandates heads gave. What a role may do is in `roles.py`; for
whom it holds today is the question of `permissions.py`.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from organisation.models.people import Person, Unit
from organisation.querysets import AssignmentQuerySet, MandateQuerySet
from organisation.roles import Role


class RoleAssignment(models.Model):
    """Somebody holds a role, for a unit or nationally, from a day until a day. The truth from which all rights are
    derived.

    A deputy (waarneming) holds the same role beside who is away, for a period that always ends.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="assignments")
    from_date = models.DateField("vanaf")
    until_date = models.DateField("tot en met", null=True, blank=True)
    deputy_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="deputies")
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
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(until_date__isnull=False),
                name="deputy_is_there_for_a_period",
                violation_error_message="Een waarneming heeft een laatste dag.",
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

    @property
    def title(self) -> str:
        """The role as a list shows it."""
        return f"{Role(self.role).label}{' (waarnemend)' if self.deputy_for_id else ''}"


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
