"""One item is read: what fits, what does not, and every boundary, with all that is wrong said at once."""

from typing import Any

import pytest

from retention.intake.fields import FIELDS, LARGEST, NAMES, REQUIRED, read_item

GOOD: dict[str, Any] = {
    "source": "dock-on",
    "source_id": "D-1",
    "camera_serial": "ZC-0001",
    "unit": "ON",
    "initiative": "BC-2026-0038",
    "wearer": "104801",
    "used_from": "2026-11-22T14:05:00+01:00",
    "used_to": "2026-11-22T14:20:00+01:00",
    "shift_end": "2026-11-22T15:00:00+01:00",
    "uploaded_at": "2026-11-22T15:10:00.123456Z",
    "size": 1024,
    "sha256": "A" * 64,
    "storage_key": "on/2026/11/22/0001.mp4",
    "place": "woning",
    "exception": "heterdaad",
    "announced": True,
    "not_announced_reason": "",
}


def wrong(**changes: Any) -> set[tuple[str, str]]:
    return {(fault.name, fault.code) for fault in read_item({**GOOD, **changes})[1]}


def test_what_fits_is_read_whole() -> None:
    values, faults = read_item(GOOD)
    assert (faults, tuple(values)) == ([], NAMES)
    assert values["sha256"] == "a" * 64
    assert values["uploaded_at"].isoformat() == "2026-11-22T15:10:00.123456+00:00"


@pytest.mark.parametrize("name", NAMES)
def test_each_field_says_that_it_is_missing_or_of_another_kind(name: str) -> None:
    expected = {(name, "missing")} if name in REQUIRED else set()
    left_out = {key: value for key, value in GOOD.items() if key != name}
    assert {fault[:2] for fault in read_item(left_out)[1]} == expected
    assert wrong(**{name: ""}) == expected
    strange: list[Any] = [None, [], {}, 1.5, [GOOD[name]], "a\x00b", "\ud800", "x" * 2000]
    for value in strange:
        found = wrong(**{name: value})
        assert {at for at, _ in found} == {name}, value
    assert wrong(**{name: 7 if name != "size" else True}) == {(name, "type")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"source": "Dock"}, {("source", "pattern")}),
        ({"source": "d" * 40}, set()),
        ({"source": "d" * 41}, {("source", "pattern")}),
        ({"source_id": "x" * 120}, set()),
        ({"source_id": "x" * 121}, {("source_id", "too_long")}),
        ({"source_id": " "}, {("source_id", "missing")}),
        ({"source_id": "a\u202eb"}, {("source_id", "unseen")}),
        ({"source_id": "a\n"}, {("source_id", "unseen")}),
        ({"source_id": "São \\ 2"}, set()),
        ({"size": 0}, set()),
        ({"size": -1}, {("size", "range")}),
        ({"size": LARGEST + 1}, {("size", "range")}),
        ({"size": 10**400}, {("size", "range")}),
        ({"size": "5"}, {("size", "type")}),
        ({"announced": "true"}, {("announced", "type")}),
        ({"announced": False}, {("not_announced_reason", "missing")}),
        ({"announced": False, "not_announced_reason": "Er was geen tijd."}, set()),
        ({"exception": ""}, set()),  # in a dwelling without exception: taken in, and put in front
        ({"place": "thuis"}, {("place", "choice")}),
        ({"storage_key": "../geheim"}, {("storage_key", "pattern")}),
        ({"storage_key": "a/b.mp4\n"}, {("storage_key", "pattern")}),
        ({"sha256": "g" * 64}, {("sha256", "pattern")}),
        ({"wearer": "٤٤٤٤"}, {("wearer", "pattern")}),
        ({"unit": "on"}, {("unit", "pattern")}),
        ({"extra": 1, "Source": 2}, {("extra", "unknown"), ("Source", "unknown")}),
    ],
)
def test_the_limits_of_a_field(changes: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert wrong(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"used_from": "2026-11-22T14:05:00"}, {("used_from", "moment")}),
        ({"used_from": "2026-11-22 14:05:00Z"}, {("used_from", "moment")}),
        ({"used_from": "2026-02-30T14:05:00Z"}, {("used_from", "moment")}),
        ({"used_from": "2026-11-22T24:00:00Z"}, {("used_from", "moment")}),
        ({"used_from": "2026-11-22T14:05:00+25:00"}, {("used_from", "moment")}),
        ({"used_from": "٢٠٢٦-11-22T14:05:00Z"}, {("used_from", "moment")}),
        ({"used_from": "9999-12-31T23:59:59-23:59"}, {("used_from", "moment")}),
        ({"used_from": "2014-12-31T23:59:59+01:00"}, {("used_from", "too_early")}),
        ({"used_from": "2015-01-01T00:00:00+01:00"}, {("used_to", "too_long_use")}),
        ({"used_from": "2026-11-21t14:20:00z", "used_to": "2026-11-22T14:20:00Z"}, set()),
        (
            {"used_from": "2026-11-21T14:20:00Z", "used_to": "2026-11-22T14:20:00.000001Z"},
            {("used_to", "too_long_use")},
        ),
        ({"used_to": GOOD["used_from"], "shift_end": GOOD["used_from"]}, set()),
        ({"used_to": "2026-11-22T13:04:59Z"}, {("used_to", "order")}),
        ({"shift_end": "2026-11-22T13:04:59Z"}, {("shift_end", "order")}),
        ({"uploaded_at": "2015-06-01T00:00:00Z"}, set()),  # cannot be right: the database sets it apart
    ],
)
def test_moments(changes: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert wrong(**changes) == expected


@pytest.mark.parametrize("sent", [None, 1, "x", [], True])
def test_what_is_no_object_is_one_fault(sent: Any) -> None:
    assert [fault.code for fault in read_item(sent)[1]] == ["type"]


def test_everything_is_said_at_once_and_much_that_is_unknown_shortly() -> None:
    faults = read_item({f"x{number}\x00": 1 for number in range(1000)})[1]
    assert {fault.name for fault in faults if fault.code == "missing"} == set(REQUIRED)
    assert len(faults) == len(REQUIRED) + 21
    assert all(fault.name.isprintable() for fault in faults)
    assert all(fault.sentence.endswith(".") for fault in faults)


def test_every_field_is_described() -> None:
    assert all(field.about.endswith(".") for field in FIELDS)
