"""Placing, looking at, extending and releasing a hold: who, until when, and when not any more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from bodycams.roles import APPEND_ONLY
from journal.models import Entry
from organisation.models import Person
from retention.choices import HoldReason
from retention.clock import now
from retention.holds import NotPossible, extend, held_until, last_day_of, latest_day, place, release, review
from retention.models import Destruction, Hold, HoldExtension, HoldRelease, Recording, Run
from retention.tests.factories import recording
from retention.tests.hold_samples import again, because, held, held_before, officer
from workflow.clock import local_date
from workflow.dates import day_in_words

pytestmark = pytest.mark.django_db


def begin_destruction(found: Recording) -> None:
    run, at = Run.objects.create(began_at=now()), now()
    Destruction.objects.create(
        recording=found, run=run, why="termijn_verstreken", planned_at=at, point_of_no_return_at=at
    )


def is_held(found: Recording) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_is_held(%s)", [found.pk])
        return bool(cursor.fetchone()[0])


def last_entry() -> Entry:
    return Entry.objects.latest("id")


@pytest.mark.parametrize("reason", HoldReason.values)
def test_a_hold_is_placed_for_each_reason_also_on_the_last_day(reason: str) -> None:
    by, at, due = officer(), now(), recording(days_ago=27)
    (hold,) = place([due], because(by, at, reason=reason), person=by, at=at).holds
    assert is_held(due)
    assert held_until(due, at) == again(hold).ends_at
    entry = last_entry()
    assert (entry.action, entry.object_type, entry.data["recording"]) == (
        "opschorting_geplaatst",
        "retention.hold",
        due.pk,
    )
    assert HoldReason(reason).label not in str(entry)


def test_only_that_recording_is_held() -> None:
    other, at = recording(days_ago=27), now()
    held(recording(days_ago=27))
    assert not is_held(other)
    assert held_until(other, at) is None


def test_several_are_held_at_once_and_what_is_too_late_keeps_none_from_it() -> None:
    by, at, begun, fine = officer(), now(), recording(days_ago=27), [recording(days_ago=27), recording()]
    begin_destruction(begun)
    placed = place([fine[0], begun, fine[1]], because(by, at), person=by, at=at)
    assert ([hold.recording for hold in placed.holds], list(placed.refused.values())) == (fine, [1])
    refused = Entry.objects.get(result="geweigerd")
    assert (refused.object_id, "al begonnen" in refused.reason) == (str(begun.pk), True)
    with pytest.raises(NotPossible, match="al begonnen"):
        place([begun], because(by, at), person=by, at=at)


def test_another_fault_of_the_database_stays_a_fault() -> None:
    by, at = officer(), now()
    with pytest.raises(IntegrityError, match="six weeks"):
        place([recording()], because(by, at, days=60), person=by, at=at)


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "3 januari 2027"),
        (datetime(2026, 10, 1, 22, 30, tzinfo=UTC), "12 november 2026"),  # 00.30: the autumn makes it an hour longer
        (datetime(2026, 10, 1, 23, 30, tzinfo=UTC), "13 november 2026"),
    ],
)
def test_the_last_day_is_six_weeks_ahead_and_fits_the_database(moment: datetime, last: str) -> None:
    day = latest_day(moment)
    assert day_in_words(day) == last
    by = officer()
    Hold.objects.create(
        recording=recording(), reason="klacht", explanation="-", owner=by, placed_by=by, placed_at=moment,
        until_at=datetime.fromisoformat(f"{day + timedelta(days=1)}T00:00+01:00"),
    )  # fmt: skip


def test_a_hold_ends_by_itself_at_the_end_of_its_last_day() -> None:
    hold = held()
    before = hold.ends_at - timedelta(microseconds=1)
    assert Hold.objects.in_force(before).filter(pk=hold.pk).exists()
    assert not Hold.objects.in_force(hold.ends_at).filter(pk=hold.pk).exists()
    assert Hold.objects.over(hold.ends_at).filter(pk=hold.pk).exists()
    with pytest.raises(NotPossible, match="al voorbij"):
        review(hold, "Nog nodig.", person=officer(), at=hold.ends_at)
    review(hold, "Nog nodig.", person=officer(), at=before)


def test_a_look_is_due_after_a_week_and_a_look_or_an_extension_moves_it() -> None:
    hold = held_before(days_ago=8)
    assert hold.look_by < now()
    review(hold, "De klacht loopt nog.", person=hold.owner, at=now())
    assert again(hold).look_by > now() + timedelta(days=6)
    other = held_before(days_ago=8)
    extend(other, latest_day(now()), "De zaak loopt nog.", person=officer(), at=now())
    assert again(other).look_by > now() + timedelta(days=6)


def test_another_extends_and_who_placed_it_does_not() -> None:
    hold, at = held_before(days_ago=1), now()
    last = latest_day(at)
    with pytest.raises(PermissionDenied, match="zelf geplaatst"):
        extend(hold, last, "Nog nodig.", person=hold.placed_by, at=at)
    extend(hold, last, "Nog nodig.", person=officer(), at=at)
    assert last_day_of(again(hold).ends_at) == last
    assert last_entry().reason == "Nog nodig."


def test_what_already_lasts_six_weeks_is_not_extended_yet() -> None:
    far, near, at = held(days=42), held(days=41), now()
    far = far if last_day_of(far.ends_at) == latest_day(at) else near
    with pytest.raises(NotPossible, match="zes weken vooruit"):
        extend(far, latest_day(at), "Nog nodig.", person=officer(), at=at)


def test_another_releases_it_and_nobody_twice() -> None:
    hold, at = held(), now()
    with pytest.raises(PermissionDenied, match="zelf geplaatst"):
        release(hold, "De klacht is afgehandeld.", person=hold.placed_by, at=at)
    release(hold, "De klacht is afgehandeld.", person=officer(), at=at)
    assert not is_held(hold.recording)
    assert not Hold.objects.in_force(at).exists()
    for fetched in (hold, again(hold)):  # as it was on a page that was opened before, and as it is
        with pytest.raises(NotPossible, match="al voorbij"):
            release(fetched, "Nog eens.", person=officer(), at=at)


def test_who_opened_the_page_before_the_release_is_told() -> None:
    hold, at = held_before(days_ago=2), now()
    before = again(hold)
    release(hold, "Afgehandeld.", person=officer(), at=at)
    with pytest.raises(NotPossible, match="al voorbij"):
        extend(before, local_date(at) + timedelta(days=30), "Nog nodig.", person=officer(), at=at)


def test_nobody_releases_what_they_wore_the_camera_for() -> None:
    wearer = officer()
    hold, at = held(recording(wearer=wearer.number)), now()
    with pytest.raises(PermissionDenied, match="droeg de camera"):
        release(hold, "Weg ermee.", person=wearer, at=at)
    with pytest.raises(IntegrityError, match="wore the camera"), transaction.atomic():
        HoldRelease.objects.create(hold=hold, reasons="-", by=wearer, at=at)
    HoldRelease.objects.create(hold=hold, reasons="-", by=officer(), at=at)


def test_a_hold_stops_destruction_and_its_end_lets_it_go_on() -> None:
    due = recording(days_ago=27)
    hold = held(due)
    with pytest.raises(IntegrityError, match="what is held"), transaction.atomic():
        begin_destruction(due)
    release(hold, "Afgehandeld.", person=officer(), at=now())
    begin_destruction(due)


def test_python_and_the_database_agree_on_what_is_held() -> None:
    somebody: Person = officer()
    cases = [held(), held_before(days_ago=3, last_day_in=0), held_before(days_ago=9, last_day_in=-1)]
    release(cases[0], "Klaar.", person=somebody, at=now())
    extended = held_before(days_ago=2, last_day_in=1)
    extend(extended, latest_day(now()), "Nog nodig.", person=somebody, at=now())
    at = now()
    for hold in (*cases, extended, held()):
        assert is_held(hold.recording) == (held_until(hold.recording, at) is not None)
    assert [is_held(hold.recording) for hold in (*cases, extended)] == [False, True, False, True]


def test_what_is_said_of_holds_is_only_added_to() -> None:
    assert {table for table in APPEND_ONLY if "hold" in table or "reminder" in table} >= {
        "retention_hold",
        "retention_holdextension",
        "retention_holdrelease",
        "retention_holdreview",
        "retention_privacyreminder",
    }


@pytest.mark.parametrize("reason", HoldReason.values)
def test_who_holds_a_recording_does_not_hold_it_longer_by_a_second_hold(reason: str) -> None:
    """Longer takes two people, also by the back door and for another reason; another can, and so can who placed the
    first once that is over.
    """
    hold, at = held(), now()
    by, found = hold.placed_by, hold.recording
    with pytest.raises(NotPossible, match="al opgeschort"):
        place([found], because(by, at, days=40, reason=reason), person=by, at=at)
    assert held_until(found, at) == hold.ends_at
    assert "andere privacyfunctionaris" in Entry.objects.get(result="geweigerd").reason
    with pytest.raises(IntegrityError, match="once at a time"), transaction.atomic():
        Hold.objects.create(recording=found, reason=reason, explanation="-", owner=by, placed_by=by, placed_at=at,
                            until_at=at + timedelta(days=40))  # fmt: skip
    another = officer()
    assert len(place([found], because(another, at, days=40, reason=reason), person=another, at=at).holds) == 1
    release(hold, "Niet meer nodig.", person=another, at=at)
    assert len(place([found, recording()], because(by, at), person=by, at=at).holds) == 2


def test_a_hold_that_was_extended_is_still_in_force_for_who_placed_it() -> None:
    at, by = now(), officer()
    found = recording()
    old = Hold.objects.create(recording=found, reason="klacht", explanation="-", owner=by, placed_by=by,
                              placed_at=at - timedelta(days=9), until_at=at - timedelta(days=2))  # fmt: skip
    assert len(place([recording()], because(by, at), person=by, at=at).holds) == 1
    HoldExtension.objects.create(hold=old, until_at=at + timedelta(days=9), reasons="-", by=officer(), at=at)
    with pytest.raises(NotPossible, match="al opgeschort"):
        place([found], because(by, at), person=by, at=at)
