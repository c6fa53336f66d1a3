"""The views for auditors' tools: what they hold, and that their role reads them and nothing else."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from bodycams.roles import READER, as_owner, grant
from initiatives.models import Initiative
from initiatives.tests.factories import Cast, initiative, walk
from journal import seals
from journal.models import Entry

VIEWS = {
    "initiatives": "id number unit state final final_ground submitted_at",
    "decisions": "initiative_id round kind outcome decided_by decided_at",
    "journal": "seq at actor role action object_type object_id hash seal_id",
}


def rows(statement: str, *given: Any) -> list[Any]:
    """As the owner: the application has no right to the reports."""
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_views_have_the_columns_that_are_promised() -> None:
    found = rows(
        "SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns"
        " WHERE table_schema = 'reporting' GROUP BY table_name"
    )
    assert {name: columns for name, columns in found if name in VIEWS} == VIEWS


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_what_was_filed_and_decided_is_reported() -> None:
    cast = Cast("ON")
    initiative(cast, "concept")
    decided = walk(cast, "noodzaak_vaststellen", "aanmelden", "beoordelen", "afwijzen")
    found = rows("SELECT id, number, unit, state, final FROM reporting.initiatives")
    assert found == [(decided.pk, decided.number, "ON", "afgewezen", False)]
    decisions = rows("SELECT initiative_id, round, kind, outcome, decided_by FROM reporting.decisions ORDER BY kind")
    decision = Initiative.objects.get(pk=decided.pk).decisions.get()
    refused = [
        (decided.pk, 1, kind, "geweigerd", cast.leader.pk) for kind in sorted(["toestemming", *decision.refused])
    ]
    assert decisions == refused


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_journal_is_reported_with_its_place_once_it_is_sealed() -> None:
    initiative(Cast("ON"), "aangemeld")
    assert set(rows("SELECT seq, hash, seal_id FROM reporting.journal")) == {(None, None, None)}
    seals.seal()
    found = rows("SELECT seq, length(hash), seal_id FROM reporting.journal ORDER BY seq")
    assert found == [(seq, 64, 1) for seq in range(1, Entry.objects.count() + 1)]


@pytest.mark.django_db
def test_reader_reads_the_reports_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relname, string_agg(privilege, ' ') FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) privilege"
            " WHERE n.nspname IN ('public', 'reporting') AND c.relkind IN ('r', 'v')"
            " AND has_table_privilege(%s, c.oid, privilege) GROUP BY 1, 2",
            [READER],
        )
        found = cursor.fetchall()
    assert {privileges for _, _, privileges in found} == {"SELECT"}
    assert {schema for schema, _, _ in found} == {"reporting"}
    assert {view for _, view, _ in found} >= set(VIEWS)


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_granting_again_is_harmless() -> None:
    with as_owner() as owner:
        grant(owner, settings.APPLICATION_ROLE)
