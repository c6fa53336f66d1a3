"""What two people do together: one proposes, another says yes or no. Both are only ever added to.

That the second is another person is looked at by identity, never by permission, in the service and by a trigger.
"""

from typing import Any

from django.db import models

from organisation.models.people import Person


class Proposal(models.Model):
    """Something that somebody wants to change, and why. `effect` is what it would do, as it was counted then."""

    reasons = models.TextField("waarom")
    effect = models.JSONField(default=dict, blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    verdict: Any

    class Meta:
        abstract = True


class Outcome(models.TextChoices):
    CONFIRMED = "bevestigd", "bevestigd"
    REFUSED = "geweigerd", "geweigerd"
    WITHDRAWN = "ingetrokken", "ingetrokken"


class Verdict(models.Model):
    """What became of a proposal. There is one at most: the second of two who answer at once is refused."""

    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons = models.TextField("waarom", blank=True)
    effect = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return bool(self.outcome == Outcome.CONFIRMED)
