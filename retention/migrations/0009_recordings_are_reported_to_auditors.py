"""Recordings, what holds them and how they ended, as auditors' tools read them; nobody appears in them."""

from django.db import migrations

REPORT = """
CREATE VIEW reporting.recordings AS
SELECT r.id, r.source, r.source_id, u.code AS unit, r.camera_serial AS camera, r.status AS state, r.used_from,
       r.judging_closes_at, r.must_be_gone_by, r.keep_until, r.set_apart, r.late, r.storage_key, r.sha256
FROM public.retention_recording r JOIN public.organisation_unit u ON u.id = r.unit_id;
CREATE VIEW reporting.holds AS
SELECT h.recording_id, h.reason, h.placed_at AS from_at,
       greatest(h.until_at, (SELECT max(e.until_at) FROM public.retention_holdextension e WHERE e.hold_id = h.id))
           AS until_at,
       (SELECT released.at FROM public.retention_holdrelease released WHERE released.hold_id = h.id) AS released_at
FROM public.retention_hold h;
CREATE VIEW reporting.proofs AS
SELECT p.recording_id, p.sha256, p.ground, p.destroyed_at, p.how, p.run_id FROM public.retention_proof p;
"""
NO_REPORT = """
DROP VIEW reporting.proofs;
DROP VIEW reporting.holds;
DROP VIEW reporting.recordings;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0008_the_work_list_is_served_by_indexes"),
        ("journal", "0005_the_journal_is_reported_to_auditors"),
    ]
    operations = [migrations.RunSQL(REPORT, NO_REPORT)]
