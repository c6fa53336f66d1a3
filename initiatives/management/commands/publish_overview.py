"""`publish_overview`: makes the edition that the project leader asked for and the programme manager confirmed.

Only asking and answering is here; publishing is in `initiatives/editions/`. In a demonstration `--confirm` has both
people do their part, which the journal says.
"""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bodycams.embedded.bootstrap import because
from bodycams.pdf.making import Unavailable
from bodycams.pdf.signing_key import CannotSign
from bodycams.serving import refuse_unless_serving
from initiatives.editions.asking import force
from initiatives.editions.making import make_paper
from initiatives.management.peildatum import asked_day
from initiatives.models import Edition, EditionRequest
from journal import seals
from organisation.refusals import OrganisationRefused
from workflow.clock import local_date, now
from workflow.dates import day_in_words


class Command(BaseCommand):
    help = "Maakt een editie van het landelijk overzicht, als die is aangevraagd en bevestigd."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--peildatum", metavar="JJJJ-MM-DD", help="de dag van de editie; anders vandaag")
        parser.add_argument("--confirm", action="store_true", help="alleen in een demonstratie: vraag aan en bevestig")
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        at = now()
        day = asked_day(options["peildatum"], local_date(at))
        edition = self._forced(day, at) if options["confirm"] else self._waiting(day)
        self.stdout.write(f"{str(edition).capitalize()} wordt gemaakt en ondertekend.")
        try:
            make_paper(edition, at, wait=True)
        except (Unavailable, CannotSign) as unable:
            raise CommandError(str(unable)) from None
        except OSError as fault:
            raise CommandError(f"De editie kan niet worden geschreven: {because(fault)}.") from None
        self._say(Edition.objects.select_related("paper").get(pk=edition.pk), options)

    def _forced(self, day: date, at: datetime) -> Edition:
        if not settings.DEMO:
            raise CommandError(
                "Zelf bevestigen kan alleen in een demonstratie. De projectleider vraagt een editie aan op "
                "/overzicht/edities/, de programmamanager bevestigt haar daar."
            )
        seals.seal(wait=True)
        try:
            return force(day, at=at)
        except OrganisationRefused as refused:
            raise CommandError(str(refused)) from None

    def _waiting(self, day: date) -> Edition:
        """The edition of this day that two people agreed on and nobody made yet."""
        edition = Edition.objects.filter(peildatum=day, paper__isnull=True).order_by("pk").first()
        if edition:
            return edition
        words = day_in_words(day)
        if EditionRequest.objects.waiting().filter(peildatum=day).exists():
            raise CommandError(f"De programmamanager heeft de editie van {words} nog niet bevestigd.")
        if made := Edition.objects.filter(peildatum=day).first():
            raise CommandError(f"Van {words} is er al {made}. Een verbetering vraagt de projectleider aan.")
        raise CommandError(f"Niemand heeft een editie van {words} aangevraagd. Dat doet de projectleider.")

    def _say(self, edition: Edition, options: dict[str, Any]) -> None:
        self.stdout.write(f"Klaar: {edition}, peildatum {day_in_words(edition.peildatum)}.")
        if options["json"]:
            said = {
                "edition": edition.pk,
                "peildatum": edition.peildatum.isoformat(),
                "initiatives": edition.initiatives,
                "supported": edition.supported,
                "corrects": edition.corrects_id,
                "sha256": edition.paper.sha256,
                "bytes": edition.paper.size,
            }
            self.stdout.write(json.dumps(said))
