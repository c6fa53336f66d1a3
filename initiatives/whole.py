"""A file with everything that is recorded about it, in one query: what its pages read.

Each collection comes along as JSON and is put where Django keeps what it fetched before, so that rules, terms and pages
ask `initiative.decisions.all()` as always. Only for looking: a step that is taken locks the row and asks afresh.
"""

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

from initiatives.models import Initiative

SINGLE = ("unit", "earlier", "necessity", "objection", "postponement", "adjournment")
MANY = ("submissions", "returns", "terms", "decisions", "assessments", "views", "defects")


def whole(among: QuerySet[Any], pk: int) -> Initiative | None:
    """The initiative `pk` out of `among` with all that is recorded about it, or None."""
    asked = among.select_related(*SINGLE).annotate(**{f"{name}_rows": _rows(name) for name in MANY})
    initiative: Initiative | None = asked.filter(pk=pk).first()
    if initiative:
        for name in MANY:
            _keep(initiative, name, getattr(initiative, f"{name}_rows"))
    return initiative


def _model(name: str) -> Any:
    return Initiative._meta.get_field(name).related_model


@cache
def _rows(name: str) -> RawSQL:
    """Every row of a collection as JSON, in the order of its model. Written out once: to have Django compose this anew
    for each page would cost more than the rest of the page.
    """
    meta = _model(name)._meta
    order = ", ".join(f'"{field}"' for field in (*meta.ordering, "id"))
    of_this = '"initiative_id" = "initiatives_initiative"."id"'
    # only names of our own models stand in it
    rows = f'SELECT to_jsonb("one") FROM "{meta.db_table}" "one" WHERE {of_this} ORDER BY {order}'  # noqa: S608
    return RawSQL(f"ARRAY({rows})", [], ArrayField(JSONField()))  # noqa: S611


def _keep(initiative: Initiative, name: str, rows: list[dict[str, Any]]) -> None:
    """Make model instances of `rows`, and let `initiative.<name>.all()` answer with them."""
    model = _model(name)
    fields = model._meta.concrete_fields
    found: list[Model] = []
    for row in rows:
        one = model.from_db(initiative._state.db, row.keys(), [f.to_python(row[f.attname]) for f in fields])
        model._meta.get_field("initiative").set_cached_value(one, initiative)
        found.append(one)
    kept = getattr(initiative, name).all()
    kept._result_cache, kept._prefetch_done = found, True
    initiative.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
