"""`verify_overview FILE`: whether a PDF is one of ours and untouched. Exit code 0 when it is, 1 with what is wrong.

Only asking and answering is here; what is looked at is in `initiatives/editions/verifying.py`.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.embedded.bootstrap import because
from bodycams.serving import refuse_unless_serving
from initiatives.editions.verifying import Refused, Verdict, verify


class Command(BaseCommand):
    help = "Controleert of een PDF van het landelijk overzicht uit dit register komt en ongewijzigd is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND", type=Path, help="de PDF")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        try:
            verdict = verify(options["file"])
        except Refused as refused:
            raise self._no(str(refused), {"good": False, "wrong": [str(refused)]}, options) from None
        except OSError as fault:
            sentence = f"{fault.filename or options['file']} kan niet worden gelezen: {because(fault)}."
            raise self._no(sentence, {"good": False, "wrong": [sentence]}, options) from None
        marks = {True: "klopt", False: "KLOPT NIET", None: "n.v.t."}
        for check in verdict.checks:
            self.stdout.write(f"{check.name}: {marks[check.is_good]}. {check.sentence}")
        if not verdict.is_good:
            raise self._no(" ".join([verdict.title, *verdict.wrong]), self._said(verdict), options)
        self.stdout.write(verdict.title)
        self._end(self._said(verdict), options)

    def _said(self, verdict: Verdict) -> dict[str, Any]:
        return {
            "good": verdict.is_good,
            "edition": verdict.edition.pk if verdict.edition else None,
            "peildatum": verdict.peildatum.isoformat() if verdict.peildatum else None,
            "sha256": verdict.sha256,
            "wrong": verdict.wrong,
        }

    def _no(self, sentence: str, said: dict[str, Any], options: dict[str, Any]) -> CommandError:
        self._end(said, options)
        return CommandError(sentence)

    def _end(self, said: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(said))
