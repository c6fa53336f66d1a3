"""No judgement is older than its recording, and none is there without the row that says whose it was, once the
transaction ends. What is judged now may be: a database whose clock was ahead gave its recordings a moment to come.

The clock judges too, at the end of a last day. Only then there is no such row, and the moment is an hour before that
end, whenever the recording came in.
"""

from django.db import migrations

BY_THE_CLOCK = """(
    OLD.status = 'noodzakelijk' AND NEW.status = 'niet_noodzakelijk' AND OLD.next_at <= retention_now()
    AND NEW.judged_at = retention_later(OLD.next_at, interval '-1 hour')
)"""
FUNCTION = """
CREATE FUNCTION retention_guard_judged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM retention_judgement j WHERE j.recording_id = NEW.id AND j.at = NEW.judged_at
    ) THEN
        PERFORM retention_refuse('what was judged was judged by somebody');
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = f"""
CREATE CONSTRAINT TRIGGER is_judged_by_somebody AFTER UPDATE ON retention_recording
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (
    NEW.status IN ('noodzakelijk', 'niet_noodzakelijk')
    AND (NEW.status, NEW.judged_at) IS DISTINCT FROM (OLD.status, OLD.judged_at) AND NOT {BY_THE_CLOCK}
)
EXECUTE FUNCTION retention_guard_judged();
CREATE TRIGGER is_judged_after_it_came_in AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN (
    NEW.judged_at IS DISTINCT FROM OLD.judged_at AND NEW.judged_at < NEW.arrived_at
    AND NEW.judged_at < retention_later(retention_now(), interval '-1 hour') AND NOT {BY_THE_CLOCK}
)
EXECUTE FUNCTION retention_guard_never('nothing is judged before it came in');
"""
REMOVE = """
DROP TRIGGER is_judged_after_it_came_in ON retention_recording;
DROP TRIGGER is_judged_by_somebody ON retention_recording;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0042_how_much_is_too_long_there_was_told")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION retention_guard_judged"),
        migrations.RunSQL(TRIGGERS, REMOVE),
    ]
