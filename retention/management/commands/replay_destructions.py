"""`replay_destructions`: goes through the list of destructions after a copy of the database was put back by hand, so
that it may be served. `restore` does the same by itself. Only asking and answering is here.
"""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.roles import as_owner, grant
from initiatives.words import so_many
from retention.ledger import LedgerError
from retention.ledger.replay import replay

BECAUSE = "De lijst van vernietigingen is nagelopen, nadat een kopie van de database met de hand was teruggezet."


class Command(BaseCommand):
    help = "Neemt uit de lijst van vernietigingen over wat deze database niet weet. Daarna gaat het register weer open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner() as connection:
                found = replay(BECAUSE, self.stderr.write)
                grant(connection, settings.APPLICATION_ROLE)
        except LedgerError as refusal:
            raise CommandError(f"{refusal} Er is niets veranderd, en het register blijft dicht.") from refusal
        listed = so_many(found.listed, "regel", "regels")
        known = so_many(found.known, "opname die hier nog stond, is", "opnamen die hier nog stonden, zijn")
        unknown = so_many(found.unknown, "opname die hier niet stond", "opnamen die hier niet stonden")
        self.stdout.write(
            f"{listed} nagelopen. {known} nu ook hier vernietigd. Van {unknown}, is het bewijs overgenomen."
            " Het register is open."
        )
        if options["json"]:
            self.stdout.write(json.dumps({**found._asdict(), "lost": found.lost}))
