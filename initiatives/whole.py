"""A file with everything that is recorded about it, in one query: what its pages read.

Each collection comes along as JSON and is put where Django keeps what it fetched before, so that rules, terms and pages
ask `initiative.decisions.all()` as always. Only for looking: a step that is taken locks the row and asks afresh.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from initiatives.models import Initiative

SINGLE = ("unit", "necessity", "objection", "postponement", "adjournment")
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


def _rows(name: str) -> ArraySubquery:
    model = _model(name)
    columns = {field.attname: field.attname for field in model._meta.concrete_fields}
    of_this = model.objects.filter(initiative=OuterRef("pk")).order_by(*model._meta.ordering)
    return ArraySubquery(of_this.values_list(JSONObject(**columns)))


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
