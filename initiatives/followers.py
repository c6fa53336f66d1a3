"""What of the procedure goes along when a unit goes up in another: everything that is open, with its terms.

What was decided stays under the old unit, and its numbers and letters with it; the people of both see it, and those of
the successor act on what still runs there (`organisation.permissions.RIGHTS`). Numbers never change.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import F

from initiatives.models import FileTerm, Initiative
from initiatives.procedure import OPEN, Status
from journal.write import record
from organisation.endings import Follower, follow
from organisation.models import Person, Unit

DECIDED = (Status.GOEDGEKEURD, Status.AFGEWEZEN)


def _counted(**fields: object) -> Callable[[Unit, date], int]:
    return lambda unit, last_day: Initiative.objects.filter(unit=unit, **fields).count()


def _move_files(unit: Unit, successor: Unit, last_day: date, at: datetime) -> int:
    """Open files, each with its trace. Whoever has one open in the form is told that it changed meanwhile."""
    system = Person.objects.get(number=Person.SYSTEM)
    files = list(Initiative.objects.select_for_update().filter(unit=unit, status__in=OPEN).order_by("pk"))
    keys = [one.pk for one in files]
    Initiative.objects.filter(pk__in=keys).update(unit=successor, version=F("version") + 1)
    for one in files:
        record(
            "dossier_overgegaan",
            f"Het dossier ging over van {unit.name} naar {successor.name}, waarin de eenheid opging.",
            actor=system,
            role="systeem",
            unit=successor.code,
            about=one,
            data={"from": unit.code, "to": successor.code},
        )
    return len(files)


def register() -> None:
    """Called when the app starts."""
    moves = "naar de opvolger, onder hetzelfde nummer"
    stays = "af te maken door de mensen van de eenheid"
    filed = {"status__in": OPEN, "number__isnull": False}
    follow("files", Follower("Open dossiers", moves, _counted(**filed), _move_files, stays=stays))
    concepts = _counted(status=Status.CONCEPT, number__isnull=True)
    follow("concepts", Follower("Concepten", "naar de opvolger", concepts, stays=stays))
    follow(
        "terms",
        Follower(
            "Lopende termijnen",
            "ongewijzigd, bij wie het dossier dan heeft",
            lambda unit, last_day: FileTerm.objects.filter(initiative__unit=unit, met_on__isnull=True).count(),
            stays="ongewijzigd",
        ),
    )
    decided = "onder de oude eenheid, te zien voor de mensen van beide eenheden"
    follow("decided", Follower("Besloten dossiers", decided, _counted(status__in=DECIDED)))
