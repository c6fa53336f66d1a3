"""Made-up recordings: as many as were asked for, the same for the same seed, in the states that real ones have."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count

from organisation.demo import UNITS, make_accounts
from retention.bulk.load import load
from retention.clock import now
from retention.models import Judgement, Recording
from retention.storage import recordings

pytestmark = pytest.mark.django_db
SAYS = ("source_id", "camera_serial", "unit", "used_from", "arrived_at", "sha256", "place", "status")


def loaded(number: int, seed: int, at: Any) -> list[Any]:
    make_accounts(at)
    load(number, seed, at, lambda sentence: None, with_files=False)
    return list(Recording.objects.filter(source_id__startswith=f"{seed}-").order_by("pk").values_list(*SAYS))


def test_the_same_seed_gives_the_same_and_another_gives_others() -> None:
    at = now()
    first = loaded(40, 5, at)
    assert len(first) == 40
    assert loaded(40, 5, at) == first
    assert {row[3] for row in loaded(40, 6, at)} != {row[3] for row in first}
    assert Recording.objects.count() == 80


def test_all_that_can_be_is_among_many_and_nothing_is_due() -> None:
    at = now()
    loaded(2_000, 1, at)
    per_unit = Recording.objects.values_list("unit__code").annotate(number=Count("pk"))
    assert {code for code, number in per_unit if number > 100} == set(UNITS.values())
    per_status = dict(Recording.objects.values_list("status").annotate(number=Count("pk")))
    assert per_status.keys() == {"te_beoordelen", "noodzakelijk", "niet_noodzakelijk"}
    assert Judgement.objects.count() == 2_000 - per_status["te_beoordelen"]
    for some in ({"set_apart": True}, {"late": True}, {"rank": 0}, {"announced": False}):
        assert 0 < Recording.objects.filter(**some).count() < 500, some
    assert not Recording.objects.filter(next_at__lte=now()).exists()
    assert not Recording.objects.filter(arrived_at__gt=at).exists()


def test_the_command_writes_a_file_for_each_and_ends_with_json() -> None:
    out = StringIO()
    call_command("load_test_data", "--recordings=12", "--seed=977", "--json", stdout=out)
    lines = out.getvalue().splitlines()
    assert "Opnamen: 12 van 12." in lines
    assert json.loads(lines[-1])["recordings"] == 12 == Recording.objects.count()
    for one in Recording.objects.all():
        assert (recordings().size(one.storage_key), recordings().sha256(one.storage_key)) == (one.size, one.sha256)
