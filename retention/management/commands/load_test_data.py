"""`load_test_data`: many made-up initiatives and recordings, for measuring and testing. Only asking and answering is
here.
"""

import json
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.serving import refuse_unless_serving
from initiatives.bulk.load import NobodyThere
from initiatives.bulk.load import load as load_initiatives
from initiatives.models import Initiative
from organisation.demo import make_accounts
from retention.bulk.load import load as load_recordings
from retention.storage import StorageError
from workflow.clock import now

MOST = 10_000_000


class Command(BaseCommand):
    help = "Laadt verzonnen initiatieven en opnamen om mee te meten en te testen. Dezelfde seed geeft dezelfde."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--initiatives", type=int, default=0, metavar="N", help="hoeveel initiatieven erbij komen")
        parser.add_argument(
            "--recordings", type=int, default=0, metavar="M", help="hoeveel opnamen, elk met een bestand"
        )
        parser.add_argument("--seed", type=int, default=1, help="waaruit de verzonnen gegevens volgen (1)")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Verzonnen gegevens horen alleen in een demonstratie. Zet DEMO=1 als u die wilt.")
        refuse_unless_serving()
        asked = {name: options[name] for name in ("initiatives", "recordings")}
        if not (any(asked.values()) and all(0 <= number <= MOST for number in asked.values())):
            raise CommandError(f"Kies een aantal van 1 tot en met {MOST}, van initiatieven, van opnamen of van beide.")
        began, at = monotonic(), now()
        make_accounts(at, self.stdout.write)
        try:
            load_initiatives(asked["initiatives"], options["seed"], at, self.stdout.write)
            load_recordings(asked["recordings"], options["seed"], at, self.stdout.write)
        except (NobodyThere, StorageError) as refusal:
            raise CommandError(str(refusal)) from refusal
        seconds = round(monotonic() - began, 1)
        self.stdout.write(f"Klaar in {seconds} seconden.")
        if options["json"]:
            filed = Initiative.objects.ever_filed().count()
            self.stdout.write(json.dumps({**asked, "filed": filed, "seconds": seconds}))
