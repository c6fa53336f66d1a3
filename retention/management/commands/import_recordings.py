"""`import_recordings FILE [--dry-run]`: recordings from a CSV file. The good lines go in; the others are written to
`FILE.rejected.csv`, with their number and what is wrong. Running it again adds nothing twice.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from bodycams.embedded.bootstrap import because
from bodycams.serving import refuse_unless_serving
from initiatives.words import so_many, thousands
from journal.write import record
from retention.intake.sheet import BadSheet, Rejected, Row, batches_of, opened, put_in, rows_of
from retention.intake.words import told

SOME_REJECTED = 2
"""What the command exits with when some lines did not go in."""
SAYS_EVERY = 10_000
"""Lines after which the command says how far it is."""


class Command(BaseCommand):
    help = "Leest opnamen in uit een CSV-bestand. Afgekeurde regels komen in BESTAND.rejected.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het CSV-bestand; de eerste regel noemt de kolommen")
        parser.add_argument("--dry-run", action="store_true", help="kijk wat er zou gebeuren, en verander niets")
        parser.add_argument("--json", action="store_true", help="eindig met één JSON-object")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        path: Path = options["file"]
        with ExitStack() as stack:
            try:
                file = stack.enter_context(opened(stack.enter_context(path.open("rb"))))
                rejects = Rejects(path.with_name(f"{path.name}.rejected.csv"), stack)
            except OSError as error:
                raise CommandError(f"{path} kan niet worden gelezen: {because(error)}.") from error
            counts = self._gone_through(rows_of(file), rejects, is_trial=options["dry_run"])
        self._say(counts, rejects, options)
        if rejects.count:
            many = so_many(rejects.count, "regel", "regels")
            raise CommandError(f"{many} afgewezen: zie {rejects.path}.", returncode=SOME_REJECTED)

    def _gone_through(self, rows: Iterator[Row], rejects: "Rejects", *, is_trial: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        try:
            for batch in batches_of(rows):
                found, rejected = taken_in(batch, is_trial=is_trial)
                before = counts.total() // SAYS_EVERY
                counts += found
                rejects.write(rejected)
                if counts.total() // SAYS_EVERY > before:
                    self.stderr.write(f"{thousands(counts.total())} regels, {thousands(rejects.count)} afgewezen")
        except BadSheet as bad:
            rejects.write([Rejected(1, str(bad))])
        return counts

    def _say(self, counts: Counter[str], rejects: "Rejects", options: dict[str, Any]) -> None:
        if options["json"]:
            said: dict[str, Any] = {name: counts[name] for name in ("created", "exists")}
            rejected = str(rejects.path) if rejects.count else None
            said |= {"rejected": rejects.count, "rejected_file": rejected, "dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(said))
        else:
            would = "Proef, er is niets veranderd: " if options["dry_run"] else ""
            self.stdout.write(f"{would}{told(counts) or 'geen opnamen'}.")


class Rejects:
    """The file with lines that did not go in. There is none when all did, nor one of an earlier time."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path, self.count, self._stack = path, 0, stack
        self._writer: Any = None
        path.unlink(missing_ok=True)

    def write(self, rejected: list[Rejected]) -> None:
        if rejected and self._writer is None:
            file = self._stack.enter_context(self.path.open("w", encoding="utf-8", newline=""))
            self._writer = csv.writer(file)
            self._writer.writerow(["line", "reason"])
        for one in rejected:
            self._writer.writerow(one)
        self.count += len(rejected)


def taken_in(batch: list[Row], *, is_trial: bool) -> tuple[Counter[str], list[Rejected]]:
    """A batch, in a transaction of its own with its entry in the journal. Of a trial nothing stays: two lines of the
    same id then only see each other within a batch.
    """
    with transaction.atomic():
        counts, rejected = put_in(batch, None)
        record("opnamen_ingelezen", f"Op de machine zijn opnamen ingelezen: {told(counts)}.", data=dict(counts))
        transaction.set_rollback(is_trial)
    return counts, rejected
