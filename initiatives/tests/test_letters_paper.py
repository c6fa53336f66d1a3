"""Letters on paper, read as assistive technology reads them: what they say is what was decided, whatever was typed."""

import re
from datetime import date
from typing import Any

import pytest

from bodycams.pdf.making import write_pdf
from bodycams.tests.pdf_checks import faults, read
from bodycams.tests.pdf_reader import Pdf
from initiatives.letters.making import html
from initiatives.letters.sheet import Line
from initiatives.models import Letter
from initiatives.tests.letter_samples import FIRST, letter

Kind = Letter.Kind
HOSTILE = (
    '<img src="http://127.0.0.1:9/a.png"><script>alert(1)</script><link rel=attachment href="file:///etc/passwd">'
    "{{ settings.SECRET_KEY }} {% include 'x' %} @import url(http://127.0.0.1:9/b.css); \N{RIGHT-TO-LEFT OVERRIDE}moc"
)


def said(paper: Pdf) -> str:
    """All its text; a word that was broken after its hyphen is one word."""
    return paper.root.text.replace("- ", "-")


def paper_of(one: Letter) -> tuple[bytes, Pdf]:
    content = write_pdf(html(one))
    return content, Pdf(content)


@pytest.fixture(scope="module")
def decision() -> tuple[bytes, Pdf]:
    return paper_of(letter(Kind.DECISION))


SAYS: dict[Letter.Kind, tuple[str, ...]] = {
    Kind.RETURN: (
        "Uw dossier BC-2018-0031 is teruggestuurd",
        "Aan de contactpersoon bodycams van de eenheid Oost-Brabant",
        "uiterlijk op vrijdag 4 mei 2018.",
        "Het overleg met de officier. De datum ontbreekt ook.",
        "De termijn voor mijn besluit staat stil",
        "De politiechef krijgt deze brief ook.",
    ),
    Kind.POSTPONEMENT: (
        "Het besluit op uw aanmelding BC-2018-0031 komt later",
        "eindigt op 23 mei 2018",
        "uiterlijk op vrijdag 8 juni 2018.",
        "Het overleg duurt langer.",
    ),
    Kind.RECEIPT: (
        "Ontvangst van uw bezwaar in BC-2018-0031",
        "Op 21 juni 2018 ontving ik uw bezwaar tegen het besluit van 18 mei 2018",
        "de ondersteuning die is geweigerd: inkoopproces",
        "uiterlijk op vrijdag 10 augustus 2018.",
        "‘De raamovereenkomst noemt geen eisen.’",
        "De toestemming uit het eerste besluit blijft intussen gelden.",
    ),
    Kind.ADJOURNMENT: (
        "Het besluit op uw bezwaar in BC-2018-0031 komt later",
        "Ik verdaag mijn besluit met drie weken.",
        "uiterlijk op vrijdag 10 augustus 2018.",
        "De portefeuillehouder is met verlof.",
    ),
    Kind.OBJECTION_DECISION: (
        "Besluit op uw bezwaar in BC-2018-0031",
        "Dat was op tijd: de laatste dag was 29 juni 2018.",
        "Uw bezwaar is gegrond. De toestemming blijft. Ik verleen alsnog één soort ondersteuning: inkoopproces.",
        "Die gaf op 1 augustus 2018 deze zienswijze: oneens met het bezwaar.",
        "‘Ik vrees dat meer eenheden dezelfde hulp vragen.’ Ik wijk hiervan af.",
        "Aan de kosten verandert niets. De kosten zijn € 26.850.",
        "Dit besluit is definitief",
    ),
}


@pytest.mark.parametrize("kind", SAYS)
def test_each_kind_says_what_it_is_for_and_nothing_is_wrong_with_it(kind: Letter.Kind) -> None:
    content, paper = paper_of(letter(kind))
    assert faults(content) == []
    assert [words for words in SAYS[kind] if words not in said(paper)] == []


def test_nothing_is_wrong_with_a_decision(decision: tuple[bytes, Pdf]) -> None:
    assert faults(decision[0]) == []


def test_decision_says_all_that_was_decided(decision: tuple[bytes, Pdf]) -> None:
    text = said(decision[1])
    for words in (
        "Besluit op uw aanmelding BC-2018-0031",
        "Aan de politiechef van de eenheid Oost-Brabant",
        "Onderwerp Besluit op aanmelding: Bodycams voor de noodhulp in Helmond Datum 18 mei 2018",
        "Ons kenmerk BC-2018-0031 / B2",
        "Op 28 maart 2018 meldde uw contactpersoon",
        "Het gaat om aanschaf, met 24 camera’s (Zepcam T2).",
        "Ik verleen toestemming voor dit initiatief.",
        "Ik verleen drie soorten ondersteuning die u vroeg: operationeel beleid, ICT-integratie en juridische borging.",
        "Ik weiger één soort ondersteuning die u vroeg: inkoopproces.",
        "Die noodzaak is duidelijk beschreven. Uw eenheid bestelt binnen een lopende raamovereenkomst.",
        "de versie van 1 juli 2017.",
        "Aan de toestemming verbind ik twee voorwaarden.",
        "De kosten zijn € 26.850. De kosten zijn voor rekening van uw eenheid (kostenplaats 4410).",
        "Uw bezwaar moet uiterlijk op vrijdag 29 juni 2018 binnen zijn.",
        "naar analogie van de Algemene wet bestuursrecht",
    ):
        assert words in text
    assert "1. Elke drager volgt de training. 2. U meldt de uitkomst van de proef." in text


def test_support_stands_in_a_table_of_five(decision: tuple[bytes, Pdf]) -> None:
    rows = [[cell.text for cell in row.kids] for row in decision[1].root.all("TR")]
    assert rows == [
        ["Soort ondersteuning", "Gevraagd", "Besluit"],
        ["1. Operationeel beleid", "ja", "✔ verleend"],
        ["2. Inkoopproces", "ja", "✘ geweigerd, zie ‘Redenen’"],
        ["3. Beheersondersteuning", "nee", "○ niet gevraagd"],
        ["4. ICT-integratie", "ja", "✔ verleend"],
        ["5. Juridische borging", "ja", "✔ verleend"],
    ]


def test_every_page_says_which_of_how_many_it_is_and_of_which_letter(decision: tuple[bytes, Pdf]) -> None:
    paper = decision[1]
    pages = len(paper.beside)
    assert pages > 1
    assert f"Blad 1 van {pages}" in paper.root.text
    for number, beside in enumerate(paper.beside[1:], 2):
        assert f"{number} van {pages}" in beside
        assert "BC-2018-0031 / B2" in beside


def test_same_letter_gives_the_same_bytes(decision: tuple[bytes, Pdf]) -> None:
    assert write_pdf(html(letter(Kind.DECISION))) == decision[0]


def test_hostile_text_is_text_and_stays_within_the_page() -> None:
    typed = {
        **FIRST,
        "reasons": HOSTILE,
        "conditions": ["W" * 4_000],
        "snapshot": {**FIRST["snapshot"], "vendor": HOSTILE},
    }
    content, paper = paper_of(letter(Kind.DECISION, title=HOSTILE, decisions=[typed]))
    assert faults(content) == []
    assert dict(read(content).attachments) == {}
    assert "<script>alert(1)</script>" in paper.root.text
    assert "SECRET_KEY" in paper.root.text.replace(" ", "")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html(letter(Kind.DECISION, title=HOSTILE))
    assert "".join(paper.root.text.split()).count("W" * 4_000) == 1
    assert not [link for page in read(content).pages for link in page.obj.get("/Annots", ())]


# --- what differs from decision to decision: seen in the words, without drawing them --------------------------------


def words_of(kind: Letter.Kind, **changed: Any) -> str:
    """The text of the letter as it goes to the PDF."""
    return " ".join(re.sub(r"<[^>]+>", " ", html(letter(kind, **changed)).partition("<h1")[2]).split())


def ruled(**changed: Any) -> list[dict[str, Any]]:
    return [{**FIRST, **changed}]


def test_nothing_refused_is_final_at_once_and_names_no_day() -> None:
    text = words_of(Kind.DECISION, decisions=ruled(refused=[]))
    assert "Dit besluit is definitief" in text
    assert "bezwaar maken" not in text


def test_rejection_names_no_costs_and_can_be_objected_to_whole() -> None:
    text = words_of(Kind.DECISION, decisions=ruled(permission=False, granted=[], conditions=[]))
    assert "Ik verleen geen toestemming voor dit initiatief." in text
    assert "Bezwaar kan tegen het hele besluit." in text
    assert "houdt de toestemming niet tegen" not in text
    assert "Kosten" not in text
    assert "Voorwaarden" not in text


def test_last_day_that_was_moved_says_why() -> None:
    terms = {"objection": {"starts_on": "2018-11-20", "last_day": "2019-01-02"}}
    text = words_of(Kind.DECISION, terms=terms)
    assert "uiterlijk op woensdag 2 januari 2019 binnen" in text
    assert "Die eindigen op dinsdag 1 januari 2019; daarom telt de eerste werkdag erna." in text
    assert "Die eindigen op" not in words_of(Kind.DECISION)


def test_support_that_was_not_asked_for_is_named_apart() -> None:
    given = ruled(granted=["inkoopproces", "beheersondersteuning"], refused=[])
    text = words_of(Kind.DECISION, decisions=given, requested=["inkoopproces"])
    assert "Ik verleen één soort ondersteuning die u vroeg: inkoopproces." in text
    assert "Ik verleen één soort ondersteuning die u niet vroeg: beheersondersteuning." in text
    assert "U vroeg geen ondersteuning." in words_of(
        Kind.DECISION, decisions=ruled(granted=[], refused=[]), requested=[]
    )


def test_warnings_and_the_freeze_are_printed_with_their_answers() -> None:
    answered = [{"rule": "plafond-2000", "sentence": "Het plafond is bereikt.", "answer": "Er vallen camera’s af."}]
    text = words_of(
        Kind.DECISION, decisions=ruled(warnings_answered=answered, override_reasons="De aanbesteding loopt.")
    )
    assert "Het plafond is bereikt. Mijn antwoord: Er vallen camera’s af." in text
    assert "Toch verleen ik toestemming. De aanbesteding loopt." in text


@pytest.mark.parametrize(
    ("changed", "costs"),
    [
        ({"amount": None}, "Bij de aanmelding is geen bedrag genoemd. De kosten zijn voor rekening van uw eenheid"),
        ({"unit_pays": False}, "Bij de aanmelding is niet vastgelegd wie deze kosten draagt."),
        ({"amount": "12.50"}, "De kosten zijn € 12,50."),
        ({"amount": None, "unit_pays": False}, "Bij de aanmelding is geen bedrag genoemd."),
    ],
)
def test_costs_are_said_as_they_were_filed(changed: dict[str, Any], costs: str) -> None:
    assert costs in words_of(Kind.DECISION, decisions=ruled(snapshot={**FIRST["snapshot"], **changed}))


def second(**changed: Any) -> list[dict[str, Any]]:
    return [FIRST, {**FIRST, "round": 2, "decided_at": "2018-08-08T08:30:00+00:00", **changed}]


def test_dismissed_objection_leaves_the_first_decision() -> None:
    text = words_of(Kind.OBJECTION_DECISION, decisions=second(dictum="ongegrond"))
    assert "Uw bezwaar is ongegrond. Het besluit van 18 mei 2018 blijft zoals het is." in text
    assert "U houdt de toestemming, en ik weiger nog steeds één soort ondersteuning." in text
    assert "Ik wijk hiervan af" not in text


def test_inadmissible_objection_was_late_and_is_not_looked_into() -> None:
    late = {**letter(Kind.RECEIPT).facts["objection"], "is_late": True, "late_excuse": "Ik was ziek."}
    text = words_of(Kind.OBJECTION_DECISION, decisions=second(dictum="niet_ontvankelijk"), objection=late)
    assert "Dat was te laat: de laatste dag was 29 juni 2018. U schreef daarover: ‘Ik was ziek.’" in text
    assert "Uw bezwaar is niet-ontvankelijk. Ik kijk daarom niet naar de inhoud van uw bezwaar." in text
    assert "Uw bezwaar is te laat" in words_of(Kind.RECEIPT, objection=late)


def test_permission_after_all_says_what_it_costs_and_what_stays_refused() -> None:
    first = {**FIRST, "permission": False, "granted": [], "refused": ["inkoopproces", "ict_integratie"]}
    given = {"permission": True, "granted": ["ict_integratie"], "refused": ["inkoopproces"], "dictum": "deels_gegrond"}
    text = words_of(Kind.OBJECTION_DECISION, decisions=[first, {**second(**given)[1]}])
    assert "Uw bezwaar is deels gegrond. Ik verleen alsnog toestemming." in text
    assert "Ik verleen alsnog één soort ondersteuning: ICT-integratie." in text
    assert "Ik blijf één soort ondersteuning weigeren: inkoopproces." in text
    assert "Aan de kosten verandert niets" not in text
    assert "De kosten zijn € 26.850." in text


def test_conditions_that_went_are_named() -> None:
    assert "geen voorwaarden meer" in words_of(
        Kind.OBJECTION_DECISION, decisions=second(dictum="gegrond", conditions=[])
    )


@pytest.mark.parametrize(
    ("kind", "unit", "to"),
    [
        ("landelijke_eenheid", "Landelijke Eenheid", "Aan de politiechef van Landelijke Eenheid"),
        ("directie", "Directie Operatiën", "Aan het hoofd van Directie Operatiën"),
    ],
)
def test_addressee_is_who_is_in_charge(kind: str, unit: str, to: str) -> None:
    text = " ".join(html(letter(Kind.DECISION, unit_kind=kind, unit=unit)).split())
    assert to in text


def test_day_on_the_letter_is_that_of_the_step_in_the_netherlands() -> None:
    assert letter(Kind.DECISION).dated == date(2018, 5, 18)
    late_evening = ruled(decided_at="2018-05-17T22:30:00+00:00")
    assert "tegen het besluit van 18 mei 2018" in words_of(Kind.RECEIPT, decisions=late_evening)


def test_line_that_announces_what_follows_stays_with_it() -> None:
    assert Line(after="De toelichting luidt:").leads
    assert not Line(after="Ik wijk hiervan af.").leads
