"""The register as a file: what is said of each initiative, for CSV, XLSX and ODS alike. Which initiatives is
`asked.py`'s question, how such a file is made that of `bodycams/spreadsheets/`.

Rows come from one question to the database, whose answer the database keeps: all are of the same moment, and only some
are in memory at a time.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from bodycams.spreadsheets.cells import Cell, Column
from initiatives.choices import FinalGround, Kind, Support
from initiatives.models import Decision, FileTerm
from initiatives.procedure import Status
from initiatives.querysets import InitiativeQuerySet
from workflow.clock import local_date

AT_ONCE = 1_000
TITLE = "Register"

IN_FORCE = Subquery(
    Decision.objects.filter(initiative=OuterRef("pk"))
    .order_by("-round")
    .values(
        json=JSONObject(
            permission="permission", granted="granted", refused="refused", round="round", decided_at="decided_at"
        )
    )[:1]
)
FIELDS = (
    *("number", "title", "unit__name", "unit__code", "teams", "kinds", "status", "submitted_at"),
    *("cameras_requested", "cameras_now", "vendor", "model_name", "amount", "costs_accepted", "requested_support"),
    *("in_force", "final_on", "final_ground", "due_kind", "due_on"),
)
COLUMNS = (
    Column("Nummer", 15),
    Column("Titel", 45),
    Column("Eenheid", 22),
    Column("Eenheidscode"),
    Column("Teams", 30),
    Column("Soort", 30),
    Column("Status", 15),
    Column("Aangemeld op"),
    Column("Camera’s gevraagd", 18),
    Column("Camera’s in bezit", 18),
    Column("Leverancier", 18),
    Column("Model", 18),
    Column("Bedrag in euro", 16),
    Column("Eenheid betaalt", 16),
    Column("Gevraagde ondersteuning", 40),
    Column("Toestemming"),
    Column("Verleende ondersteuning", 40),
    Column("Geweigerde ondersteuning", 40),
    Column("Besloten op"),
    Column("Op bezwaar"),
    Column("Definitief op"),
    Column("Definitief omdat", 30),
    Column("Lopende termijn", 30),
    Column("Uiterlijk op"),
)
TERMS = {kind.value: kind.label for kind in FileTerm.Kind}


def rows(found: InitiativeQuerySet) -> Iterator[tuple[Cell, ...]]:
    """The cells of each of `found`, in its order."""
    asked = found.annotate(in_force=IN_FORCE).values(*FIELDS)
    return map(_cells, asked.iterator(chunk_size=AT_ONCE))


def _cells(said: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        said["number"],
        said["title"],
        said["unit__name"],
        said["unit__code"],
        said["teams"],
        _labels(Kind, said["kinds"]),
        "Teruggestuurd" if said["status"] == Status.CONCEPT else Status(said["status"]).label,
        local_date(said["submitted_at"]),
        said["cameras_requested"],
        said["cameras_now"],
        said["vendor"],
        said["model_name"],
        said["amount"],
        _yes_or_no(said["costs_accepted"]),
        _labels(Support, said["requested_support"]),
        *_decided(said["in_force"]),
        said["final_on"],
        FinalGround(said["final_ground"]).label if said["final_ground"] else "",
        TERMS[said["due_kind"]] if said["due_on"] else "",
        said["due_on"],
    )


def _decided(decision: dict[str, Any] | None) -> tuple[str, str, str, date | None, str]:
    """What the decision in force says; nothing before there is one."""
    if decision is None:
        return "", "", "", None, ""
    return (
        _yes_or_no(decision["permission"]),
        _labels(Support, decision["granted"]),
        _labels(Support, decision["refused"]),
        local_date(datetime.fromisoformat(decision["decided_at"])),
        _yes_or_no(decision["round"] == 2),
    )


def _labels(choices: Any, values: Iterable[str]) -> str:
    return ", ".join(choices(value).label for value in values)


def _yes_or_no(answer: bool) -> str:
    return "ja" if answer else "nee"
