"""The letters of a file: what each says, fixed with the step that it tells of, and the paper that was made of it.

Both are only ever added to. Writing down what a letter says is in `letter_facts.py`, making the paper in `letters/`.
"""

from django.db import models
from django.db.models import Q

from initiatives.models.initiative import Initiative


class Letter(models.Model):
    """A formal letter to the unit (S0-05), the `n`-th of its file. `dated` is the day of the step, and of notification.

    `facts` is everything that it says, as it stood at that moment; nobody's name or number is in it.
    """

    class Kind(models.TextChoices):
        DECISION = "besluit", "Besluit op uw aanmelding"
        OBJECTION_DECISION = "besluit_op_bezwaar", "Besluit op uw bezwaar"
        RECEIPT = "ontvangst_bezwaar", "Ontvangst van uw bezwaar"
        RETURN = "terugsturen", "Uw dossier is teruggestuurd"
        POSTPONEMENT = "uitstel", "Het besluit op uw aanmelding komt later"
        ADJOURNMENT = "verdaging", "Het besluit op uw bezwaar komt later"

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="letters")
    n = models.PositiveSmallIntegerField("nummer van de brief")
    kind = models.CharField(max_length=30, choices=Kind)
    dated = models.DateField()
    written_at = models.DateTimeField()
    facts = models.JSONField()

    class Meta:
        default_permissions = ()
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "n"], name="letters_of_a_file_are_numbered"),
            models.CheckConstraint(condition=Q(n__gte=1), name="letters_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.facts['number']} / B{self.n}"


class LetterPaper(models.Model):
    """The letter as PDF: made once, and from then on these bytes."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="paper")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256
