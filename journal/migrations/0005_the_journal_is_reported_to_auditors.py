"""The schema of the reports, and the journal as auditors' tools read it: what is not sealed yet has no place."""

from django.db import migrations

REPORT = """
CREATE SCHEMA reporting;
COMMENT ON SCHEMA reporting IS 'Read-only and stable, for the tools of auditors: docs/reporting.md';
CREATE VIEW reporting.journal AS
SELECT l.seq, e.at, e.actor, e.role, e.action, e.object_type, e.object_id, encode(l.hash, 'hex') AS hash, l.seal_id
FROM public.journal_entry e LEFT JOIN public.journal_link l ON l.entry_id = e.id;
"""
NO_REPORT = """
DROP VIEW reporting.journal;
DROP SCHEMA reporting;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_entries_are_searched_and_looking_leaves_one")]
    operations = [migrations.RunSQL(REPORT, NO_REPORT)]
