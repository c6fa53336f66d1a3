"""What the unit says of an approved initiative afterwards: whether it was carried out, and what an experiment taught.

A report is only added to; the last one is in force. An evaluation is a draft until it is submitted, and never changes
after that: the database sees to it (migration `what_was_submitted_stays`).
"""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from initiatives.choices import Advice, CarriedOut
from initiatives.models.initiative import Initiative
from initiatives.querysets import EvaluationQuerySet
from organisation.models import Person


class Execution(models.Model):
    """The unit's report that it was carried out, ended early or not carried out. It is no status."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="executions")
    outcome = models.CharField(max_length=20, choices=CarriedOut)
    on_day = models.DateField("op")
    sentence = models.CharField("toelichting", max_length=500)
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    form_id = models.UUIDField("het formulier waarmee het gemeld is", null=True, unique=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["reported_at", "id"]
        constraints = [says("sentence")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.outcome}"


class Evaluation(models.Model):
    """What an experiment taught: three questions (S3-02), indicators (S1-14, S2-11), partner, advice and lessons.

    `indicators` is {"agressie": {"effect": "beter", "note": …}, …}. `version` counts what was saved.
    """

    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="evaluation")
    contribution = models.TextField("bijdrage", blank=True)
    best_use = models.TextField("wanneer het best", blank=True)
    technique = models.TextField("techniek", blank=True)
    indicators = models.JSONField(default=dict, blank=True)
    research_partner = models.CharField("onderzoekspartner", max_length=200, blank=True)
    advice = models.CharField("advies", max_length=20, choices=Advice, blank=True)
    advice_reasons = models.TextField("redenen van het advies", blank=True)
    lessons = models.TextField("lessen", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    saved_at = models.DateTimeField(editable=False)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | (
                    Q(submitted_at__isnull=False, submitted_by__isnull=False)
                    & ~Q(contribution="")
                    & ~Q(best_use="")
                    & ~Q(technique="")
                    & ~Q(advice="")
                    & ~Q(lessons="")
                ),
                name="a_submitted_evaluation_is_complete",
            )
        ]
        indexes = [
            models.Index(
                fields=["-submitted_at", "-id"], name="evaluation_newest", condition=Q(submitted_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.initiative_id)
