"""The accounts of the demonstration are those that people were promised, and their password works."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import RequestFactory, override_settings

from journal.models import Entry
from organisation.demo import ACCOUNTS, FORMER, PASSWORD, make_accounts
from organisation.models import Person, RoleAssignment
from organisation.permissions import capacities
from organisation.roles import Role
from workflow.clock import now

PROMISED = {
    "contactpersoon": "1011 1021 1031 1041 1051 1056 1061 1071 1081 1091 1111",
    "onderdeelhoofd": "1012 1022 1032 1042 1052 1062 1072 1082 1092 1102 1112",
    "beoordelaar": "1013 1023 1033 1043 1053 1063 1073 1083 1093 1103 1113",
    "personeelsonderzoek": "",
    "drager": "1014 1024 1034 1044 1054 1064 1074 1084 1094 1104 1114",
    "projectleider": "2001 2008",
    "programmamanager": "2002",
    "portefeuillehouder": "2003",
    "auditor": "2004",
    "privacyfunctionaris": "2005 2009",
    "beheerder": "2006 2007",
}
UNITS = ["NN", "ON", "MN", "NH", "AM", "DH", "RO", "ZWB", "OB", "LI", "LE"]


def test_accounts_are_those_that_were_promised() -> None:
    held = {
        role.value: " ".join(sorted(account.number for account in ACCOUNTS if account.role is role)) for role in Role
    }
    assert held == PROMISED


def test_accounts_of_a_unit_have_its_place_in_the_list_in_their_number() -> None:
    places = {account.unit: account.number[1:3] for account in ACCOUNTS if account.unit}
    assert places == {code: f"{place:02}" for place, code in enumerate(UNITS, start=1)}


@pytest.mark.django_db
def test_everybody_holds_exactly_the_one_role() -> None:
    make_accounts(now())
    for account in ACCOUNTS:
        person = Person.objects.get(number=account.number)
        assert [(c.role, c.unit) for c in capacities(person)] == [(account.role.value, account.unit)]
    assert all(entry.tells_history for entry in Entry.objects.filter(action="rol_gegeven"))
    [password] = set(Person.objects.filter(number__in=[a.number for a in ACCOUNTS]).values_list("password", flat=True))
    assert check_password(PASSWORD, password)


@pytest.mark.django_db
def test_second_time_makes_nothing_and_gives_nothing_back() -> None:
    assert make_accounts(now()) == len(ACCOUNTS) + 1
    RoleAssignment.objects.filter(person__number="2008").update(until_date=F("from_date"))
    before = RoleAssignment.objects.filter(until_date=None).count()
    assert make_accounts(now()) == 0
    assert RoleAssignment.objects.filter(until_date=None).count() == before


@pytest.mark.django_db
def test_somebody_can_come_in_and_the_former_contact_person_cannot() -> None:
    make_accounts(now())
    request = RequestFactory().post("/inloggen/")
    assert authenticate(request, username="1051", password=PASSWORD) is not None
    assert not Person.objects.get(number=FORMER.number).has_usable_password()
    assert not Person.objects.filter(number="1101").exists()


@override_settings(DEMO=False)
def test_demonstration_data_are_refused_where_it_is_no_demonstration() -> None:
    with pytest.raises(CommandError, match="alleen in een demonstratie"):
        call_command("demo")
