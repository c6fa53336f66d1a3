"""`create_api_token NAME --role dock|reader`: a token for a program that reads or delivers, printed once."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bodycams.serving import refuse_unless_serving
from organisation.models import ApiToken, Unit
from organisation.refusals import OrganisationRefused
from organisation.tokens import make_token
from workflow.clock import local_date, now
from workflow.dates import DateError, add_days, parse_day

USUALLY = 365


class Command(BaseCommand):
    help = "Maakt een token voor de API en drukt het één keer af, alleen, op de laatste regel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="waaraan u het token herkent")
        parser.add_argument("--role", required=True, choices=ApiToken.Role.values, help="wat het token mag")
        parser.add_argument("--unit", metavar="CODE", help="alleen wat van deze eenheid is")
        parser.add_argument("--until", metavar="JJJJ-MM-DD", help="laatste dag; anders over een jaar")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        at = now()
        unit = Unit.objects.filter(code=options["unit"]).first()
        if options["unit"] is not None and unit is None:  # an empty code too: without a unit a token reads everything
            raise CommandError(f"Er is geen eenheid met de code ‘{options['unit']}’.")
        try:
            until = _day(options["until"], local_date(at))
            token, secret = make_token(
                options["name"], role=options["role"], valid_until=until, unit=unit, by=None, at=at
            )
        except (DateError, OrganisationRefused) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Token ‘{token.name}’, geldig tot en met {until.isoformat()}. U ziet het alleen nu:")
        self.stdout.write(secret)


def _day(given: str | None, today: date) -> date:
    return parse_day(given) if given else add_days(today, USUALLY)
