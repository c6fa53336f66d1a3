"""While a request is open, name and address of who asks can be mended; what they wrote stays as it came in. And a
recording is out of use because of a request for as long as the request is about it.
"""

from django.db import migrations

MENDED = """
CREATE FUNCTION retention_guard_mended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_open_request(OLD.request_id);
    IF (NEW.request_id, NEW.description) IS DISTINCT FROM (OLD.request_id, OLD.description) THEN
        PERFORM retention_refuse('what was received stays as it was');
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER is_forgotten_in_time ON retention_requester;
CREATE TRIGGER is_forgotten_in_time BEFORE DELETE ON retention_requester FOR EACH ROW
EXECUTE FUNCTION retention_guard_requester();
CREATE TRIGGER is_mended_while_open BEFORE UPDATE ON retention_requester FOR EACH ROW
EXECUTE FUNCTION retention_guard_mended();
"""
NOT_MENDED = """
DROP TRIGGER is_mended_while_open ON retention_requester;
DROP TRIGGER is_forgotten_in_time ON retention_requester;
CREATE TRIGGER is_forgotten_in_time BEFORE UPDATE OR DELETE ON retention_requester FOR EACH ROW
EXECUTE FUNCTION retention_guard_requester();
DROP FUNCTION retention_guard_mended;
"""
RESTRICTED = """
CREATE OR REPLACE FUNCTION retention_guard_restricted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role <> 'privacyfunctionaris' AND EXISTS (
        SELECT FROM retention_restriction s {} WHERE s.recording_id = NEW.recording_id {}
    ) THEN
        PERFORM retention_refuse('only a privacy officer looks at what is out of use');
    END IF;
    RETURN NEW;
END $$;
"""
LINKED = "JOIN retention_requestlink l ON l.request_id = s.request_id AND l.recording_id = s.recording_id"
STILL = "AND NOT EXISTS (SELECT FROM retention_requestunlink u WHERE u.link_id = l.id)"


class Migration(migrations.Migration):
    dependencies = [("retention", "0037_what_is_astray_waits_for_who_could_act")]
    operations = [
        migrations.RunSQL(MENDED, NOT_MENDED),
        migrations.RunSQL(RESTRICTED.format(LINKED, STILL), RESTRICTED.format("", "")),
    ]
