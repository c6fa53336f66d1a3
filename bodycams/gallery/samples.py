"""What the gallery is made of: made-up files, people without names, dates around Monday 23 November 2026.

Not here: which of it stands where (the modules beside this one).
"""

from datetime import date, datetime
from types import SimpleNamespace as It

from django.utils.timezone import get_current_timezone

from bodycams.look import Badge, Mark, Term, term

TODAY = date(2026, 11, 23)
LONG_WORD = "Bodycamondersteuningsvoorzieningsovereenkomst" * 4
"""People may type anything: no page grows wider for it."""

STATUSES = [
    Badge("Concept", "draft"),
    Badge("Teruggestuurd", "draft", "arrow-back-up"),
    Badge("Aangemeld", "open"),
    Badge("Beoordeeld", "assessed"),
    Badge("Goedgekeurd", "good"),
    Badge("Afgewezen", "bad"),
    Badge("Bezwaar", "warn"),
    Badge("Ingetrokken", "off"),
    Badge("Dringend", "urgent"),
]
CONCEPT, RETURNED, FILED, ASSESSED, GRANTED, REFUSED, OBJECTION, WITHDRAWN, URGENT = STATUSES
GIVEN, DENIED, NOT_ASKED = Mark("yes", "gegeven"), Mark("no", "geweigerd"), Mark("none", "niet gevraagd")
MET, NOT_MET, NOT_APPLICABLE = Mark("yes", "voldoet"), Mark("no", "voldoet niet"), Mark("none", "niet van toepassing")


class Entry(It):
    def __str__(self) -> str:
        return str(self.sentence)


def left(month: int, day: int, what: str = "") -> Term:
    return term(date(2026, month, day), TODAY, what)


def entry(month: int, day: int, hour: int, minute: int, sentence: str, reason: str = "") -> Entry:
    return Entry(
        at=datetime(2026, month, day, hour, minute, tzinfo=get_current_timezone()), sentence=sentence, reason=reason
    )


def judged(computed: Mark, verdict: Mark, what: str, number: int = 0, remark: str = "") -> It:
    differs = computed != verdict
    return It(what=what, number=number, remark=remark, computed=computed, judged=verdict, differs=differs)


def offer(label: str, explanation: str, icon: str = "", tone: str = "secondary", reasons: tuple[It, ...] = ()) -> It:
    step = It(name=label.lower().replace(" ", "_"), label=label, explanation=explanation, icon=icon, tone=tone)
    return It(step=step, reasons=reasons, is_open=not reasons)
