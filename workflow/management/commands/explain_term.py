"""`explain_term KIND START`: on which day a term ends, and why. `explain_term -` answers a line at a time.

Only the asking and answering is here; the counting is in `workflow.terms`.
"""

import json
import os
import sys
from collections.abc import Set
from datetime import date
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.calendar import equated_days
from workflow.dates import DateError, parse_day
from workflow.terms import KINDS, Term

LONGEST_LINE = 200


def explained(words: list[str], equated: Set[date]) -> dict[str, str]:
    """The answer to one question `KIND START`, or `{"error": sentence}`."""
    try:
        if len(words) != 2:
            raise DateError("Schrijf een soort en een dag, bijvoorbeeld: objection 2015-02-19.")
        kind, start = words
        if kind not in KINDS:
            raise DateError(f"Deze soort bestaat niet. Kies uit {', '.join(KINDS)}.")
        term = Term(KINDS[kind], parse_day(start), equated)
        return {"kind": kind, "start": start, "last_day": term.last_day.isoformat(), "why": term.why}
    except DateError as error:
        return {"error": str(error)}


def next_question(lines: BinaryIO) -> list[str] | None:
    """The words of the next line, or None at the end. A line that is too long is passed over and has no words."""
    line = lines.readline(LONGEST_LINE)
    if not line:
        return None
    if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
        while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            continue
        return []
    return line.decode("utf-8", "replace").split()


class Command(BaseCommand):
    help = "Rekent uit op welke dag een termijn eindigt, en legt uit waarom. Met '-' per regel van de invoer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help=f"{', '.join(KINDS)}; of - om regels 'KIND START' te lezen")
        parser.add_argument("start", nargs="?", help="de dag waarna de termijn begint: JJJJ-MM-DD")
        parser.add_argument("--json", action="store_true", help="antwoord met een JSON-object (bij - altijd)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when answered, 1 when the one question is wrong; of many, each says so on its own line."""
        words = [word for word in (options["kind"], options["start"]) if word is not None]
        equated = equated_days()
        if words == ["-"]:
            self.answer_lines(sys.stdin.buffer, equated)
        else:
            self.answer(explained(words, equated), as_json=options["json"])

    def answer(self, answer: dict[str, str], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer))
        if "error" in answer:
            raise CommandError(answer["error"])
        if not as_json:
            self.stdout.write(f"last_day: {answer['last_day']}\nwhy: {answer['why']}")

    def answer_lines(self, lines: BinaryIO, equated: Set[date]) -> None:
        """One JSON object per line, each sent before the next line is read."""
        try:
            while (words := next_question(lines)) is not None:
                self.stdout.write(json.dumps(explained(words, equated)))
                self.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough; what is left in the buffer has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
