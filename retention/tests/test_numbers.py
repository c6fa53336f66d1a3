"""Recordings in numbers: what counts as what, per unit, and what stands out; and the page that shows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from retention.clock import now
from retention.models import Hold
from retention.numbers.incidents import incidents
from retention.numbers.per_unit import numbers, units_counted_for
from retention.tests.factories import recording, used
from retention.tests.states import destroyed, kept, not_kept

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=28)


def held_beyond() -> None:
    guard, at = holder_of(Role.PRIVACY), now()
    given = {"explanation": "x", "owner": guard, "placed_by": guard, "placed_at": at}
    Hold.objects.create(recording=recording(29), reason="klacht", until_at=at + timedelta(days=3), **given)


def test_what_came_in_was_judged_or_waits_and_overdue_is_of_now() -> None:
    recording(2)
    recording(3, "MN")
    kept()
    not_kept()
    destroyed()
    recording(29)
    held_beyond()
    at, found = numbers(None, MONTH)
    here, there = sorted(found, key=lambda one: one.code != "ON")
    assert (here.code, here.arrived, here.judged, here.unjudged, here.waiting) == ("ON", 4, 3, 0, 1)
    assert (here.overdue, here.held) == (1, 1)
    assert (there.code, there.arrived, there.waiting, there.overdue) == ("MN", 1, 1, 0)
    both = here.plus(there)
    assert (both.arrived, both.name, both.first_closes_at) == (5, "Oost-Nederland", here.first_closes_at)
    assert abs(at - now()) < timedelta(minutes=1)


def test_period_begins_at_midnight_so_many_days_ago() -> None:
    recording(6, used_from=used(6, hour=1))
    recording(7)
    assert numbers({unit("ON").pk}, timedelta(days=7))[1][0].arrived == 1
    assert numbers({unit("ON").pk}, MONTH)[1][0].arrived == 2


def test_a_unit_without_recordings_is_left_out_unless_it_is_the_only_one() -> None:
    recording(2)
    assert [one.code for one in numbers(None, MONTH)[1]] == ["ON"]
    [only] = numbers({unit("MN").pk}, MONTH)[1]
    assert (only.code, only.arrived, only.first_closes_at) == ("MN", 0, None)


def test_who_counts_what() -> None:
    assert units_counted_for(holder_of(Role.AUDITOR)) is None
    assert units_counted_for(holder_of(Role.PRIVACY)) is None
    head = units_counted_for(holder_of(Role.HEAD, "ON"))
    assert head is not None
    assert unit("ON").pk in head
    assert unit("MN").pk not in head
    assert units_counted_for(holder_of(Role.CONTACT, "ON")) == units_counted_for(holder_of(Role.WEARER, "ON")) == set()


def test_each_kind_of_incident_is_counted_and_told_by_camera() -> None:
    seen: dict[str, Any] = {"file_seen_at": now()}
    recording(2, **seen)
    recording(2, place="woning", camera_serial="ZC-WONING", **seen)
    shift_end = used(4)
    recording(5, shift_end=shift_end, arrived_at=shift_end + timedelta(hours=49), camera_serial="ZC-LAAT", **seen)
    recording(28, arrived_at=now(), camera_serial="ZC-DICHT", **seen)
    recording(3, camera_serial="ZC-LEEG")
    recording(2, "MN", place="besloten_erf", **seen)
    found = {one.kind.name: [row.camera_serial for row in one.newest] for one in incidents({unit("ON").pk}, MONTH)}
    assert found == {
        "te_laat": ["ZC-DICHT"],
        "zonder_uitzondering": ["ZC-WONING"],
        "laat": ["ZC-DICHT", "ZC-LAAT"],
        "zonder_bestand": ["ZC-LEEG"],
    }
    assert [one.all for one in incidents(None, MONTH)] == [1, 2, 2, 1]


def test_file_has_two_days_to_come() -> None:
    recording(1)
    assert [one.all for one in incidents(None, MONTH)] == [0, 0, 0, 0]


def test_head_reads_the_numbers_of_the_own_unit_only(client: Client) -> None:
    recording(2, place="woning", wearer="104999")
    recording(2, "MN")
    client.force_login(holder_of(Role.HEAD, "ON"))
    html = client.get("/opnamen/cijfers/").content.decode()
    assert "Oost-Nederland" in html
    assert "Midden-Nederland" not in html
    assert "In een woning of op een besloten erf, zonder uitzondering" in html
    assert "104999" not in html


def test_page_asks_for_a_period_that_it_knows(client: Client) -> None:
    client.force_login(holder_of(Role.AUDITOR))
    assert "Er zijn nog geen opnamen binnengekomen." in client.get("/opnamen/cijfers/?periode=7").content.decode()
    assert client.get("/opnamen/cijfers/?periode=8").status_code == 400


def test_numbers_of_all_units_cost_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    """Session and person, rights, whether the journal is as it was sealed, numbers, incidents."""
    for code in ("ON", "MN", "NN"):
        recording(2, code)
    client.force_login(holder_of(Role.AUDITOR))
    client.get("/opnamen/cijfers/")
    with django_assert_max_num_queries(6):
        assert client.get("/opnamen/cijfers/").status_code == 200
