"""What waits for its number may go on by itself; what waits for the clock only goes on when a person said so."""

from django.db import migrations

GUARD = """
CREATE FUNCTION retention_guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM retention_run r
        WHERE r.id = NEW.run_id AND (r.waits_for = 'aantal' OR r.waits_for = 'klok' AND NEW.by_id IS NOT NULL)
    ) THEN
        PERFORM retention_refuse('only a run that waits is released, and only a person confirms the date');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER releases_what_waits BEFORE INSERT ON retention_runrelease FOR EACH ROW
EXECUTE FUNCTION retention_guard_release();
"""
REMOVE = "DROP TRIGGER releases_what_waits ON retention_runrelease; DROP FUNCTION retention_guard_release;"


class Migration(migrations.Migration):
    dependencies = [("retention", "0013_a_run_can_wait_for_somebody")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
