"""What can become of a recording: its statuses, and its steps in the order in which they come.

A step's docstring is what people read about it. What must hold before it is in `rules.py`, who may take it in
`duties.py`, what else happens with it in `services.py`. Only `workflow.take` calls these methods; the steps of the
clock are declared here, and taken by the review over many rows at once.
"""

from datetime import date, datetime
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField

from retention import rules
from retention.duties import (
    asks_or_decides,
    decides_on_the_term,
    judges,
    takes_back,
    the_clock,
    wore_the_camera,
)
from workflow.steps import step
from workflow.take import Taken


class Status(models.TextChoices):
    TE_BEOORDELEN = "te_beoordelen", "Te beoordelen"
    NOODZAKELIJK = "noodzakelijk", "Noodzakelijk"
    NIET_NOODZAKELIJK = "niet_noodzakelijk", "Niet noodzakelijk"
    VERWIJDERD = "verwijderd", "Verwijderd"
    VERNIETIGD = "vernietigd", "Vernietigd"


as_it_was_before = GET_STATE(
    lambda recording, taken: recording.status_before, states=[Status.TE_BEOORDELEN, Status.NOODZAKELIJK]
)


class Procedure(models.Model):
    """What a recording can go through. Mixed into `Recording`, which has the facts."""

    status = FSMField(
        "status",
        choices=Status.choices,
        default=Status.TE_BEOORDELEN,
        protected=True,
        max_length=20,
    )
    status_before: str
    judged_at: datetime | None
    ground: str
    purpose: str
    case_reference: str
    keep_until: date | None
    true_from: datetime | None
    waiting_request: Any

    class Meta:
        abstract = True

    @property
    def is_necessary(self) -> bool:
        return bool(self.status == Status.NOODZAKELIJK)

    @property
    def was_necessary(self) -> bool:
        """Before the last judgement."""
        return self.status_before == Status.NOODZAKELIJK

    def _is_judged(self, taken: Taken) -> None:
        self.status_before, self.judged_at = self.status, taken.at

    def _is_kept(self, taken: Taken) -> None:
        given = taken.input
        self.ground, self.purpose = given["ground"], given["purpose"]
        self.case_reference, self.keep_until = given["case_reference"], given["keep_until"]

    @step(
        "status",
        [Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK],
        Status.NOODZAKELIJK,
        label="Noodzakelijk verklaren",
        sentence="heeft de opname noodzakelijk verklaard",
        tone="primary",
        icon="check",
        who=judges,
        rules=[
            rules.destruction_has_not_begun,
            rules.judging_is_open_or_it_was_necessary_within_the_hour,
            rules.purpose_is_enough_by_itself,
            rules.staff_is_followed_by_who_may,
            rules.ground_reaches_that_far,
        ],
    )
    def noodzakelijk_verklaren(self, taken: Taken) -> None:
        """De opname blijft langer dan 28 dagen, op een grondslag uit de Wet politiegegevens en voor één zaak."""
        self._is_judged(taken)
        self._is_kept(taken)

    @step(
        "status",
        [Status.TE_BEOORDELEN, Status.NOODZAKELIJK],
        Status.NIET_NOODZAKELIJK,
        label="Niet noodzakelijk verklaren",
        sentence="heeft de opname niet noodzakelijk verklaard",
        tone="secondary",
        icon="trash",
        who=judges,
        rules=[
            rules.destruction_has_not_begun,
            rules.judging_is_open,
            rules.its_last_day_has_not_passed,
        ],
    )
    def niet_noodzakelijk_verklaren(self, taken: Taken) -> None:
        """De opname wordt vernietigd. Eerst is er een uur om het terug te draaien."""
        self._is_judged(taken)

    @step(
        "status",
        [Status.TE_BEOORDELEN],
        Status.NIET_NOODZAKELIJK,
        label="Niet zinvol",
        sentence="heeft de opname aan het einde van de dienst niet zinvol verklaard",
        icon="trash",
        who=wore_the_camera,
        rules=[
            rules.destruction_has_not_begun,
            rules.judging_is_open,
            rules.shift_ended_within_a_day,
            rules.nothing_leaves_it_to_the_judge,
        ],
    )
    def niet_zinvol_verklaren(self, taken: Taken) -> None:
        """De drager zegt binnen 24 uur na de dienst dat de opname niet zinvol is. Er is een uur om het terug te
        draaien.
        """
        self._is_judged(taken)

    @step(
        "status",
        [Status.NIET_NOODZAKELIJK],
        as_it_was_before,
        label="Oordeel terugdraaien",
        sentence="heeft het oordeel teruggedraaid",
        tone="primary",
        icon="arrow-back-up",
        who=takes_back,
        rules=[rules.destruction_has_not_begun, rules.undo_is_in_time],
    )
    def ongedaan_maken(self, taken: Taken) -> None:
        """Binnen een uur na ‘niet noodzakelijk’ of ‘niet zinvol’ wordt de opname weer wat zij daarvoor was."""
        self.judged_at = taken.at if self.was_necessary else None

    @step(
        "status",
        [Status.NOODZAKELIJK],
        None,
        label="Opnieuw beoordelen",
        sentence="heeft de noodzakelijke opname opnieuw beoordeeld",
        tone="primary",
        icon="clipboard-check",
        who=judges,
        rules=[
            rules.destruction_has_not_begun,
            rules.its_last_day_has_not_passed,
            rules.purpose_is_enough_by_itself,
            rules.staff_is_followed_by_who_may,
            rules.ground_reaches_that_far,
        ],
    )
    def herbeoordelen(self, taken: Taken) -> None:
        """De beoordelaar kijkt opnieuw of de opname nodig is, en kiest een einddatum binnen de grondslag."""
        self._is_judged(taken)
        self._is_kept(taken)

    @step(
        "status",
        [Status.NOODZAKELIJK],
        None,
        label="Termijn wijzigen",
        sentence="heeft voor een latere einddatum getekend",
        icon="calendar-event",
        who=asks_or_decides,
        rules=[
            rules.destruction_has_not_begun,
            rules.its_last_day_has_not_passed,
            rules.it_is_this_persons_turn,
            rules.longer_but_not_beyond_the_law,
        ],
    )
    def termijn_wijzigen(self, taken: Taken) -> None:
        """Langer bewaren dan de dag die er staat vraagt twee mensen: een beoordelaar vraagt het, een
        privacyfunctionaris bevestigt het.
        """
        if (asked := self.waiting_request) is not None:
            self.keep_until = asked.keep_until

    @step(
        "status",
        [Status.NOODZAKELIJK],
        None,
        label="Langere termijn weigeren",
        sentence="heeft de gevraagde latere einddatum geweigerd",
        tone="danger",
        icon="circle-x",
        who=decides_on_the_term,
        rules=[rules.destruction_has_not_begun, rules.a_longer_term_was_asked],
    )
    def termijn_weigeren(self, taken: Taken) -> None:
        """De privacyfunctionaris zegt nee. De dag die er stond, blijft."""

    @step(
        "status",
        [Status.TE_BEOORDELEN],
        None,
        label="Tijdstip vaststellen",
        sentence="heeft vastgesteld wanneer de opname is gemaakt",
        tone="primary",
        icon="clock",
        who=judges,
        rules=[
            rules.destruction_has_not_begun,
            rules.judging_is_open,
            rules.clock_is_wrong,
            rules.the_true_moment_can_be,
        ],
    )
    def tijdstip_vaststellen(self, taken: Taken) -> None:
        """De klok van de camera liep niet goed. De beoordelaar stelt één keer vast wanneer er is gefilmd."""
        self.true_from = taken.input["true_from"]

    @step(
        "status",
        [Status.NOODZAKELIJK],
        Status.NIET_NOODZAKELIJK,
        label="Laten aflopen",
        sentence="heeft vastgesteld dat de einddatum voorbij is",
        who=the_clock,
    )
    def laten_aflopen(self, taken: Taken) -> None:
        """Wie de einddatum laat verstrijken, zegt daarmee dat de opname niet langer noodzakelijk is."""

    @step(
        "status",
        [Status.NOODZAKELIJK, Status.NIET_NOODZAKELIJK],
        Status.VERWIJDERD,
        label="Buiten gebruik stellen",
        sentence="heeft de opname buiten gebruik gesteld",
        who=the_clock,
    )
    def buiten_gebruik_stellen(self, taken: Taken) -> None:
        """Na artikel 9, en na de vijf jaar van artikel 8: nog vijf jaar, alleen voor klachten en verantwoording."""

    @step(
        "status",
        [Status.TE_BEOORDELEN, Status.NIET_NOODZAKELIJK, Status.VERWIJDERD],
        Status.VERNIETIGD,
        label="Vernietigen",
        sentence="heeft de opname vernietigd",
        who=the_clock,
    )
    def vernietigen(self, taken: Taken) -> None:
        """Wat niet noodzakelijk is, of niet op tijd is beoordeeld, bestaat na 28 dagen niet meer."""
