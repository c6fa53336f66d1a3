"""Searching the journal: everything that was asked, in pages that miss nothing while entries are added."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from journal import search
from journal.models import Entry, Result
from journal.objects import Kind, name_kind
from journal.search import Asked, page, selection
from journal.write import record

pytestmark = pytest.mark.django_db


@dataclass
class Numbered:
    number: str


@pytest.fixture
def some() -> list[Entry]:
    name_kind("auth.group", Kind("groep", lambda text: ["12"] if text == "twaalf" else []))
    return [
        record("goedkeuren", "Goedgekeurd.", actor=Numbered("2001"), about=Group(pk=12)),
        record("goedkeuren", "Geweigerd.", actor=Numbered("2008"), about=Group(pk=12), result=Result.REFUSED),
        record("afwijzen", "Afgewezen.", actor=Numbered("2001"), about=Group(pk=13)),
        record("ingelogd", "Ingelogd.", actor=Numbered("2001")),
    ]


def found(asked: Asked, parts: tuple[str, ...] | None = None) -> list[str]:
    shown = page(selection(asked, parts), 50, older_than=None, newer_than=None)
    return [str(entry) for entry in shown.entries]


@pytest.mark.parametrize(
    ("asked", "sentences"),
    [
        (Asked(), ["Ingelogd.", "Afgewezen.", "Geweigerd.", "Goedgekeurd."]),
        (Asked(actor="2008"), ["Geweigerd."]),
        (Asked(action="goedkeuren"), ["Geweigerd.", "Goedgekeurd."]),
        (Asked(action="goedkeuren", result="genomen"), ["Goedgekeurd."]),
        (Asked(kind="auth.group"), ["Afgewezen.", "Geweigerd.", "Goedgekeurd."]),
        (Asked(kind="auth.group", about="twaalf"), ["Geweigerd.", "Goedgekeurd."]),
        (Asked(kind="auth.group", about="13", actor="2001"), ["Afgewezen."]),
        (Asked(kind="auth.group", about="14"), []),
        (Asked(kind="auth.unknown", about="12"), []),
    ],
)
def test_finds_what_answers_to_everything_asked(some: list[Entry], asked: Asked, sentences: list[str]) -> None:
    assert found(asked) == sentences


def test_who_sees_a_part_sees_that_part(some: list[Entry]) -> None:
    assert found(Asked(), ("auth",)) == ["Afgewezen.", "Geweigerd.", "Goedgekeurd."]
    assert found(Asked(), ("retention",)) == []
    assert found(Asked(kind="auth.group"), ("retention",)) == []
    assert len(found(Asked(), ("auth", "retention"))) == 3


def test_period_has_sharp_ends(some: list[Entry]) -> None:
    second, third = Entry.objects.order_by("id")[1:3]
    assert found(Asked(since=second.at, before=third.at)) == ["Geweigerd."]
    assert found(Asked(since=third.at + timedelta(days=1))) == []
    assert found(Asked(before=some[0].at - timedelta(days=1))) == []
    assert found(Asked(since=second.at - timedelta(days=1))) == found(Asked())


def test_pages_go_back_and_forth_and_miss_nothing_while_entries_are_added() -> None:
    for number in range(7):
        record("proef", str(number))
    first = page(selection(Asked(), None), 3, older_than=None, newer_than=None)
    record("proef", "7")
    second = page(selection(Asked(), None), 3, older_than=first.older, newer_than=None)
    third = page(selection(Asked(), None), 3, older_than=second.older, newer_than=None)
    assert [list(map(str, shown.entries)) for shown in (first, second, third)] == [list("654"), list("321"), ["0"]]
    assert (first.newer, third.older) == (None, None)
    back = page(selection(Asked(), None), 3, older_than=None, newer_than=second.newer)
    assert list(map(str, back.entries)) == list("654")
    assert back.newer is not None
    newest = page(selection(Asked(), None), 3, older_than=None, newer_than=back.newer)
    assert (list(map(str, newest.entries)), newest.newer) == (["7"], None)


def test_each_action_is_named_once(some: list[Entry]) -> None:
    assert search.actions() == ["afwijzen", "goedkeuren", "ingelogd"]


@pytest.mark.parametrize(
    "asked",
    [
        lambda at: (Asked(actor="2008"), None),
        lambda at: (Asked(action="zelden"), None),
        lambda at: (Asked(kind="retention.recording", about="7"), None),
        lambda at: (Asked(), ("retention",)),
        lambda at: (Asked(since=at, before=at + timedelta(seconds=1)), None),
    ],
)
def test_a_rare_entry_is_found_by_an_index(asked: Callable[[Any], Any]) -> None:
    """In a long journal nothing is read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry"
            " (actor, role, unit, action, object_type, object_id, result, reason, origin, data)"
            " SELECT '2001', '', '', 'proef', 'auth.group', n::text, 'genomen', '', '', '{}'"
            " FROM generate_series(1, 20000) n"
        )
        cursor.execute("SELECT at FROM journal_entry ORDER BY id LIMIT 1")
        found = selection(*asked(cursor.fetchone()[0])).order_by("-id")[:51]
        sql, params = found.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
