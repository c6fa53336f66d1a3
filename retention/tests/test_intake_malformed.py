"""Twenty thousand malformed bodies, made by dice with a fixed seed: each is refused in a sentence, in bounded time, and
nothing of any is stored. Most are read as the address reads them; some hundreds go the whole way.
"""

import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from retention.api.body import BadBody, parsed
from retention.intake.fields import FIELDS, KNOWN, REQUIRED, read_item
from retention.models import Recording
from retention.tests.deliveries import PLACE, a_token, item

SEED, MANY, WHOLE_WAY = 20_261_122, 20_000, 200
SECONDS_EACH = 2.5
"""Far more than any takes, on a machine that is busy with something else too."""

Dice = random.Random
NEVER: list[Any] = [
    *(
        None,
        [],
        {},
        1.5,
        -1,
        10**30,
        float("inf"),
        "a\x00b",
        "\ud800",
        "\u202e",
        "x" * 5000,
        [[["x"]]],
        {"a": {"b": 1}},
    ),
]
"""What no field takes."""
STRANGE: list[Any] = [
    *NEVER,
    *(
        "2026-02-30T00:00:00Z",
        "2014-12-31T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "0000-00-00T00:00:00Z",
        "'; --",
        "\n",
    ),
]


def field_gone_wrong(dice: Dice, good: dict[str, Any]) -> bytes:
    name = dice.choice(REQUIRED)
    values = NEVER if name in ("source_id", "camera_serial") else STRANGE
    return json.dumps({**good, name: dice.choice(values)}).encode()


def field_missing(dice: Dice, good: dict[str, Any]) -> bytes:
    gone = dice.choice(REQUIRED)
    return json.dumps({name: value for name, value in good.items() if name != gone}).encode()


def field_unknown(dice: Dice, good: dict[str, Any]) -> bytes:
    names = dice.choice([["x"], ["Source"], ["\x00"], ["\ud800"], [f"k{number}" for number in range(200)]])
    return json.dumps({**good, **dict.fromkeys(names, 1)}).encode()


def use_that_cannot_be(dice: Dice, good: dict[str, Any]) -> bytes:
    days = dice.choice([-4000, -9, 2, 400])
    year = 2026 + days // 365
    moved = dice.choice([("used_to", f"{year - 1:04}-01-01T00:00:00Z"), ("used_to", "2098-01-01T00:00:00Z")])
    return json.dumps({**good, moved[0]: moved[1]}).encode()


def broken_text(dice: Dice, good: dict[str, Any]) -> bytes:
    """Some bytes of a good body are others, or gone."""
    body = bytearray(json.dumps(good).encode())
    for _ in range(dice.randint(1, 5)):
        body[dice.randrange(len(body))] = dice.choice(b'\x00\xff\xc3{}[]",:\\')
    return bytes(body[: dice.randint(1, len(body) - 1)])


def not_utf8(dice: Dice, good: dict[str, Any]) -> bytes:
    body = json.dumps(good).encode()
    return dice.choice([b"\xef\xbb\xbf" + body, body.replace(b"ZC", b"\xff\xfe"), body.decode().encode("utf-16")])


def twice(dice: Dice, good: dict[str, Any]) -> bytes:
    name = dice.choice([*good])
    return json.dumps(good).encode()[:-1] + f', "{name}": {json.dumps(good[name])}}}'.encode()


def deep(dice: Dice, good: dict[str, Any]) -> bytes:
    depth = dice.choice([3, 60, 2000, 100_000])
    opened, closed = dice.choice([(b"[", b"]"), (b'{"source":', b"}")])
    return opened * depth + b"1" + closed * dice.choice([0, depth])


def huge_number(dice: Dice, good: dict[str, Any]) -> bytes:
    digits = dice.choice([b"9" * 30, b"9" * 10_000, b"1e999", b"-1e99999", b"NaN", b"Infinity", b"1E400", b"0x10"])
    return json.dumps({**good, "size": 4711}).encode().replace(b"4711", digits)


KINDS: list[Callable[[Dice, dict[str, Any]], bytes]] = [
    *(
        field_gone_wrong,
        field_missing,
        field_unknown,
        use_that_cannot_be,
        broken_text,
        not_utf8,
        twice,
        deep,
        huge_number,
    )
]


def refusals(body: bytes) -> list[str]:
    """The sentences with which a body is refused; none when something in it could be taken in."""
    try:
        sent = parsed(body)
    except BadBody as bad:
        return [str(bad)]
    found: list[str] = []
    for one in (sent if isinstance(sent, list) else [sent])[:1000]:
        faults = read_item(one)[1]
        if not faults:
            return []
        found += [fault.sentence for fault in faults]
        assert len(faults) <= 2 * len(FIELDS) + 21
        assert all(fault.name in KNOWN or fault.name.isprintable() for fault in faults)
    return found


@pytest.mark.django_db
def test_twenty_thousand_malformed_bodies_are_each_refused() -> None:
    dice, good = random.Random(SEED), item()
    assert refusals(json.dumps(good).encode()) == []  # the twin: what is not malformed is not refused
    for number in range(MANY):
        body = KINDS[number % len(KINDS)](dice, good)
        began = time.process_time()
        said = refusals(body)
        assert said, body[:2000]
        assert all(sentence.endswith(".") and sentence.isprintable() for sentence in said)
        assert time.process_time() - began < SECONDS_EACH, body[:2000]


@pytest.mark.django_db
def test_some_hundreds_go_the_whole_way_and_leave_no_row(client: Client) -> None:
    dice, good, header = random.Random(SEED + 1), item(), {"Authorization": f"Bearer {a_token()}"}
    for number in range(WHOLE_WAY):
        body = KINDS[number % len(KINDS)](dice, good)
        is_json = number % 10 > 0
        kind = "application/json" if is_json else dice.choice(["text/plain", "application/xml", ";", "x" * 500])
        answer = client.generic("POST", PLACE, body, content_type=kind, headers=header)
        assert answer.status_code in ((400, 207) if is_json else (415,)), body[:2000]
        assert len(answer.content) < 100_000
        if answer.status_code == 207:
            assert {one["status"] for one in answer.json()} == {400}
    assert not Recording.objects.exists()
    assert client.post(PLACE, good, content_type="application/json", headers=header).status_code == 201
