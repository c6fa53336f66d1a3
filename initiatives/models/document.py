"""The documents of a file: what each belongs to, who added it and when. Their bytes are kept by `bodycams/uploads`."""

from django.db import models

from bodycams.constraints import says
from bodycams.uploads.store import KeptFile
from initiatives.choices import Party, Subject
from initiatives.models.initiative import Initiative
from organisation.models import Person

ATTACHMENT, DPIA = "bijlage", "dpia"
PLACES: tuple[tuple[str, str], ...] = (
    *((f"overleg_{party}", f"Overleg met {party.label}") for party in Party),
    *((f"afspraak_{subject}", f"Afspraak over {subject.label}") for subject in Subject),
    (DPIA, "DPIA"),
    (ATTACHMENT, "Bijlage"),
)
"""Where a document can stand: at a consultation, at an agreement, at the DPIA, or with the file as a whole."""


class Document(KeptFile):
    """A document that the unit added while it wrote. Taken away after a first filing, it stays on record."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="documents")
    place = models.CharField("hoort bij", max_length=40, choices=PLACES)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["added_at"]
        constraints = [says("name")]

    def __str__(self) -> str:
        return self.name
