"""Each answer of the compliance matrix: met, not met, does not apply, and on both sides of its boundary."""

from datetime import date
from typing import Any

import pytest

from bodycams.tests.files import PDF, arrived
from bodycams.uploads.store import accept
from initiatives.choices import PRINCIPLES, Element, Party
from initiatives.documents import add_documents
from initiatives.matrix import Answer, Row, as_kept, from_kept, matrix, must_be_explained
from initiatives.models import Initiative
from initiatives.tests.factories import SUBJECTS, Cast, concept, walk
from organisation.policy import rules_on
from organisation.tests.factories import policy
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

MET, NOT_MET, NOT_APPLICABLE = Answer.MET, Answer.NOT_MET, Answer.NOT_APPLICABLE
NO_AGREEMENTS = {f"agreement_{subject}_text": "" for subject in SUBJECTS}
NO_CONSULTATIONS = {f"consultation_{party}_date": None for party in Party}
OTHERS = ["verlenging_onderhoudscontract"]


def rows(subject: Initiative) -> dict[str, Row]:
    groups = matrix(subject, rules_on(local_date(now())))
    return {row.code: row for group in groups for row in group.rows}


def answer(code: str, **fields: Any) -> Answer:
    return rows(concept(Cast("ON"), **fields))[code].answer


def test_everything_that_is_asked_stands_in_it_once() -> None:
    found = matrix(concept(Cast("ON")), rules_on(local_date(now())))
    counted = {group.name: len(group.rows) for group in found}
    assert counted == {"principles": 11, "consultations": 4, "agreements": 7, "readiness": 5, "dpia": 1}
    assert [row.what for row in found[0].rows] == [what for _, what in PRINCIPLES]
    assert all(row.sentence.endswith(".") and row.source for group in found for row in group.rows)


def test_a_complete_file_meets_all_that_applies() -> None:
    unmet = {row.code: row.sentence for row in rows(concept(Cast("ON"))).values() if row.answer is NOT_MET}
    assert unmet == {}


@pytest.mark.parametrize(
    ("code", "fields", "expected"),
    [
        ("principle_1", {}, NOT_APPLICABLE),
        ("principle_1", {"agreement_gebruiksinstructie_text": "Een kaart."}, NOT_APPLICABLE),
        (
            "principle_1",
            {"agreement_gebruiksinstructie_text": "Een kaart.", "agreement_gebruiksinstructie_responsible": "Teamchef"},
            MET,
        ),
        ("principle_2", {"origin": "met_instemming"}, NOT_MET),
        ("principle_2", {"origin": "met_instemming", "origin_consent": "De politiechef, op 3 mei 2026."}, MET),
        ("principle_3", {"places": ["openbare_weg", "openbaar_gebouw"]}, MET),
        ("principle_3", {"places": ["openbare_weg", "woning"]}, NOT_MET),
        ("principle_3", {"places": []}, NOT_MET),
        ("principle_4", {"tasks": []}, NOT_MET),
        ("principle_4", {"tasks": ["c"]}, MET),
        ("principle_5", {"purposes": ["de_escalatie"]}, NOT_APPLICABLE),
        ("principle_5", {"purposes": ["de_escalatie", "veiligheid"]}, MET),
        ("principle_6", {"announcement": ""}, NOT_MET),
        ("principle_6", {"proportionality": ""}, NOT_MET),
        ("principle_6", {"activation": "continu"}, NOT_MET),
        ("principle_6", {"activation": "continu", "special_functions_reasons": "Voor de meldkamer."}, MET),
        ("principle_6", {"kinds": ["vervanging_defect"], "proportionality": "", "announcement": ""}, NOT_APPLICABLE),
        ("principle_7", {"agreement_logging_text": ""}, NOT_MET),
        ("principle_7", {"agreement_authenticiteit_text": ""}, MET),
        ("principle_7", {"kinds": OTHERS, **NO_AGREEMENTS}, NOT_APPLICABLE),
        ("principle_8", {"agreement_opslag_text": ""}, NOT_MET),
        ("principle_8", {"agreement_opslag_text": "Na 28 dagen weg."}, MET),
        ("principle_8", {"agreement_opslag_text": "Na vier weken weg."}, MET),
        ("principle_8", {"agreement_opslag_text": "Na 128 dagen weg."}, NOT_MET),
        ("principle_8", {"agreement_opslag_text": "Na 27 dagen weg."}, NOT_MET),
        ("principle_8", {"kinds": OTHERS, **NO_AGREEMENTS}, NOT_APPLICABLE),
        ("principle_9", {}, MET),
        ("principle_9", {"purposes": ["de_escalatie", "personeelsvolg"]}, NOT_MET),
        ("principle_10", {"consultation_burgemeester_date": None}, NOT_MET),
        ("principle_10", {"consultation_burgemeester_outcome": "negatief"}, MET),
        ("principle_10", {"kinds": OTHERS, **NO_CONSULTATIONS}, NOT_APPLICABLE),
        ("principle_11", {"agreement_toegang_opnamen_responsible": ""}, NOT_MET),
        ("principle_11", {"kinds": OTHERS, **NO_AGREEMENTS}, NOT_APPLICABLE),
        ("consultation_dienst_im", {"consultation_dienst_im_date": None}, NOT_MET),
        ("consultation_dienst_im", {"kinds": OTHERS, "consultation_dienst_im_date": None}, NOT_APPLICABLE),
        ("consultation_dienst_im", {"kinds": OTHERS}, MET),
        ("agreement_opslag", {"agreement_opslag_text": ""}, NOT_MET),
        ("agreement_opslag", {"agreement_opslag_responsible": ""}, NOT_MET),
        ("readiness_samenhang", {"readiness_samenhang": False, "readiness_samenhang_note": "Bijna."}, NOT_MET),
        ("dpia", {"dpia_version": ""}, NOT_MET),
        ("dpia", {"dpia_date": None}, NOT_MET),
        ("dpia", {"management_changed_on": date(2026, 1, 5)}, MET),
        ("dpia", {"management_changed_on": date(2026, 1, 6)}, NOT_MET),
        ("dpia", {"infrastructure_changed_on": date(2026, 1, 6)}, NOT_MET),
        ("dpia", {"kinds": OTHERS, "dpia_version": ""}, NOT_APPLICABLE),
    ],
)
def test_each_answer(code: str, fields: dict[str, Any], expected: Answer) -> None:
    assert answer(code, **fields) is expected


def test_following_staff_asks_for_the_paper_of_the_works_council(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cast = Cast("ON")
    subject = concept(cast, purposes=["de_escalatie", "personeelsvolg"])
    paper = {"overleg_ondernemingsraad": [accept(arrived(PDF))]}
    add_documents(subject, paper, person=cast.contact, at=now())
    assert rows(subject)["principle_9"].answer is MET
    subject.consultations.filter(party="ondernemingsraad").update(held_on=None)
    assert rows(subject)["principle_9"].answer is NOT_MET


@pytest.mark.parametrize(
    ("kinds", "weight"), [(["aanschaf"], "blokkeert"), (["experiment"], "blokkeert"), (["ontwikkeling"], "")]
)
def test_what_is_blocking_depends_on_the_rule_and_the_kind(kinds: list[str], weight: str) -> None:
    policy("overleg-en-afspraken-verplicht", mode="blokkeert")
    found = rows(concept(Cast("ON"), kinds=kinds))
    assert found["consultation_burgemeester"].weight == found["agreement_opslag"].weight == weight
    assert found["principle_10"].weight == weight
    assert found["principle_4"].weight == found["readiness_techniek"].weight == ""


def test_before_the_rule_it_is_advice() -> None:
    subject = concept(Cast("ON"), **NO_CONSULTATIONS)
    group = next(one for one in matrix(subject, rules_on(date(2017, 6, 30))) if one.name == "consultations")
    assert {(row.answer, row.weight) for row in group.rows} == {(NOT_MET, "")}
    assert {row.weight for row in matrix(subject, rules_on(date(2017, 7, 1)))[1].rows} == {"waarschuwt"}


def test_the_matrix_is_kept_with_the_assessment_as_it_was() -> None:
    cast = Cast("ON")
    subject = walk(cast, "noodzaak_vaststellen", "aanmelden", "beoordelen", start=concept(cast, dpia_version=""))
    kept = from_kept(subject.assessments.get().matrix)
    assert kept == matrix(subject, rules_on(local_date(now())))
    assert kept[-1].rows[0].answer is NOT_MET
    assert from_kept(as_kept(kept)) == kept


@pytest.mark.parametrize(
    ("computed", "judgement", "explained"),
    [
        (MET, "voldoet", False),
        (MET, "afwijking", True),
        (MET, "nvt", True),
        (NOT_MET, "voldoet", True),
        (NOT_MET, "afwijking", True),
        (NOT_MET, "nvt", True),
        (NOT_APPLICABLE, "voldoet", False),
        (NOT_APPLICABLE, "nvt", False),
        (NOT_APPLICABLE, "afwijking", True),
    ],
)
def test_which_judgement_must_be_explained(computed: Answer, judgement: str, explained: bool) -> None:
    assert must_be_explained(computed, judgement) is explained


def test_every_element_has_its_row() -> None:
    assert {f"readiness_{element}" for element in Element} <= rows(concept(Cast("ON"))).keys()
