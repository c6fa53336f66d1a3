"""The long parts of a page about overviews, each in pages of its own that leave the others where they are."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.http import urlencode

from initiatives.words import from_to, thousands

PAGE = 50


def part(key: str, rows: Sequence[Any], given: QueryDict) -> "Page[Any]":
    """The page of the part `key` that the address asks for; the nearest one when that is not there."""
    return Paginator(rows, PAGE).get_page(given.get(key))


def paging(key: str, page: "Page[Any]", given: QueryDict, anchor: str) -> dict[str, str] | None:
    """For `components/paging.html`; None when there is one page only."""
    if page.paginator.num_pages == 1:
        return None
    kept = {name: str(value) for name, value in given.items()}
    addresses = {
        step: f"?{urlencode({**kept, key: str(page.number + turn)})}#{anchor}"
        for step, turn, there in (("previous_url", -1, page.has_previous()), ("next_url", 1, page.has_next()))
        if there
    }
    return {"text": f"{from_to(page.start_index(), len(page))} van {thousands(page.paginator.count)}", **addresses}
