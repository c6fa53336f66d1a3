"""What comes with a step: records, numbers, terms, finality and notices."""

import pytest

from initiatives.choices import FinalGround
from initiatives.models import Initiative, Notice
from initiatives.tests.factories import TO_STATUS, Cast, initiative, walk
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)


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
