"""`export_journal FILE`: writes the journal for a check outside. Only asking and answering is here."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal import anchors, export, seals
from journal.write import record


class Command(BaseCommand):
    help = "Schrijft het verzegelde journaal naar een bestand, voor script/verify_journal.py."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="het bestand; wat er stond, wordt vervangen")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        record("journaal_geexporteerd", "Het journaal is geëxporteerd op de opdrachtregel.", role="systeem")
        seals.seal(wait=True)
        anchors.follow()
        try:
            written = self._written(file)
        except OSError as fault:
            check = "Is die map er, mag u daar schrijven, en is er nog ruimte?"
            raise CommandError(f"{file} kan niet worden geschreven (fout {fault.errno}). {check}") from fault
        self.stdout.write(f"{written} regels geschreven naar {file}. Ankers: {anchors.path()}.")
        if options["json"]:
            self.stdout.write(json.dumps({"lines": written, "file": str(file), "anchors": str(anchors.path())}))

    def _written(self, file: Path) -> int:
        """How many lines were written: the file is there whole, or as it was."""
        unfinished = file.with_name(f"{file.name}.unfinished")
        written = 0
        with unfinished.open("w", encoding="utf-8", newline="\n") as target:
            for text in export.as_text(export.lines()):
                target.write(text)
                written += 1
                if written % 100_000 == 0:
                    self.stderr.write(f"{written} regels geschreven.")
        os.replace(unfinished, file)
        return written
