"""What must be true before a step: predicates on an initiative, each with its sentence and its source.

Rules ask and change nothing. Which rule belongs to which step stands in `procedure.py`; who may take a step in
`organisation/permissions.py`; what policy demands on which day in the rows of `organisation.PolicyRule`.
"""

from collections.abc import Iterator
from datetime import timedelta

from initiatives.choices import Dictum, FinalGround
from initiatives.completeness import missing
from initiatives.matrix import matrix, must_be_explained, negative_consultations
from initiatives.policy import blocking_at_approval, blocking_at_filing, freeze, rules_of, warnings
from workflow.clock import local_date
from workflow.rules import Reason, Situation, checklist, rule

SUPPLEMENT_AT_MOST = timedelta(weeks=8)
"""A file is sent back for eight weeks at most."""


@checklist()
def nothing_is_missing(situation: Situation) -> Iterator[Reason]:
    yield from missing(situation.subject)


@checklist()
def policy_allows_filing(situation: Situation) -> Iterator[Reason]:
    initiative = situation.subject
    yield from blocking_at_filing(initiative, initiative.policy_date or local_date(situation.at))


@checklist()
def policy_allows_approval(situation: Situation) -> Iterator[Reason]:
    yield from blocking_at_approval(situation.subject)


@rule("Dringend kan alleen als de aanvraag ook noodzakelijk is.", source="S0-22", field="urgent", on_input=True)
def urgent_only_when_necessary(situation: Situation) -> bool:
    return situation.input["necessary"] or not situation.input["urgent"]


@rule("Kies een dag na vandaag, en niet later dan over acht weken.", source="domain 3", field="by_when", on_input=True)
def supplement_is_due_within_eight_weeks(situation: Situation) -> bool:
    today = local_date(situation.at)
    return today < situation.input["by_when"] <= today + SUPPLEMENT_AT_MOST


@rule("Dit dossier is niet teruggestuurd.", source="domain 3")
def is_returned(situation: Situation) -> bool:
    return bool(situation.subject.is_returned)


@checklist()
def supplement_day_has_passed(situation: Situation) -> Iterator[Reason]:
    pending = situation.subject.pending_return()
    if pending and local_date(situation.at) <= pending.by_when:
        yield Reason(f"De eenheid kan het dossier nog aanvullen tot en met {pending.by_when:%-d-%-m-%Y}.", "domain 3")


@rule("Het uitstel is al één keer gemeld.", source="S2-25")
def postponement_is_the_first(situation: Situation) -> bool:
    return not hasattr(situation.subject, "postponement")


@rule("Kies een dag na de laatste dag van de termijn.", source="S2-25", field="by_when", on_input=True)
def new_day_is_after_the_term(situation: Situation) -> bool:
    return bool(situation.input["by_when"] > situation.subject.due_on)


@rule(
    "De aanschafstop gold toen dit werd aangemeld. Noem de aanbesteding en leg uit waarom het toch mag.",
    source="S3-23, T-16",
    field="override_reasons",
    on_input=True,
)
def purchase_freeze_is_answered(situation: Situation) -> bool:
    return freeze(situation.subject) is None or bool(situation.input["override_reasons"])


@rule(
    "Een overleg eindigde negatief. Leg uit waarom u toch toestemming geeft.",
    source="T-20",
    field="negative_reasons",
    on_input=True,
)
def negative_consultation_is_answered(situation: Situation) -> bool:
    return not negative_consultations(situation.subject) or bool(situation.input.get("negative_reasons"))


@checklist(on_input=True)
def principles_that_differ_are_explained(situation: Situation) -> Iterator[Reason]:
    """A judgement may differ from what was computed, and a deviation be found, but not without a remark (S1-04)."""
    principles = matrix(situation.subject, rules_of(situation.subject))[0].rows
    for row in principles:
        judged = situation.input["principles"][str(row.number)]
        if not judged["note"] and must_be_explained(row.answer, judged["judgement"]):
            yield Reason("Leg dit oordeel uit. Eén zin is genoeg.", "S1-04", f"{row.code}_note")


@rule("Geef bij elke waarschuwing een antwoord.", source="T-21", field="warnings_answered", on_input=True)
def warnings_are_answered(situation: Situation) -> bool:
    answers = situation.input["warnings_answered"]
    return all(len(answers) > place and answers[place] for place, _ in enumerate(warnings(situation.subject)))


@rule("Er is niets geweigerd.", source="S0-25")
def something_was_refused(situation: Situation) -> bool:
    decision = situation.subject.decision_in_force()
    return decision is not None and decision.refuses_something


@rule("Het besluit is al definitief.", source="S0-26")
def is_not_final(situation: Situation) -> bool:
    return not situation.subject.is_final


@rule("De eenheid heeft in dit besluit berust.", source="S0-26")
def is_not_acquiesced_in(situation: Situation) -> bool:
    return bool(situation.subject.final_ground != FinalGround.ACQUIESCED)


@rule("Er is al bezwaar gemaakt. Dat kan één keer.", source="T-02")
def objection_is_the_first(situation: Situation) -> bool:
    return not hasattr(situation.subject, "objection")


@rule(
    "De bezwaartermijn is voorbij. Leg uit waarom het bezwaar te laat is.",
    source="T-17, Awb 6:11",
    field="late_excuse",
    on_input=True,
)
def objection_is_in_time_or_excused(situation: Situation) -> bool:
    return not situation.subject.objection_is_late_on(local_date(situation.at)) or bool(situation.input["late_excuse"])


@rule(
    "De portefeuillehouder heeft nog geen zienswijze gegeven. Die moet er zijn vóór het besluit.", source="S0-28, T-19"
)
def view_is_recorded(situation: Situation) -> bool:
    return bool(situation.subject.viewer_ids())


@rule("Het besluit is al één keer verdaagd.", source="Awb 7:10(3), naar analogie")
def adjournment_is_the_first(situation: Situation) -> bool:
    return not hasattr(situation.subject, "adjournment")


@rule("De termijn is al voorbij. Verdagen kan alleen vóór het einde ervan.", source="Awb 7:10(3), naar analogie")
def objection_term_runs(situation: Situation) -> bool:
    return bool(local_date(situation.at) <= situation.subject.due_on)


@rule(
    "Wat in het eerste besluit is gegeven, kan niet worden teruggenomen.",
    source="S0-28",
    field="support_granted",
    on_input=True,
)
def nothing_granted_is_taken_away(situation: Situation) -> bool:
    return set(situation.subject.decision_in_force().granted) <= set(situation.input["support_granted"])


@rule(
    "Geef de eenheid op minstens één punt meer dan in het eerste besluit.",
    source="S0-28",
    field="support_granted",
    on_input=True,
)
def something_gets_better(situation: Situation) -> bool:
    first = situation.subject.decision_in_force()
    return not first.permission or bool(set(situation.input["support_granted"]) - set(first.granted))


@rule(
    "Kies ‘gegrond’ als de eenheid alles krijgt wat zij vroeg, en anders ‘deels gegrond’.",
    source="domain 3",
    field="dictum",
    on_input=True,
)
def dictum_fits(situation: Situation) -> bool:
    refused = set(situation.subject.requested_support) - set(situation.input["support_granted"])
    return bool(situation.input["dictum"] == (Dictum.PARTLY_FOUNDED if refused else Dictum.FOUNDED))
