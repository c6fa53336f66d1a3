"""The list of recordings: which ones, in which order, and the figures above it."""

from datetime import timedelta
from typing import Any

import pytest

from organisation.roles import Role
from organisation.tests.factories import holder_of, unit
from retention.clock import now
from retention.models import Hold, Recording
from retention.tests.factories import recording
from retention.tests.states import kept, not_kept
from retention.worklist.asked import Asked, count, page, selection
from retention.worklist.desk import desk
from retention.worklist.rows import Reader, shown, used_in_words
from workflow.clock import local_date

pytestmark = pytest.mark.django_db


def names(asked: Asked, found: Any = None) -> list[str]:
    rows = page(selection(Recording.objects.all() if found is None else found, asked, now()), asked.order, 50).rows
    return [row.source_id for row in rows]


def some(*named: tuple[str, int, dict[str, Any]]) -> None:
    for name, days_ago, fields in named:
        recording(days_ago, source_id=name, **fields)


def held(found: Recording) -> Recording:
    guard, at = holder_of(Role.PRIVACY), now()
    given = {"explanation": "x", "owner": guard, "placed_by": guard, "placed_at": at}
    Hold.objects.create(recording=found, reason="klacht", until_at=at + timedelta(days=3), **given)
    return found


def test_a_dwelling_without_exception_goes_before_all_and_then_what_closes_first() -> None:
    some(
        ("later", 3, {}),
        ("eerst", 20, {}),
        ("woning", 1, {"place": "woning"}),
        ("erf", 2, {"place": "besloten_erf"}),
        ("nood", 10, {"place": "woning", "exception": "noodsituatie"}),
    )
    assert names(Asked()) == ["erf", "woning", "eerst", "nood", "later"]


def test_each_page_goes_on_from_the_one_before() -> None:
    some(*((f"{day:02}", day, {"place": "woning" if day % 3 else "openbare_weg"}) for day in range(1, 12)))
    whole, asked = names(Asked()), Asked()
    found: list[str] = []
    shown = page(selection(Recording.objects.all(), asked, now()), asked.order, 4)
    while True:
        found += [row.source_id for row in shown.rows]
        if not shown.next:
            break
        shown = page(selection(Recording.objects.all(), asked, now()), asked.order, 4, shown.next)
    assert found == whole
    assert page(Recording.objects.all(), asked.order, 4, shown.previous).rows


def every_kind() -> None:
    some(("open", 5, {}), ("dicht", 27, {}), ("over", 29, {}))
    held(recording(29, source_id="opgeschort"))
    kept(source_id="lang", keep_until=local_date(now()) + timedelta(days=29))
    kept(source_id="kort", keep_until=local_date(now()) + timedelta(days=28))
    not_kept(source_id="weg")


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("", ["open"]),
        ("te_beoordelen", ["open"]),
        ("noodzakelijk", ["kort", "lang"]),
        ("loopt_af", ["kort"]),
        ("niet_noodzakelijk", ["weg"]),
        ("over_tijd", ["over"]),
        ("vernietigd", []),
        ("alle", ["weg", "kort", "lang", "opgeschort", "over", "dicht", "open"]),
    ],
)
def test_state_narrows_the_list(state: str, found: list[str]) -> None:
    every_kind()
    assert names(Asked(state=state)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(q="a"), ["a2", "a1"]),
        (Asked(q="2"), []),
        (Asked(within=0), ["a1"]),
        (Asked(within=7), ["a1", "b1"]),
        (Asked(place="woning"), ["a2"]),
        (Asked(camera="ZC-9"), ["b1"]),
        (Asked(mark="niet_aangekondigd"), ["b1"]),
        (Asked(mark="geen_uitzondering"), ["a2"]),
        (Asked(mark="laat_aangeleverd"), []),
        (Asked(mark="klok_onjuist"), []),
        (Asked(mark="zonder_bestand"), ["a1", "b1"]),
        (Asked(mark="opgeschort"), ["b1"]),
    ],
)
def test_everything_asked_narrows_the_list(asked: Asked, found: list[str]) -> None:
    some(("a1", 26, {}), ("a2", 1, {"place": "woning"}))
    held(recording(20, source_id="b1", camera_serial="ZC-9", announced=False))
    assert names(asked) == found


def test_what_closes_before_a_day_ends_with_that_day() -> None:
    found = recording(10, source_id="a")
    last = local_date(found.judging_closes_at)
    assert names(Asked(before=last)) == ["a"]
    assert names(Asked(before=last - timedelta(days=1))) == []


def test_late_and_wrong_clocks_are_found() -> None:
    in_time = recording(5, source_id="op tijd")
    recording(5, source_id="te laat", arrived_at=in_time.shift_end + timedelta(hours=49))
    ahead = now() + timedelta(days=2)
    recording(0, source_id="klok", used_from=ahead, arrived_at=now(), uploaded_at=now())
    assert names(Asked(mark="laat_aangeleverd")) == ["te laat"]
    assert names(Asked(mark="klok_onjuist")) == ["klok"]


def test_row_says_what_is_known_of_it() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    recording(3, wearer=wearer.number)
    [row] = page(Recording.objects.all(), "due", 10).rows
    assert (row.unit, row.held, row.knows_camera, row.knows_wearer) == ("Oost-Nederland", False, False, True)


def test_figures_count_what_waits_in_these_units() -> None:
    every_kind()
    some(("vannacht", 26, {}), ("erf", 26, {"place": "woning"}), ("snel", 24, {}), ("elders", 3, {"unit_code": "MN"}))
    found = desk({unit("ON").pk})
    assert [name for _, _, name in found.units] == ["Oost-Nederland"]
    figures = (found.waiting, found.tonight, found.tonight_in_public, found.soon, found.private)
    assert figures == (4, 2, 1, 3, 1)
    assert (found.overdue, found.ending) == (1, 1)
    assert found.first_closes_at == Recording.objects.get(source_id="vannacht").judging_closes_at


def test_figures_of_all_units_and_of_none() -> None:
    some(("a", 3, {}), ("b", 3, {"unit_code": "MN"}))
    assert desk(None).waiting == 2
    assert desk(set()).waiting == 0
    assert desk(set()).first_closes_at is None


def test_count_stops_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    some(*((f"{n}", 3, {}) for n in range(4)))
    assert count(Recording.objects.all()) == 4
    monkeypatch.setattr("retention.worklist.asked.COUNTED", 2)
    assert count(Recording.objects.all()) == 3


def test_no_figure_is_counted_far_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        recording(29)
        kept(keep_until=local_date(now()))
    whole = desk({unit("ON").pk})
    assert (whole.overdue, whole.ending) == (4, 4)
    monkeypatch.setattr("retention.worklist.desk.COUNTED", 2)
    found = desk({unit("ON").pk})
    assert (found.overdue, found.ending) == (3, 3)


def test_true_moment_is_told_when_a_judge_fixed_it() -> None:
    ahead, at = now() + timedelta(days=2), now()
    found = recording(0, used_from=ahead, arrived_at=at, uploaded_at=at)
    true = at - timedelta(hours=3)
    Recording.objects.filter(pk=found.pk).update(true_from=true)
    [row] = page(Recording.objects.all(), "due", 10).rows
    assert shown(row, Reader(at)).used == used_in_words(true)
