"""The letters that decide nothing yet: receipt of an objection, return, postponement (S2-25) and adjournment."""

from collections.abc import Iterator
from datetime import date

from initiatives.letters.facts import Facts
from initiatives.letters.on_filing import OBJECTION
from initiatives.letters.on_objection import against, excuse
from initiatives.letters.sheet import LEADER, MANAGER, Body, Line, Section, count, day, quoted, text
from workflow.dates import weekday_in_words

FIRST_DECISION = "first_decision"
ON_OBJECTION = ("late_objection_decision", "objection_decision")
LATER = "Nieuwe datum"


def receipt(facts: Facts) -> Body:
    first, last = facts.first, weekday_in_words(facts.last_day(*ON_OBJECTION))
    stays = "De toestemming uit het eerste besluit blijft intussen gelden. " if first.permission else ""
    return Body(
        sender=MANAGER,
        title=f"Ontvangst van uw bezwaar in {facts.number}",
        subject=f"Ontvangst van uw bezwaar: {facts.title}",
        opening=[
            (
                f"Op {day(facts.objected_on)} ontving ik uw bezwaar tegen het besluit van {day(first.day)} over het "
                f"initiatief ‘{facts.title}’. Uw bezwaar gaat over {against(first)}."
            ),
        ],
        box=Section("Wanneer u een besluit krijgt", [Line("U krijgt mijn besluit", f"uiterlijk op {last}.")]),
        sections=[
            Section("Uw bezwaar", quoted(facts.row["objection"]["grounds"])),
            *_late(facts),
            text(
                "Wat er nu gebeurt",
                "Ik bekijk het besluit opnieuw. Eerst geeft de portefeuillehouder Digitalisering & Cybercrime een "
                "zienswijze. Daarna beslis ik.",
                "Heb ik meer tijd nodig? Dan kan ik mijn besluit één keer verdagen, met hoogstens zes weken. U krijgt "
                "daar een brief over.",
                f"{stays}Wilt u niet verder? U kunt het bezwaar intrekken tot er een besluit is.",
            ),
        ],
    )


def _late(facts: Facts) -> Iterator[Section]:
    if facts.row["objection"]["is_late"]:
        late = (
            f"Bezwaar maken kon tot en met {day(facts.last_day(OBJECTION))}. Uw bezwaar is dus te laat. U schrijft "
            f"daarover: ‘{excuse(facts)}’"
        )
        yield text("Uw bezwaar is te laat", late, "Ik beoordeel eerst of dit een goede reden is.")


def returned(facts: Facts) -> Body:
    back = facts.row["returned"]
    by_when = weekday_in_words(date.fromisoformat(back["by_when"]))
    return Body(
        sender=LEADER,
        title=f"Uw dossier {facts.number} is teruggestuurd",
        subject=f"Dossier teruggestuurd: {facts.title}",
        opening=[
            (
                f"Op {day(facts.submitted_on)} meldde u het initiatief ‘{facts.title}’ aan. Ik kan nog niet verder "
                "met uw dossier, want er ontbreekt iets."
            ),
        ],
        box=Section(
            "Wat ik u vraag",
            [Line("Vul het dossier aan en meld het opnieuw aan,", f"uiterlijk op {by_when}.")],
        ),
        sections=[
            text("Wat er ontbreekt", back["missing"]),
            text(
                "Wat dit betekent voor de termijn",
                "De termijn voor mijn besluit staat stil tot u het dossier opnieuw aanmeldt, en niet langer dan tot "
                f"en met {by_when}. Nummer en datum van aanmelden blijven zoals ze zijn.",
                "Meldt u het dossier niet op tijd opnieuw aan? Dan kan ik besluiten over wat er ligt.",
            ),
        ],
        to_contact=True,
    )


def postponed(facts: Facts) -> Body:
    told = facts.row["postponement"]
    new_day = weekday_in_words(date.fromisoformat(told["new_day"]))
    return Body(
        sender=LEADER,
        title=f"Het besluit op uw aanmelding {facts.number} komt later",
        subject=f"Uitstel van het besluit: {facts.title}",
        opening=[
            (
                f"Op {day(facts.submitted_on)} meldde uw contactpersoon het initiatief ‘{facts.title}’ aan. De termijn "
                f"voor mijn besluit eindigt op {day(facts.last_day(FIRST_DECISION))}. Dat haal ik niet."
            ),
        ],
        box=Section(LATER, [Line("U krijgt mijn besluit", f"uiterlijk op {new_day}.")]),
        sections=[
            text("Redenen", told["reasons"]),
            text(
                "Wat dit voor u betekent",
                "U hoeft niets te doen. De termijn zelf verandert niet. Dat het besluit later komt, heeft voor uw "
                "aanmelding geen gevolgen.",
            ),
        ],
    )


def adjourned(facts: Facts) -> Body:
    told = facts.row["adjournment"]
    weeks = "één week" if told["weeks"] == 1 else f"{count(told['weeks'])} weken"
    last = weekday_in_words(facts.last_day(*ON_OBJECTION))
    return Body(
        sender=MANAGER,
        title=f"Het besluit op uw bezwaar in {facts.number} komt later",
        subject=f"Verdaging van het besluit op bezwaar: {facts.title}",
        opening=[
            (
                f"Op {day(facts.objected_on)} maakte u bezwaar tegen het besluit van {day(facts.first.day)} over het "
                f"initiatief ‘{facts.title}’. Ik heb meer tijd nodig om daarop te beslissen."
            ),
        ],
        box=Section(
            LATER,
            [
                Line(f"Ik verdaag mijn besluit met {weeks}."),
                Line("U krijgt mijn besluit", f"uiterlijk op {last}."),
            ],
        ),
        sections=[
            text("Redenen", told["reasons"]),
            text(
                "Wat dit voor u betekent",
                "U hoeft niets te doen. Verdagen kan maar één keer.",
                "Dit is naar analogie van de Algemene wet bestuursrecht, artikel 7:10.",
            ),
        ],
    )
