"""The library of policy: which version held when, what is added and never goes, and who passed the procedure on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bodycams.tests.files import PDF, arrived
from bodycams.uploads.store import accept, path_of
from initiatives.library import NotNewer, add_document, add_file, add_version, held_on
from initiatives.models import PassedOn, PolicyDocument, PolicyFile, PolicyVersion
from initiatives.passed_on import confirm, states, to_confirm, version_on
from journal.read import trail
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = date(2015, 2, 19)


@pytest.fixture
def leader() -> Person:
    return holder_of(Role.LEADER)


def procedure() -> PolicyDocument:
    return PolicyDocument.objects.get(code="procedure")


def given(valid_from: date, **changes: Any) -> dict[str, Any]:
    return {"label": "Tweede brief", "dated": valid_from, "valid_from": valid_from, "citation": "Kenmerk 1", **changes}


def newer(leader: Person, day: date) -> PolicyVersion:
    return add_version(procedure(), given(day), None, person=leader, at=now())


# --- which version held -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2011, 9, 30), None),
        (date(2011, 10, 1), "Projectplan doorontwikkeling Bodycams"),
        (date(2014, 3, 31), "Projectplan doorontwikkeling Bodycams"),
        (date(2014, 4, 1), "Scope aanpassing projectvoorstel Bodycams"),
    ],
)
def test_version_holds_until_the_next_one_does(day: date, label: str | None) -> None:
    held = {version.document.code: version.label for version in held_on(day)}
    assert held.get("projectplan") == label


def test_sources_of_the_register_are_there_with_their_dates() -> None:
    held = {version.document.code: version for version in held_on(local_date(now()))}
    assert set(held) >= {"procedure", "handreiking", "inzetkader", "kamervragen", "projectpagina", "uitrol"}
    assert (held["procedure"].dated, held["handreiking"].dated) == (LETTER, None)
    assert "2019Z19333" in held["kamervragen"].citation


def test_new_version_takes_over_on_its_day(leader: Person) -> None:
    newer(leader, date(2021, 1, 1))
    assert version_on(date(2020, 12, 31)).dated == LETTER
    assert version_on(date(2021, 1, 1)).label == "Tweede brief"
    assert str(trail(procedure())[0]).startswith("De projectleider heeft een versie van ‘Procedure")


@pytest.mark.parametrize("day", [LETTER, LETTER - timedelta(days=1)])
def test_version_never_comes_before_one_that_is_there(leader: Person, day: date) -> None:
    with pytest.raises(NotNewer, match="later"):
        newer(leader, day)
    assert procedure().versions.count() == 1


def test_abbreviation_names_one_document(leader: Person) -> None:
    assert add_document("werkwijze", "Werkwijze", "Hoe.", person=leader).versions.count() == 0
    with pytest.raises(NotNewer, match="afkorting"):
        add_document("werkwijze", "Werkwijze", "Hoe.", person=leader)


def test_file_is_kept_as_it_came_and_nothing_of_it_when_its_version_is_refused(leader: Person) -> None:
    version = procedure().versions.get()
    added = add_file(version, accept(arrived(PDF, "brief.pdf")), person=leader, at=now())
    assert path_of(added.pk).read_bytes() == PDF
    before = set(path_of(added.pk).parent.parent.rglob("*"))
    with pytest.raises(NotNewer):
        add_version(procedure(), given(LETTER), accept(arrived(PDF)), person=leader, at=now())
    left = {path for path in path_of(added.pk).parent.parent.rglob("*") if path.is_file()}
    assert left == {path for path in before if path.is_file()}


# --- who passed it on -------------------------------------------------------------------------------------


def test_head_confirms_and_confirms_anew(leader: Person) -> None:
    head, today = holder_of(Role.HEAD, "ON"), local_date(now())
    assert [state.unit.code for state in to_confirm(head, today)] == ["ON"]
    confirm(unit("ON"), "Gemaild.", person=head, at=now(), day=today)
    assert to_confirm(head, today) == []
    confirm(unit("ON"), "Nog eens verteld.", person=head, at=now(), day=today)
    state = next(state for state in states(leader, today) if state.unit.code == "ON")
    assert (state.is_current, state.last and state.last.how) == (True, "Nog eens verteld.")
    assert PassedOn.objects.count() == 2
    assert str(trail(unit("ON"))[0]).startswith("De politiechef Oost-Nederland heeft bevestigd")


def test_new_version_of_the_procedure_is_passed_on_anew(leader: Person) -> None:
    head, today = holder_of(Role.HEAD, "ON"), local_date(now())
    confirm(unit("ON"), "Gemaild.", person=head, at=now(), day=today)
    newer(leader, today)
    (state,) = to_confirm(head, today)
    assert (state.is_current, state.last is None) == (False, False)


def test_national_roles_know_of_all_and_a_unit_of_itself(leader: Person) -> None:
    today = local_date(now())
    everything = {state.unit.code for state in states(leader, today)}
    assert everything >= {"ON", "LI", "LE", "PDC", "SKL"}
    for role in (Role.CONTACT, Role.HEAD):
        assert {state.unit.code for state in states(holder_of(role, "MN"), today)} == {"MN"}
    assert to_confirm(holder_of(Role.CONTACT, "MN"), today) == []


# --- what the database refuses ----------------------------------------------------------------------------


EARLIER = (
    "INSERT INTO initiatives_policyversion (document_id, label, valid_from, citation, added_at) "
    "SELECT document_id, 'x', '2010-01-01', 'x', now() FROM initiatives_policyversion LIMIT 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE initiatives_policyversion SET valid_from = '2000-01-01'",
        "DELETE FROM initiatives_policyversion",
        "UPDATE initiatives_policydocument SET title = 'iets anders'",
        "UPDATE initiatives_policyfile SET sha256 = 'iets anders'",
        "DELETE FROM initiatives_policyfile",
        "UPDATE initiatives_passedon SET how = 'niet'",
        "DELETE FROM initiatives_passedon",
        EARLIER,
    ],
)
def test_database_refuses_what_may_never_be(leader: Person, statement: str) -> None:
    add_file(procedure().versions.get(), accept(arrived(PDF)), person=leader, at=now())
    confirm(unit("ON"), "Gemaild.", person=holder_of(Role.HEAD, "ON"), at=now(), day=local_date(now()))
    before = (PolicyVersion.objects.count(), PolicyFile.objects.count(), PassedOn.objects.count())
    with pytest.raises(DatabaseError):
        run(statement)
    assert (PolicyVersion.objects.count(), PolicyFile.objects.count(), PassedOn.objects.count()) == before


@transaction.atomic
def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
