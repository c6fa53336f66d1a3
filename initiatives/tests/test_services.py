"""What comes with a step: records, numbers, terms, finality and notices."""

import pytest

from initiatives.choices import FinalGround
from initiatives.models import Initiative, Notice
from initiatives.tests.factories import TO_STATUS, Cast, days_ago, initiative, walk
from journal.read import trail
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize("status", TO_STATUS)
def test_every_status_is_reached_by_real_steps(cast: Cast, status: str) -> None:
    assert initiative(cast, status).status == status


def test_numbers_are_given_per_year_without_gaps(cast: Cast) -> None:
    year = local_date(now()).year
    numbers = [initiative(cast, "aangemeld").number for _ in range(3)]
    assert numbers == [f"BC-{year}-0001", f"BC-{year}-0002", f"BC-{year}-0003"]


def test_filing_again_keeps_number_and_date(cast: Cast) -> None:
    first = initiative(cast, "aangemeld")
    again = walk(cast, "terugsturen", "aanmelden", start=first)
    assert (again.number, again.submitted_at) == (first.number, first.submitted_at)


def test_approval_that_refuses_nothing_is_final_at_once(cast: Cast) -> None:
    everything = {"goedkeuren": {"support_granted": ["inkoopproces", "ict_integratie"]}}
    approved = walk(cast, *TO_STATUS["goedgekeurd"], given=everything)
    assert approved.final_ground == FinalGround.NOTHING_REFUSED
    assert approved.due_on is None


def test_approval_that_refuses_support_starts_the_objection_term(cast: Cast) -> None:
    approved = initiative(cast, "goedgekeurd")
    assert (approved.final_ground, approved.due_kind) == ("", "objection")


def test_dismissed_objection_keeps_the_first_decision(cast: Cast) -> None:
    subject = walk(cast, "afstemming_vastleggen", "ongegrond_verklaren", start=initiative(cast, "bezwaar"))
    first, second = subject.decisions.all()
    assert (subject.status, subject.final_ground) == ("afgewezen", FinalGround.DECIDED)
    assert (second.permission, second.granted) == (first.permission, first.granted)


def test_upheld_objection_gives_permission(cast: Cast) -> None:
    subject = walk(cast, "afstemming_vastleggen", "gegrond_verklaren", start=initiative(cast, "bezwaar"))
    assert subject.status == "goedgekeurd"
    decision = subject.decision_in_force()
    assert decision is not None
    assert decision.permission


def test_withdrawn_objection_makes_the_first_decision_final(cast: Cast) -> None:
    subject = walk(cast, "bezwaar_intrekken", start=initiative(cast, "bezwaar"))
    assert (subject.status, subject.final_ground) == ("afgewezen", FinalGround.WITHDRAWN)


def test_everybody_who_must_know_is_told_except_the_actor(cast: Cast) -> None:
    subject = initiative(cast, "goedgekeurd")
    told = set(Notice.objects.filter(body__contains="goedgekeurd").values_list("person_id", flat=True))
    assert told == {cast.contact.pk, cast.head.pk, cast.manager.pk}
    assert Initiative.objects.filter(pk=subject.pk).exists()


# --- what is recorded with a step -----------------------------------------------------------------


def detail_of(subject: Initiative) -> str:
    """What the trail adds to its newest sentence."""
    return str(trail(subject)[0].data["detail"])


@pytest.mark.parametrize(
    ("asked", "granted", "words"),
    [
        (["inkoopproces", "ict_integratie"], [], "Toestemming, met 0 van de 2 gevraagde soorten ondersteuning."),
        (["inkoopproces"], ["inkoopproces"], "Toestemming, met 1 van de 1 gevraagde soorten ondersteuning."),
        ([], [], "Toestemming. Er is geen ondersteuning gevraagd."),
        ([], ["inkoopproces"], "Toestemming, met 1 soort die niet gevraagd was."),
        (
            ["inkoopproces"],
            ["ict_integratie", "juridische_borging"],
            "Toestemming, met 0 van de 1 gevraagde soorten ondersteuning en 2 soorten die niet gevraagd waren.",
        ),
    ],
)
def test_decision_says_what_the_unit_gets(cast: Cast, asked: list[str], granted: list[str], words: str) -> None:
    subject = initiative(cast, "beoordeeld", requested_support=asked)
    decided = walk(cast, "goedkeuren", start=subject, given={"goedkeuren": {"support_granted": granted}})
    assert detail_of(decided) == words


def test_rejection_gives_nothing_and_refuses_all_that_was_asked(cast: Cast) -> None:
    decision = initiative(cast, "afgewezen").first_decision()
    assert (decision.granted, decision.refused) == ([], ["inkoopproces", "ict_integratie"])
    assert decision.conditions == []


def test_warning_is_kept_as_it_was_with_its_answer(cast: Cast) -> None:
    subject = initiative(cast, "beoordeeld", cameras_requested=2001)
    given = {"goedkeuren": {"warnings_answered": ["De rest is al afgevoerd."]}}
    decision = walk(cast, "goedkeuren", start=subject, given=given).first_decision()
    assert decision.warnings_answered == [
        {
            "rule": "plafond-2000",
            "sentence": "Met dit initiatief komen er 2.001 camera’s. Het plafond is 2.000.",
            "answer": "De rest is al afgevoerd.",
        }
    ]


def test_dismissal_keeps_the_conditions_of_the_first_decision(cast: Cast) -> None:
    conditions = {"goedkeuren": {"conditions": ["Eerst opleiden."]}}
    steps = ("bezwaar_maken", "afstemming_vastleggen", "ongegrond_verklaren")
    subject = walk(cast, *TO_STATUS["goedgekeurd"], *steps, given=conditions)
    decision = subject.decision_in_force()
    assert decision is not None
    assert decision.conditions == ["Eerst opleiden."]


def test_late_objection_is_decided_within_six_weeks_of_its_receipt(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["afgewezen"], at=days_ago(60))
    excuse = {"bezwaar_maken": {"late_excuse": "De brief kwam te laat."}}
    late = walk(cast, "bezwaar_maken", start=subject, given=excuse)
    assert (late.due_kind, late.objection.is_late) == ("late_objection_decision", True)
    assert late.terms.get(kind="late_objection_decision").starts_on == local_date(now())


def test_objection_in_time_is_decided_within_six_weeks_of_the_end_of_its_term(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    ended = subject.terms.get(kind="objection")
    assert subject.terms.get(kind="objection_decision").starts_on == ended.last_day
    assert ended.met_on == local_date(now())


def test_each_view_stays_and_the_last_one_counts(cast: Cast) -> None:
    subject = walk(cast, "afstemming_vastleggen", start=initiative(cast, "bezwaar"))
    walk(cast, "afstemming_vastleggen", start=subject, given={"afstemming_vastleggen": {"view": "oneens"}})
    assert [view.view for view in subject.views.all()] == ["eens", "oneens"]


def test_withdrawal_ends_every_term(cast: Cast) -> None:
    subject = walk(cast, *TO_STATUS["aangemeld"], "terugsturen", "intrekken")
    assert (subject.due_kind, subject.due_on) == ("", None)
    assert not subject.terms.filter(met_on=None).exists()
    assert subject.pending_return() is None
