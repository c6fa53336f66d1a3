"""The letter with the first decision: permission or not, and support per kind, with reasons, conditions and costs."""

from collections.abc import Iterator
from datetime import timedelta

from initiatives.choices import Support
from initiatives.letters.facts import Facts, Ruling
from initiatives.letters.sheet import (
    LEADER,
    Body,
    Line,
    Section,
    Table,
    count,
    day,
    paragraphs,
    sorts,
    supports,
    text,
)
from initiatives.words import euros, plain
from workflow.dates import parse_day, weekday_in_words
from workflow.terms import KINDS

OBJECTION = "objection"
GRANTED, REFUSED, NOT_ASKED = "✔ verleend", "✘ geweigerd, zie ‘Redenen’", "○ niet gevraagd"
POINT_G = "Dat volgt uit punt g van de brief van 19 februari 2015."


def decision(facts: Facts) -> Body:
    first = facts.first
    return Body(
        sender=LEADER,
        title=f"Besluit op uw aanmelding {facts.number}",
        subject=f"Besluit op aanmelding: {facts.title}",
        opening=[
            (
                f"Op {day(facts.submitted_on)} meldde uw contactpersoon het initiatief ‘{facts.title}’ aan. "
                f"Het gaat om {facts.subject}."
            ),
            (
                "Ik heb uw aanmelding getoetst volgens de procedure in de brief van 19 februari 2015. "
                "In deze brief leest u wat ik besluit en waarom."
            ),
        ],
        box=Section("Besluit", list(_decided(facts, first))),
        table=Table(
            "Ondersteuning: wat u vroeg en wat ik besluit",
            ("Soort ondersteuning", "Gevraagd", "Besluit"),
            [_support(number, kind, facts, first) for number, kind in enumerate(Support, 1)],
        ),
        sections=[*_reasons(first), *conditions(first), *_costs(facts, first), remedy(facts, first)],
    )


def _decided(facts: Facts, first: Ruling) -> Iterator[Line]:
    yield Line("Ik verleen toestemming" if first.permission else "Ik verleen geen toestemming", "voor dit initiatief.")
    asked = [kind for kind in first.granted if kind in facts.requested]
    unasked = [kind for kind in first.granted if kind not in facts.requested]
    if asked:
        yield Line(f"Ik verleen {sorts(len(asked))}", f"die u vroeg: {supports(asked)}.")
    if unasked:
        yield Line(f"Ik verleen {sorts(len(unasked))}", f"die u niet vroeg: {supports(unasked)}.")
    if first.refused:
        yield Line(f"Ik weiger {sorts(len(first.refused))}", f"die u vroeg: {supports(first.refused)}.")
    if not facts.requested and not first.granted:
        yield Line(after="U vroeg geen ondersteuning.")


def _support(number: int, kind: Support, facts: Facts, first: Ruling) -> tuple[str, str, str]:
    answer = GRANTED if kind in first.granted else REFUSED if kind in first.refused else NOT_ASKED
    return f"{number}. {kind.label}", "ja" if kind in facts.requested else "nee", answer


def _reasons(first: Ruling) -> Iterator[Section]:
    version = first.snapshot["rule_version"]
    tested = (
        f"Ik heb getoetst aan de beleidsregels zoals die golden toen u het initiatief aanmeldde: "
        f"de versie van {day(parse_day(version))}."
        if version
        else ""
    )
    yield text("Redenen", first.reasons, tested)
    if first.override_reasons:
        frozen = "Toen u dit initiatief aanmeldde, gold de aanschafstop. Toch verleen ik toestemming."
        yield text("Ondanks de aanschafstop", frozen, first.override_reasons)
    if answer := first.row.get("negative_reasons"):
        yield text("Na een negatief overleg", "Een overleg eindigde negatief. Toch verleen ik toestemming.", answer)
    if first.warnings_answered:
        yield Section("Waarschuwingen uit het beleid", list(_warnings(first)))


def _warnings(first: Ruling) -> Iterator[Line]:
    for answered in first.warnings_answered:
        yield Line(after=plain(answered["sentence"]))
        yield Line("Mijn antwoord:", plain(answered["answer"]))


def conditions(ruling: Ruling) -> Iterator[Section]:
    """The conditions as numbered sentences; no section when there are none."""
    if ruling.conditions:
        number = len(ruling.conditions)
        words = f"Aan de toestemming verbind ik {count(number)} {'voorwaarde' if number == 1 else 'voorwaarden'}."
        numbered = [" ".join(paragraphs(condition)) for condition in ruling.conditions]
        yield Section("Voorwaarden", [Line(after=words)], numbered)


def costs(facts: Facts, ruling: Ruling) -> str:
    """What it costs and for whom (point g, S0-30)."""
    amount = ruling.amount
    known = "Bij de aanmelding is geen bedrag genoemd." if amount is None else f"De kosten zijn {euros(amount)}."
    if not ruling.snapshot["unit_pays"]:
        return f"{known} Bij de aanmelding is niet vastgelegd wie deze kosten draagt." if amount is not None else known
    centre = plain(facts.row["cost_centre"])
    charged = f" (kostenplaats {centre})" if centre else ""
    return f"{known} De kosten zijn voor rekening van uw eenheid{charged}. {POINT_G} Uw eenheid heeft dit aanvaard."


def _costs(facts: Facts, first: Ruling) -> Iterator[Section]:
    if first.permission:
        yield text("Kosten", costs(facts, first))


def remedy(facts: Facts, first: Ruling) -> Section:
    """What the unit can do about it (S0-25 to S0-27), and until which day."""
    if not first.refuses_something:
        final = "Ik heb niets geweigerd. Daarom is dit besluit meteen definitief en is bezwaar niet mogelijk."
        return text("Dit besluit is definitief", final)
    against = "de ondersteuning die ik weiger" if first.permission else "het hele besluit"
    return Section(
        "Bent u het niet eens met dit besluit?",
        [
            Line(
                after=f"U kunt zich bij het besluit neerleggen of bezwaar maken. Bezwaar kan tegen {against}. U maakt "
                "bezwaar bij de programmamanager Sensing. Die beslist in afstemming met de portefeuillehouder "
                "Digitalisering & Cybercrime."
            ),
            _until(facts, first),
            Line(
                after="Dit is een besluit binnen de politie. De termijn volgt uit de procedure, naar analogie van de "
                "Algemene wet bestuursrecht."
            ),
        ],
    )


def _until(facts: Facts, first: Ruling) -> Line:
    last = facts.last_day(OBJECTION)
    unmoved = facts.began(OBJECTION) + timedelta(days=KINDS[OBJECTION].days)
    counted = "Dat is zes weken, te tellen vanaf de dag na de datum van deze brief."
    if last != unmoved:
        counted += f" Die eindigen op {weekday_in_words(unmoved)}; daarom telt de eerste werkdag erna."
    stays = " Het bezwaar houdt de toestemming niet tegen." if first.permission else ""
    return Line(
        before="Uw bezwaar moet uiterlijk op",
        strong=weekday_in_words(last),
        after=f"binnen zijn. {counted} Maak het bezwaar in het Bodycamregister, en leg uit waarom u het niet eens "
        f"bent.{stays}",
    )
