"""`Dit gebeurt er als u …`: what a step will do with a recording, said before it is taken: icon, title and text."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from retention.procedure import Status
from retention.rules import UNDO_WITHIN
from workflow.clock import AMSTERDAM, local_date
from workflow.dates import day_in_words
from workflow.steps import Step


class Consequence(NamedTuple):
    icon: str
    title: str
    text: str


Follows = Iterator[Consequence]
TRAIL = Consequence("history", "Het komt in het journaal", "Met uw rol en met wat u hier invult.")


def consequences(step: Step, recording: Any, at: datetime) -> list[Consequence]:
    return [_status(step, recording), *FOLLOWS[step.name](recording, at), TRAIL]


def of_several(at: datetime) -> list[Consequence]:
    """The same of several recordings that are judged not necessary together."""
    history = Consequence(
        "history", "Het komt in het journaal", "Bij elke opname, met uw rol en met wat u hier invult."
    )
    return [*_thrown_away(None, at), history]


def _status(step: Step, recording: Any) -> Consequence:
    now = Status(recording.status)
    if step.keeps_status:
        return Consequence("clipboard-check", f"De status blijft {now.label}", "")
    after = Status(step.targets[0] if len(step.targets) == 1 else recording.status_before)
    return Consequence("clipboard-check", f"De status wordt {after.label}", "")


def _kept(recording: Any, at: datetime) -> Follows:
    text = "Wordt de opname voor die dag niet opnieuw beoordeeld, dan is zij niet langer noodzakelijk."
    yield Consequence("calendar-due", "De opname blijft tot en met de dag die u kiest", text)
    yield Consequence(
        "hourglass", "28 dagen ervoor vraagt het register het opnieuw", "En nog eens 7, 3 en 1 dag ervoor."
    )


def _thrown_away(recording: Any, at: datetime) -> Follows:
    moment = (at + UNDO_WITHIN).astimezone(AMSTERDAM)
    text = f"Vanaf {moment:%H.%M} uur vernietigt de eerstvolgende controle wat u wegdoet."
    yield Consequence("arrow-back-up", "U kunt dit een uur lang terugdraaien", text)


def _taken_back(recording: Any, at: datetime) -> Follows:
    if recording.was_necessary:
        yield Consequence("calendar-due", f"Bewaren tot en met {day_in_words(recording.keep_until)}", "Zoals het was.")
    else:
        yield Consequence("calendar-due", "Er moet opnieuw worden geoordeeld", _closes(recording))


def _longer(recording: Any, at: datetime) -> Follows:
    asked = recording.waiting_request
    if asked is None:
        text = f"Tot die ja zegt, blijft {day_in_words(recording.keep_until)} de laatste dag."
        yield Consequence("user-check", "Een privacyfunctionaris beslist", text)
    else:
        until = day_in_words(asked.keep_until)
        yield Consequence("calendar-due", f"De opname blijft tot en met {until}", f"Gevraagd omdat: {asked.reasons}")


def _not_longer(recording: Any, at: datetime) -> Follows:
    title = f"De laatste dag blijft {day_in_words(recording.keep_until)}"
    yield Consequence("calendar-due", title, "Een beoordelaar kan het opnieuw vragen.")


def _moment(recording: Any, at: datetime) -> Follows:
    text = f"{_closes(recording)} Later dan geteld vanaf de binnenkomst wordt het nooit."
    yield Consequence("calendar-due", "De 28 dagen tellen vanaf dat tijdstip", text)


def _closes(recording: Any) -> str:
    last = local_date(recording.judging_closes_at) - timedelta(days=1)
    return f"Beoordelen kan nu tot en met {day_in_words(last)}."


FOLLOWS: dict[str, Callable[[Any, datetime], Follows]] = {
    "noodzakelijk_verklaren": _kept,
    "niet_noodzakelijk_verklaren": _thrown_away,
    "niet_zinvol_verklaren": _thrown_away,
    "ongedaan_maken": _taken_back,
    "herbeoordelen": _kept,
    "termijn_wijzigen": _longer,
    "termijn_weigeren": _not_longer,
    "tijdstip_vaststellen": _moment,
}

IF_YOU: dict[str, str] = {
    "noodzakelijk_verklaren": "de opname noodzakelijk verklaart",
    "niet_noodzakelijk_verklaren": "de opname niet noodzakelijk verklaart",
    "niet_zinvol_verklaren": "de opname niet zinvol verklaart",
    "ongedaan_maken": "het oordeel terugdraait",
    "herbeoordelen": "opnieuw beoordeelt",
    "termijn_wijzigen": "tekent",
    "termijn_weigeren": "weigert",
    "tijdstip_vaststellen": "het tijdstip vaststelt",
}
"""Each step after `Dit gebeurt er als u …`."""

NO_WAY_BACK = "U kunt dit niet terugdraaien."
WAY_BACK: dict[str, str] = {
    "noodzakelijk_verklaren": "U kunt de opname later alsnog niet noodzakelijk verklaren.",
    "niet_noodzakelijk_verklaren": "Een uur lang terug te draaien, daarna niet meer.",
    "niet_zinvol_verklaren": "Een uur lang terug te draaien, daarna niet meer.",
    "ongedaan_maken": "U kunt daarna opnieuw oordelen.",
    "herbeoordelen": "U kunt opnieuw oordelen zolang de opname noodzakelijk is.",
    "termijn_weigeren": "De beoordelaar kan opnieuw om een langere termijn vragen.",
}


def way_back(name: str) -> str:
    """Whether somebody can come back on the step, in a sentence."""
    return WAY_BACK.get(name, NO_WAY_BACK)
