"""The letter with the decision on an objection: the dictum, the first decision against this one, and the portfolio
holder's view, also when it differs (T-19).
"""

from collections.abc import Iterator
from datetime import datetime

from initiatives.choices import Dictum, Opinion, Support
from initiatives.letters.facts import Facts, Ruling
from initiatives.letters.on_filing import OBJECTION, conditions, costs
from initiatives.letters.sheet import MANAGER, Body, Line, Section, Table, day, quoted, sorts, supports, text
from initiatives.words import plain
from workflow.clock import local_date

NO_MORE = (
    "Binnen de procedure kunt u tegen dit besluit niet opnieuw bezwaar maken. Wilt u later iets anders dan hier is "
    "besloten? Meld dan een nieuw initiatief aan en noem dit kenmerk."
)
UPHELD = (Dictum.FOUNDED, Dictum.PARTLY_FOUNDED)


def decision(facts: Facts) -> Body:
    first, second = facts.first, facts.second
    return Body(
        sender=MANAGER,
        title=f"Besluit op uw bezwaar in {facts.number}",
        subject=f"Besluit op bezwaar: {facts.title}",
        opening=[
            (
                f"Op {day(facts.objected_on)} maakte u bezwaar tegen het besluit van {day(first.day)}. "
                f"{_in_time(facts)} Uw bezwaar gaat over {against(first)}."
            ),
            "Ik heb het besluit opnieuw bekeken. Ik was niet betrokken bij het eerste besluit.",
        ],
        box=Section("Besluit", list(_decided(first, second))),
        table=Table(
            "Ondersteuning: het eerste besluit en dit besluit",
            ("Soort ondersteuning", day(first.day), "Nu"),
            [_support(number, kind, first, second) for number, kind in enumerate(Support, 1)],
        ),
        sections=[
            text("Redenen", second.reasons),
            _view(facts, second),
            *_conditions(first, second),
            *_costs(facts, first, second),
            text("Dit besluit is definitief", NO_MORE),
        ],
    )


def against(first: Ruling) -> str:
    """What the first decision refused, in half a sentence."""
    if not first.permission:
        return "de toestemming die is geweigerd" + (" en over de ondersteuning" if first.refused else "")
    return f"de ondersteuning die is geweigerd: {supports(first.refused)}"


def _in_time(facts: Facts) -> str:
    last = day(facts.last_day(OBJECTION))
    if not facts.row["objection"]["is_late"]:
        return f"Dat was op tijd: de laatste dag was {last}."
    return f"Dat was te laat: de laatste dag was {last}. U schreef daarover: ‘{excuse(facts)}’"


def excuse(facts: Facts) -> str:
    return plain(facts.row["objection"]["late_excuse"])


def _decided(first: Ruling, second: Ruling) -> Iterator[Line]:
    dictum = Dictum(second.dictum)
    yield Line(f"Uw bezwaar is {dictum.label.lower()}.")
    if dictum == Dictum.INADMISSIBLE:
        yield Line(after="Ik kijk daarom niet naar de inhoud van uw bezwaar.")
    if dictum not in UPHELD:
        yield Line(f"Het besluit van {day(first.day)} blijft zoals het is.", _what_it_was(first))
        return
    yield Line("De toestemming blijft." if first.permission else "Ik verleen alsnog toestemming.")
    gained = [kind for kind in second.granted if kind not in first.granted]
    if gained:
        yield Line(f"Ik verleen alsnog {sorts(len(gained))}:", f"{supports(gained)}.")
    if second.refused:
        yield Line(f"Ik blijf {sorts(len(second.refused))} weigeren:", f"{supports(second.refused)}.")


def _what_it_was(first: Ruling) -> str:
    if not first.permission:
        return "U hebt geen toestemming."
    refused = f", en ik weiger nog steeds {sorts(len(first.refused))}" if first.refused else ""
    return f"U houdt de toestemming{refused}."


def _support(number: int, kind: Support, first: Ruling, second: Ruling) -> tuple[str, str, str]:
    before = "verleend" if kind in first.granted else "geweigerd" if kind in first.refused else "niet gevraagd"
    if kind in second.granted:
        now = "✔ blijft verleend" if kind in first.granted else "✔ alsnog verleend"
    else:
        now = "✘ blijft geweigerd" if kind in second.refused else "○ niet gevraagd"
    return f"{number}. {kind.label}", before, now


def _view(facts: Facts, second: Ruling) -> Section:
    view = facts.row["view"]
    given = day(local_date(datetime.fromisoformat(view["given_at"])))
    opinion = Opinion(view["view"])
    agreed = (opinion == Opinion.AGREES) == (Dictum(second.dictum) in UPHELD)
    differs = [] if agreed else [Line(after="Ik wijk hiervan af. Waarom, leest u bij ‘Redenen’.")]
    return Section(
        "Zienswijze van de portefeuillehouder",
        [
            Line(
                before="Ik heb het besluit afgestemd met de portefeuillehouder Digitalisering & Cybercrime. Die gaf op "
                f"{given} deze zienswijze:",
                strong=f"{opinion.label.lower()} met het bezwaar.",
            ),
            Line(after="De toelichting luidt:"),
            *quoted(view["note"]),
            *differs,
        ],
    )


def _conditions(first: Ruling, second: Ruling) -> Iterator[Section]:
    """Those that hold now; that there are none any more is said too."""
    if second.permission:
        yield from conditions(second)
        if first.conditions and not second.conditions:
            yield text("Voorwaarden", "Aan de toestemming zijn geen voorwaarden meer verbonden.")


def _costs(facts: Facts, first: Ruling, second: Ruling) -> Iterator[Section]:
    if second.permission:
        same = "Aan de kosten verandert niets. " if first.permission else ""
        yield text("Kosten", same + costs(facts, second))
