"""The policy rules with their versions, and how a version comes about: a change that one proposes and another confirms.

Nothing here is ever overwritten: a version holds until the next one of the same rule begins.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from organisation.models.proposals import Proposal, Verdict
from organisation.querysets import PolicyRuleQuerySet, ProposalQuerySet


class Version(models.Model):
    """What a policy rule says from a day on, with its source."""

    class Mode(models.TextChoices):
        BLOCKS = "blokkeert", "blokkeert"
        WARNS = "waarschuwt", "waarschuwt"
        INFORMS = "geldt", "geldt"

    code = models.CharField(max_length=60)
    sentence = models.TextField("regel")
    citation = models.CharField("bron", max_length=300)
    mode = models.CharField("werking", max_length=12, choices=Mode)
    parameters = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField("geldt vanaf")
    valid_until = models.DateField("geldt tot en met", null=True, blank=True, help_text="the last day")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def said(self) -> dict[str, Any]:
        """What it says, by the names of the fields."""
        return {field.name: getattr(self, field.name) for field in Version._meta.get_fields()}


class PolicyChange(Proposal, Version):
    """A new version of a policy rule, as somebody proposes it."""

    objects = ProposalQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="policy_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            says("code", "sentence", "citation", "reasons"),
        ]

    def as_rule(self) -> "PolicyRule":
        """The version as it will be, not saved."""
        return PolicyRule(**self.said(), change=self)


class PolicyVerdict(Verdict):
    proposal = models.OneToOneField(PolicyChange, models.PROTECT, related_name="verdict")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.outcome}"


class PolicyRule(Version):
    """A version of a policy rule. What it says is looked at on the day of an initiative's first filing.

    Of the versions that began by a day the one that began last holds; of two that begin on one day, the newer row. With
    a `valid_until` it holds no longer than that. `change` is what it comes from; the first versions come from the
    documents themselves and have none.
    """

    change = models.OneToOneField(PolicyChange, models.PROTECT, null=True, blank=True, related_name="rule")

    objects = PolicyRuleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["valid_from", "code", "id"]
        constraints = [says("code", "sentence", "citation")]
