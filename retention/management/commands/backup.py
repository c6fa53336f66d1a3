"""`backup DIR`: a backup of the register in a new folder. Only asking and answering is here."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.serving import refuse_unless_serving
from retention.backups.make import NOT_IN_IT, NotMade, backup
from workflow.dates import day_in_words


class Command(BaseCommand):
    help = "Maakt een reservekopie van het register in een nieuwe map, en kijkt haar na. Opnamen zitten er niet in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="een map die er nog niet is, of een lege")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        refuse_unless_serving()
        place = folder.absolute()
        try:
            made = backup(place, self.stderr.write)
        except NotMade as refusal:
            raise CommandError(f"Er is geen reservekopie gemaakt. {refusal}") from refusal
        size = sum(one.stat().st_size for one in place.iterdir())
        rows = sum(made.said["tables"].values())
        self.stdout.write(f"De reservekopie staat in {place}: {size >> 10} kB, {rows} rijen.")
        for sentence in made.unverified:
            self.stdout.write(f"LET OP: {sentence}")
        if not made.unverified:
            self.stdout.write(
                "Nagekeken: op proef teruggezet, alle tabellen geteld, de keten van het journaal gevolgd."
            )
        for sentence in made.kept:
            self.stdout.write(f"LET OP: {sentence}")
        self.stdout.write(f"Niet erin: {'; '.join(NOT_IN_IT)}.")
        self.stdout.write(
            f"Gooi haar weg na {day_in_words(made.keep_until)}: zij noemt wie de camera droeg van opnamen die dan zijn "
            "vernietigd."
        )
        if options["json"]:
            told = {"folder": str(place), "bytes": size, "rows": rows, "sha256": made.digest, "at": made.said["at"]}
            verified = {"verified": not made.unverified, "keep_until": made.said["keep_until"]}
            self.stdout.write(json.dumps({**told, **verified, "documents": made.said["documents"]}))
