"""Who placed a hold that is in force places no second one on the same recording: holding it longer takes two people."""

from django.db import migrations

GUARD = """
CREATE FUNCTION retention_guard_second_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM retention_recording r WHERE r.id = NEW.recording_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM retention_hold h
        WHERE h.recording_id = NEW.recording_id AND h.placed_by_id = NEW.placed_by_id
        AND NOT EXISTS (SELECT FROM retention_holdrelease l WHERE l.hold_id = h.id)
        AND greatest(
            h.until_at, (SELECT max(e.until_at) FROM retention_holdextension e WHERE e.hold_id = h.id)
        ) > retention_now()
    ) THEN
        PERFORM retention_refuse('one person holds a recording once at a time');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER is_the_only_one_of_who_placed_it BEFORE INSERT ON retention_hold FOR EACH ROW
EXECUTE FUNCTION retention_guard_second_hold();
"""
REMOVE = """
DROP TRIGGER is_the_only_one_of_who_placed_it ON retention_hold;
DROP FUNCTION retention_guard_second_hold();
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0023_the_database_guards_declarations")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
