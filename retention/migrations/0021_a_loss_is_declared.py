"""What is missing is closed by a privacy officer who says why; nobody declares gone what they wore the camera for."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION retention_guard_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM retention_destruction d
        WHERE d.recording_id = NEW.recording_id AND d.missing_at IS NOT NULL AND d.done_at IS NULL
    ) THEN
        PERFORM retention_refuse('only what is missing is declared gone');
    END IF;
    IF EXISTS (
        SELECT FROM retention_recording r JOIN organisation_person p ON p.number = r.wearer
        WHERE r.id = NEW.recording_id AND p.id = NEW.by_id
    ) THEN
        PERFORM retention_refuse('nobody declares gone what they wore the camera for');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER declares_what_is_missing BEFORE INSERT ON retention_proof FOR EACH ROW
WHEN (NEW.how = 'verklaard') EXECUTE FUNCTION retention_guard_declared();
"""
REMOVE = "DROP TRIGGER declares_what_is_missing ON retention_proof; DROP FUNCTION retention_guard_declared;"


class Migration(migrations.Migration):
    dependencies = [("retention", "0020_the_database_guards_requests")]

    operations = [
        migrations.AddField("proof", "reasons", models.TextField(blank=True, db_default="", verbose_name="redenen")),
        migrations.AddConstraint(
            "proof",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", False), ("how", "verklaard"), models.Q(("reasons", ""), _negated=True)),
                    models.Q(models.Q(("how", "verklaard"), _negated=True), ("by__isnull", True), ("reasons", "")),
                    _connector="OR",
                ),
                name="declared_by_somebody_with_reasons",
            ),
        ),
        migrations.RunSQL(GUARD, REMOVE),
    ]
