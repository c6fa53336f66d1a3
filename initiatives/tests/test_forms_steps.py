"""The forms of the steps: what they ask of which file, what they let through, and what they hand to the services."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from initiatives.forms.base import StepForm
from initiatives.forms.fields import LINE, LONG, SHORT
from initiatives.forms.steps import FORMS
from initiatives.models import Initiative
from initiatives.tests.factories import TO_STATUS, Cast, concept, days_ago, initiative, walk
from initiatives.tests.typed import form_of
from workflow.clock import AMSTERDAM, local_date, now
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db

DURING_THE_FREEZE = datetime(2019, 3, 1, 12, tzinfo=AMSTERDAM)
BEFORE = {
    "terugsturen": "aangemeld", "uitstel_melden": "aangemeld", "beoordelen": "aangemeld", "goedkeuren": "beoordeeld",
    "afwijzen": "beoordeeld", "bezwaar_maken": "afgewezen", "afstemming_vastleggen": "bezwaar", "verdagen": "bezwaar",
    "gegrond_verklaren": "bezwaar", "ongegrond_verklaren": "bezwaar",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return Cast()


def posted(data: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def form(name: str, subject: Initiative, **changes: Any) -> StepForm:
    """The form of a step as it is sent, filled in well but for `changes`."""
    return FORMS[name](posted(form_of(name, **changes)), initiative=subject, at=now())


def typed(cast: Cast, name: str, **changes: Any) -> StepForm:
    return form(name, initiative(cast, BEFORE[name]), **changes)


def test_every_step_has_a_form() -> None:
    assert set(FORMS) == set(steps_of(Initiative))


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "fits"), [(1, True), (LONG, True), (LONG + 1, False)])
def test_text_is_bounded(cast: Cast, length: int, fits: bool) -> None:
    assert typed(cast, "afwijzen", reasons="é" * length).is_valid() is fits


@pytest.mark.parametrize("text", ["", " ", "\r\n\t", "\u00a0"])
def test_text_of_nothing_but_space_is_empty(cast: Cast, text: str) -> None:
    sent = typed(cast, "afwijzen", reasons=text)
    assert sent.errors == {"reasons": ["Leg uit waarom."]}


def test_too_long_text_says_how_long_it_is(cast: Cast) -> None:
    sent = typed(cast, "afwijzen", reasons="x" * 12_345)
    assert sent.errors["reasons"] == ["Deze tekst is te lang: 12.345 tekens. Houd het bij 10.000."]


def test_browser_is_not_told_to_cut_off_a_text(cast: Cast) -> None:
    assert "maxlength" not in str(typed(cast, "afwijzen"))


# --- days and numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-02-30", "morgen", "01/02/2027", "2027-1", "", "99999-01-01"])
def test_day_that_does_not_exist_is_refused(cast: Cast, day: str) -> None:
    assert "by_when" in typed(cast, "terugsturen", by_when=day).errors


@pytest.mark.parametrize("written", ["%Y-%m-%d", "%d-%m-%Y"])
def test_day_is_read_in_both_ways(cast: Cast, written: str) -> None:
    day = local_date(now()) + timedelta(days=7)
    sent = typed(cast, "terugsturen", by_when=day.strftime(written))
    assert sent.is_valid()
    assert sent.answers()["by_when"] == day


@pytest.mark.parametrize(("days", "fits"), [(365, True), (366, False)])
def test_decision_is_promised_within_a_year(cast: Cast, days: int, fits: bool) -> None:
    day = (local_date(now()) + timedelta(days=days)).isoformat()
    assert typed(cast, "uitstel_melden", by_when=day).is_valid() is fits


@pytest.mark.parametrize(
    ("weeks", "fits"),
    [("0", False), ("1", True), ("6", True), ("7", False), ("-1", False), ("twee", False), ("", False)],
)
def test_adjournment_is_one_to_six_weeks(cast: Cast, weeks: str, fits: bool) -> None:
    sent = typed(cast, "verdagen", weeks=weeks)
    assert sent.is_valid() is fits
    if not fits:
        assert sent.errors["weeks"] == ["Kies 1 tot en met 6 weken."]


# --- necessity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "means"), [("ja", True), ("nee", False)])
def test_yes_and_no_become_true_and_false(cast: Cast, word: str, means: bool) -> None:
    sent = form("noodzaak_vaststellen", concept(cast), necessary=word, urgent="nee")
    assert sent.is_valid()
    assert sent.answers()["necessary"] is means


@pytest.mark.parametrize("word", ["", "true", "1", "Ja"])
def test_other_words_than_yes_and_no_are_refused(cast: Cast, word: str) -> None:
    assert form("noodzaak_vaststellen", concept(cast), necessary=word).errors["necessary"] == ["Kies ja of nee."]


# --- the decision ---------------------------------------------------------------------------------


def test_support_comes_in_its_own_order_and_once(cast: Cast) -> None:
    sent = typed(cast, "goedkeuren", support_granted=["juridische_borging", "inkoopproces", "juridische_borging"])
    assert sent.is_valid()
    assert sent.answers()["support_granted"] == ["inkoopproces", "juridische_borging"]


def test_support_may_be_none(cast: Cast) -> None:
    sent = typed(cast, "goedkeuren", support_granted=None)
    assert sent.is_valid()
    assert sent.answers()["support_granted"] == []


def test_conditions_are_lines_without_the_empty_ones(cast: Cast) -> None:
    sent = typed(cast, "goedkeuren", conditions=["", " Eerst  opleiden. ", "\n", "Dan uitrollen."])
    assert sent.is_valid()
    assert sent.answers()["conditions"] == ["Eerst opleiden.", "Dan uitrollen."]


@pytest.mark.parametrize(
    ("lines", "fits"), [(["x"] * 20, True), (["x"] * 21, False), (["x" * LINE], True), (["x" * (LINE + 1)], False)]
)
def test_conditions_are_bounded(cast: Cast, lines: list[str], fits: bool) -> None:
    assert typed(cast, "goedkeuren", conditions=lines).is_valid() is fits


def test_nothing_more_is_asked_than_the_rules_ask(cast: Cast) -> None:
    sent = typed(cast, "goedkeuren")
    assert sent.is_valid()
    assert {"warnings_answered", "override_reasons"}.isdisjoint(sent.fields)
    assert (sent.answers()["warnings_answered"], sent.answers()["override_reasons"]) == ([], "")


@pytest.mark.parametrize(
    ("answers", "fits"), [([], False), ([""], False), ([" "], False), (["Omdat."], True), (["Een.", "Twee."], False)]
)
def test_each_warning_is_answered(cast: Cast, answers: list[str], fits: bool) -> None:
    subject = initiative(cast, "beoordeeld", cameras_requested=2001)
    sent = form("goedkeuren", subject, warnings_answered=answers)
    assert sent.is_valid() is fits
    assert [line.data["warning"].rule.code for line in sent["warnings_answered"]] == ["plafond-2000"]


def test_purchase_during_the_freeze_asks_why(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["beoordeeld"], at=DURING_THE_FREEZE)
    assert form("goedkeuren", subject).errors["override_reasons"] == [
        "Noem de aanbesteding en leg uit waarom het toch mag."
    ]
    assert form("goedkeuren", subject, override_reasons="De aanbesteding van 2019.").is_valid()


def test_uphold_begins_with_what_was_granted_and_says_what_was_refused(cast: Cast) -> None:
    granted = {"goedkeuren": {"support_granted": ["inkoopproces"], "conditions": ["Eerst opleiden."]}}
    subject = walk(cast, *TO_STATUS["goedgekeurd"], "bezwaar_maken", given=granted)
    empty = FORMS["gegrond_verklaren"](None, initiative=subject, at=now())
    assert (empty["support_granted"].value(), empty["conditions"].value()) == (["inkoopproces"], ["Eerst opleiden."])
    rows = {option.data["value"]: option.data["label"] for option in empty["support_granted"]}
    assert rows["inkoopproces"].before == "Eerder gegeven"
    assert rows["ict_integratie"].before == "Eerder geweigerd"
    assert rows["beheersondersteuning"].before == ""


@pytest.mark.parametrize(
    ("name", "dictum", "fits"),
    [
        ("gegrond_verklaren", "gegrond", True),
        ("gegrond_verklaren", "deels_gegrond", True),
        ("gegrond_verklaren", "ongegrond", False),
        ("ongegrond_verklaren", "ongegrond", True),
        ("ongegrond_verklaren", "niet_ontvankelijk", True),
        ("ongegrond_verklaren", "gegrond", False),
    ],
)
def test_dictum_belongs_to_its_step(cast: Cast, name: str, dictum: str, fits: bool) -> None:
    assert typed(cast, name, dictum=dictum).is_valid() is fits


# --- the objection --------------------------------------------------------------------------------


def test_excuse_is_asked_only_when_it_is_late(cast: Cast) -> None:
    in_time = typed(cast, "bezwaar_maken", late_excuse="Niet gevraagd.")
    assert in_time.is_valid()
    assert in_time.answers()["late_excuse"] == ""
    late = walk(cast, *TO_STATUS["afgewezen"], at=days_ago(60))
    assert form("bezwaar_maken", late).errors["late_excuse"] == ["Leg uit waarom het bezwaar te laat is."]
    assert form("bezwaar_maken", late, late_excuse="De brief kwam te laat.").is_valid()


# --- the assessment -------------------------------------------------------------------------------


def test_assessment_becomes_columns_and_principles(cast: Cast) -> None:
    sent = typed(cast, "beoordelen")
    assert sent.is_valid()
    answers = sent.answers()
    assert answers["principles"]["6"] == {"judgement": "afwijking", "note": "Pre-recording."}
    assert len(answers["principles"]) == 11
    assert not [name for name in answers if name.startswith("principle_")]
    assert (answers["technical_note"], answers["fit_policy"]) == ("Nog niet getest.", "onbekend")


def test_assessment_names_the_policy_of_the_day_of_filing(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["aangemeld"], at=DURING_THE_FREEZE)
    empty = FORMS["beoordelen"](None, initiative=subject, at=now())
    assert empty["policy_version"].value() == "beleid van 1 juni 2018"


def test_assessment_before_a_return_is_the_draft_after_it(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    sent = form("beoordelen", subject)
    assert sent.is_valid()
    again = walk(
        cast, "beoordelen", "terugsturen", "aanmelden", start=subject, given={"beoordelen": sent.answers()}
    )  # fmt: skip
    draft = FORMS["beoordelen"](None, initiative=again, at=now())
    assert {name: draft[name].value() for name in form_of("beoordelen")} == form_of("beoordelen")


@pytest.mark.parametrize(("field", "longest"), [("technical_note", SHORT), ("principle_3_note", SHORT)])
def test_remarks_are_bounded(cast: Cast, field: str, longest: int) -> None:
    assert typed(cast, "beoordelen", **{field: "x" * longest}).is_valid()
    assert field in typed(cast, "beoordelen", **{field: "x" * (longest + 1)}).errors
