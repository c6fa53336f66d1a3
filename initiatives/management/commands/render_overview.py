"""`render_overview --output FILE`: the national overview of a day as PDF, made by this command itself.

Only asking and answering is here; what is on it is in `initiatives/overview/approved.py`, the making in `pdf.py`. What
leaves the house this way stands in the journal too.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.embedded.bootstrap import because
from bodycams.pdf.making import Unavailable
from bodycams.serving import refuse_unless_serving
from initiatives.management.peildatum import asked_day
from initiatives.overview import pdf
from initiatives.overview.approved import Overview, overview_on
from initiatives.overview.files import half_of
from initiatives.overview.words import how_many
from initiatives.words import thousands
from journal.write import record
from workflow.clock import local_date, now
from workflow.dates import day_in_words


class Command(BaseCommand):
    help = "Schrijft het landelijk overzicht van goedgekeurde initiatieven als PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--peildatum", metavar="JJJJ-MM-DD", help="de dag waarvan het overzicht is; anders vandaag")
        parser.add_argument("--output", metavar="BESTAND", type=Path, required=True, help="waar de PDF komt")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        found = overview_on(asked_day(options["peildatum"], local_date(now())))
        target = Path(os.path.realpath(options["output"]))
        try:
            written = self._written(found, target)
        except Unavailable as unavailable:
            raise CommandError(str(unavailable)) from None
        except OSError as fault:
            raise CommandError(f"{target} kan niet worden geschreven: {because(fault)}.") from None
        self._say(f"Klaar: {target}")
        if options["json"]:
            self._say(json.dumps({**written, "output": str(target)}))

    def _written(self, found: Overview, target: Path) -> dict[str, Any]:
        """A whole document, or nothing; what is there and no file (a device, a folder) is never replaced."""
        if target.exists() and not target.is_file():
            raise CommandError(f"{target} is geen bestand waarin de PDF kan komen.")
        with half_of(target) as half:
            self._say(f"Het overzicht van {day_in_words(found.peildatum)} met {how_many(len(found.rows))}.")
            pdf.make(found, half, self._progress)
            return self._recorded(found, half.read_bytes())

    def _progress(self, done: int, total: int) -> None:
        self._say(f"{thousands(done)} van {thousands(total)} initiatieven.")

    def _say(self, sentence: str) -> None:
        """At once, also into a pipe: somebody waits for it."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def _recorded(self, found: Overview, content: bytes) -> dict[str, Any]:
        """What the journal says of it, before anybody has it."""
        said = {
            "peildatum": found.peildatum.isoformat(),
            "initiatives": len(found.rows),
            "supported": len(found.section_a),
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }
        day = day_in_words(found.peildatum)
        record("overzicht_gemaakt", f"Op de server is het overzicht met peildatum {day} gemaakt.", data=said)
        return said
