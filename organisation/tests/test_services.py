"""Giving and ending roles and mandates: who may, what is refused in which words, and the trace that it leaves."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
from psycopg2.errors import LockNotAvailable

from journal.models import Entry
from organisation.mandates import give_mandate, revoke_mandate
from organisation.models import Mandate, Person, RoleAssignment
from organisation.permissions import may, rights_of, units_with
from organisation.refusals import OrganisationRefused
from organisation.roles import Perm, Role
from organisation.services import appoint_deputy, assign_role, derive_all_rights, end_role, withdraw_role
from organisation.tests.factories import LONG_AGO, holder_of, person, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_date(now())


def assign(somebody: Person, by: Person | None, **changes: Any) -> RoleAssignment:
    given = {"role": Role.CONTACT, "unit": unit("ON"), "from_date": LONG_AGO, **changes}
    return assign_role(somebody, given.pop("role"), given.pop("unit"), by=by, at=now(), **given)


def mandate(head: Person, contact: Person, kind: Mandate.Kind = Mandate.Kind.OBJECT, **changes: Any) -> Mandate:
    given = {"unit": unit("ON"), "from_date": today(), "until_date": today() + timedelta(days=7), **changes}
    return give_mandate(head, contact, given.pop("unit"), kind, **given)


def refused(sentence: str) -> Any:
    return pytest.raises(OrganisationRefused, match=sentence)


# --- giving a role --------------------------------------------------------------------------------


def test_role_that_is_given_holds_and_leaves_its_trace() -> None:
    administrator, contact = holder_of(Role.ADMINISTRATOR), person()
    assign(contact, administrator, until_date=today())
    assert may(contact, Perm.FILE)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.role) == ("rol_gegeven", administrator.number, "beheerder")
    assert (entry.object_type, entry.object_id) == ("organisation.person", str(contact.pk))
    assert str(entry) == f"Nummer {contact.number} kreeg de rol contactpersoon voor Oost-Nederland."
    assert entry.data | {"sentence": ""} == {
        "role": "contactpersoon",
        "unit": "ON",
        "from": "2015-01-01",
        "until": str(today()),
        "sentence": "",
    }


def test_right_that_was_asked_before_the_role_was_given_is_seen_after_it() -> None:
    contact = person()
    assert not may(contact, Perm.FILE)
    assign(contact, None)
    assert may(contact, Perm.FILE)


def test_nobody_gives_themselves_a_role() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)
    with refused("uzelf geen rol"):
        assign(administrator, administrator)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_gives_roles(role: Role) -> None:
    somebody = holder_of(role, None if role in Role.national() else "ON")
    with refused("Alleen een functioneel beheerder"):
        assign(person(), somebody)


def test_superuser_gives_no_roles() -> None:
    with refused("Alleen een functioneel beheerder"):
        assign(person(), Person.objects.create_superuser("9000"))


def test_system_gets_no_role() -> None:
    with refused("het systeem"):
        assign(Person.objects.get(number=Person.SYSTEM), holder_of(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until_date": LONG_AGO - timedelta(days=1)}, "De laatste dag ligt voor de eerste dag."),
        ({"unit": None}, "Een landelijke rol heeft geen eenheid; elke andere rol heeft er een."),
        ({"role": Role.LEADER}, "Een landelijke rol heeft geen eenheid; elke andere rol heeft er een."),
    ],
)
def test_role_that_cannot_be_is_refused_in_words(changes: dict[str, Any], sentence: str) -> None:
    with refused(sentence):
        assign(person(), holder_of(Role.ADMINISTRATOR), **changes)


@pytest.mark.parametrize(("gap", "fits"), [(0, False), (1, True)])
def test_same_role_for_the_same_unit_twice_may_follow_but_not_overlap(gap: int, fits: bool) -> None:
    contact, last_day = person(), date(2018, 5, 18)
    assign(contact, None, until_date=last_day)
    if fits:
        assign(contact, None, from_date=last_day + timedelta(days=gap))
    else:
        with refused("al in een deel van deze periode"):
            assign(contact, None, from_date=last_day + timedelta(days=gap))


def test_national_role_does_not_overlap_either() -> None:
    leader = holder_of(Role.LEADER)
    with refused("al in een deel van deze periode"):
        assign(leader, None, role=Role.LEADER, unit=None)


def test_refused_role_leaves_nothing() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)
    rows, entries = RoleAssignment.objects.count(), Entry.objects.count()
    with refused("laatste dag"):
        assign(person(), administrator, until_date=date(2014, 1, 1))
    assert (RoleAssignment.objects.count(), Entry.objects.count()) == (rows, entries)


# --- ending a role --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True)])
def test_ended_role_holds_up_to_and_including_its_last_day(days: int, holds: bool) -> None:
    contact, administrator = person(), holder_of(Role.ADMINISTRATOR)
    assignment = assign(contact, None)
    last_day = today() + timedelta(days=days)
    end_role(assignment, until_date=last_day, by=administrator, at=now())
    assert may(Person.objects.get(pk=contact.pk), Perm.FILE) is holds
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.object_id) == ("rol_beeindigd", administrator.number, str(contact.pk))
    assert str(entry).endswith(f"eindigt op {last_day.day}-{last_day.month}-{last_day.year}.")


def test_nobody_ends_their_own_role() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)
    with refused("uw eigen rol niet"):
        end_role(administrator.assignments.get(), until_date=today(), by=administrator, at=now())


def test_only_an_administrator_ends_roles() -> None:
    with refused("Alleen een functioneel beheerder"):
        end_role(assign(person(), None), until_date=today(), by=holder_of(Role.LEADER), at=now())


def test_role_does_not_end_before_it_began() -> None:
    assignment = assign(person(), None)
    with refused("laatste dag"):
        end_role(assignment, until_date=date(2014, 12, 31), by=holder_of(Role.ADMINISTRATOR), at=now())
    assert RoleAssignment.objects.get(pk=assignment.pk).until_date is None


def test_of_two_who_end_a_role_at_once_the_second_does_not_make_it_longer() -> None:
    """Both looked at the same page: what the second knows of the role is older than the first's answer."""
    by, seen_by_second = holder_of(Role.ADMINISTRATOR), assign(person(), None)
    end_role(RoleAssignment.objects.get(pk=seen_by_second.pk), until_date=today(), by=by, at=now())
    with refused("eindigt al op"):
        end_role(seen_by_second, until_date=today() + timedelta(days=9), by=by, at=now())
    end_role(seen_by_second, until_date=today() - timedelta(days=1), by=by, at=now())
    assert RoleAssignment.objects.get(pk=seen_by_second.pk).until_date == today() - timedelta(days=1)


@pytest.mark.parametrize("waits", [False, True])
def test_two_administrators_who_give_each_other_a_role_do_not_wait_for_each_other(
    waits: bool, owner_cursor: Any
) -> None:
    """Who is given a role is held; who gives it is only pointed at. The twin: with a plain lock that would wait."""
    people = Person.objects.select_for_update() if waits else Person.objects.held()
    people.get(number=Person.SYSTEM)
    with pytest.raises(LockNotAvailable) if waits else nullcontext():
        owner_cursor.execute("SELECT FROM organisation_person WHERE number = '0000' FOR KEY SHARE NOWAIT")


def test_one_who_changes_the_roles_of_somebody_waits_for_the_other(owner_cursor: Any) -> None:
    Person.objects.held().get(number=Person.SYSTEM)
    with pytest.raises(LockNotAvailable):
        owner_cursor.execute("SELECT FROM organisation_person WHERE number = '0000' FOR NO KEY UPDATE NOWAIT")


# --- taking back a role that has yet to begin --------------------------------------------------------


def test_role_that_has_yet_to_begin_is_taken_back_once_with_its_trace() -> None:
    by, contact = holder_of(Role.ADMINISTRATOR), person()
    planned = assign(contact, by, from_date=today() + timedelta(days=1))
    withdraw_role(planned, by=by, at=now())
    with refused("al ingetrokken"):
        withdraw_role(planned, by=by, at=now())
    assert not contact.assignments.exists()
    assert not contact.unituserpermission_set.exists()
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.object_id) == ("rol_ingetrokken", by.number, str(contact.pk))
    role = f"De rol contactpersoon voor Oost-Nederland van nummer {contact.number}"
    assert str(entry).startswith(f"{role} is ingetrokken. Zij zou ingaan op ")


def test_what_was_taken_back_meanwhile_is_neither_ended_nor_deputised() -> None:
    """Whoever does so saw it before. The twin: while it is there, both can be."""
    by, tomorrow, later = holder_of(Role.ADMINISTRATOR), today() + timedelta(days=1), today() + timedelta(days=2)
    for taken_back in (False, True):
        seen = assign(person(), by, from_date=tomorrow)
        if taken_back:
            withdraw_role(RoleAssignment.objects.get(pk=seen.pk), by=by, at=now())
        with refused("Deze rol is al ingetrokken.") if taken_back else nullcontext():
            appoint_deputy(seen, person(), from_date=tomorrow, until_date=later, by=by, at=now())
        with refused("Deze rol is al ingetrokken.") if taken_back else nullcontext():
            end_role(seen, until_date=later, by=by, at=now())


def test_role_of_today_is_not_taken_back() -> None:
    held = assign(person(), None, from_date=today())
    with refused("al ingegaan"):
        withdraw_role(held, by=holder_of(Role.ADMINISTRATOR), at=now())
    assert RoleAssignment.objects.filter(pk=held.pk).exists()


def test_nobody_takes_back_their_own_role_and_only_an_administrator_another() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)
    own = assign(administrator, None, from_date=today() + timedelta(days=1))
    with refused("uw eigen rol niet"):
        withdraw_role(own, by=administrator, at=now())
    with refused("Alleen een functioneel beheerder"):
        withdraw_role(own, by=holder_of(Role.LEADER), at=now())


def test_role_is_not_taken_back_from_under_a_deputy() -> None:
    by, deputy, days = holder_of(Role.ADMINISTRATOR), person(), {"from_date": today() + timedelta(days=1)}
    planned = assign(person(), None, **days)
    deputing = appoint_deputy(planned, deputy, **days, until_date=today() + timedelta(days=2), by=by, at=now())
    with refused("een waarneming geregeld"):
        withdraw_role(planned, by=by, at=now())
    withdraw_role(deputing, by=by, at=now())
    assert str(Entry.objects.latest("id")).startswith("De rol contactpersoon (waarnemend) voor Oost-Nederland van ")
    withdraw_role(planned, by=by, at=now())


# --- every night ----------------------------------------------------------------------------------


def test_every_night_the_rights_of_roles_that_ended_by_their_date_go() -> None:
    contact, leader = holder_of(Role.CONTACT, "ON", until_date=today()), holder_of(Role.LEADER, until_date=today())
    stays = holder_of(Role.CONTACT, "ON")
    assert derive_all_rights(now()) == 0
    assert derive_all_rights(now() + timedelta(days=1)) == 2
    assert derive_all_rights(now() + timedelta(days=1)) == 0
    assert not contact.unituserpermission_set.exists()
    assert not leader.groups.exists()
    assert rights_of(stays)


def test_every_night_rights_without_a_role_go_and_lacking_ones_come() -> None:
    contact, stranger = holder_of(Role.CONTACT, "ON"), person()
    contact.unituserpermission_set.update(user=stranger)
    assert derive_all_rights(now()) == 2
    assert not stranger.unituserpermission_set.exists()
    assert rights_of(contact)


# --- mandates -------------------------------------------------------------------------------------


@pytest.fixture
def head() -> Person:
    return holder_of(Role.HEAD, "ON")


@pytest.fixture
def contact() -> Person:
    return holder_of(Role.CONTACT, "ON")


@pytest.mark.parametrize(
    ("kind", "perm", "words"),
    [
        (Mandate.Kind.ACQUIESCE, Perm.ACQUIESCE, "berusten in een besluit"),
        (Mandate.Kind.OBJECT, Perm.OBJECT, "bezwaar maken en intrekken"),
    ],
)
def test_mandate_gives_one_right_for_the_unit_and_leaves_its_trace(
    head: Person, contact: Person, kind: Mandate.Kind, perm: Perm, words: str
) -> None:
    before = {right.perm for right in rights_of(contact)}
    given = mandate(head, contact, kind)
    contact = Person.objects.get(pk=contact.pk)
    assert {right.perm for right in rights_of(contact)} - before == {perm}
    assert unit("ON").pk in units_with(contact, perm)
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.unit) == ("mandaat_gegeven", head.number, "ON")
    assert (entry.object_type, entry.object_id) == ("organisation.mandate", str(given.pk))
    assert str(entry) == f"De politiechef Oost-Nederland gaf nummer {contact.number} mandaat voor {words}."


def test_necessity_cannot_be_mandated(head: Person, contact: Person) -> None:
    assert set(Mandate.Kind.values) == {"berusten", "bezwaar"}
    for kind in Mandate.Kind:
        mandate(head, contact, kind)
    assert not may(Person.objects.get(pk=contact.pk), Perm.ESTABLISH_NECESSITY)


@pytest.mark.parametrize(("first", "last", "holds"), [(-2, -1, False), (-1, 0, True), (0, 1, True), (1, 2, False)])
def test_mandate_holds_on_its_days_only(head: Person, contact: Person, first: int, last: int, holds: bool) -> None:
    mandate(head, contact, from_date=today() + timedelta(days=first), until_date=today() + timedelta(days=last))
    assert may(Person.objects.get(pk=contact.pk), Perm.OBJECT) is holds


def test_mandate_gives_nothing_once_the_role_of_contact_has_ended(head: Person) -> None:
    contact = holder_of(Role.CONTACT, "ON", until_date=today())
    mandate(head, contact)
    contact.assignments.update(until_date=today() - timedelta(days=1))
    assert rights_of(Person.objects.get(pk=contact.pk)) == ()


def head_of_another_unit() -> Person:
    return holder_of(Role.HEAD, "MN")


def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def contact_of_the_unit() -> Person:
    return holder_of(Role.CONTACT, "ON")


@pytest.mark.parametrize("somebody", [head_of_another_unit, administrator, contact_of_the_unit])
def test_only_the_head_of_the_unit_gives_and_revokes_a_mandate(
    head: Person, contact: Person, somebody: Callable[[], Person]
) -> None:
    with refused("Alleen het hoofd"):
        mandate(somebody(), contact)
    given = mandate(head, contact)
    with refused("Alleen het hoofd"):
        revoke_mandate(given, by=somebody(), at=now())
    assert Mandate.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("role", "code"), [(Role.CONTACT, "MN"), (Role.CONTACT, "ON-01"), (Role.WEARER, "ON"), (Role.HEAD, "ON")]
)
def test_mandate_goes_to_a_contact_person_of_the_same_unit_only(head: Person, role: Role, code: str) -> None:
    with refused("contactpersoon van dezelfde eenheid"):
        mandate(head, holder_of(role, code))


def test_mandate_to_oneself_is_refused_even_to_a_head_who_is_contact_person_too(head: Person) -> None:
    assign(head, None)
    with refused("uzelf geen mandaat"):
        mandate(head, head)


def test_mandate_for_a_unit_below_is_refused_to_a_contact_person_of_the_unit_above(
    head: Person, contact: Person
) -> None:
    with refused("contactpersoon van dezelfde eenheid"):
        mandate(head, contact, unit=unit("ON-01"))


def test_revoked_mandate_gives_nothing_from_that_moment_and_is_revoked_once(head: Person, contact: Person) -> None:
    given = mandate(head, contact)
    moment = now()
    revoke_mandate(given, by=head, at=moment)
    with refused("al ingetrokken"):
        revoke_mandate(given, by=head, at=moment + timedelta(hours=1))
    assert not may(Person.objects.get(pk=contact.pk), Perm.OBJECT)
    assert Mandate.objects.get().revoked_at == moment
    assert Entry.objects.filter(action="mandaat_ingetrokken").count() == 1
