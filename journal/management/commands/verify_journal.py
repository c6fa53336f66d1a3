"""`verify_journal`: goes through the chain in the database. Only asking and answering is here."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from journal import verify


class Command(BaseCommand):
    help = "Controleert of het journaal nog is zoals het is verzegeld. Exitcode 1 als dat niet zo is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = verify.check()
        self.stdout.write(f"NIET IN ORDE. {outcome}" if outcome.finding else f"In orde: {outcome}.")
        for entry in verify.restores():
            self.stdout.write(str(entry))
        if options["json"]:
            counted = {"entries": outcome.entries, "seals": outcome.seals, "seconds": outcome.seconds}
            self.stdout.write(json.dumps({"ok": not outcome.finding, "finding": outcome.finding, **counted}))
        if outcome.finding:
            sys.exit(1)
