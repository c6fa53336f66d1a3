"""The views for auditors' tools: what they hold, and that their role reads them and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from bodycams.roles import READER, as_owner, grant
from initiatives.models import Initiative
from initiatives.tests.factories import Cast, initiative, walk
from journal import seals
from journal.models import Entry
from retention.clock import now
from retention.models import HoldExtension
from retention.tests.factories import recording
from retention.tests.hold_samples import held, officer
from retention.tests.states import destroyed

VIEWS = {
    "initiatives": "id number unit state final final_ground submitted_at",
    "decisions": "initiative_id round kind outcome decided_by decided_at",
    "recordings": "id source source_id unit camera state used_from judging_closes_at must_be_gone_by keep_until"
    " set_apart late storage_key sha256",
    "holds": "recording_id reason from_at until_at released_at",
    "proofs": "recording_id sha256 ground destroyed_at how run_id",
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


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_recordings_holds_and_proofs_are_reported_without_a_person() -> None:
    gone, there = destroyed(), recording(3)
    hold = held(there, days=3)
    longer = {"until_at": hold.until_at + timedelta(days=9), "reasons": "x", "by": officer(), "at": now()}
    extended = HoldExtension.objects.create(hold=hold, **longer)
    reported = rows("SELECT id, unit, camera, state, storage_key, sha256 FROM reporting.recordings ORDER BY id")
    assert reported == [(one.pk, "ON", "ZC-0001", one.status, one.storage_key, one.sha256) for one in (gone, there)]
    holds = rows("SELECT recording_id, reason, from_at, until_at, released_at FROM reporting.holds")
    assert holds == [(there.pk, hold.reason, hold.placed_at, extended.until_at, None)]
    proofs = rows("SELECT recording_id, sha256, ground, how, run_id FROM reporting.proofs")
    assert proofs == [(gone.pk, gone.sha256, "niet_noodzakelijk", "verwijderd", gone.proof.run_id)]


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
