"""The register and its decisions as auditors' tools read them; people appear by internal id."""

from django.db import migrations

REPORT = """
CREATE VIEW reporting.initiatives AS
SELECT i.id, i.number, u.code AS unit, i.status AS state, i.final_ground <> '' AS final, i.final_ground, i.submitted_at
FROM public.initiatives_initiative i JOIN public.organisation_unit u ON u.id = i.unit_id
WHERE i.number IS NOT NULL;
CREATE VIEW reporting.decisions AS
SELECT d.initiative_id, d.round, o.kind, o.outcome, d.decided_by_id AS decided_by, d.decided_at
FROM public.initiatives_decision d CROSS JOIN LATERAL (
    SELECT 'toestemming'::text AS kind, CASE WHEN d.permission THEN 'verleend' ELSE 'geweigerd' END AS outcome
    UNION ALL SELECT granted::text, 'verleend' FROM unnest(d.granted) AS granted
    UNION ALL SELECT refused::text, 'geweigerd' FROM unnest(d.refused) AS refused
) o;
"""
NO_REPORT = """
DROP VIEW reporting.decisions;
DROP VIEW reporting.initiatives;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0016_the_database_guards_support_work"),
        ("journal", "0005_the_journal_is_reported_to_auditors"),
    ]
    operations = [migrations.RunSQL(REPORT, NO_REPORT)]
