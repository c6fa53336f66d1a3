"""The procedure of the letter of 19 February 2015, top to bottom: its statuses, and its steps in the order in which
they come.

A step's docstring is what people read about it. What must hold before it is in `rules.py`; what else happens with it in
`services.py`. Only `workflow.take` calls these methods.
"""

from django.db import models
from django_fsm import GET_STATE, FSMField

from initiatives import rules
from initiatives.choices import FinalGround
from initiatives.duties import (
    decides_on_objection,
    did_not_decide_first,
    did_not_sign_the_necessity,
    is_not_a_submitter,
)
from organisation.permissions import holds
from organisation.roles import Perm
from workflow.clock import local_date
from workflow.steps import step
from workflow.take import Taken
from workflow.who import all_of


class Status(models.TextChoices):
    CONCEPT = "concept", "Concept"
    AANGEMELD = "aangemeld", "Aangemeld"
    BEOORDEELD = "beoordeeld", "Beoordeeld"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    BEZWAAR = "bezwaar", "Bezwaar"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


OPEN = (Status.CONCEPT, Status.AANGEMELD, Status.BEOORDEELD, Status.BEZWAAR)
"""Somebody still has to decide."""

before_the_objection = GET_STATE(
    lambda initiative, taken: initiative.objection.status_before, states=[Status.GOEDGEKEURD, Status.AFGEWEZEN]
)


class Procedure(models.Model):
    """What an initiative can go through. Mixed into `Initiative`, which has the facts."""

    status = FSMField("status", choices=Status.choices, default=Status.CONCEPT, protected=True, max_length=20)
    final_ground = models.CharField("definitief omdat", max_length=30, choices=FinalGround, blank=True)
    final_on = models.DateField("definitief op", null=True, editable=False)
    urgent = models.BooleanField("dringend", default=False)
    requested_support: list[str]

    class Meta:
        abstract = True

    def _becomes_final(self, ground: FinalGround, taken: Taken) -> None:
        self.final_ground, self.final_on = ground, local_date(taken.at)

    @step(
        "status",
        [Status.CONCEPT],
        None,
        label="Noodzaak vaststellen",
        sentence="heeft de noodzaak beoordeeld",
        tone="primary",
        icon="clipboard-check",
        who=all_of(holds(Perm.ESTABLISH_NECESSITY), is_not_a_submitter),
        rules=[rules.urgent_only_when_necessary],
    )
    def noodzaak_vaststellen(self, taken: Taken) -> None:
        """De politiechef stelt vast of de aanvraag nodig is, en of zij dringend is."""
        self.urgent = taken.input["urgent"]

    @step(
        "status",
        [Status.CONCEPT],
        Status.AANGEMELD,
        label="Aanmelden",
        sentence="heeft het initiatief aangemeld",
        tone="primary",
        icon="inbox",
        who=all_of(holds(Perm.FILE), did_not_sign_the_necessity),
        rules=[rules.nothing_is_missing, rules.policy_allows_filing],
    )
    def aanmelden(self, taken: Taken) -> None:
        """De contactpersoon meldt het initiatief bij de landelijk projectleider. Het krijgt een nummer."""

    @step(
        "status",
        [Status.AANGEMELD, Status.BEOORDEELD],
        Status.CONCEPT,
        label="Terugsturen",
        sentence="heeft het dossier teruggestuurd",
        icon="arrow-back-up",
        who=holds(Perm.ASSESS),
        rules=[rules.supplement_is_due_within_eight_weeks],
    )
    def terugsturen(self, taken: Taken) -> None:
        """De projectleider vraagt om een aanvulling. De termijn staat stil tot het dossier terug is."""

    @step(
        "status",
        [Status.CONCEPT],
        Status.AANGEMELD,
        label="Hervatten",
        sentence="heeft het dossier hervat zonder aanvulling",
        icon="player-play",
        who=holds(Perm.ASSESS),
        rules=[rules.is_returned, rules.supplement_day_has_passed],
    )
    def hervatten(self, taken: Taken) -> None:
        """De aanvulling bleef uit. De projectleider gaat verder met wat er ligt."""

    @step(
        "status",
        [Status.AANGEMELD, Status.BEOORDEELD],
        None,
        label="Uitstel melden",
        sentence="heeft gemeld dat het besluit later komt",
        icon="calendar-event",
        who=holds(Perm.ASSESS),
        rules=[rules.postponement_is_the_first, rules.new_day_is_after_the_term],
    )
    def uitstel_melden(self, taken: Taken) -> None:
        """De projectleider laat weten dat het besluit te laat komt, wanneer het wel komt, en waarom."""

    @step(
        "status",
        [Status.AANGEMELD],
        Status.BEOORDEELD,
        label="Beoordelen",
        sentence="heeft het initiatief beoordeeld",
        tone="primary",
        icon="clipboard-check",
        who=all_of(holds(Perm.ASSESS), is_not_a_submitter),
        rules=[rules.principles_that_differ_are_explained],
    )
    def beoordelen(self, taken: Taken) -> None:
        """De projectleider toetst het initiatief aan het beleid."""

    @step(
        "status",
        [Status.BEOORDEELD],
        Status.GOEDGEKEURD,
        label="Goedkeuren",
        sentence="heeft het initiatief goedgekeurd",
        tone="primary",
        icon="circle-check",
        who=all_of(holds(Perm.DECIDE), is_not_a_submitter),
        rules=[
            rules.policy_allows_approval,
            rules.purchase_freeze_is_answered,
            rules.negative_consultation_is_answered,
            rules.warnings_are_answered,
        ],
    )
    def goedkeuren(self, taken: Taken) -> None:
        """De projectleider geeft toestemming, en zegt welke ondersteuning de eenheid krijgt."""
        if not set(self.requested_support) - set(taken.input["support_granted"]):
            self._becomes_final(FinalGround.NOTHING_REFUSED, taken)

    @step(
        "status",
        [Status.BEOORDEELD],
        Status.AFGEWEZEN,
        label="Afwijzen",
        sentence="heeft het initiatief afgewezen",
        tone="danger",
        icon="circle-x",
        who=all_of(holds(Perm.DECIDE), is_not_a_submitter),
    )
    def afwijzen(self, taken: Taken) -> None:
        """De projectleider geeft geen toestemming, en zegt waarom."""

    @step(
        "status",
        [Status.AFGEWEZEN, Status.GOEDGEKEURD],
        None,
        label="Berusten",
        sentence="heeft in het besluit berust",
        icon="check",
        who=holds(Perm.ACQUIESCE),
        rules=[rules.something_was_refused, rules.is_not_final],
    )
    def berusten(self, taken: Taken) -> None:
        """De eenheid legt zich neer bij het besluit. Het wordt definitief."""
        self._becomes_final(FinalGround.ACQUIESCED, taken)

    @step(
        "status",
        [Status.AFGEWEZEN, Status.GOEDGEKEURD],
        Status.BEZWAAR,
        label="Bezwaar maken",
        sentence="heeft bezwaar gemaakt",
        tone="primary",
        icon="scale",
        who=holds(Perm.OBJECT),
        rules=[
            rules.something_was_refused,
            rules.is_not_acquiesced_in,
            rules.objection_is_the_first,
            rules.objection_is_in_time_or_excused,
        ],
    )
    def bezwaar_maken(self, taken: Taken) -> None:
        """De eenheid vraagt de programmamanager Sensing om het besluit opnieuw te bekijken."""
        self.final_ground, self.final_on = "", None

    @step(
        "status",
        [Status.BEZWAAR],
        before_the_objection,
        label="Bezwaar intrekken",
        sentence="heeft het bezwaar ingetrokken",
        icon="arrow-back-up",
        who=holds(Perm.OBJECT),
    )
    def bezwaar_intrekken(self, taken: Taken) -> None:
        """De eenheid trekt het bezwaar in. Het eerste besluit wordt definitief."""
        self._becomes_final(FinalGround.WITHDRAWN, taken)

    @step(
        "status",
        [Status.BEZWAAR],
        None,
        label="Zienswijze vastleggen",
        sentence="heeft een zienswijze gegeven",
        tone="primary",
        icon="message",
        who=all_of(holds(Perm.GIVE_VIEW), did_not_decide_first),
    )
    def afstemming_vastleggen(self, taken: Taken) -> None:
        """De portefeuillehouder geeft een zienswijze op het bezwaar. Zonder zienswijze is er geen besluit mogelijk."""

    @step(
        "status",
        [Status.BEZWAAR],
        None,
        label="Verdagen",
        sentence="heeft het besluit op het bezwaar verdaagd",
        icon="calendar-event",
        who=holds(Perm.DECIDE_OBJECTION),
        rules=[rules.adjournment_is_the_first, rules.objection_term_runs],
    )
    def verdagen(self, taken: Taken) -> None:
        """De programmamanager schuift het besluit op het bezwaar op: één keer, met hoogstens zes weken."""

    @step(
        "status",
        [Status.BEZWAAR],
        Status.GOEDGEKEURD,
        label="Gegrond verklaren",
        sentence="heeft het bezwaar gegrond verklaard",
        tone="primary",
        icon="gavel",
        who=decides_on_objection,
        rules=[
            rules.view_is_recorded,
            rules.nothing_granted_is_taken_away,
            rules.something_gets_better,
            rules.dictum_fits,
        ],
    )
    def gegrond_verklaren(self, taken: Taken) -> None:
        """De programmamanager geeft de eenheid gelijk, helemaal of voor een deel."""
        self._becomes_final(FinalGround.DECIDED, taken)

    @step(
        "status",
        [Status.BEZWAAR],
        before_the_objection,
        label="Ongegrond verklaren",
        sentence="heeft het bezwaar ongegrond verklaard",
        tone="danger",
        icon="gavel",
        who=decides_on_objection,
        rules=[rules.view_is_recorded],
    )
    def ongegrond_verklaren(self, taken: Taken) -> None:
        """De programmamanager laat het eerste besluit zoals het is."""
        self._becomes_final(FinalGround.DECIDED, taken)

    @step(
        "status",
        [Status.CONCEPT, Status.AANGEMELD, Status.BEOORDEELD],
        Status.INGETROKKEN,
        label="Intrekken",
        sentence="heeft het initiatief ingetrokken",
        tone="danger",
        icon="arrow-back-up",
        who=holds(Perm.FILE),
    )
    def intrekken(self, taken: Taken) -> None:
        """De eenheid gaat niet verder. Een nummer dat er al is, blijft gebruikt."""
