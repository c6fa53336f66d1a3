"""`demo`: loads the demonstration data. A second time it changes nothing.

Only asking and answering is here; the accounts are in `organisation/demo.py`, the stories in `initiatives/demo/`, the
recordings in `retention/demo/`.
"""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.serving import refuse_unless_serving
from initiatives.demo.editions import publish_editions
from initiatives.demo.load import CannotGoOn, load_stories
from journal import seals, verify
from organisation.demo import make_accounts
from retention.demo.load import load_recordings
from workflow.clock import now


class Command(BaseCommand):
    help = "Laadt de demonstratiegegevens: accounts, initiatieven en opnamen. Een tweede keer verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstratiegegevens horen alleen in een demonstratie. Zet DEMO=1 als u die wilt.")
        refuse_unless_serving()
        at = now()
        try:
            made = {"accounts": make_accounts(at, self.stdout.write), "steps": load_stories(at, self.stdout.write)}
            made["steps"] += publish_editions(at, self.stdout.write)
            made["recordings"] = load_recordings(at, self.stdout.write)
        except CannotGoOn as reason:
            raise CommandError(str(reason)) from reason
        seals.seal(wait=True)
        if verify.latest() is None:
            verify.check()
        if options["json"]:
            self.stdout.write(json.dumps(made))
