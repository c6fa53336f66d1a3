"""The recordings of the demonstration: believable, of every unit, in every state, with films that a browser plays."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count
from django.test import override_settings

from journal.models import Entry
from organisation.demo import UNITS, make_accounts
from organisation.models import Person
from retention.clock import now
from retention.demo.asked import REQUESTS
from retention.demo.delivered import DAYS
from retention.demo.films import film
from retention.demo.forgotten import FORGOTTEN
from retention.demo.judged import ENDED, HELD
from retention.demo.load import load_recordings
from retention.demo.looked import LOOKS
from retention.models import (
    Comparison,
    Disclosure,
    Hold,
    Judgement,
    PrivacyRequest,
    Proof,
    Recording,
    StorageIncident,
    TermRequest,
    Viewing,
)
from retention.overdue import overdue
from retention.procedure import Status
from retention.storage import recordings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None,
    django_db_blocker: Any,
    fresh_copy: Callable[[], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Loaded once for the tests that only look, by somebody who broke it off and began again."""

    def break_off(sentence: str) -> None:
        raise KeyboardInterrupt

    address = f"file://{tmp_path_factory.mktemp('demo')}"
    places = {"RECORDINGS_STORAGE": f"{address}/opnamen", "DESTRUCTION_LEDGER": f"{address}/lijst"}
    with django_db_blocker.unblock(), override_settings(**places):
        make_accounts(now())
        with suppress(KeyboardInterrupt):
            load_recordings(now(), break_off)
        load_recordings(now(), lambda _: None)
        yield
        fresh_copy()


def test_every_unit_has_some_and_not_all_the_same() -> None:
    per_unit = dict(Recording.objects.values_list("unit__code").annotate(count=Count("pk")).order_by())
    assert set(per_unit) == set(UNITS.values())
    assert len(set(per_unit.values())) > 4
    assert 16 < min(per_unit.values()) < max(per_unit.values()) <= DAYS


def test_there_are_five_weeks_and_nothing_is_over_time() -> None:
    base = Entry.objects.get(action="opnamen_begonnen").at
    old = Recording.objects.filter(used_from__lt=base - timedelta(days=29))
    assert old.filter(used_from__lt=base - timedelta(days=33)).exists()
    assert set(old.values_list("status", flat=True)) == {"vernietigd"}
    assert not overdue().exists()
    assert not Recording.objects.filter(arrived_at__gt=base).exists()


def test_every_judge_finds_something_that_closes_tonight_and_a_dwelling() -> None:
    waiting = Recording.objects.filter(status="te_beoordelen")
    base = Entry.objects.get(action="opnamen_begonnen").at
    tonight = waiting.filter(judging_closes_at__lte=base + timedelta(hours=25))
    assert set(tonight.values_list("unit__code", flat=True)) == set(UNITS.values())
    assert set(waiting.filter(rank=0).values_list("unit__code", flat=True)) == set(UNITS.values())


def test_a_second_time_changes_nothing() -> None:
    last = Entry.objects.latest("id").pk
    assert load_recordings(now(), lambda _: None) == 0
    assert Entry.objects.latest("id").pk == last


def test_what_was_broken_off_was_gone_on_with_and_nothing_was_done_twice() -> None:
    done = list(Judgement.objects.values_list("recording_id", "step", "role"))
    assert sorted(done) == sorted(set(done))
    assert Hold.objects.filter(request_links__isnull=True).count() == len(HELD)
    assert (Viewing.objects.count(), Disclosure.objects.count()) == (len(LOOKS), 1)
    assert PrivacyRequest.objects.count() == len(REQUESTS)
    assert Entry.objects.filter(action="opnamen_begonnen").count() == 1


def test_what_can_be_about_a_recording_is_there() -> None:
    everything = Recording.objects.all()
    assert set(everything.values_list("status", flat=True)) == set(Status.values)
    numbers = Person.objects.values("number")
    for some in (
        everything.filter(set_apart=True),
        everything.filter(late=True),
        everything.filter(true_from__isnull=False),
        everything.filter(file_seen_at=None),
        everything.filter(rank=0, status="te_beoordelen"),
        everything.filter(announced=False),
        everything.filter(camera_serial__contains="ONBEKEND"),
        everything.exclude(wearer__in=numbers),
        everything.filter(holds__isnull=False),
    ):
        assert 0 < some.count() < len(UNITS) * DAYS / 5
    assert set(Judgement.objects.values_list("step", flat=True)) == {
        *("noodzakelijk_verklaren", "niet_noodzakelijk_verklaren", "niet_zinvol_verklaren"),
        *("termijn_wijzigen", "tijdstip_vaststellen"),
    }
    assert TermRequest.objects.filter(verdict=None).count() == 1
    assert TermRequest.objects.count() == 2


def test_what_was_kept_until_a_day_that_is_over_goes_out_of_use_under_article_9_and_else_is_destroyed() -> None:
    removed = Recording.objects.filter(status="verwijderd")
    assert set(removed.values_list("ground", flat=True)) == {"9"}
    assert removed.count() + Proof.objects.filter(ground="einde_noodzaak").count() == len(ENDED)
    assert all(recordings().size(one.storage_key) for one in removed)


def test_what_nobody_judged_in_time_is_destroyed_with_a_proof_and_nobody_else_is() -> None:
    gone = Recording.objects.filter(status="vernietigd")
    assert gone.count() == Proof.objects.count() >= len(UNITS)
    assert all(recordings().size(one.storage_key) is None for one in gone)
    base = Entry.objects.get(action="opnamen_begonnen").at
    assert not Recording.objects.exclude(status="vernietigd").filter(next_at__lte=base).exists()


def test_files_are_what_was_announced() -> None:
    there = Recording.objects.exclude(status="vernietigd")
    for one in there.filter(file_seen_at__isnull=False)[::20]:
        assert recordings().sha256(one.storage_key) == one.sha256
    for one in there.filter(file_seen_at=None):
        assert recordings().size(one.storage_key) is None


def test_no_two_films_are_the_same_file_and_all_are_small() -> None:
    films = {film(place, number) for place in ("woning", "openbare_weg") for number in range(20)}
    assert len(films) == 40
    assert max(map(len, films)) < 20_000


def test_the_storage_has_a_file_that_nobody_knows_and_one_that_just_came() -> None:
    compared, found = Comparison.objects.get(), StorageIncident.objects.get()
    assert (compared.error, compared.young, compared.unknown, compared.returned, compared.lost) == ("", 1, 1, 0, 0)
    assert (found.kind, found.key, found.ended_at) == ("onbekend", FORGOTTEN, None)
