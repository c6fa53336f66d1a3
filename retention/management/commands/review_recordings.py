"""`review_recordings`: the review as beat runs it, and then destruction until nothing is left that may be destroyed.
Only asking and answering is here.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bodycams.serving import refuse_unless_serving
from initiatives.words import so_many
from retention.destroying import destruction, review
from retention.numbers import figures


class Command(BaseCommand):
    help = "Kijkt welke opnamen aan de beurt zijn, en vernietigt ze."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="eindig met een JSON-object op de laatste regel")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_serving()
        report = review.review()
        if report is None:
            self.stderr.write("Een andere controle is bezig. Wat al was gepland, wordt wel vernietigd.")
        destroyed = 0
        while done := destruction.destroy(seconds=5):
            destroyed += done
            self.stderr.write(f"{so_many(destroyed, 'opname', 'opnamen')} vernietigd.")
        standing = figures.standing()
        said = {
            "planned": report.planned if report else 0,
            "destroyed": destroyed,
            "held": report.held if report else 0,
            "failed": standing.failing,
            "reminded": report.reminded if report else 0,
            "overdue": standing.overdue,
            "waiting_for_approval": report.waiting if report else 0,
        }
        self.stdout.write(
            f"{said['planned']} gepland, {destroyed} vernietigd, {said['held']} opgeschort, {said['failed']} mislukt, "
            f"{said['overdue']} te laat, {said['waiting_for_approval']} wachten op de privacyfunctionaris."
        )
        if report and report.run.waits_for == "klok":
            self.stdout.write("De klok klopt misschien niet. Er wordt niets vernietigd tot de datum is bevestigd.")
        if options["json"]:
            self.stdout.write(json.dumps(said))
