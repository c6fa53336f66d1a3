"""How far a concept is, part by part: complete, so many fields empty, so many wrong, and where to go on."""

from datetime import date
from typing import Any

import pytest

from initiatives.choices import Party
from initiatives.completeness import REQUIREMENTS, advice, is_filled, missing
from initiatives.forms.concept import ConceptForm
from initiatives.forms.sections import PARTS, Section, sections_of
from initiatives.matrix import matrix
from initiatives.models import Initiative
from initiatives.policy import blocking_at_filing
from initiatives.tests.factories import Cast, concept, walk
from organisation.policy import rules_on
from organisation.tests.factories import policy
from workflow.clock import local_date, now
from workflow.rules import Reason

pytestmark = pytest.mark.django_db


def sections(initiative: Initiative) -> tuple[ConceptForm, dict[str, Section]]:
    today = local_date(now())
    units = {initiative.unit.code: initiative.unit}
    form = ConceptForm(initiative=initiative, units=units, visible=Initiative.objects.all(), today=today)
    reasons = [*missing(initiative), *blocking_at_filing(initiative, today)]
    found = sections_of(form, reasons, matrix(initiative, rules_on(today)))
    return form, {section.name: section for section in found}


def labels(initiative: Initiative) -> dict[str, str]:
    return {name: section.look.label for name, section in sections(initiative)[1].items()}


def test_every_field_of_the_form_stands_in_one_part() -> None:
    named = [field for _, _, fields in PARTS for field in fields.split()]
    assert sorted(named) == sorted([*ConceptForm.base_fields, "necessity"])


def test_every_requirement_names_a_field_of_a_part_and_says_first_what_it_is_about() -> None:
    named = {field for _, _, fields in PARTS for field in fields.split()}
    assert {requirement.field for requirement in REQUIREMENTS} <= named
    for requirement in REQUIREMENTS:
        said = advice(Reason(requirement.sentence))
        assert said[0].isupper()
        assert ": " not in said


def test_complete_concept_waits_for_the_unit_head_only() -> None:
    assert labels(concept(Cast())) == {
        "melding": "Compleet",
        "noodzaak": "Vult de politiechef in",
        "cameras": "Compleet",
        "kosten": "Compleet",
        "doel": "Compleet",
        "overleg": "Compleet",
        "afspraken": "Compleet",
        "gereedheid": "Compleet",
        "ondersteuning": "2 soorten gekozen",
        "bijlagen": "Geen",
    }


@pytest.mark.parametrize(
    ("fields", "name", "label"),
    [
        ({"title": ""}, "melding", "1 veld leeg"),
        ({"title": "", "description": ""}, "melding", "2 velden leeg"),
        ({"kinds": ["experiment"]}, "melding", "3 velden leeg"),
        ({"cameras_requested": 0}, "cameras", "1 fout"),
        ({"cameras_requested": 0, "vendor": ""}, "cameras", "1 fout, 1 veld leeg"),
        ({"cameras_requested": None}, "cameras", "1 veld leeg"),
        ({"costs_accepted": False}, "kosten", "1 veld leeg"),
        ({"purposes": ["veiligheid"]}, "doel", "1 fout"),
        ({"purposes": []}, "doel", "1 veld leeg"),
        ({"requested_support": []}, "ondersteuning", "Niets gevraagd"),
        ({"requested_support": ["inkoopproces"]}, "ondersteuning", "1 soort gekozen"),
        ({"kinds": ["experiment"]}, "noodzaak", "Niet verplicht"),
        ({"functions": ["pre_recording"]}, "cameras", "1 veld leeg"),
        ({"activation": "continu"}, "cameras", "1 veld leeg"),
        ({"activation": "drager"}, "cameras", "Compleet"),
        ({"consultation_burgemeester_date": None}, "overleg", "3 van 4"),
        ({"agreement_opslag_text": "", "agreement_logging_responsible": ""}, "afspraken", "5 van 7"),
        ({"readiness_techniek": False}, "gereedheid", "5 van 6"),
        ({"infrastructure_changed_on": date(2026, 1, 6)}, "gereedheid", "5 van 6"),
        ({"infrastructure_changed_on": date(2026, 1, 5)}, "gereedheid", "Compleet"),
        ({"kinds": ["ontwikkeling"], "consultation_burgemeester_date": None}, "overleg", "Compleet"),
    ],
)
def test_part_says_how_far_it_is(fields: dict[str, Any], name: str, label: str) -> None:
    assert labels(concept(Cast(), **fields))[name] == label


@pytest.mark.parametrize(("necessary", "label"), [(True, "Vastgesteld"), (False, "Niet noodzakelijk")])
def test_necessity_says_what_the_unit_head_found(necessary: bool, label: str) -> None:
    given = {"noodzaak_vaststellen": {"necessary": necessary, "urgent": False, "reasons": "Gezien."}}
    found = sections(walk(Cast(), "noodzaak_vaststellen", given=given))[1]["noodzaak"]
    assert (found.look.label, found.is_complete) == (label, necessary)


def test_part_is_open_where_the_writer_has_something_to_do() -> None:
    _, found = sections(concept(Cast(), vendor="", amount=None))
    assert {name for name, section in found.items() if section.open} == {"cameras", "kosten"}


def test_one_who_goes_on_begins_with_what_is_wrong() -> None:
    _, found = sections(concept(Cast(), title="", cameras_requested=0))
    assert [name for name, section in found.items() if section.current] == ["cameras"]
    _, found = sections(concept(Cast(), title="", amount=None))
    assert [name for name, section in found.items() if section.current] == ["melding"]


def test_field_says_that_it_is_empty_or_what_is_wrong_with_it() -> None:
    form, _ = sections(concept(Cast(), vendor="", cameras_requested=0))
    assert form.notes == {"vendor": "nog leeg, nodig bij het aanmelden"}
    assert form["cameras_requested"].errors == ["Vul 1 of meer in."]
    assert form["teams"].errors == []


def test_zero_is_an_answer_and_an_unticked_box_is_not() -> None:
    initiative = concept(Cast(), cameras_now=0, costs_accepted=False)
    assert is_filled(initiative, "cameras_now")
    assert not is_filled(initiative, "costs_accepted")
    assert not is_filled(initiative, "defects")


NOTHING_HELD = {f"consultation_{party}_date": None for party in Party}


@pytest.mark.parametrize(
    ("kinds", "said"),
    [(["aanschaf"], "moet de projectleider uitleggen"), (["vervanging_defect"], "hoeft dit niet. Het mag wel")],
)
def test_part_says_what_a_later_step_asks(kinds: list[str], said: str) -> None:
    _, found = sections(concept(Cast(), kinds=kinds, **NOTHING_HELD))
    assert said in found["overleg"].later
    assert found["overleg"].empty == 0
    assert found["overleg"].is_complete is (kinds != ["aanschaf"])


def test_part_says_that_a_rule_blocks_a_later_step() -> None:
    policy("overleg-en-afspraken-verplicht", mode="blokkeert")
    _, found = sections(concept(Cast(), **NOTHING_HELD))
    assert "Goedkeuren kan pas als dit compleet is" in found["overleg"].later
