"""The rules that look at what was arranged, true, false and at their boundary; and what the database adds to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import Error, transaction

from initiatives.choices import PRINCIPLES
from initiatives.models import Consultation, Initiative
from initiatives.policy import warnings
from initiatives.tests.factories import Cast, assessment, concept, walk
from organisation.tests.factories import policy
from workflow.clock import now
from workflow.take import InputRefused, StepRefused

pytestmark = pytest.mark.django_db(transaction=True)

RULE = "overleg-en-afspraken-verplicht"
ONE_LACKS = {"consultation_burgemeester_date": None}
TO_ASSESSED = ("noodzaak_vaststellen", "aanmelden", "beoordelen")


@pytest.fixture
def cast() -> Cast:
    return Cast("ON")


def assessed(cast: Cast, **fields: Any) -> Initiative:
    explained = {f"p{number}": ("voldoet", "Besproken.") for number, _ in PRINCIPLES}
    return walk(cast, *TO_ASSESSED, start=concept(cast, **fields), given={"beoordelen": judged(**explained)})


def approve(cast: Cast, subject: Initiative, **typed: Any) -> Initiative:
    return walk(cast, "goedkeuren", start=subject, given={"goedkeuren": typed})


def codes(subject: Initiative) -> list[str]:
    return [warning.rule.code for warning in warnings(subject)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        (ONE_LACKS, [RULE]),
        ({"agreement_logging_responsible": ""}, [RULE]),
        ({"agreement_logging_review_on": None}, []),
        ({"places": ["openbare_weg", "woning"]}, ["publiek-domein"]),
        ({"places": ["openbare_weg", "openbaar_gebouw"]}, []),
        ({**ONE_LACKS, "places": ["besloten_erf"]}, [RULE, "publiek-domein"]),
    ],
)
def test_what_a_rule_warns_of_at_approval(cast: Cast, fields: dict[str, Any], expected: list[str]) -> None:
    subject = assessed(cast, **fields)
    assert codes(subject) == expected
    if expected:
        with pytest.raises(InputRefused):
            approve(cast, subject, warnings_answered=["Besproken."] * (len(expected) - 1))
    decided = approve(cast, subject, warnings_answered=["Besproken."] * len(expected))
    assert [one["rule"] for one in decided.first_decision().warnings_answered] == expected


def test_warning_names_what_lacks(cast: Cast) -> None:
    subject = assessed(cast, **ONE_LACKS, agreement_opslag_text="")
    assert [one.sentence for one in warnings(subject)] == [
        "Dit is nog niet compleet. Overleg: Burgemeester; afspraken: Opslag."
    ]


def test_of_another_kind_nothing_is_asked(cast: Cast) -> None:
    fields = {"kinds": ["ontwikkeling"], "period_from": date(2026, 1, 1), "period_until": date(2026, 6, 1), **ONE_LACKS}
    subject = walk(cast, "aanmelden", start=concept(cast, **fields))
    assert codes(subject) == []


def test_a_rule_that_blocks_closes_approval_until_it_is_complete(cast: Cast) -> None:
    policy(RULE, mode="blokkeert")
    with pytest.raises(StepRefused, match="Burgemeester"):
        approve(cast, assessed(cast, **ONE_LACKS))
    assert approve(cast, assessed(cast)).first_decision().permission


@pytest.mark.parametrize("outcome", ["positief", "neutraal", ""])
def test_a_consultation_that_was_not_negative_needs_no_answer(cast: Cast, outcome: str) -> None:
    decided = approve(cast, assessed(cast, consultation_ondernemingsraad_outcome=outcome))
    assert decided.first_decision().negative_reasons == ""


def test_a_negative_consultation_is_answered(cast: Cast) -> None:
    subject = assessed(cast, consultation_ondernemingsraad_outcome="negatief")
    with pytest.raises(InputRefused, match="eindigde negatief"):
        approve(cast, subject)
    decided = approve(cast, subject, negative_reasons="De raad krijgt elk kwartaal bericht.")
    assert decided.first_decision().negative_reasons == "De raad krijgt elk kwartaal bericht."


def judged(**changes: tuple[str, str]) -> dict[str, Any]:
    """The usual assessment without remarks, but for the principles that are given: judgement and remark."""
    given = {str(number): {"judgement": "voldoet", "note": ""} for number, _ in PRINCIPLES}
    for name, (judgement, note) in changes.items():
        given[name.removeprefix("p")] = {"judgement": judgement, "note": note}
    return {**assessment(), "principles": given}


def test_a_judgement_that_agrees_needs_no_remark(cast: Cast) -> None:
    filed = walk(cast, *TO_ASSESSED[:2], start=concept(cast))
    assert walk(cast, "beoordelen", start=filed, given={"beoordelen": judged()}).assessments.count() == 1


@pytest.mark.parametrize("judgement", ["afwijking", "nvt"])
def test_a_judgement_that_differs_is_explained(cast: Cast, judgement: str) -> None:
    filed = walk(cast, *TO_ASSESSED[:2], start=concept(cast))
    with pytest.raises(InputRefused) as refused:
        walk(cast, "beoordelen", start=filed, given={"beoordelen": judged(p3=(judgement, ""))})
    assert [reason.field for reason in refused.value.reasons] == ["principle_3_note"]
    walk(cast, "beoordelen", start=filed, given={"beoordelen": judged(p3=(judgement, "Er is ook een erf."))})


def test_what_the_file_does_not_meet_is_explained_whatever_the_judgement(cast: Cast) -> None:
    filed = walk(cast, *TO_ASSESSED[:2], start=concept(cast, **ONE_LACKS))
    with pytest.raises(InputRefused, match="Leg dit oordeel uit"):
        walk(cast, "beoordelen", start=filed, given={"beoordelen": judged()})
    walk(cast, "beoordelen", start=filed, given={"beoordelen": judged(p10=("voldoet", "Morgen."))})


# --- whatever the code does -----------------------------------------------------------------------


def past_the_rules(subject: Initiative, cast: Cast, **fields: Any) -> None:
    """Write an approval as no service would."""
    with transaction.atomic():
        subject.decisions.create(
            round=1, permission=True, reasons="Ja.", decided_by=cast.leader, decided_at=now(), snapshot={}, **fields
        )


def test_the_database_asks_an_answer_to_a_negative_consultation(cast: Cast) -> None:
    subject = assessed(cast, consultation_ondernemingsraad_outcome="negatief")
    with pytest.raises(Error, match="a negative consultation is answered"):
        past_the_rules(subject, cast)


def test_the_database_knows_a_rule_that_blocks(cast: Cast) -> None:
    policy(RULE, mode="blokkeert")
    with pytest.raises(Error, match="consultations and agreements are complete"):
        past_the_rules(assessed(cast, **ONE_LACKS), cast)
    with pytest.raises(Error, match="consultations and agreements are complete"):
        past_the_rules(assessed(cast, agreement_opslag_text=""), cast)


CHANGES: dict[str, Callable[[Any, Initiative], Any]] = {
    "insert": lambda rows, subject: rows.create(initiative=subject, party="burgemeester"),
    "update": lambda rows, subject: rows.update(note="Toch anders."),
    "delete": lambda rows, subject: rows.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_lets_nothing_arranged_change_after_filing(cast: Cast, change: str) -> None:
    subject = assessed(cast, consultation_burgemeester_date=None, consultation_burgemeester_outcome="")
    rows = Consultation.objects.filter(initiative=subject)
    with pytest.raises(Error, match="not possible while"), transaction.atomic():
        CHANGES[change](rows, subject)
