"""A file of recordings that a judge sent in the browser: tried first, taken in when the judge says so."""

from typing import Any

from django.db import models
from django.db.models import Q

from organisation.models import Person


class DeliveryManager(models.Manager["Delivery"]):
    """Files without what stands in them: a page or worker that only looks how far one is, loads no ten megabytes."""

    def get_queryset(self) -> models.QuerySet["Delivery"]:
        kept = models.ExpressionWrapper(Q(content__isnull=False), output_field=models.BooleanField())
        return super().get_queryset().annotate(has_content=kept).defer("content")


class Delivery(models.Model):
    """`content` is kept until it was taken in, or a day: personnel numbers stand in it. `rows` of about `lines` have
    been gone through in this pass: the trial until `tried_at`, taking in after `confirmed_at`. `counts` and `rejected`
    (as CSV: line and reason) are those of the last pass.
    """

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=150)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    lines = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    rejected = models.TextField(default="", blank=True)
    problem = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = DeliveryManager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(tried_at__isnull=False),
                name="a_file_is_taken_in_after_a_trial",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(content__isnull=True),
                name="a_file_that_was_taken_in_is_not_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(content__isnull=False), name="delivery_to_go_through"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kept(self) -> bool:
        """Whether its content is still there, which it is of one that was made just now."""
        return bool(getattr(self, "has_content", True))

    @property
    def is_trial(self) -> bool:
        return self.confirmed_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.is_kept and (self.tried_at is None or self.confirmed_at is not None)

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_kept and self.tried_at is not None and self.confirmed_at is None

    def counted(self, *results: Any) -> int:
        return sum(self.counts.get(result, 0) for result in results)
