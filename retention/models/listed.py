"""Indexes for what lists and numbers ask of recordings, so that a page costs the same among five million of them."""

from django.db import models
from django.db.models import F, Q

LISTED = (
    models.Index(
        fields=["rank", "judging_closes_at", "id"],
        condition=Q(status="te_beoordelen"),
        name="recording_to_judge_anywhere",
    ),
    models.Index(
        fields=["unit", "must_be_gone_by", "id"],
        condition=Q(status__in=["te_beoordelen", "niet_noodzakelijk"]),
        name="recording_overdue",
    ),
    models.Index(fields=["unit", "keep_until", "id"], condition=Q(status="noodzakelijk"), name="recording_ending"),
    models.Index(fields=["unit", "arrived_at"], include=["status", "judged_at"], name="recording_counted"),
    models.Index(
        fields=["unit", "-arrived_at"],
        condition=Q(late=True) | Q(rank=0) | Q(arrived_at__gte=F("judging_closes_at")),
        name="recording_stands_out",
    ),
)
