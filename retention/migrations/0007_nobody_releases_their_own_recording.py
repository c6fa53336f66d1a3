"""Who wore the camera does not end a hold on the recording."""

from django.db import migrations

GUARD = """
CREATE FUNCTION retention_guard_own_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM retention_hold h JOIN retention_recording r ON r.id = h.recording_id
        JOIN organisation_person p ON p.number = r.wearer
        WHERE h.id = NEW.hold_id AND p.id = NEW.by_id
    ) THEN
        PERFORM retention_refuse('nobody releases what they wore the camera for');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER is_not_by_the_wearer BEFORE INSERT ON retention_holdrelease FOR EACH ROW
EXECUTE FUNCTION retention_guard_own_release();
"""
REMOVE = """
DROP TRIGGER is_not_by_the_wearer ON retention_holdrelease;
DROP FUNCTION retention_guard_own_release();
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0006_holds_are_looked_at_every_week")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
