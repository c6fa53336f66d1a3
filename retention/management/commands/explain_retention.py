"""`explain_retention MOMENT`: when judging closes for a recording that was used then, and when it must be gone.
`explain_retention -` answers many lines, a set at a time.

The database reckons, by the same functions that make the columns of a recording.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from retention.intake.fields import Wrong, instant
from workflow.clock import AMSTERDAM

LONGEST_LINE = 200
PIECE = 64 * 1024
"""Bytes that are answered by one query, when they are all there."""
ASKED = """
SELECT retention_judging_closes(used), retention_must_be_gone(used)
FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS asked(used, place) ORDER BY place
"""


class Command(BaseCommand):
    help = "Rekent uit tot wanneer een opname beoordeeld kan worden, en wanneer zij weg moet zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("moment", help="2026-11-22T14:05:00+01:00; of - om regels te lezen")
        parser.add_argument("--json", action="store_true", help="antwoord met een JSON-object (bij - altijd)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when answered, 1 when the one moment is wrong; of many, each says so on its own line."""
        if options["moment"] == "-":
            self._answer_lines(sys.stdin.buffer)
            return
        [answer] = explained([options["moment"]])
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        if "error" in answer:
            raise CommandError(answer["error"])
        if not options["json"]:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in answer.items() if name != "moment"))

    def _answer_lines(self, lines: Any) -> None:
        """One JSON object per line. Who asks one line at a time is answered one at a time."""
        try:
            for asked in _asked(lines):
                self.stdout.write("\n".join(json.dumps(answer) for answer in explained(asked)))
                self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough; what is left in the buffer has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def explained(asked: list[str]) -> list[dict[str, str]]:
    """The answer to each moment, or `{"error": sentence}`."""
    read = [_read(text) for text in asked]
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [[used for used in read if isinstance(used, datetime)]])
        found = iter(cursor.fetchall())
    return [
        _said(text, *next(found)) if isinstance(used, datetime) else {"error": used}
        for text, used in zip(asked, read, strict=True)
    ]


def _read(text: str) -> datetime | str:
    try:
        return instant(text)
    except Wrong as wrong:
        return str(wrong.args[1])


def _said(text: str, closes: datetime, gone: datetime) -> dict[str, str]:
    said = {"judging_closes_at": closes, "must_be_gone_by": gone}
    return {"moment": text, **{name: at.astimezone(AMSTERDAM).isoformat() for name, at in said.items()}}


def _asked(lines: Any) -> Iterator[list[str]]:
    """The lines that are there, as often as there are some; the last one need not end."""
    rest = b""
    while piece := lines.read1(PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        rest = rest[:LONGEST_LINE]  # a line that is longer is no moment, whatever follows
        if whole:
            yield [line.decode("utf-8", "replace").strip() for line in whole]
    if rest:
        yield [rest.decode("utf-8", "replace").strip()]
