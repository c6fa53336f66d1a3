"""A file with everything that is recorded about it, in two queries: the file itself, and all the rest at once.

What is recorded is put where Django keeps what it fetched before, so that rules, terms and pages ask
`initiative.decisions.all()` as always. The query is written once from the models, since putting it together costs more
than asking it.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from initiatives.models import Initiative
from organisation.models import Unit

Row = TypeVar("Row", bound=Model)

ONE = ("unit", "necessity", "objection", "postponement", "adjournment")
MANY = ("submissions", "returns", "terms", "decisions", "assessments", "views", "defects")
EQUATED = "equated_days"
"""The days that a decree equates with a holiday come along too, since every file has terms (`terms.equated`)."""


def whole(among: QuerySet[Any], pk: int) -> Initiative | None:
    """The initiative `pk` out of `among` with all that is recorded about it, or None."""
    try:
        initiative: Initiative = among.get(pk=pk)
    except Initiative.DoesNotExist:
        return None
    fetch(initiative)
    return initiative


def fetch(initiative: Initiative) -> None:
    """Fetch all that is recorded about this file now. A step does so once it holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute(_recorded(), vars(initiative))
        found = cursor.fetchone()
    *recorded, equated = found
    vars(initiative)[EQUATED] = frozenset(map(date.fromisoformat, equated))
    for name, rows in zip((*ONE, *MANY), recorded, strict=True):
        instances = [_instance(initiative, _model(name), row) for row in rows]
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
    parts = []
    for name in (*ONE, *MANY):
        model = _model(name)
        field = _field(name)
        mine = f"id = %({field.attname})s" if field.concrete else "initiative_id = %(id)s"
        order = ", ".join(model._meta.ordering or ["id"])
        rows = f'SELECT * FROM "{model._meta.db_table}" WHERE {mine} ORDER BY {order}'  # noqa: S608
        parts.append(f"(SELECT COALESCE(json_agg(t), '[]') FROM ({rows}) AS t)")  # noqa: S608
    parts.append("(SELECT COALESCE(json_agg(date), '[]') FROM workflow_equatedday)")
    return f"SELECT {', '.join(parts)}"


def _field(name: str) -> Any:
    return Initiative._meta.get_field(name)


def _model(name: str) -> Any:
    return _field(name).related_model


def _instance(initiative: Initiative, model: Any, row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    names, values = zip(*((field.attname, field.to_python(row[field.column])) for field in fields), strict=True)
    instance: Model = model.from_db(initiative._state.db, names, values)
    if model is not Unit:
        model._meta.get_field("initiative").set_cached_value(instance, initiative)
    return instance


def _keep(initiative: Initiative, name: str, rows: Iterable[Model]) -> None:
    """Let `initiative.<name>.all()` answer with these."""
    kept = getattr(initiative, name).all()
    kept._result_cache, kept._prefetch_done = list(rows), True
    initiative.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
