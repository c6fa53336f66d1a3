"""The initiative itself: what the unit says about it. What others decide about it is in `decision.py` and
`filing.py`.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from bodycams.constraints import says
from initiatives.choices import (
    Activation,
    Function,
    Kind,
    Origin,
    Place,
    Purpose,
    Support,
    TargetGroup,
    Task,
    Use,
)
from initiatives.models.fields import several
from initiatives.models.indexes import INDEXES
from initiatives.procedure import Procedure, Status
from initiatives.querysets import InitiativeQuerySet
from organisation.models import Person, Unit
from workflow.clock import local_date

if TYPE_CHECKING:
    from initiatives.models.decision import Decision
    from initiatives.models.document import Document
    from initiatives.models.filing import Return


NO_TITLE = "zonder titel"
"""What a concept is called as long as it has none."""


class Initiative(Procedure):
    """An initiative with bodycams of a unit, from concept to final decision.

    `version` counts what was saved in the form: somebody who saves an older version is told. `due_kind` and `due_on`
    repeat the term that runs now (see `FileTerm`), so that lists can be sorted by it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives", verbose_name="eenheid")
    number = models.CharField("nummer", max_length=20, null=True, unique=True, editable=False)
    submitted_at = models.DateTimeField("eerst aangemeld op", null=True, editable=False)
    due_kind = models.CharField(max_length=30, blank=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    changed_at = models.DateTimeField(editable=False)
    form_id = models.UUIDField("het formulier waarmee het begon", null=True, unique=True, editable=False)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    necessity = models.ForeignKey("Necessity", models.PROTECT, null=True, related_name="+", editable=False)

    kinds = several(Kind, "soorten")
    title = models.CharField("titel", max_length=200, blank=True)
    description = models.TextField("omschrijving", blank=True)
    teams = models.CharField("teams", max_length=500, blank=True)
    target_groups = several(TargetGroup, "doelgroepen")
    uses = several(Use, "toepassingen")
    period_from = models.DateField("periode van", null=True, blank=True)
    period_until = models.DateField("periode tot en met", null=True, blank=True)
    research_question = models.TextField("onderzoeksvraag", blank=True)

    cameras_now = models.PositiveIntegerField("camera’s in bezit nu", null=True, blank=True)
    cameras_requested = models.PositiveIntegerField("camera’s die u vraagt", null=True, blank=True)
    vendor = models.CharField("leverancier", max_length=120, blank=True)
    vendor_reasons = models.TextField("waarom deze leverancier", blank=True)
    model_name = models.CharField("model", max_length=120, blank=True)
    functions = several(Function, "functies")
    activation = models.CharField("wie zet de camera aan", max_length=20, choices=Activation, blank=True)
    special_functions_reasons = models.TextField("waarom is dit nodig", blank=True)
    contract = models.CharField("contract", max_length=200, blank=True)
    contract_until = models.DateField("nieuwe einddatum van het contract", null=True, blank=True)
    origin = models.CharField(
        "van wie zijn de camera’s", max_length=20, choices=Origin, default=Origin.POLICE, db_default=Origin.POLICE
    )
    origin_consent = models.TextField("wie stemde ermee in", blank=True, db_default="")
    wearer_may_not_review = models.BooleanField("de drager mag niet terugkijken", default=False, db_default=False)

    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2, null=True, blank=True)
    cost_centre = models.CharField("kostenplaats", max_length=20, blank=True)
    costs_accepted = models.BooleanField("de eenheid betaalt", default=False)

    tasks = several(Task, "politietaken")
    purposes = several(Purpose, "doelen")
    situations = models.TextField("in welke situaties", blank=True)
    proportionality = models.TextField("evenredigheid", blank=True)
    announcement = models.TextField("hoe het filmen bekend wordt gemaakt", blank=True)
    places = several(Place, "plaatsen")
    requested_support = several(Support, "gevraagde ondersteuning")

    wearers_trained = models.PositiveIntegerField("dragers opgeleid", null=True, blank=True)
    colleagues_instructed = models.PositiveIntegerField("collega’s geïnstrueerd", null=True, blank=True)
    dpia_version = models.CharField("versie van de DPIA", max_length=60, blank=True, db_default="")
    dpia_date = models.DateField("datum van de DPIA", null=True, blank=True)
    infrastructure_changed_on = models.DateField("techniek veranderd op", null=True, blank=True)
    management_changed_on = models.DateField("beheerorganisatie veranderd op", null=True, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False, submitted_at__isnull=False)
                | Q(number__isnull=True, submitted_at__isnull=True, status__in=[Status.CONCEPT, Status.INGETROKKEN]),
                name="initiative_has_a_number_once_filed",
            ),
            models.CheckConstraint(
                condition=Q(final_ground="") | Q(status__in=[Status.GOEDGEKEURD, Status.AFGEWEZEN]),
                name="only_a_decided_initiative_is_final",
            ),
            models.CheckConstraint(
                condition=Q(final_ground="", final_on__isnull=True) | (~Q(final_ground="") & Q(final_on__isnull=False)),
                name="final_has_a_ground_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(period_until__isnull=True)
                | Q(period_from__isnull=True)
                | Q(period_until__gte=F("period_from")),
                name="period_ends_after_it_begins",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        return self.number or self.title or f"concept {NO_TITLE}"

    @property
    def heading(self) -> str:
        """Its title, as it stands above pages and in lists."""
        return self.title or NO_TITLE.capitalize()

    @property
    def is_concept(self) -> bool:
        """Being written: by the unit, for the first time or after a return."""
        return bool(self.status == Status.CONCEPT)

    @property
    def may_be_discarded(self) -> bool:
        """A concept that never left the unit's contact persons; what a head signed for stays on record."""
        return self.is_concept and self.number is None and not self.necessities.exists()

    @property
    def is_returned(self) -> bool:
        """Filed before, and sent back to be supplemented."""
        return self.is_concept and self.number is not None

    @property
    def is_final(self) -> bool:
        return bool(self.final_ground)

    @property
    def policy_date(self) -> date | None:
        """The day by which policy rules are looked at: that of the first filing, or None when not filed yet."""
        return local_date(self.submitted_at) if self.submitted_at else None

    def decision_in_force(self) -> "Decision | None":
        """The last decision taken, or None."""
        return max(self.decisions.all(), key=lambda decision: decision.round, default=None)

    def first_decision(self) -> "Decision":
        """The decision of the first round; asked only of an initiative that was decided on."""
        return next(decision for decision in self.decisions.all() if decision.round == 1)

    def pending_return(self) -> "Return | None":
        """The return that is still to be answered, or None."""
        return next((back for back in self.returns.all() if back.ended_on is None), None)

    def objection_is_late_on(self, day: date) -> bool:
        """Whether `day` lies after the last day of the objection term."""
        return any(term.last_day < day for term in self.terms.all() if term.kind == "objection")

    def documents_by_place(self) -> "dict[str, list[Document]]":
        """The documents that stand in the file now, by where they belong."""
        found: dict[str, list[Document]] = {}
        for one in self.documents.all():
            if one.removed_at is None:
                found.setdefault(one.place, []).append(one)
        return found

    def submitter_ids(self) -> set[int]:
        """Everybody who ever filed this initiative."""
        return {submission.person_id for submission in self.submissions.all()}

    def first_decider_ids(self) -> set[int]:
        return {decision.decided_by_id for decision in self.decisions.all() if decision.round == 1}

    def viewer_ids(self) -> set[int]:
        """Everybody who gave the portfolio holder's view."""
        return {view.given_by_id for view in self.views.all()}


class Defect(models.Model):
    """A defective camera that is to be replaced (S3-24)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="defects")
    serial = models.CharField("serienummer", max_length=60)
    defective_since = models.DateField("defect sinds")

    class Meta:
        default_permissions = ()
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "serial"], name="a_defect_is_named_once"),
            says("serial"),
        ]

    def __str__(self) -> str:
        return self.serial
