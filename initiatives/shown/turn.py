"""Whose turn it is, in words. What that person may do is not said here: every reader has offers of their own."""

from datetime import date

from initiatives.completeness import missing, waits_for_another
from initiatives.models import Initiative
from initiatives.procedure import Status
from workflow.dates import day_in_words

WAITS_FOR = {
    Status.AANGEMELD: "de projectleider, voor de beoordeling",
    Status.BEOORDEELD: "de projectleider, voor het besluit",
    Status.INGETROKKEN: "niemand, het initiatief is ingetrokken",
}


def whose_turn(initiative: Initiative, today: date) -> str:
    """`Aan zet: de portefeuillehouder, voor de zienswijze`."""
    return f"Aan zet: {_who(initiative, today)}"


def _who(initiative: Initiative, today: date) -> str:
    head = initiative.unit.head
    match initiative.status:
        case Status.CONCEPT if pending := initiative.pending_return():
            if today > pending.by_when:
                return f"de projectleider: de aanvulling bleef uit ({day_in_words(pending.by_when)})"
            return f"de contactpersoon, voor de aanvulling tot en met {day_in_words(pending.by_when)}"
        case Status.CONCEPT:
            signs = waits_for_another(missing(initiative))
            return f"{head}, voor de noodzaak" if signs else "de contactpersoon, om aan te melden"
        case Status.GOEDGEKEURD | Status.AFGEWEZEN:
            return "niemand, het besluit is definitief" if initiative.is_final else f"{head}: berusten of bezwaar maken"
        case Status.BEZWAAR:
            if initiative.viewer_ids():
                return "de programmamanager, voor het besluit op bezwaar"
            return "de portefeuillehouder, voor de zienswijze"
    return WAITS_FOR[Status(initiative.status)]
