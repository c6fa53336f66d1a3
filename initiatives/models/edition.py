"""The editions of the national overview: asked for by one person, confirmed by another, numbered, and kept for good.

All are only ever added to, and the database holds the numbers, the two people and the bytes to their word (migration
`the_database_guards_the_editions`). What is done with them is in `initiatives/editions/`.
"""

from django.db import models
from django.db.models import Q

from bodycams.constraints import says
from journal.models import Seal
from organisation.models import Person, Proposal
from organisation.models.proposals import Verdict
from organisation.querysets import ProposalQuerySet


class EditionRequest(Proposal):
    """Somebody asks for an edition of a day; `corrects` is the edition that it takes the place of, `is_scheduled` that
    the clock asked, in the name of who had it do so.
    """

    peildatum = models.DateField()
    corrects = models.ForeignKey("Edition", models.PROTECT, null=True, related_name="+")
    is_scheduled = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["peildatum"], condition=Q(is_scheduled=True), name="the_clock_asks_once_for_a_day"
            ),
            says("reasons"),
        ]

    def __str__(self) -> str:
        return f"editie van {self.peildatum}"


class EditionVerdict(Verdict):
    proposal = models.OneToOneField(EditionRequest, models.PROTECT, related_name="verdict")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.outcome}"


class Edition(models.Model):
    """What two people published: its number, and what is on it (`data`, the overview as JSON, as it was confirmed).

    `seal` is the newest of the journal at that moment.
    """

    number = models.PositiveIntegerField(primary_key=True)
    request = models.OneToOneField(EditionRequest, models.PROTECT, related_name="edition")
    peildatum = models.DateField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+")
    initiatives = models.PositiveIntegerField()
    supported = models.PositiveIntegerField()
    data = models.BinaryField()
    published_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["peildatum"], condition=Q(corrects__isnull=True), name="one_edition_of_a_day_but_corrections"
            )
        ]

    def __str__(self) -> str:
        return f"editie {self.number}"


class EditionPaper(models.Model):
    """The signed PDF of an edition, and the data inside it: made once, and from then on these bytes. `rows` is what its
    pages say, as [number, digest]; `signed_by` whom the signature names.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, related_name="paper")
    content = models.BinaryField()
    json = models.BinaryField()
    csv = models.BinaryField()
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    signed_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256


class EditionSchedule(models.Model):
    """From this moment the clock asks for an edition of each half-year, in the name of who set it; or no longer."""

    is_on = models.BooleanField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self) -> str:
        return "aan" if self.is_on else "uit"
