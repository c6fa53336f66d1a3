"""What must be true before a step with a recording: predicates, each with its sentence and its source.

Rules ask and change nothing. Which rule belongs to which step stands in `procedure.py`; who may take a step in
`duties.py`; how long a ground reaches in `spans.py`. The database refuses the same moves by triggers.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from organisation.permissions import may_for
from organisation.roles import Perm
from retention.choices import NEVER_ALONE, PRIVATE, Ground, KeepingPurpose
from retention.duties import answers_for_the_term
from retention.spans import spans, too_late
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words
from workflow.rules import Reason, Situation, checklist, rule

UNDO_WITHIN = timedelta(hours=1)
"""From the judgement; the database's `retention_next` and `moves_legally` say the same hour."""
END_OF_SHIFT = timedelta(hours=24)
"""After the end of the shift, in which the wearer may judge; the database refuses it later (migration 0028)."""
EARLIEST = datetime(2015, 1, 1, tzinfo=AMSTERDAM)


@rule(
    "De vernietiging van deze opname is begonnen. Er is niets meer aan te veranderen.", source="T-26, Wpg artikel 4(2)"
)
def destruction_has_not_begun(situation: Situation) -> bool:
    return not situation.subject.is_being_destroyed


@checklist()
def judging_is_open(situation: Situation) -> Iterator[Reason]:
    """What is necessary can be judged again until its own last day."""
    recording = situation.subject
    if not recording.is_necessary and situation.at >= recording.judging_closes_at:
        yield _closed(recording)


@checklist()
def judging_is_open_or_it_was_necessary_within_the_hour(situation: Situation) -> Iterator[Reason]:
    recording = situation.subject
    if situation.at >= recording.judging_closes_at and not (
        recording.was_necessary and situation.at < recording.judged_at + UNDO_WITHIN
    ):
        yield _closed(recording)


def _closed(recording: Any) -> Reason:
    last = local_date(recording.judging_closes_at) - timedelta(days=1)
    return Reason(f"Beoordelen kon tot en met {day_in_words(last)}. Dat is voorbij, ook als er een rem op zit.", "T-07")


@checklist()
def undo_is_in_time(situation: Situation) -> Iterator[Reason]:
    recording = situation.subject
    if recording.judged_at is not None and situation.at >= recording.judged_at + UNDO_WITHIN:
        yield Reason("Terugdraaien kan binnen een uur na het oordeel. Dat uur is voorbij.", "S1-21")
    if not recording.was_necessary and situation.at >= recording.judging_closes_at:
        yield _closed(recording)


@rule("De einddatum is voorbij. De opname is niet langer noodzakelijk.", source="Wpg artikel 4(2)")
def its_last_day_has_not_passed(situation: Situation) -> bool:
    recording = situation.subject
    return recording.keep_until is None or not recording.is_necessary or situation.at < recording.next_at


@rule("De klok van de camera is niet verdacht, of het juiste tijdstip staat al vast.", source="S2-15")
def clock_is_wrong(situation: Situation) -> bool:
    return bool(situation.subject.set_apart)


@checklist(on_input=True)
def the_true_moment_can_be(situation: Situation) -> Iterator[Reason]:
    moment, arrived = situation.input["true_from"], situation.subject.arrived_at
    if not EARLIEST <= moment <= arrived:
        local = arrived.astimezone(AMSTERDAM)
        yield Reason(
            f"Kies een moment vóór de opname binnenkwam: {day_in_words(local.date())} om {local:%H.%M} uur.",
            "S2-15",
            "true_from",
        )


# --- at the end of the shift ----------------------------------------------------------------------


@rule("Dit kan tot 24 uur na het einde van uw dienst. Nu beoordeelt de beoordelaar.", source="S1-21")
def shift_ended_within_a_day(situation: Situation) -> bool:
    return bool(situation.at < situation.subject.shift_over_at + END_OF_SHIFT)


@checklist()
def nothing_leaves_it_to_the_judge(situation: Situation) -> Iterator[Reason]:
    """What a wearer may not know (that somebody asked or complained) is said in words that tell nothing."""
    recording = situation.subject
    if recording.place in PRIVATE:
        yield Reason(
            "Er is gefilmd in een woning of op een besloten erf. De beoordelaar kijkt hiernaar.", "S4-05, T-11"
        )
    if not recording.announced:
        yield Reason("Het filmen is niet aangekondigd. De beoordelaar kijkt hiernaar.", "S1-16")
    if recording.set_apart or recording.true_from is not None:
        yield Reason("De klok van de camera liep niet goed. De beoordelaar kijkt hiernaar.", "S2-15")
    if recording.late:
        yield Reason("De opname kwam te laat binnen. De beoordelaar kijkt hiernaar.", "S1-21")
    if recording.was_ever_held:
        yield Reason("De beoordelaar kijkt naar deze opname. U kunt haar niet zelf beoordelen.", "T-26")


# --- necessary, why and until when ----------------------------------------------------------------


@rule(
    "Onderwijs, training, wetenschap of onderzoek naar de organisatie is nooit genoeg, wie het ook goedvindt. Het kan "
    "alleen naast een ander doel, en eindigt daarmee.",
    source="T-08, S3-12",
    field="purpose",
    on_input=True,
)
def purpose_is_enough_by_itself(situation: Situation) -> bool:
    return situation.input["purpose"] not in NEVER_ALONE


@checklist(on_input=True)
def staff_is_followed_by_who_may(situation: Situation) -> Iterator[Reason]:
    given, source = situation.input, "S1-23, T-09"
    if KeepingPurpose.STAFF not in (given["purpose"], *given["second_purposes"]):
        return
    field = "purpose" if given["purpose"] == KeepingPurpose.STAFF else "second_purposes"
    if not may_for(situation.person, Perm.FOLLOW_STAFF, situation.subject):
        yield Reason("Een medewerker onderzoeken met opnamen mag alleen wie daarvoor is aangewezen.", source, field)
    if not given["council_record"]:
        yield Reason("Noem het stuk waarin de ondernemingsraad hiermee instemde.", source, "council_record")


@checklist(on_input=True)
def ground_reaches_that_far(situation: Situation) -> Iterator[Reason]:
    given, recording, today = situation.input, situation.subject, local_date(situation.at)
    last = spans(today)[given["ground"]].last_day(recording.used_on, today)
    if not today <= given["keep_until"] <= last:
        yield Reason(too_late(last), "S1-22", "keep_until")


# --- longer, by two people ------------------------------------------------------------------------


@checklist()
def it_is_this_persons_turn(situation: Situation) -> Iterator[Reason]:
    """A judge asks once, and then a privacy officer answers."""
    waits = situation.subject.waiting_request is not None
    answers = answers_for_the_term(situation.person, situation.subject)
    if waits and not answers:
        yield Reason("Er is al om een langere termijn gevraagd. De privacyfunctionaris beslist daarover.", "T-08")
    if answers and not waits:
        yield Reason("Niemand heeft om een langere termijn gevraagd. De beoordelaar doet dat.", "T-08")


@rule("Niemand heeft om een langere termijn gevraagd.", source="T-08")
def a_longer_term_was_asked(situation: Situation) -> bool:
    return situation.subject.waiting_request is not None


@checklist(on_input=True)
def longer_but_not_beyond_the_law(situation: Situation) -> Iterator[Reason]:
    """Past the register's own ceilings, a year at a time; past the five years of article 8 with nobody's leave."""
    recording, asked = situation.subject, situation.subject.waiting_request
    day = asked.keep_until if asked else situation.input["keep_until"]
    span = spans(local_date(situation.at))[recording.ground]
    last = span.last_day(recording.used_on, recording.keep_until)
    if not recording.keep_until < day <= last:
        what = (
            "de vijf jaar van artikel 8" if recording.ground == Ground.DAILY else "een jaar na de dag die er nu staat"
        )
        sentence = (
            f"Kies een dag na {day_in_words(recording.keep_until)}, en niet later dan {day_in_words(last)}: {what}."
        )
        yield Reason(sentence, "S1-22", "keep_until")
