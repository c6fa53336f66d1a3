"""`seal_journal`: seals now what beat would seal within seconds. Only asking and answering is here."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from journal import anchors, seals


class Command(BaseCommand):
    help = "Verzegelt het journaal tot en met nu. Wat in een lopende transactie staat, komt in het volgende zegel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")
        parser.add_argument(
            "--all", action="store_true", help="zoek in het hele journaal naar regels zonder zegel, na een verhuizing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = seals.seal(wait=True, everything=options["all"])
        anchors.follow()
        last = seals.newest()
        self.stdout.write(f"{sealed} regels verzegeld. Het laatste zegel staat ook in {anchors.path()}.")
        if last:
            self.stdout.write(anchors.anchor_of(last))
        if options["json"]:
            self.stdout.write(json.dumps({"sealed": sealed, "seal": last.number if last else 0}))
