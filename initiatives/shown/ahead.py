"""What follows from a step for terms and finality, with the days that the engine of terms gives: icon, title, text."""

from collections.abc import Callable, Iterator
from datetime import date

from initiatives import terms
from initiatives.models import FileTerm, Initiative
from initiatives.shown.facts import value_of
from workflow.dates import weekday_in_words
from workflow.terms import KINDS

Kind = FileTerm.Kind
Follows = Iterator[tuple[str, str, str]]
FINAL = ("lock", "Het besluit is meteen definitief", "Daarna is geen bezwaar meer mogelijk.")


def what_follows(name: str, initiative: Initiative, today: date) -> Follows:
    """Nothing for a step that touches no term."""
    if name in FOLLOWS:
        yield from FOLLOWS[name](initiative, today)


def sign_necessity(initiative: Initiative, today: date) -> Follows:
    text = "Verandert de eenheid, de soort, het aantal camera’s of het bedrag, dan vervalt wat u vaststelt."
    yield "clipboard-check", "U tekent voor wat er nu staat", text


def file(initiative: Initiative, today: date) -> Follows:
    if initiative.number:
        yield from resume(initiative, today)
        return
    yield "inbox", "Het initiatief krijgt een nummer", "Het staat daarna in het register. Veranderen kan niet meer."
    day = terms.would_end(Kind.FIRST_DECISION, today)
    yield "calendar-due", "De termijn begint", terms.deadline(Kind.FIRST_DECISION, day)


def send_back(initiative: Initiative, today: date) -> Follows:
    text = "De dagen tot het dossier terug is, tellen niet mee. Nummer en datum van aanmelden blijven."
    yield "hourglass", "De termijn staat stil", text


def resume(initiative: Initiative, today: date) -> Follows:
    day = terms.would_end_after_return(initiative, today)
    yield "calendar-due", "De termijn loopt weer", terms.deadline(Kind.FIRST_DECISION, day)


def postpone(initiative: Initiative, today: date) -> Follows:
    text = f"{terms.running_deadline(initiative)} De eenheid leest uw nieuwe dag en uw redenen."
    yield "calendar-due", "De termijn zelf verandert niet", text


def assess(initiative: Initiative, today: date) -> Follows:
    yield "calendar-due", "De termijn loopt door", terms.running_deadline(initiative)


def approve(initiative: Initiative, today: date) -> Follows:
    cameras = value_of(initiative, "cameras_requested")
    yield "check", "De eenheid heeft toestemming", f"Voor {cameras} camera’s." if cameras else ""
    if initiative.requested_support:
        yield from _can_object("Weigert u iets, dan kan de eenheid bezwaar maken", today)
        yield "lock", "Geeft u alles wat is gevraagd", "Dan is het besluit meteen definitief."
    else:
        yield "lock", "Het besluit is meteen definitief", "Er is geen ondersteuning gevraagd, dus niets geweigerd."


def reject(initiative: Initiative, today: date) -> Follows:
    yield from _can_object("De eenheid kan bezwaar maken", today)


def _can_object(title: str, today: date) -> Follows:
    day = terms.would_end(Kind.OBJECTION, today)
    yield "calendar-due", title, terms.deadline(Kind.OBJECTION, day)


def object_to(initiative: Initiative, today: date) -> Follows:
    if initiative.is_final:
        yield "pencil", "Het besluit is niet meer definitief", "Tot er op het bezwaar is beslist."
    yield "scale", "De programmamanager kijkt opnieuw", "De portefeuillehouder geeft eerst een zienswijze."
    late = initiative.objection_is_late_on(today)
    ends = max(term.last_day for term in initiative.terms.all() if term.kind == Kind.OBJECTION)
    kind, start = (Kind.LATE_OBJECTION_DECISION, today) if late else (Kind.OBJECTION_DECISION, ends)
    yield "calendar-due", "De termijn begint", terms.deadline(kind, terms.would_end(kind, start))


def withdraw_objection(initiative: Initiative, today: date) -> Follows:
    yield "lock", "Het eerste besluit wordt definitief", "U kunt niet opnieuw bezwaar maken."


def give_view(initiative: Initiative, today: date) -> Follows:
    yield "gavel", "De programmamanager kan beslissen", terms.running_deadline(initiative)
    yield (
        "pencil",
        "U kunt uw zienswijze herzien",
        "Tot het besluit er is. Elke versie blijft; de laatste telt.",
    )


def adjourn(initiative: Initiative, today: date) -> Follows:
    most = KINDS[initiative.due_kind].adjournable
    first, last = (terms.would_end_adjourned(initiative, days) for days in (7, most))
    text = f"Met één week naar {weekday_in_words(first)}, met zes weken naar {weekday_in_words(last)}."
    yield "calendar-due", "De termijn schuift op", text


def final(initiative: Initiative, today: date) -> Follows:
    yield FINAL


def withdraw(initiative: Initiative, today: date) -> Follows:
    used = "Het nummer blijft gebruikt en het initiatief blijft in het register." if initiative.number else ""
    yield "lock", "Het initiatief stopt", used


FOLLOWS: dict[str, Callable[[Initiative, date], Follows]] = {
    "noodzaak_vaststellen": sign_necessity,
    "aanmelden": file,
    "terugsturen": send_back,
    "hervatten": resume,
    "uitstel_melden": postpone,
    "beoordelen": assess,
    "goedkeuren": approve,
    "afwijzen": reject,
    "berusten": final,
    "bezwaar_maken": object_to,
    "bezwaar_intrekken": withdraw_objection,
    "afstemming_vastleggen": give_view,
    "verdagen": adjourn,
    "gegrond_verklaren": final,
    "ongegrond_verklaren": final,
    "intrekken": withdraw,
}

IF_YOU: dict[str, str] = {
    "noodzaak_vaststellen": "de noodzaak vaststelt",
    "aanmelden": "aanmeldt",
    "terugsturen": "terugstuurt",
    "hervatten": "hervat",
    "uitstel_melden": "uitstel meldt",
    "beoordelen": "de beoordeling vastlegt",
    "goedkeuren": "goedkeurt",
    "afwijzen": "afwijst",
    "berusten": "berust",
    "bezwaar_maken": "bezwaar maakt",
    "bezwaar_intrekken": "het bezwaar intrekt",
    "afstemming_vastleggen": "uw zienswijze geeft",
    "verdagen": "verdaagt",
    "gegrond_verklaren": "het bezwaar gegrond verklaart",
    "ongegrond_verklaren": "het bezwaar ongegrond verklaart",
    "intrekken": "intrekt",
}
"""Each step after `Dit gebeurt er als u …`."""

NO_WAY_BACK = "U kunt dit niet terugdraaien."
WAY_BACK: dict[str, str] = {
    "noodzaak_vaststellen": "U kunt opnieuw tekenen zolang het initiatief een concept is.",
    "aanmelden": f"{NO_WAY_BACK} U kunt het initiatief wel intrekken tot er een besluit is.",
    "beoordelen": f"{NO_WAY_BACK} U kunt het dossier wel terugsturen.",
    "goedkeuren": f"{NO_WAY_BACK} Alleen een besluit op bezwaar kan het veranderen.",
    "afwijzen": f"{NO_WAY_BACK} Alleen een besluit op bezwaar kan het veranderen.",
    "bezwaar_maken": "U kunt het bezwaar intrekken tot er een besluit is.",
    "afstemming_vastleggen": "U kunt uw zienswijze opnieuw geven tot er een besluit is.",
}


def way_back(name: str) -> str:
    """Whether somebody can come back on the step, in a sentence."""
    return WAY_BACK.get(name, NO_WAY_BACK)
