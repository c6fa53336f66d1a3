"""A list page by page: every row once, there and back, and no link but those that the list made itself."""

import pytest
from django.contrib.auth.models import Group
from django.core.signing import Signer
from django.db.models import F

from bodycams.keyset import BadLink, Keyset, Sort

pytestmark = pytest.mark.django_db

SORTS = {
    "name": Sort(F("name"), False, lambda row: row.name, str),
    "-name": Sort(F("name"), True, lambda row: row.name, str),
}
LIST = Keyset("groups", SORTS)


@pytest.fixture
def names() -> list[str]:
    """The groups of the national roles are there after a migration."""
    return sorted(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("sort", SORTS)
def test_every_row_comes_once_forth_and_back(names: list[str], sort: str, size: int) -> None:
    wanted = sorted(names, reverse=sort == "-name")
    page = LIST.page(Group.objects.all(), sort, size)
    forth, back, position = [row.name for row in page.rows], [row.name for row in page.rows], 1
    assert page.previous == ""
    while page.next:
        position += len(page.rows)
        page = LIST.page(Group.objects.all(), sort, size, page.next)
        assert page.position == position
        forth += [row.name for row in page.rows]
        back = [row.name for row in page.rows]
    while page.previous:
        page = LIST.page(Group.objects.all(), sort, size, page.previous)
        back = [*(row.name for row in page.rows), *back]
    assert forth == back == wanted
    assert page.position == 1


@pytest.mark.parametrize("sort", SORTS)
def test_all_rows_at_once_come_in_the_same_order(names: list[str], sort: str) -> None:
    found = LIST.in_order(Group.objects.all(), sort)
    assert [row.name for row in found] == sorted(names, reverse=sort == "-name")


@pytest.mark.parametrize("known", [True, False])
def test_last_page_is_reached_at_once_and_left_backwards(names: list[str], known: bool) -> None:
    count = len(names)
    last = LIST.page(Group.objects.all(), "name", 2, LIST.last("name", count if known else None))
    assert [row.name for row in last.rows] == names[-2:]
    assert (last.position, last.next) == (count - 1 if known else -2, "")
    before = LIST.page(Group.objects.all(), "name", 2, last.previous)
    assert [row.name for row in before.rows] == names[-4:-2]
    assert before.position == (count - 3 if known else -4)
    assert LIST.page(Group.objects.all(), "name", 2, before.next).position == last.position
    assert LIST.page(Group.objects.all(), "name", count, LIST.last("name", None)).position == 1


def test_rows_can_be_made_of_what_is_fetched(names: list[str]) -> None:
    page = LIST.page(Group.objects.all(), "name", 50, make=lambda group: group.name)
    assert page.rows == names


@pytest.mark.parametrize("link", ["x", "W10:a", Signer(salt="groups").sign_object(["-name", False, 1, "a", 1])])
def test_link_that_this_list_did_not_make_for_this_order_is_refused(names: list[str], link: str) -> None:
    with pytest.raises(BadLink):
        LIST.page(Group.objects.all(), "name", 2, link)


def test_link_of_another_list_is_refused(names: list[str]) -> None:
    made_elsewhere = Keyset("others", SORTS).page(Group.objects.all(), "name", 2).next
    with pytest.raises(BadLink):
        LIST.page(Group.objects.all(), "name", 2, made_elsewhere)
