"""`relist_destructions`: writes in the list of destructions what it lost. Only asking and answering is here."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.roles import as_owner
from initiatives.words import so_many
from retention.ledger import LedgerError
from retention.ledger.relisting import relist

NOTHING = "In de lijst van vernietigingen ontbrak niets."


class Command(BaseCommand):
    help = "Schrijft in de lijst van vernietigingen wat daar voorgoed uit weg is. Een dicht register gaat open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                listed = relist(self.stderr.write)
        except LedgerError as refusal:
            raise CommandError(f"{refusal} Er is niets geschreven dat het register opent.") from refusal
        what = so_many(listed, "vernietiging die ontbrak, staat", "vernietigingen die ontbraken, staan")
        done = f"{what} weer in de lijst." if listed else NOTHING
        self.stdout.write(f"{done} Was het register daarom dicht, dan gaat het binnen een minuut open.")
        if options["json"]:
            self.stdout.write(json.dumps({"listed": listed}))
