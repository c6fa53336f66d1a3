"""Tokens of the API: kept as a digest, shown once, dated, taken back for good, and only by an administrator."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from ninja.errors import AuthenticationError

from journal.models import Entry, Result
from organisation.api import Reader
from organisation.endings import carry_out_endings
from organisation.models import ApiToken, Person, Unit
from organisation.refusals import OrganisationRefused
from organisation.roles import Role
from organisation.tests.factories import holder_of, planned_ending, unit
from organisation.tokens import digest_of, make_token, revoke_token, token_of, units_of, why_closed
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Person:
    return holder_of(Role.ADMINISTRATOR)


def made(by: Person | None = None, days: int = 30, name: str = "Rapportage") -> tuple[ApiToken, str]:
    at = now()
    return make_token(name, valid_until=local_date(at) + timedelta(days=days), by=by, at=at)


def test_the_secret_is_kept_nowhere(administrator: Person) -> None:
    token, secret = made(administrator)
    kept = [str(value) for value in ApiToken.objects.values_list().get()]
    assert secret not in " ".join(kept)
    assert digest_of(secret) in kept
    assert (secret[:10], len(secret) > 40) == (token.begins, True)
    entry = Entry.objects.get(action="token_gemaakt")
    assert (entry.actor, entry.role) == (administrator.number, Role.ADMINISTRATOR)
    assert secret not in str(entry.data)


def test_it_opens_until_its_last_day(administrator: Person) -> None:
    token, secret = made(administrator, days=3)
    found = token_of(secret)
    assert found == token
    assert why_closed(token, token.valid_until - timedelta(days=3)) == ""
    assert why_closed(token, token.valid_until) == ""
    assert why_closed(token, token.valid_until + timedelta(days=1)).startswith("Dit token was geldig tot en met ")
    assert token_of(secret[:-1]) is None


def test_once_taken_back_it_opens_nothing(administrator: Person) -> None:
    token, secret = made(administrator)
    assert Reader().authenticate(None, secret) == token  # type: ignore[arg-type]
    revoke_token(token, by=administrator, at=now())
    with pytest.raises(AuthenticationError, match="ingetrokken"):
        Reader().authenticate(None, secret)  # type: ignore[arg-type]
    refused = Entry.objects.get(action="api_geweigerd")
    assert (refused.result, refused.reason) == (Result.REFUSED, "Dit token is ingetrokken.")
    with pytest.raises(OrganisationRefused, match="al ingetrokken"):
        revoke_token(token, by=administrator, at=now())


def test_who_goes_on_asking_is_written_down_once_an_hour(
    administrator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, secret = made(administrator)
    other, other_secret = made(administrator, name="Ander")
    for one in (token, other):
        revoke_token(one, by=administrator, at=now())

    def ask(*shown: str) -> list[str]:
        for one in shown:
            with pytest.raises(AuthenticationError, match="ingetrokken"):
                Reader().authenticate(None, one)  # type: ignore[arg-type]
        refused = Entry.objects.filter(action="api_geweigerd").order_by("id")
        return list(refused.values_list("object_id", flat=True))

    once = [str(token.pk), str(other.pk)]
    assert ask(secret, secret, other_secret, secret) == once
    monkeypatch.setattr("organisation.api.now", lambda: now() + timedelta(minutes=59))
    assert ask(secret) == once
    monkeypatch.setattr("organisation.api.now", lambda: now() + timedelta(minutes=61))
    assert ask(secret) == [*once, str(token.pk)]


def test_what_never_was_a_token_leaves_no_trace() -> None:
    before = Entry.objects.count()
    assert Reader().authenticate(None, "bcr_x") is None  # type: ignore[arg-type]
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (366, True), (367, False)])
def test_it_is_for_a_year_at_most(administrator: Person, days: int, fits: bool) -> None:
    if fits:
        assert made(administrator, days=days)[0].pk
    else:
        with pytest.raises(OrganisationRefused, match="hoogstens een jaar"):
            made(administrator, days=days)


def test_a_name_is_used_once(administrator: Person) -> None:
    token, _ = made(administrator)
    revoke_token(token, by=administrator, at=now())
    with pytest.raises(OrganisationRefused, match="al een token met deze naam"):
        made(administrator)


def test_a_name_is_one_line_that_people_can_tell_from_others(administrator: Person) -> None:
    token, _ = made(administrator, name="  Rapportage\n Audit ")
    assert ApiToken.objects.get(pk=token.pk).name == "Rapportage Audit"
    assert str(Entry.objects.get(action="token_gemaakt")).startswith("Het token ‘Rapportage Audit’ is gemaakt")
    for name in ("rapportage audit", "Rapportage\tAudit"):
        with pytest.raises(OrganisationRefused, match="al een token met deze naam"):
            made(administrator, name=name)
    for name in ("Rapportage\x1b[2J", "Rapportage\u202eAudit"):
        with pytest.raises(OrganisationRefused, match="tekens die niemand ziet"):
            made(administrator, name=name)
    assert made(administrator, name="Rapportage Überwacht 2")[0].pk


@pytest.mark.parametrize("role", [role for role in Role.national() if role != Role.ADMINISTRATOR])
def test_nobody_else_makes_one_or_takes_one_back(role: str) -> None:
    token, _ = made()
    with pytest.raises(OrganisationRefused, match="Alleen een functioneel beheerder"):
        made(holder_of(Role(role)), name="Ander")
    with pytest.raises(OrganisationRefused, match="Alleen een functioneel beheerder"):
        revoke_token(token, by=holder_of(Role(role)), at=now())


@pytest.mark.parametrize(
    "change",
    ["UPDATE organisation_apitoken SET valid_until = valid_until + 1", "DELETE FROM organisation_apitokenrevocation"],
)
def test_the_database_lets_nobody_change_one(administrator: Person, change: str) -> None:
    token, _ = made(administrator)
    revoke_token(token, by=administrator, at=now())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(DatabaseError, match="a_token_is_kept_as_its_digest"), transaction.atomic():
        ApiToken.objects.create(
            name="x", role="reader", digest="geheim", begins="", valid_until="2030-01-01", made_at=now()
        )


def test_a_token_of_a_unit_reads_what_lies_below_and_what_went_up_in_it() -> None:
    east, middle = unit("ON"), unit("MN")
    token = made()[0]
    assert units_of(token) is None
    token.unit = east
    below = set(Unit.objects.filter(parent=east).values_list("pk", flat=True))
    assert units_of(token) == {east.pk, *below}
    assert below

    planned_ending("MN", "ON", local_date(now()) - timedelta(days=1))
    assert carry_out_endings(now()) == 1
    found = units_of(token)
    assert found is not None
    assert found >= {east.pk, middle.pk, *below}
    assert unit("NN").pk not in found
    token.unit = middle  # what stayed there, and nothing of the unit in which it went up
    assert units_of(token) == {middle.pk}


def test_the_command_prints_the_token_alone_on_the_last_line() -> None:
    said = StringIO()
    call_command("create_api_token", "Dashboard", "--role", "reader", "--unit", "ON", stdout=said)
    secret = said.getvalue().splitlines()[-1]
    found = token_of(secret)
    assert found is not None
    assert (found.name, found.unit, found.made_by) == ("Dashboard", unit("ON"), None)
    assert Entry.objects.get(action="token_gemaakt").actor == ""


@pytest.mark.parametrize("more", [["--unit", "XX"], ["--unit", ""], ["--until", "1-1-2027"], ["--until", "2015-01-01"]])
def test_the_command_says_what_is_wrong(more: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("create_api_token", "Dashboard", "--role", "reader", *more)
    assert not ApiToken.objects.exists()
