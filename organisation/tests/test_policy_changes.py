"""A policy rule is changed by two people: who they are is looked at, not what they may; the database looks too."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from journal.models import Entry
from organisation.models import Outcome, Person, PolicyChange, PolicyRule, PolicyVerdict
from organisation.policy_changes import decide, propose
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of, person
from workflow.clock import now

pytestmark = pytest.mark.django_db

EFFECT = {"files": 3, "concepts": 0, "changes": []}


def version(code: str = "plafond-2000", **changes: Any) -> PolicyRule:
    last = PolicyRule.objects.filter(code=code).latest("valid_from", "pk")
    return PolicyRule(**{**last.said(), "valid_from": date(2027, 1, 1), "mode": "blokkeert", **changes})


@pytest.fixture
def proposer() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def other() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def change(proposer: Person) -> PolicyChange:
    return propose(version(), "De aanbesteding is gegund.", EFFECT, by=proposer, at=now())


def answered(change: PolicyChange, outcome: Outcome, by: Person) -> PolicyRule | None:
    return decide(change, outcome, "Akkoord.", EFFECT, by=by, at=now())


def refused(sentence: str) -> Any:
    return pytest.raises(OrganisationRefused, match=sentence)


def test_proposal_changes_no_rule_and_leaves_its_trace(change: PolicyChange, proposer: Person) -> None:
    assert not PolicyRule.objects.filter(change__isnull=False).exists()
    assert list(PolicyChange.objects.waiting()) == [change]
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.role) == ("beleid_voorgesteld", proposer.number, "beheerder")
    assert str(entry) == "De beheerder stelt voor: de regel ‘plafond-2000’ blokkeert vanaf 1 januari 2027."
    assert (entry.reason, entry.data["effect"]) == ("De aanbesteding is gegund.", EFFECT)


def test_what_another_confirms_is_a_version_of_the_rule(change: PolicyChange, other: Person) -> None:
    rule = answered(change, Outcome.CONFIRMED, other)
    assert rule is not None
    assert PolicyRule.objects.get(change=change).said() == version().said()
    assert not PolicyChange.objects.waiting().exists()
    assert str(Entry.objects.latest("id")).startswith("De beheerder heeft het voorstel bevestigd: de regel ‘plafond")


def test_what_another_refuses_changes_nothing(change: PolicyChange, other: Person) -> None:
    assert answered(change, Outcome.REFUSED, other) is None
    assert not PolicyRule.objects.filter(change__isnull=False).exists()
    assert Entry.objects.latest("id").action == "beleid_geweigerd"


@pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.REFUSED])
def test_nobody_answers_their_own_proposal(change: PolicyChange, proposer: Person, outcome: Outcome) -> None:
    with refused("een andere beheerder"):
        answered(change, outcome, proposer)


def test_only_who_proposed_withdraws(change: PolicyChange, proposer: Person, other: Person) -> None:
    with refused("Alleen wie iets voorstelt"):
        answered(change, Outcome.WITHDRAWN, other)
    answered(change, Outcome.WITHDRAWN, proposer)
    assert PolicyVerdict.objects.get().outcome == "ingetrokken"


def test_second_answer_is_refused(change: PolicyChange, other: Person) -> None:
    answered(change, Outcome.CONFIRMED, other)
    with refused("al beantwoord"):
        answered(change, Outcome.REFUSED, holder_of(Role.ADMINISTRATOR))
    assert PolicyVerdict.objects.get().is_confirmed


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_proposes_and_answers(change: PolicyChange, role: Role) -> None:
    somebody = holder_of(role, None if role in Role.national() else "ON")
    with refused("Alleen een functioneel beheerder"):
        propose(version(), "Zo.", EFFECT, by=somebody, at=now())
    with refused("Alleen een functioneel beheerder"):
        answered(change, Outcome.CONFIRMED, somebody)


def test_superuser_and_another_role_make_no_second_person(change: PolicyChange, proposer: Person) -> None:
    Person.objects.filter(pk=proposer.pk).update(is_superuser=True)
    with refused("een andere beheerder"):
        answered(change, Outcome.CONFIRMED, also_holds(proposer, Role.LEADER))
    with refused("Alleen een functioneel beheerder"):
        answered(change, Outcome.CONFIRMED, Person.objects.create_superuser("9000"))


def test_twenty_eight_days_are_nobodys_to_change(proposer: Person) -> None:
    with refused("Niemand kan deze regel veranderen"):
        propose(version("bewaartermijn-28-dagen"), "Zo.", EFFECT, by=proposer, at=now())


def test_version_that_ends_before_it_begins_is_refused(proposer: Person) -> None:
    with refused("De laatste dag ligt voor de eerste dag."):
        propose(version(valid_until=date(2026, 12, 31)), "Zo.", EFFECT, by=proposer, at=now())


# --- what the database refuses, whatever way it comes ---------------------------------------------

VERDICT = (
    "INSERT INTO organisation_policyverdict (proposal_id, outcome, reasons, effect, decided_by_id, decided_at) "
    "VALUES (%s, %s, '', '{}', %s, now())"
)


def execute(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("outcome", ["bevestigd", "geweigerd"])
def test_database_refuses_the_proposers_own_answer(change: PolicyChange, outcome: str) -> None:
    with pytest.raises(IntegrityError, match="answered by another"):
        execute(VERDICT, change.pk, outcome, change.proposed_by_id)


def test_database_refuses_a_withdrawal_by_another(change: PolicyChange) -> None:
    with pytest.raises(IntegrityError, match="withdrawn by who made it"):
        execute(VERDICT, change.pk, "ingetrokken", person().pk)


def test_database_refuses_a_rule_that_nobody_confirmed(change: PolicyChange) -> None:
    for rule in (change.as_rule(), version()):
        with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
            rule.save()


def test_database_refuses_another_rule_than_was_confirmed(change: PolicyChange, other: Person) -> None:
    execute(VERDICT, change.pk, "bevestigd", other.pk)
    rule = change.as_rule()
    rule.parameters = {"cameras": 9999}
    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        rule.save()
    change.as_rule().save()


@pytest.mark.parametrize("table", ["policyrule", "policychange", "policyverdict"])
@pytest.mark.parametrize("sql", ["UPDATE organisation_{} SET id = id", "DELETE FROM organisation_{}"])
def test_database_lets_nobody_change_or_remove_what_was_said(table: str, sql: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(sql.format(table))
