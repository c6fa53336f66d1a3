"""`relist_destructions`: writes the list of destructions anew from the database that served, when the list is lost for
good. Only asking and answering is here.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.roles import as_owner
from retention.ledger import LedgerError
from retention.relisting import relist


class Command(BaseCommand):
    help = "Schrijft de lijst van vernietigingen opnieuw, als zij voorgoed weg is. Daarna gaat het register weer open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                listed = relist(self.stderr.write)
        except LedgerError as refusal:
            raise CommandError(f"{refusal} Er is niets geschreven dat het register opent.") from refusal
        self.stdout.write(f"{listed} vernietigingen staan weer in de lijst. Het register gaat binnen een minuut open.")
        if options["json"]:
            self.stdout.write(json.dumps({"listed": listed}))
