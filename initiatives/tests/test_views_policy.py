"""The pages about policy: what held on a day, a rule's versions, a change by two people, and what would turn out
otherwise.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.policy_effects import Group
from initiatives.tests.factories import Cast
from initiatives.tests.pages import as_person, fill_in, main_form, text
from initiatives.tests.test_policy_effects import FILED, filed
from organisation.endings import propose_ending
from organisation.models import Outcome, Person, PolicyChange, PolicyRule, PolicyVerdict
from organisation.policy import rules_on
from organisation.policy_changes import propose
from organisation.roles import Role
from organisation.tests.factories import holder_of, policy, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db

FREEZE = "aanschafstop"


@pytest.fixture
def proposer() -> Person:
    return holder_of(Role.ADMINISTRATOR)


@pytest.fixture
def other() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def proposed(by: Person, **changes: Any) -> PolicyChange:
    said = {**PolicyRule.objects.get(code=FREEZE).said(), "valid_from": FILED, **changes}
    return propose(PolicyRule(**said), "De aanbesteding loopt al.", {"files": 7}, by=by, at=now())


def form_page(browser: Client, code: str = FREEZE) -> Any:
    return browser.get(reverse("propose-policy", args=[code]))


# --- which rules hold -----------------------------------------------------------------------------


def test_stranger_does_not_read_policy(client: Client) -> None:
    assert client.get(reverse("policy")).status_code == 302


@pytest.mark.parametrize(
    ("day", "holds"), [("2018-05-31", False), ("2018-06-01", True), ("2020-09-30", True), ("2020-10-01", False)]
)
def test_the_purchase_freeze_holds_on_its_days(day: str, holds: bool) -> None:
    page = as_person(holder_of(Role.CONTACT, "ON")).get(reverse("policy"), {"datum": day})
    assert (FREEZE in [rule.code for rule, _ in page.context["rules"]]) is holds
    assert (FREEZE in page.context["others"]) is not holds


def test_every_rule_is_on_the_page_and_has_a_page_with_its_source() -> None:
    browser = as_person(holder_of(Role.JUDGE, "ON"))
    page = text(browser.get(reverse("policy")))
    for rule in PolicyRule.objects.all():
        address = reverse("policy-rule", args=[rule.code])
        assert f'href="{address}"' in page
        assert rule.citation in text(browser.get(address))


def test_before_the_letter_there_were_no_rules() -> None:
    page = as_person(holder_of(Role.AUDITOR)).get(reverse("policy"), {"datum": "2015-02-18"})
    assert "golden er nog geen regels" in text(page)


@pytest.mark.parametrize("day", ["morgen", "2015-02-30", "0000-00-00", "9" * 5000])
def test_a_day_that_is_none_is_told(day: str) -> None:
    page = as_person(holder_of(Role.AUDITOR)).get(reverse("policy"), {"datum": day})
    assert page.status_code == 400
    assert "error-summary" in text(page)


def test_rule_that_does_not_exist_is_not_there(proposer: Person) -> None:
    for name in ("policy-rule", "propose-policy"):
        assert as_person(proposer).get(reverse(name, args=["onbekend"])).status_code == 404


def test_history_shows_every_version_with_its_days_and_how_it_came_about(proposer: Person) -> None:
    policy("plafond-2000", parameters={"cameras": 2500}, valid_from=date(2027, 1, 1))
    page = text(as_person(proposer).get(reverse("policy-rule", args=["plafond-2000"])))
    assert "Geldt vanaf 1 januari 2027." in page
    assert "Geldt van 24 april 2019 tot en met 31 december 2026." in page
    assert "2.500 camera’s" in page
    assert "door een andere beheerder bevestigd" in page
    assert "uit de bron zelf" in page


# --- proposing ------------------------------------------------------------------------------------


def test_form_begins_with_the_last_version_and_looking_changes_nothing(proposer: Person) -> None:
    page = form_page(as_person(proposer))
    assert main_form(page).values["mode"] == ["blokkeert"]
    assert main_form(page).buttons == ["", "bekijken"]
    assert not PolicyChange.objects.exists()


def test_effects_are_looked_at_before_anything_is_proposed(proposer: Person) -> None:
    subject = filed(Cast())
    browser = as_person(proposer)
    typed = {"valid_from": str(FILED), "valid_until": "2020-09-30", "reasons": "Zo hoort het."}
    typed = fill_in(form_page(browser), **typed)
    page = browser.post(reverse("propose-policy", args=[FREEZE]), {**typed, "bekijken": "1"})
    assert page.status_code == 200
    assert page.context["effect"].groups == (Group("", "blokkeert", 1, 0),)
    assert str(subject.number) in text(page)
    assert subject.title not in text(page)
    assert main_form(page).values["reasons"] == ["Zo hoort het."]
    assert not PolicyChange.objects.exists()
    answer: Any = browser.post(reverse("propose-policy", args=[FREEZE]), typed)
    change = PolicyChange.objects.get()
    assert answer.url == reverse("policy-change", args=[change.pk])
    assert (change.effect["files"], change.mode, change.valid_from) == (1, "blokkeert", FILED)


def test_what_is_typed_wrongly_comes_back_with_it(proposer: Person) -> None:
    browser = as_person(proposer)
    typed = fill_in(form_page(browser), valid_from="2027-02-01", valid_until="2027-01-01", reasons="")
    page = browser.post(reverse("propose-policy", args=[FREEZE]), typed)
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {"valid_until", "reasons"}
    assert main_form(page).values["valid_until"] == ["2027-01-01"]


def test_parameters_are_changed_and_what_people_cannot_change_stays(proposer: Person) -> None:
    browser = as_person(proposer)
    typed = fill_in(form_page(browser, "plafond-2000"), cameras="2500", reasons="Er komt budget bij.")
    browser.post(reverse("propose-policy", args=["plafond-2000"]), typed)
    assert PolicyChange.objects.get().parameters == {"cameras": 2500, "since": "2019-04-24"}


@pytest.mark.parametrize(("code", "asks_mode"), [("kosten-eenheid", True), ("wpg-termijnen", False)])
def test_rule_that_asks_nothing_of_files_keeps_its_mode(proposer: Person, code: str, asks_mode: bool) -> None:
    assert ("mode" in main_form(form_page(as_person(proposer), code)).values) is asks_mode


def test_twenty_eight_days_are_nobodys_to_change(proposer: Person) -> None:
    page = form_page(as_person(proposer), "bewaartermijn-28-dagen")
    assert (page.status_code, "Niemand kan deze regel veranderen" in text(page)) == (409, True)


# --- answering ------------------------------------------------------------------------------------


def test_proposal_waits_on_the_page_of_policy_and_opens_for_who_may_see_it(proposer: Person) -> None:
    address = reverse("policy-change", args=[proposed(proposer).pk])
    for role, opens in ((Role.CONTACT, False), (Role.LEADER, True), (Role.ADMINISTRATOR, True)):
        browser = as_person(holder_of(role, "ON" if role is Role.CONTACT else None))
        assert (address in text(browser.get(reverse("policy")))) is opens
        assert browser.get(address).status_code == (200 if opens else 403)


def test_proposal_waits_on_the_start_page_of_the_other_administrator(proposer: Person, other: Person) -> None:
    change = proposed(proposer)
    ending = propose_ending(unit("SKL"), unit("PDC"), local_date(now()), "Zo is besloten.", by=proposer, at=now())
    for name, of, words in (("policy-change", change, FREEZE), ("ending", ending, "Staf korpsleiding")):
        link = f'href="{reverse(name, args=[of.pk])}"'
        assert (link in text(as_person(other).get("/")), link in text(as_person(proposer).get("/"))) == (True, False)
        assert f"{words}" in text(as_person(other).get("/"))


def test_another_sees_the_effect_of_now_and_confirms(proposer: Person, other: Person) -> None:
    subject, change = filed(Cast()), proposed(proposer)
    browser, address = as_person(other), reverse("answer-policy", args=[change.pk])
    page = browser.get(address)
    assert (page.context["effect"].filed, page.context["counted_then"]) == (1, 7)
    assert str(subject.number) in text(page)
    answer: Any = browser.post(address, {"outcome": "bevestigd", "reasons": ""})
    assert answer.url == reverse("policy-rule", args=[FREEZE])
    assert rules_on(FILED)[FREEZE].change == change
    assert PolicyVerdict.objects.get().effect["files"] == 1
    assert browser.post(address, {"outcome": "bevestigd"}).status_code == 409
    assert browser.get(address).status_code == 409
    assert "Toen ging het om 1 open dossiers" in text(browser.get(reverse("policy-change", args=[change.pk])))


def test_refusing_asks_why(proposer: Person, other: Person) -> None:
    address = reverse("answer-policy", args=[proposed(proposer).pk])
    page = as_person(other).post(address, {"outcome": "geweigerd", "reasons": ""})
    assert (page.status_code, set(page.context["form"].errors)) == (400, {"reasons"})
    as_person(other).post(address, {"outcome": "geweigerd", "reasons": "Te vroeg."})
    assert PolicyVerdict.objects.get().outcome == Outcome.REFUSED


def test_proposer_can_only_withdraw(proposer: Person) -> None:
    address = reverse("answer-policy", args=[proposed(proposer).pk])
    page = as_person(proposer).get(address)
    assert "outcome" not in main_form(page).values
    as_person(proposer).post(address, {"outcome": "bevestigd", "reasons": ""})
    assert PolicyVerdict.objects.get().outcome == Outcome.WITHDRAWN


# --- what would turn out otherwise ----------------------------------------------------------------


def test_files_that_turn_out_otherwise_are_listed_to_who_may_know(proposer: Person) -> None:
    cast = Cast()
    subject = filed(cast, date(2018, 7, 2), purposes=["de_escalatie"])
    address = reverse("policy-differences")
    page = text(as_person(cast.leader).get(address))
    assert f'href="/initiatieven/{subject.pk}/"' in page
    assert "aanschafstop: van ‘blokkeert’ naar ‘voldoet’" in page
    assert str(subject.number) in text(as_person(cast.contact).get(address))
    assert str(subject.number) not in text(as_person(holder_of(Role.CONTACT, "MN")).get(address))
    page = text(as_person(proposer).get(address))
    assert str(subject.number) in page
    assert f'href="/initiatieven/{subject.pk}/"' not in page


def test_list_is_bounded_and_counts_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("initiatives.policy_effects.SHOWN", 1)
    cast = Cast()
    for days in range(2):
        filed(cast, date(2018, 7, 2) + timedelta(days=days), purposes=["de_escalatie"])
    page = as_person(cast.leader).get(reverse("policy-differences"))
    assert (page.context["count"], len(page.context["rows"]), page.context["more"]) == (2, 1, 1)


def test_lists_cost_a_fixed_number_of_queries(django_assert_max_num_queries: Any, proposer: Person) -> None:
    proposed(proposer)
    for somebody, most in ((holder_of(Role.LEADER), 6), (proposer, 7)):  # an administrator is told of the journal too
        browser = as_person(somebody)
        for name in ("policy", "policy-differences"):
            browser.get(reverse(name))
            with django_assert_max_num_queries(most):  # session, person, rights, clock, rules, rows
                browser.get(reverse(name))
