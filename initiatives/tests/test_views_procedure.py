"""The procedure is open to everybody, policy to whoever is logged in; both say what the application obeys."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from organisation.models import PolicyRule
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.steps import steps_of

pytestmark = pytest.mark.django_db


def test_stranger_reads_every_step_of_the_procedure(client: Client) -> None:
    page = client.get(reverse("procedure")).content.decode()
    assert [step.label for step in steps_of(Initiative).values() if step.label not in page] == []
    assert [step.explanation for step in steps_of(Initiative).values() if step.explanation not in page] == []


def test_stranger_does_not_read_policy(client: Client) -> None:
    assert client.get(reverse("policy")).status_code == 302


@pytest.mark.parametrize(
    ("day", "holds"), [("2018-05-31", False), ("2018-06-01", True), ("2020-09-30", True), ("2020-10-01", False)]
)
def test_the_purchase_freeze_holds_on_its_days(client: Client, day: str, holds: bool) -> None:
    client.force_login(holder_of(Role.CONTACT, "ON"), "initiatives.backends.Backend")
    shown = client.get(reverse("policy"), {"dag": day}).context["rules"]
    assert ("aanschafstop" in [rule.code for rule, _ in shown]) is holds


def test_every_rule_is_shown_with_its_source(client: Client) -> None:
    client.force_login(holder_of(Role.JUDGE, "ON"), "initiatives.backends.Backend")
    page = client.get(reverse("policy")).content.decode()
    assert [rule.code for rule in PolicyRule.objects.all() if rule.code not in page] == []


def test_before_the_letter_there_were_no_rules(client: Client) -> None:
    client.force_login(holder_of(Role.AUDITOR), "initiatives.backends.Backend")
    answer = client.get(reverse("policy"), {"dag": "2015-02-18"})
    assert "golden er nog geen regels" in answer.content.decode()


@pytest.mark.parametrize("day", ["morgen", "2015-02-30", "0000-00-00", "9" * 5000])
def test_a_day_that_is_none_is_told(client: Client, day: str) -> None:
    client.force_login(holder_of(Role.AUDITOR), "initiatives.backends.Backend")
    answer = client.get(reverse("policy"), {"dag": day})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
