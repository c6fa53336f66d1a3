"""What must be true before a step with a request: predicates, each with its sentence and its source.

Who may take a step is `request_procedure.py`'s. The database refuses the same by constraints and triggers.
"""

from datetime import datetime

from django.db.models import Q

from retention.request_choices import EndsIn, Outcome, RequestKind
from retention.request_terms import SIX_WEEKS, objection_term
from workflow.calendar import equated_days
from workflow.clock import local_date
from workflow.rules import Situation, rule


@rule(
    "De identiteit wordt vastgesteld op de dag van ontvangst of later, en niet in de toekomst.",
    source="Wpg 26",
    field="day",
    on_input=True,
)
def identity_is_established_in_time(situation: Situation) -> bool:
    day = situation.input["day"]
    return bool(situation.subject.received_on <= day <= local_date(situation.at))


@rule("Alleen een verzoek om kennisneming kan worden verdaagd.", source="Wpg 25, Wpg 28")
def only_access_is_adjourned(situation: Situation) -> bool:
    return bool(situation.subject.kind == RequestKind.ACCESS)


@rule("Dit verzoek is al verdaagd. Dat kan maar één keer.", source="Wpg 25")
def was_not_adjourned(situation: Situation) -> bool:
    return not situation.subject.adjourned_days


@rule("De termijn is voorbij. Verdagen kan alleen daarvoor.", source="Wpg 25")
def term_still_runs(situation: Situation) -> bool:
    return bool(local_date(situation.at) <= situation.subject.due_on)


@rule(
    "Zes weken kan alleen als meer eenheden de gegevens hebben. Kruis dat aan, of kies vier weken.",
    source="Wpg 25",
    field="several_units",
    on_input=True,
)
def six_weeks_for_several_units(situation: Situation) -> bool:
    return situation.input["days"] != SIX_WEEKS or bool(situation.input["several_units"])


@rule("Noem waarom het verzoek niet of niet helemaal wordt toegewezen.", source="Wpg 27", field="ground", on_input=True)
def refusal_has_a_ground(situation: Situation) -> bool:
    return situation.input["outcome"] == Outcome.GRANTED or bool(situation.input["ground"])


@rule("Een toegewezen verzoek heeft geen grond voor weigering.", source="Wpg 27", field="ground", on_input=True)
def what_is_granted_has_no_ground(situation: Situation) -> bool:
    return situation.input["outcome"] != Outcome.GRANTED or not situation.input["ground"]


@rule("Kies waar de verwijdering in eindigt.", source="T-27", field="ends_in", on_input=True)
def removal_says_what_it_ends_in(situation: Situation) -> bool:
    asks = situation.subject.kind == RequestKind.REMOVAL and situation.input["outcome"] != Outcome.REFUSED
    return not asks or bool(situation.input["ends_in"])


@rule(
    "Een opname die op artikel 9 wordt bewaard, of al uit gebruik is, wordt niet meteen vernietigd. Kies "
    "‘verwijderen’.",
    source="Wpg 9(4), T-27",
    field="ends_in",
    on_input=True,
)
def what_goes_out_of_use_first_is_not_destroyed(situation: Situation) -> bool:
    out_of_use = Q(recording__status="noodzakelijk", recording__ground="9") | Q(recording__status="verwijderd")
    links = situation.subject.links.filter(out_of_use, unlink__isnull=True)
    return situation.input["ends_in"] != EndsIn.DESTROYED or not links.exists()


@rule(
    "Nog niet elke opname gaat weg. Een beoordelaar verklaart haar eerst niet noodzakelijk, met als reden het verzoek "
    "van de betrokkene.",
    source="T-27",
)
def what_was_granted_is_on_its_way(situation: Situation) -> bool:
    return not situation.subject.links.filter(is_to_go_and_may_stay(situation.at)).exists()


def is_to_go_and_may_stay(at: datetime) -> Q:
    """Of a recording of a request: a decision says that it will be destroyed, and a judge can still keep it. What
    nobody judged goes by itself once judging has closed.
    """
    stays = Q(recording__status="noodzakelijk")
    stays |= Q(recording__status="te_beoordelen", recording__judging_closes_at__gt=at)
    return stays & Q(unlink__isnull=True, request__decision__ends_in=EndsIn.DESTROYED)


@rule("Er is al een bezwaar geregistreerd.", source="Wpg 29")
def no_objection_yet(situation: Situation) -> bool:
    return not hasattr(situation.subject, "objection")


@rule("Een bezwaar komt na het besluit, en niet in de toekomst.", source="Awb 6:8", field="day", on_input=True)
def objection_follows_the_decision(situation: Situation) -> bool:
    return bool(situation.subject.decided_on <= situation.input["day"] <= local_date(situation.at))


@rule("Er is geen bezwaar waarop nog moet worden beslist.", source="Wpg 29")
def an_objection_waits(situation: Situation) -> bool:
    return situation.subject.objection_waits


@rule("De beslissing komt na het bezwaar, en niet in de toekomst.", source="Awb 7:10", field="day", on_input=True)
def outcome_follows_the_objection(situation: Situation) -> bool:
    return bool(situation.subject.objection.received_on <= situation.input["day"] <= local_date(situation.at))


@rule("Er is bezwaar gemaakt waarop nog niet is beslist.", source="Wpg 29")
def no_objection_waits(situation: Situation) -> bool:
    return not situation.subject.objection_waits


@rule(
    "De termijn voor bezwaar loopt nog. Sluiten kan als die voorbij is, of als op een bezwaar is beslist.",
    source="Awb 6:7",
)
def objection_is_no_longer_possible(situation: Situation) -> bool:
    request = situation.subject
    return (
        hasattr(request, "objection")
        or local_date(situation.at) > objection_term(request.decided_on, equated_days()).last_day
    )
