"""A long list, page by page: each page goes on from the last row of the one before.

So every page costs the same, and nobody misses a row when some are added meanwhile. Which rows there are, and what a
row says, is the list's own question.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import F, Func, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan


class BadLink(Exception):
    """The value of `pagina` is not one that this list made for this order."""


class Sort(NamedTuple):
    """An order: by what in the database (one thing, or several after each other), which way, what that is of a row, and
    how it is read back from a link. Of several, both are tuples.
    """

    by: F | Func | tuple[F | Func, ...]
    descending: bool
    of: Callable[[Any], Any]
    read: Callable[[Any], Any]

    @property
    def keys(self) -> tuple[F | Func, ...]:
        """What the rows are ordered by: none is alike, since the last one is their id."""
        return (*_several(self.by), F("id"))


class Page(NamedTuple):
    """Some rows in their order; `position` is that of the first one, from 1. Links to go on are empty at the ends.

    Below 0 it is counted from the end, where the very last row is -1: so it is on the way back from a last page of
    which nobody knows how many rows lie before it.
    """

    rows: list[Any]
    position: int
    previous: str
    next: str


class _Place(NamedTuple):
    """A place between two rows: after (or before) the row with this key, and the position of what comes after it. The
    end of the list is a place before no row.
    """

    before: bool
    position: int
    key: Any
    id: int | None


class Keyset(NamedTuple):
    """A list that is known by `name`, with the orders in which it can be read. A row has an `id`."""

    name: str
    sorts: dict[str, Sort]

    def page(
        self,
        found: "QuerySet[Any, Any]",
        sort: str,
        size: int,
        link: str = "",
        make: Callable[[Any], Any] | None = None,
    ) -> Page:
        """`size` rows of `found`, the first ones or those where `link` leads; `make` makes a row of what is fetched.
        Raises `BadLink`.
        """
        order = self.sorts[sort]
        place = self._read(link, sort) if link else None
        backwards = place is not None and place.before
        falling = order.descending != backwards
        if place and place.id is not None:
            found = _beyond(found, order, place, falling)
        rows = [make(row) if make else row for row in _ordered(found, order, falling)[: size + 1]]
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        position = _position(place, len(rows), more)
        earlier = more if backwards else place is not None
        later = place.id is not None if place and backwards else more
        return Page(
            rows=rows,
            position=position,
            previous=self._link(sort, True, position, rows[0]) if rows and earlier else "",
            next=self._link(sort, False, position + len(rows), rows[-1]) if rows and later else "",
        )

    def in_order(self, found: "QuerySet[Any, Any]", sort: str) -> "QuerySet[Any, Any]":
        """All rows of `found`, in the order in which the pages have them."""
        return _ordered(found, self.sorts[sort], self.sorts[sort].descending)

    def after(self, found: "QuerySet[Any, Any]", sort: str, row: Any) -> "QuerySet[Any, Any]":
        """Those rows of `found` that come after this one, in their order."""
        order = self.sorts[sort]
        place = _Place(False, 0, order.read(order.of(row)), row.id)
        return _ordered(_beyond(found, order, place, order.descending), order, order.descending)

    def last(self, sort: str, total: int | None) -> str:
        """The value of `pagina` for the last page of a list with so many rows; None when that is not known."""
        return self._sign(_Place(True, total + 1 if total is not None else 0, None, None), sort)

    def _link(self, sort: str, before: bool, position: int, row: Any) -> str:
        """The value of `pagina` that leads to the rows before or after this one."""
        return self._sign(_Place(before, position, self.sorts[sort].of(row), row.id), sort)

    def _sign(self, place: _Place, sort: str) -> str:
        return self._signer().sign_object([sort, *place])

    def _read(self, link: str, sort: str) -> _Place:
        try:
            made_for, before, position, key, pk = self._signer().unsign_object(link)
        except (BadSignature, ValueError) as refusal:
            raise BadLink from refusal
        if made_for != sort:
            raise BadLink
        return _Place(before, position, None if pk is None else self.sorts[sort].read(key), pk)

    def _signer(self) -> Signer:
        return Signer(salt=self.name)


def _ordered(found: "QuerySet[Any, Any]", order: Sort, falling: bool) -> "QuerySet[Any, Any]":
    return found.order_by(*(key.desc() if falling else key.asc() for key in order.keys))


def _beyond(found: "QuerySet[Any, Any]", order: Sort, place: _Place, falling: bool) -> "QuerySet[Any, Any]":
    beyond = TupleLessThan if falling else TupleGreaterThan
    return found.filter(beyond(Tuple(*order.keys), (*_several(place.key), place.id)))


def _several(one: Any) -> tuple[Any, ...]:
    return one if isinstance(one, tuple) else (one,)


def _position(place: _Place | None, count: int, more: bool) -> int:
    if place is None or (place.before and not more):
        return 1
    if place.before:
        return max(place.position - count, 1) if place.position > 0 else place.position - count
    return place.position
