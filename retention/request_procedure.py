"""What can become of a request of a filmed person: its statuses, and its steps in the order in which they come.

A step's docstring is what people read about it. What must be true is in `request_rules.py`, what else happens in
`requests/services.py`. Only `workflow.take` calls these methods.
"""

from datetime import date, datetime

from django.db import models
from django_fsm import FSMField

from organisation.permissions import holds
from organisation.roles import Perm
from retention import request_rules as rules
from workflow.clock import local_date
from workflow.steps import step
from workflow.take import Taken


class RequestStatus(models.TextChoices):
    ONTVANGEN = "ontvangen", "Ontvangen"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    BESLOTEN = "besloten", "Besloten"
    GESLOTEN = "gesloten", "Gesloten"


Status = RequestStatus
guards = holds(Perm.GUARD_PRIVACY)


class RequestProcedure(models.Model):
    """What a request can go through. Mixed into `PrivacyRequest`, which has the facts."""

    identity_on: date | None
    decided_on: date | None
    closed_at: datetime | None

    status = FSMField("status", choices=Status.choices, default=Status.ONTVANGEN, protected=True, max_length=20)

    class Meta:
        abstract = True

    @step(
        status,
        [Status.ONTVANGEN],
        Status.IN_BEHANDELING,
        label="Identiteit vaststellen",
        sentence="heeft vastgesteld wie de verzoeker is",
        who=guards,
        rules=[rules.identity_is_established_in_time],
        tone="primary",
        icon="user-check",
    )
    def identiteit_vaststellen(self, taken: Taken) -> None:
        """Het is zeker wie het vraagt. De termijn loopt al sinds de ontvangst."""
        self.identity_on, self.identity_by = taken.input["day"], taken.input["by"]

    @step(
        status,
        [Status.IN_BEHANDELING],
        Status.BESLOTEN,
        label="Besluiten",
        sentence="heeft op het verzoek besloten",
        who=guards,
        rules=[
            rules.refusal_has_a_ground,
            rules.what_is_granted_has_no_ground,
            rules.removal_says_what_it_ends_in,
            rules.what_goes_out_of_use_first_is_not_destroyed,
        ],
        tone="primary",
        icon="gavel",
    )
    def besluiten(self, taken: Taken) -> None:
        """Het verzoek wordt toegewezen, deels toegewezen of afgewezen. De brief noemt bezwaar en beroep."""
        self.decided_on = local_date(taken.at)

    @step(
        status,
        [Status.ONTVANGEN, Status.IN_BEHANDELING],
        None,
        label="Verdagen",
        sentence="heeft het besluit verdaagd",
        who=guards,
        rules=[
            rules.only_access_is_adjourned,
            rules.was_not_adjourned,
            rules.term_still_runs,
            rules.six_weeks_for_several_units,
        ],
        icon="calendar-due",
    )
    def verdagen(self, taken: Taken) -> None:
        """Het besluit komt vier weken later, of zes als meer eenheden de gegevens hebben. Dat kan één keer."""
        self.adjourned_days = taken.input["days"]

    @step(
        status,
        [Status.BESLOTEN],
        None,
        label="Bezwaar registreren",
        sentence="heeft een bezwaar geregistreerd",
        who=guards,
        rules=[rules.no_objection_yet, rules.objection_follows_the_decision],
        icon="message",
    )
    def bezwaar_registreren(self, taken: Taken) -> None:
        """De verzoeker is het niet eens met het besluit. De opschorting van de opnamen blijft."""

    @step(
        status,
        [Status.BESLOTEN],
        None,
        label="Uitkomst van het bezwaar vastleggen",
        sentence="heeft de uitkomst van het bezwaar vastgelegd",
        who=guards,
        rules=[rules.an_objection_waits, rules.outcome_follows_the_objection],
        tone="primary",
        icon="scale",
    )
    def bezwaar_afhandelen(self, taken: Taken) -> None:
        """Op het bezwaar is beslist, of de verzoeker trok het in."""

    @step(
        status,
        [Status.BESLOTEN],
        Status.GESLOTEN,
        label="Sluiten",
        sentence="heeft het verzoek gesloten",
        who=guards,
        rules=[
            rules.no_objection_waits,
            rules.objection_is_no_longer_possible,
            rules.what_was_granted_is_on_its_way,
        ],
        tone="primary",
        icon="check",
    )
    def sluiten(self, taken: Taken) -> None:
        """Er komt niets meer. Vijf jaar later worden de gegevens van de verzoeker vernietigd."""
        self.closed_at = taken.at

    @step(
        status,
        [Status.ONTVANGEN, Status.IN_BEHANDELING],
        Status.GESLOTEN,
        label="Intrekking registreren",
        sentence="heeft vastgelegd dat de verzoeker het verzoek introk",
        who=guards,
        tone="danger",
        icon="arrow-back-up",
    )
    def intrekken(self, taken: Taken) -> None:
        """De verzoeker trekt het verzoek in. Het wordt gesloten zonder besluit."""
        self.closed_at = taken.at
