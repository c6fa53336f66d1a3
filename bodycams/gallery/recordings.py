"""Recordings that wait, and the end of a shift, for the gallery."""

from types import SimpleNamespace as It
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from bodycams.look import Badge, Term, badge_html, term_html

HOME = Badge("Woning, geen uitzondering", "bad", "home-shield")
QUIET = Badge("Niet aangekondigd", "warn", "alert-triangle")
HELD = Badge("Opschorting", "off", "hand-stop")


def line(day: int) -> SafeString:
    context = {"day": day, "now": 2 + 6 * day, "past": 6 * day, "left": max(162 - 6 * day, 0)}
    return SafeString(render_to_string("components/days-line.html", context))


def waits(name: str, left: Term, day: int, *marks: Badge, **more: Any) -> It:
    given = {"id": day, "url": "#", "name": name, "used": "29 okt, 21.14", "place": "Woning · camera ZC-0412"}
    drawn = {"term": term_html(left), "badges": SafeString("".join(map(badge_html, marks))), "line": line(day)}
    return It(**given, **drawn, tone=left.tone, **{"can_be_chosen": True, **more})


def shown() -> dict[str, Any]:
    """Drawn when it is asked for: at the start the static files have no addresses yet."""
    return {"keys": KEYS, "queues": queues(), "codes": CODES, "shift": shift()}


KEYS = [("JK", "volgende, vorige"), ("X", "kiezen"), ("V", "niet noodzakelijk")]
CODES = [("niet_zinvol", "Niet zinvol"), ("geen_audio", "Geen geluid")]


def queues() -> list[It]:
    tonight = waits("ON-20417", Term("nog 9 uur", "tot en met ma 23 nov", "late"), 26, HOME)
    soon = waits("ON-20466", Term("nog 3 dagen en 9 uur", "tot en met do 26 nov", "soon"), 23, QUIET, HELD)
    later = waits("ON-20502", Term("nog 9 dagen", "tot en met wo 2 dec"), 17, can_be_chosen=False)
    return [
        It(title="In een woning of op een erf, zonder uitzondering", many="1", rows=[tonight]),
        It(title="Op volgorde van sluiten", many="2", rows=[soon, later]),
    ]


def shift() -> list[It]:
    dwelling = [It(sentence="Er is gefilmd in een woning. De beoordelaar kijkt hiernaar.")]
    return [
        waits("ON-20601", Term("nog 26 dagen", "tot en met vr 18 dec"), 0, judge_url="#"),
        waits("ON-20602", Term("nog 39 minuten", "om het oordeel te herstellen", "soon"), 0, undo_url="#"),
        waits("ON-20603", Term("nog 26 dagen", "tot en met vr 18 dec"), 0, HOME, reasons=dwelling),
    ]
