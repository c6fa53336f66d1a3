"""`restore DIR`: puts a backup back. Only asking and answering is here."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from retention.backups import branches
from retention.backups.restore import NotRestored, Restored, restore


class Command(BaseCommand):
    help = "Zet het register terug uit een reservekopie. Wat vernietigd is, wordt niet weer leesbaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="de map van de reservekopie")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if sys.stdin.isatty():
            self._confirm()
        try:
            found = restore(folder.absolute(), self.stderr.write)
        except NotRestored as refusal:
            raise CommandError(f"Er is niets teruggezet. {refusal}") from refusal
        self._tell(found)
        if options["json"]:
            told = {"at": found.said["at"], "documents": found.documents, "before": found.before}
            replayed = {**found.replayed._asdict(), "lost": found.replayed.lost}
            self.stdout.write(
                json.dumps({**told, "destructions": replayed, "undone": list(found.lost), "cut_off": found.cut_off})
            )

    def _confirm(self) -> None:
        name = connection.settings_dict["NAME"]
        self.stderr.write(f"Wat sinds de reservekopie in {name} is gedaan, is daarna niet meer in het register.")
        if input(f"Typ {name} om door te gaan: ") != name:
            raise CommandError("Er is niets teruggezet.")

    def _tell(self, found: Restored) -> None:
        done = found.replayed
        self.stdout.write(f"Het register van {found.said['at'][:19]} is teruggezet en open.")
        self.stdout.write(
            f"{done.listed} vernietigingen nagelopen: {done.known} opnamen die hierin nog stonden zijn vernietigd, "
            f"van {done.unknown} die er nog niet waren is het bewijs overgenomen. Alle sessies zijn beëindigd."
        )
        self.stdout.write(branches.sentence(found.said, found.cut_off))
        if found.compared:
            astray = found.compared.unknown + found.compared.returned + found.compared.lost
            words = (
                found.compared.error or f"{astray} bestanden waarnaar iemand moet kijken (/opnamen/vernietigingen/)."
            )
            self.stdout.write(f"Opslag en register vergeleken: {words}")
        if found.lost:
            self.stdout.write("Niet meer in het register:")
        for sentence in found.lost:
            self.stdout.write(f"- {sentence}")
        if found.before:
            self.stdout.write(
                f"Wat er stond, staat nog in de database {found.before}. Gooi die weg als alles goed is. Na 28 dagen"
                " doet de eerste reservekopie dat."
            )
