"""Who is told of a step, and what they read: what happened, why, what is next, and what they must do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from initiatives.models import Initiative, Notice
from initiatives.notices import CHOOSE, NOTHING, TOLD
from initiatives.tests.factories import TO_STATUS, Cast, concept, initiative, walk
from organisation.holders import first_roles
from organisation.models import Person, RoleAssignment
from organisation.roles import Role
from organisation.services import assign_role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now
from workflow.dates import weekday_in_words
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def newest(cast: Cast, *steps: str, **given: dict[str, Any]) -> QuerySet[Notice]:
    """What the last of these steps led to."""
    subject = walk(cast, *steps[:-1])
    Notice.objects.all().delete()
    walk(cast, steps[-1], start=subject, given=given)
    return Notice.objects.all()


def told(notices: QuerySet[Notice]) -> set[Person]:
    return {notice.person for notice in notices}


def test_every_step_says_who_is_told() -> None:
    assert set(TOLD) == set(steps_of(Initiative))


def test_actor_is_not_told(cast: Cast) -> None:
    assert told(newest(cast, *TO_STATUS["aangemeld"])) == {cast.head, cast.leader}


def test_unit_is_told_of_a_decision_and_only_this_unit(cast: Cast) -> None:
    holder_of(Role.CONTACT, "MN")
    assert told(newest(cast, *TO_STATUS["afgewezen"])) == {cast.contact, cast.head, cast.manager}


def test_who_must_act_next_is_told_to(cast: Cast) -> None:
    notices = newest(cast, *TO_STATUS["bezwaar"])
    assert "Geef uw zienswijze op het bezwaar." in notices.get(person=cast.holder).body
    assert NOTHING in notices.get(person=cast.contact).body


def test_decision_tells_its_reasons_its_conditions_and_until_when_one_can_object(cast: Cast) -> None:
    decided = {"goedkeuren": {"reasons": "Het past.", "conditions": ["Eerst opleiden.", "Dan uitrollen."]}}
    body = newest(cast, *TO_STATUS["goedgekeurd"], **decided).get(person=cast.head).body
    subject = Initiative.objects.get()
    assert subject.due_on is not None
    words = "Toestemming, met 0 van de 2 gevraagde soorten ondersteuning."
    assert body.split("\n\n") == [
        f"De projectleider heeft het initiatief goedgekeurd. {words}",
        "Redenen:\nHet past.",
        "Voorwaarden:\n1. Eerst opleiden.\n2. Dan uitrollen.",
        f"Bezwaar maken kan tot en met {weekday_in_words(subject.due_on)}.",
        CHOOSE,
    ]


def test_final_decision_asks_nothing_any_more(cast: Cast) -> None:
    everything = {"goedkeuren": {"support_granted": ["inkoopproces", "ict_integratie"]}}
    body = newest(cast, *TO_STATUS["goedgekeurd"], **everything).get(person=cast.head).body
    assert body.endswith(f"Het besluit is definitief: er is niets geweigerd.\n\n{NOTHING}")


def test_postponed_decision_tells_the_new_day_and_not_the_old_one(cast: Cast) -> None:
    body = newest(cast, *TO_STATUS["beoordeeld"], "uitstel_melden").get(person=cast.contact).body
    new_day = Initiative.objects.get().postponement.new_day
    assert f"Het eerste besluit komt uiterlijk op {weekday_in_words(new_day)}." in body


def test_returned_file_tells_what_is_missing_and_until_when(cast: Cast) -> None:
    body = newest(cast, *TO_STATUS["aangemeld"], "terugsturen").get(person=cast.contact).body
    assert "Het aantal camera’s klopt niet." in body
    assert "Aanvullen kan tot en met" in body
    assert "Vul het dossier aan en meld het opnieuw aan." in body


def test_somebody_with_two_roles_gets_one_notice(cast: Cast) -> None:
    today = local_date(now())
    assign_role(cast.head, Role.MANAGER, None, from_date=today, by=None, at=now())
    assert newest(cast, *TO_STATUS["afgewezen"]).filter(person=cast.head).count() == 1


@pytest.mark.parametrize(("days", "still"), [(0, True), (-1, False)])
def test_whose_role_has_ended_is_not_told(cast: Cast, days: int, still: bool) -> None:
    last_day = local_date(now()) + timedelta(days=days)
    RoleAssignment.objects.filter(person=cast.manager).update(until_date=last_day)
    assert (cast.manager in told(newest(cast, *TO_STATUS["afgewezen"]))) is still


def test_whose_account_is_closed_is_not_told(cast: Cast) -> None:
    Person.objects.filter(pk=cast.manager.pk).update(is_active=False)
    assert cast.manager not in told(newest(cast, *TO_STATUS["afgewezen"]))


def test_first_role_that_is_told_goes_before_another(cast: Cast) -> None:
    today = local_date(now())
    assign_role(cast.holder, Role.LEADER, None, from_date=today, by=None, at=now())
    found = first_roles(TOLD["bezwaar_maken"], initiative(cast, "concept").unit_id, today)
    assert found[cast.holder.pk] is Role.HOLDER


def test_subject_is_one_line_that_fits(cast: Cast) -> None:
    subject = concept(cast, title="Een\ntitel\r\n" + "x" * 180)
    walk(cast, "noodzaak_vaststellen", start=subject)
    line = Notice.objects.get().subject
    assert line.startswith("Concept: Een titel xxx")
    assert "\n" not in line
    assert len(line) <= 200
