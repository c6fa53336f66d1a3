"""`load_test_data`: many made-up initiatives, for measuring and testing. Only asking and answering is here."""

import json
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.bulk.load import NobodyThere, load
from initiatives.models import Initiative
from organisation.demo import make_accounts
from workflow.clock import now


class Command(BaseCommand):
    help = "Laadt verzonnen initiatieven om mee te meten en te testen. Dezelfde seed geeft dezelfde initiatieven."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--initiatives", type=int, required=True, metavar="N", help="hoeveel erbij komen")
        parser.add_argument("--seed", type=int, default=1, help="waaruit de verzonnen gegevens volgen (1)")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Verzonnen gegevens horen alleen in een demonstratie. Zet DEMO=1 als u die wilt.")
        if not 0 < options["initiatives"] <= 10_000_000:
            raise CommandError("Kies een aantal van 1 tot en met 10000000.")
        began, at = monotonic(), now()
        make_accounts(at, self.stdout.write)
        try:
            load(options["initiatives"], options["seed"], at, self.stdout.write)
        except NobodyThere as refusal:
            raise CommandError(str(refusal)) from refusal
        seconds = round(monotonic() - began, 1)
        self.stdout.write(f"Klaar in {seconds} seconden.")
        if options["json"]:
            filed = Initiative.objects.ever_filed().count()
            self.stdout.write(json.dumps({"initiatives": options["initiatives"], "filed": filed, "seconds": seconds}))
