"""What may never become of a file that is astray: destroyed while it is of a recording that is there, or before its time
without anybody's order; or shown with a recording while it is being destroyed.

Whoever tells the storage to delete such a file, and whoever sees a file for its recording, take the same lock first: the
one alone, the others together. So what the one decides about, the others have not yet seen.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION retention_is_leaving(asked text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(20282028);
    RETURN EXISTS (
        SELECT FROM retention_storageincident i
        WHERE md5(i.key) = md5(asked) AND i.key = asked AND i.ended_at IS NULL AND i.sent_at IS NOT NULL
    );
END $$;

CREATE FUNCTION retention_guard_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF retention_is_leaving(NEW.storage_key) THEN
        PERFORM retention_refuse('what is being destroyed is not seen for a recording');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM retention_refuse('what was found in the storage stays on record');
    END IF;
    IF OLD.ended_at IS NOT NULL
        OR (NEW.kind, NEW.key, NEW.found_at, NEW.found_in_id) IS DISTINCT FROM
           (OLD.kind, OLD.key, OLD.found_at, OLD.found_in_id)
        OR OLD.ordered_at IS NOT NULL AND (NEW.ordered_at, NEW.ordered_by_id, NEW.reasons) IS DISTINCT FROM
           (OLD.ordered_at, OLD.ordered_by_id, OLD.reasons) THEN
        PERFORM retention_refuse('what was found in the storage stays as it was found');
    END IF;
    IF NEW.attempts > OLD.attempts OR NEW.sent_at IS NOT NULL AND OLD.sent_at IS NULL THEN
        PERFORM pg_advisory_xact_lock(20282028);
        IF EXISTS (
            SELECT FROM retention_recording r
            WHERE r.storage_key = NEW.key AND r.owns_file AND r.status <> 'vernietigd'
        ) THEN
            PERFORM retention_refuse('the file of a recording is not destroyed as one that is astray');
        END IF;
        IF NEW.kind = 'onbekend' AND NEW.ordered_at IS NULL
            AND retention_now() < retention_judging_closes(least(NEW.written_at, NEW.found_at)) THEN
            PERFORM retention_refuse('its time has not come');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER is_seen_while_it_stays BEFORE UPDATE OF file_seen_at ON retention_recording FOR EACH ROW
WHEN (OLD.file_seen_at IS NULL AND NEW.file_seen_at IS NOT NULL) EXECUTE FUNCTION retention_guard_seen();
CREATE TRIGGER stays_as_it_was_found BEFORE UPDATE OR DELETE ON retention_storageincident FOR EACH ROW
EXECUTE FUNCTION retention_guard_incident();
"""
REMOVE = """
DROP TRIGGER stays_as_it_was_found ON retention_storageincident;
DROP TRIGGER is_seen_while_it_stays ON retention_recording;
DROP FUNCTION retention_guard_incident, retention_guard_seen, retention_is_leaving;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0029_storage_and_register_are_compared")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
