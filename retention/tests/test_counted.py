"""The counts of judgements: per month and team at the end of the shift, per year for the works council; no person."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.models import Person, Unit
from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from retention.clock import now
from retention.models import Judgement, Recording
from retention.numbers.counted import end_of_shift, staff_followed
from retention.services import take_step
from retention.tests.factories import recording
from retention.tests.states import destroyed, not_kept, today

pytestmark = pytest.mark.django_db


def not_useful(by: Person, name: str = "niet_zinvol_verklaren") -> Recording:
    found = recording(wearer=by.number)
    take_step(found.pk, name, person=by, at=now(), read=lambda *_: {"reason_code": "niet_zinvol"})
    return found


@pytest.fixture
def team() -> Unit:
    return Unit.objects.filter(parent=unit("ON")).first() or Unit.objects.create(
        code="ON-T", name="Basisteam Twente", sort_name="basisteam twente", kind="basisteam", parent=unit("ON"),
        valid_from=today().replace(year=2015),
    )  # fmt: skip


def test_a_month_counts_what_wearers_threw_away_by_team_and_what_they_said_nothing_of(team: Unit) -> None:
    of_team, of_unit = holder_of(Role.WEARER, team.code), holder_of(Role.WEARER, "ON")
    for by in (of_team, of_team, of_unit):
        not_useful(by)
    back = not_useful(of_team)
    take_step(back.pk, "ongedaan_maken", person=of_team, at=now(), read=lambda *_: {})
    judged = recording()
    judge = holder_of(Role.JUDGE, "ON")
    given = {"reason_code": "geen_audio", "reasons": ""}
    take_step(judged.pk, "niet_noodzakelijk_verklaren", person=judge, at=now(), read=lambda *_: given)
    recording(unit_code="NN")
    [month] = end_of_shift({unit("ON").pk})
    assert (month.arrived, month.judged, month.destroyed, month.without) == (5, 3, 0, 2)
    assert sorted(month.teams) == sorted([(team.name, 2), ("zonder team", 1)])
    assert len(end_of_shift(None)) == 2


def test_what_is_older_than_six_months_is_left_out() -> None:
    recording(200)
    assert end_of_shift(None) == []


def test_a_year_counts_each_recording_kept_to_look_into_a_colleague_once() -> None:
    judge, at = holder_of(Role.JUDGE, "ON"), now()
    first, second = recording(), recording()
    kept: list[tuple[Recording, dict[str, Any]]] = [
        (first, {"purpose": "personeelsvolg", "council_record": "COR 2026-1"}),
        (first, {"purpose": "personeelsvolg", "council_record": "COR 2026-1"}),
        (second, {"purpose": "opsporing", "second_purposes": ["personeelsvolg"], "council_record": "COR 2026-2"}),
        (recording(), {"purpose": "opsporing"}),
    ]
    for found, given in kept:
        Judgement.objects.create(
            recording=found, step="noodzakelijk_verklaren", person=judge, role="beoordelaar", at=at, **given
        )
    [year] = staff_followed(None)
    assert year == (today().year, unit("ON").name, 2, ["COR 2026-1", "COR 2026-2"])
    assert staff_followed({unit("NN").pk}) == []


@pytest.mark.parametrize("address", ["/opnamen/cijfers/einde-dienst/", "/opnamen/cijfers/medewerkers/"])
def test_pages_show_the_own_unit_to_its_head_and_all_to_the_auditor(client: Client, address: str) -> None:
    for code in ("ON", "NN"):
        by = holder_of(Role.WEARER, code)
        judge = holder_of(Role.JUDGE, code)
        found = recording(unit_code=code, wearer=by.number)
        take_step(found.pk, "niet_zinvol_verklaren", person=by, at=now(), read=lambda *_: {})
        Judgement.objects.create(
            recording=found,
            step="noodzakelijk_verklaren",
            person=judge,
            role="beoordelaar",
            at=now(),
            purpose="personeelsvolg",
            council_record=f"COR {code}",
        )
    for person, codes in ((holder_of(Role.HEAD, "ON"), {"ON"}), (holder_of(Role.AUDITOR), {"ON", "NN"})):
        client.force_login(person)
        html = client.get(address).content.decode()
        assert {code for code in ("ON", "NN") if unit(code).name in html} == codes
    client.force_login(holder_of(Role.ADMINISTRATOR))
    assert client.get(address).status_code == 403


def test_without_anything_to_count_the_pages_say_so(client: Client) -> None:
    client.force_login(holder_of(Role.AUDITOR))
    assert "kwamen er geen opnamen binnen" in client.get("/opnamen/cijfers/einde-dienst/").content.decode()
    assert "nooit een opname bewaard" in client.get("/opnamen/cijfers/medewerkers/").content.decode()


def test_what_was_destroyed_after_the_shift_is_counted_as_such() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    found = not_kept(61, used_from=now() - timedelta(hours=3), wearer=wearer.number)
    Judgement.objects.create(recording=found, step="niet_zinvol_verklaren", person=wearer, role="drager", at=now())
    destroyed(found)
    [month] = end_of_shift(None)
    assert (month.judged, month.destroyed, month.teams) == (1, 1, [("zonder team", 1)])
