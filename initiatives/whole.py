"""A file with everything that is recorded about it, in two queries: the file itself, and all the rest at once.

What is recorded is put where Django keeps what it fetched before, so that rules, terms and pages ask
`initiative.decisions.all()` as always. The query is written once from the models, since putting it together costs more
than asking it.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

from initiatives import policy
from initiatives.models import Initiative
from organisation.models import PolicyRule
from organisation.policy import in_force_on

Row = TypeVar("Row", bound=Model)

ONE = ("unit", "necessity", "objection", "postponement", "adjournment", "evaluation")
MANY = (
    *("submissions", "returns", "terms", "decisions", "assessments", "views", "defects"),
    *("consultations", "agreements", "readiness", "documents", "executions"),
)
EQUATED, LETTERS, SUPPORT = "equated_days", "letter_rows", "support_rows"
"""What comes along as it is, for who asks for it: `terms.equated`, `shown/letters.py`, `shown/support.py`."""

ALONG = {
    EQUATED: "SELECT date FROM workflow_equatedday",
    LETTERS: """
        SELECT l.n, l.kind, l.dated, octet_length(p.content) AS size
        FROM initiatives_letter l LEFT JOIN initiatives_letterpaper p ON p.letter_id = l.id
        WHERE l.initiative_id = %(id)s ORDER BY l.n DESC
    """,
    SUPPORT: """
        SELECT w.id, w.kind, w.progress, w.responsible, w.due_on,
            (SELECT l.note FROM initiatives_supportline l WHERE l.work_id = w.id ORDER BY l.n DESC LIMIT 1) AS note
        FROM initiatives_supportwork w WHERE w.initiative_id = %(id)s ORDER BY w.id
    """,
}


def whole(among: QuerySet[Any], pk: int) -> Initiative | None:
    """The initiative `pk` out of `among` with all that is recorded about it, or None."""
    try:
        sql, params = among.filter(pk=pk).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    rows = Initiative.objects.raw(f"SELECT * FROM initiatives_initiative WHERE id IN ({sql})", params)  # noqa: S608
    initiative: Initiative | None = next(iter(rows), None)
    if initiative:
        fetch(initiative)
    return initiative


def fetch(initiative: Initiative) -> None:
    """Fetch all that is recorded about this file now. A step does so once it holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(_recorded(), {**vars(initiative), "policy_date": initiative.policy_date})
        recorded = dict(zip((*ONE, *MANY, *ALONG, "policy"), cursor.fetchone(), strict=True))
    vars(initiative).update({name: recorded[name] for name in ALONG})
    policy.keep(initiative, (_instance(PolicyRule, row) for row in recorded["policy"]))
    for name in (*ONE, *MANY):
        instances = [_instance(_model(name), row) for row in recorded[name]]
        if name != "unit":
            for instance in instances:
                instance._meta.get_field("initiative").set_cached_value(instance, initiative)
        if name in MANY:
            _keep(initiative, name, instances)
        else:
            _field(name).set_cached_value(initiative, next(iter(instances), None))


def add(row: Row) -> Row:
    """Record a new row of a file, and put it among what was fetched of that file, if it was."""
    row.save(force_insert=True)
    of_file: Any = row._meta.get_field("initiative")
    initiative, name = of_file.get_cached_value(row), of_file.remote_field.get_accessor_name()
    if name in getattr(initiative, "_prefetched_objects_cache", {}):
        _keep(initiative, name, [*getattr(initiative, name).all(), row])
    return row


@cache
def _recorded() -> str:
    """The query, of names of our own models only."""
    in_force = str(in_force_on(date.min).query.sql_with_params()[0]).replace("%s", "%(policy_date)s")
    parts = [*map(_rows, (*ONE, *MANY)), *ALONG.values(), in_force]
    listed = [f"(SELECT COALESCE(json_agg(t), '[]') FROM ({part}) AS t)" for part in parts]  # noqa: S608
    return f"SELECT {', '.join(listed)}"


def _rows(name: str) -> str:
    model, field = _model(name), _field(name)
    mine = f"id = %({field.attname})s" if field.concrete else "initiative_id = %(id)s"
    order = ", ".join(model._meta.ordering or ["id"])
    return f'SELECT * FROM "{model._meta.db_table}" WHERE {mine} ORDER BY {order}'  # noqa: S608


def _field(name: str) -> Any:
    return Initiative._meta.get_field(name)


def _model(name: str) -> Any:
    return _field(name).related_model


def _instance(model: Any, row: dict[str, Any]) -> Any:
    fields = model._meta.concrete_fields
    names, values = zip(*((field.attname, field.to_python(row[field.column])) for field in fields), strict=True)
    return model.from_db(DEFAULT_DB_ALIAS, names, values)


def _keep(initiative: Initiative, name: str, rows: Iterable[Model]) -> None:
    """Let `initiative.<name>.all()` answer with these."""
    kept = getattr(initiative, name).all()
    kept._result_cache, kept._prefetch_done = list(rows), True
    initiative.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
