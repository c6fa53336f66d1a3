"""What the form of a concept asks beside the initiative's own columns: consultations, agreements, readiness. Each is a
row of its own, and each of its columns a field of the form: `consultation_burgemeester_date`, `agreement_opslag_text`.

Here a field's name leads to its row and column, for reading and for writing. What is asked of these fields is in
`matrix/` and `policy.py`; what they look like in `forms/arrangements.py`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import TextChoices, prefetch_related_objects

from initiatives.choices import Element, Party, Subject
from initiatives.models import Initiative


class Collection(NamedTuple):
    """Rows of an initiative, one for each of `things`, which stands in the column `key`. `columns` gives for each end
    of a field's name the column and what it is when nothing is filled in.
    """

    rows: str
    key: str
    things: type[TextChoices]
    columns: dict[str, tuple[str, Any]]


COLLECTIONS = {
    "consultation": Collection(
        "consultations",
        "party",
        Party,
        {"_date": ("held_on", None), "_outcome": ("outcome", ""), "_note": ("note", "")},
    ),
    "agreement": Collection(
        "agreements",
        "subject",
        Subject,
        {"_responsible": ("responsible", ""), "_text": ("text", ""), "_review_on": ("review_on", None)},
    ),
    "readiness": Collection("readiness", "element", Element, {"": ("in_place", False), "_note": ("note", "")}),
}


class Detail(NamedTuple):
    """Where a field of the form is kept."""

    collection: Collection
    thing: str
    column: str
    empty: Any


DETAILS: dict[str, Detail] = {
    f"{name}_{thing}{end}": Detail(collection, thing.value, column, empty)
    for name, collection in COLLECTIONS.items()
    for thing in collection.things
    for end, (column, empty) in collection.columns.items()
}


def value_of(initiative: Initiative, field: str) -> Any:
    """What is stored of a field of the form, wherever it is kept."""
    detail = DETAILS.get(field)
    if detail is None:
        return getattr(initiative, field)
    row = _row(initiative, detail)
    return detail.empty if row is None else getattr(row, detail.column)


def write_details(initiative: Initiative, given: Mapping[str, Any]) -> list[str]:
    """Write those of the given fields that are kept in a row; answers with the names of what changed. A row of which
    nothing is left goes.
    """
    changed = [name for name in given if name in DETAILS and given[name] != value_of(initiative, name)]
    rows: dict[tuple[str, str], Any] = {}
    for name in changed:
        detail = DETAILS[name]
        place = (detail.collection.rows, detail.thing)
        row = rows[place] = rows.get(place) or _row(initiative, detail) or _new(initiative, detail)
        setattr(row, detail.column, given[name])
    for (name, _), row in rows.items():
        if _says_something(name, row):
            row.save()
        elif row.pk:
            row.delete()
    for name in {name for name, _ in rows}:
        getattr(initiative, "_prefetched_objects_cache", {}).pop(name, None)
        prefetch_related_objects([initiative], name)
    return changed


def _row(initiative: Initiative, detail: Detail) -> Any:
    rows = getattr(initiative, detail.collection.rows).all()
    return next((row for row in rows if getattr(row, detail.collection.key) == detail.thing), None)


def _new(initiative: Initiative, detail: Detail) -> Any:
    rows = getattr(initiative, detail.collection.rows)
    return rows.model(initiative=initiative, **{detail.collection.key: detail.thing})


def _says_something(rows: str, row: Any) -> bool:
    collection = next(one for one in COLLECTIONS.values() if one.rows == rows)
    return any(getattr(row, column) != empty for column, empty in collection.columns.values())
