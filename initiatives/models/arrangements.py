"""What the unit arranged before it begins: with whom it consulted, what was agreed and what is ready. A row for each
thing of which something is said; written by the form of a concept (`details.py`), and never after filing.
"""

from django.db import models

from initiatives.choices import Element, Outcome, Party, Subject
from initiatives.models.initiative import Initiative


class Consultation(models.Model):
    """With one of the four parties (S1-24, S1-25). It took place when it has a date."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="consultations")
    party = models.CharField("partij", max_length=30, choices=Party)
    held_on = models.DateField("datum", null=True)
    outcome = models.CharField("uitkomst", max_length=20, choices=Outcome, blank=True)
    note = models.TextField("toelichting", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "party"], name="one_consultation_with_a_party"),
        ]

    def __str__(self) -> str:
        return self.party


class Agreement(models.Model):
    """On one of the subjects (S1-26, S1-27). It is recorded when it says who is responsible and what was agreed."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="agreements")
    subject = models.CharField("onderwerp", max_length=30, choices=Subject)
    responsible = models.CharField("verantwoordelijk", max_length=200, blank=True)
    text = models.TextField("afspraak", blank=True)
    review_on = models.DateField("opnieuw bekijken op", null=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "subject"], name="one_agreement_on_a_subject"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_recorded(self) -> bool:
        return bool(self.responsible and self.text)


class Readiness(models.Model):
    """Of one of the four elements, and that they hang together (S2-05)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="readiness")
    element = models.CharField("onderdeel", max_length=30, choices=Element)
    in_place = models.BooleanField("op orde", default=False)
    note = models.TextField("toelichting", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "element"], name="one_readiness_of_an_element"),
        ]

    def __str__(self) -> str:
        return self.element
