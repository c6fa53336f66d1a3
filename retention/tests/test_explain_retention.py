"""`explain_retention`: what the database reckons of a moment, asked one at a time and line by line."""

import io
import json
import sys
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from retention.management.commands.explain_retention import LONGEST_LINE
from workflow.clock import midnight

pytestmark = pytest.mark.django_db

OVER_WINTER_TIME = {
    "moment": "2026-10-24T22:30:00Z",  # the 25th in the Netherlands, an hour longer than other days
    "judging_closes_at": "2026-11-21T00:00:00+01:00",
    "must_be_gone_by": "2026-11-22T00:00:00+01:00",
}


@pytest.mark.parametrize("moment", ["2026-10-24T22:30:00Z", "2026-10-25T23:59:59.999+01:00"])
def test_days_are_those_of_the_dutch_calendar(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("explain_retention", moment, "--json")
    assert json.loads(capsys.readouterr().out) == {**OVER_WINTER_TIME, "moment": moment}
    call_command("explain_retention", moment)
    assert capsys.readouterr().out == (
        "judging_closes_at: 2026-11-21T00:00:00+01:00\nmust_be_gone_by: 2026-11-22T00:00:00+01:00\n"
    )


def test_each_line_is_answered_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    good = OVER_WINTER_TIME["moment"].encode()
    given = [good, b"", b"2026-10-24", b"2026-10-24T22:30:00", b"\xff\x00", b"x" * 200_000, good + b" \r", good]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(given))))
    call_command("explain_retention", "-", stdout=(out := io.StringIO()))
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ["error" in answer for answer in found] == [False, *[True] * 5, False, False]
    assert found[0] == found[-2] == found[-1] == OVER_WINTER_TIME
    assert len(b"x" * 200_000) > LONGEST_LINE


def test_many_lines_agree_with_the_calendar_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    first = datetime.fromisoformat("2015-03-28T22:59:00+00:00")
    asked = [first + timedelta(hours=37 * number) for number in range(3000)]
    lines = "\n".join(moment.isoformat() for moment in asked).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    call_command("explain_retention", "-", stdout=(out := io.StringIO()))
    for moment, line in zip(asked, out.getvalue().splitlines(), strict=True):
        day = moment.astimezone(midnight(moment.date()).tzinfo).date()
        said = json.loads(line)
        assert datetime.fromisoformat(said["judging_closes_at"]) == midnight(day + timedelta(27))
        assert datetime.fromisoformat(said["must_be_gone_by"]) == midnight(day + timedelta(28))


@pytest.mark.parametrize("moment", ["2026-10-24", "gisteren", "2026-02-30T00:00:00Z", "9999-12-31T00:00:00Z"])
def test_one_wrong_moment_is_refused_with_a_sentence(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="bestaand tijdstip") as refused:
        call_command("explain_retention", moment, "--json")
    assert refused.value.returncode == 1
    assert "bestaand tijdstip" in json.loads(capsys.readouterr().out)["error"]
