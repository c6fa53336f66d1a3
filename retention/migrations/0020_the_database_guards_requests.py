"""What may never be among the requests: a decision before the identity, a second adjournment, a change of what was
closed, a recording linked twice, personal data gone before their time, a letter of other bytes than its digest.

Adjournment, decision and objection lock their request first, so that nothing is recorded of one that was just closed.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION retention_forgets_from(closed timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
$$ SELECT retention_later(closed, interval '5 years') $$;

CREATE FUNCTION retention_guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM retention_refuse('a request stays');
    END IF;
    IF OLD.status = 'gesloten' THEN
        PERFORM retention_refuse('a closed request stays as it is');
    END IF;
    IF (NEW.kind, NEW.received_on, NEW.channel, NEW.registered_by_id, NEW.registered_at)
        IS DISTINCT FROM (OLD.kind, OLD.received_on, OLD.channel, OLD.registered_by_id, OLD.registered_at)
    OR OLD.identity_on IS NOT NULL
        AND (NEW.identity_on, NEW.identity_by) IS DISTINCT FROM (OLD.identity_on, OLD.identity_by)
    OR OLD.decided_on IS NOT NULL AND NEW.decided_on IS DISTINCT FROM OLD.decided_on
    OR OLD.adjourned_days > 0 AND NEW.adjourned_days <> OLD.adjourned_days THEN
        PERFORM retention_refuse('what was recorded of a request stays');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_open_request(asked bigint) RETURNS retention_privacyrequest LANGUAGE plpgsql AS $$
DECLARE found retention_privacyrequest%ROWTYPE;
BEGIN
    SELECT * INTO found FROM retention_privacyrequest WHERE id = asked FOR UPDATE;
    IF found.status = 'gesloten' THEN
        PERFORM retention_refuse('a closed request stays as it is');
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION retention_guard_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found retention_privacyrequest%ROWTYPE;
BEGIN
    found := retention_open_request(NEW.request_id);
    IF TG_TABLE_NAME = 'retention_requestadjournment' THEN
        IF found.kind <> 'kennisneming' OR found.decided_on IS NOT NULL OR found.due_on < retention_day(NEW.at) THEN
            PERFORM retention_refuse('only an access request is adjourned, before its term ends');
        END IF;
    ELSIF TG_TABLE_NAME = 'retention_requestdecision' THEN
        IF found.identity_on IS NULL THEN
            PERFORM retention_refuse('no decision before the identity is established');
        END IF;
        IF (found.kind = 'verwijdering' AND NEW.outcome <> 'afgewezen') <> (NEW.ends_in <> '') THEN
            PERFORM retention_refuse('a removal that is granted ends in something, and nothing else does');
        END IF;
    ELSIF TG_TABLE_NAME = 'retention_requestobjection' THEN
        IF found.decided_on IS NULL THEN
            PERFORM retention_refuse('no objection without a decision');
        END IF;
    ELSIF TG_TABLE_NAME = 'retention_requestlink' THEN
        IF EXISTS (
            SELECT FROM retention_requestlink l
            WHERE l.request_id = NEW.request_id AND l.recording_id = NEW.recording_id
            AND NOT EXISTS (SELECT FROM retention_requestunlink u WHERE u.link_id = l.id)
        ) THEN
            PERFORM retention_refuse('a request names a recording once');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_unlink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_open_request((SELECT request_id FROM retention_requestlink WHERE id = NEW.link_id));
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_requester() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint; closed timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM retention_refuse('what was sent and received stays as it was');
    END IF;
    IF TG_TABLE_NAME = 'retention_requester' THEN
        asked := OLD.request_id;
    ELSE
        SELECT request_id INTO asked FROM retention_requestletter WHERE id = OLD.letter_id;
    END IF;
    SELECT closed_at INTO closed FROM retention_privacyrequest WHERE id = asked;
    IF closed IS NULL OR retention_now() < retention_forgets_from(closed) THEN
        PERFORM retention_refuse('who asks is forgotten five years after closing');
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER stays_once_closed BEFORE UPDATE OR DELETE ON retention_privacyrequest FOR EACH ROW
EXECUTE FUNCTION retention_guard_request();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_requestadjournment FOR EACH ROW
EXECUTE FUNCTION retention_guard_of_request();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_requestdecision FOR EACH ROW
EXECUTE FUNCTION retention_guard_of_request();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_requestobjection FOR EACH ROW
EXECUTE FUNCTION retention_guard_of_request();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_requestlink FOR EACH ROW
EXECUTE FUNCTION retention_guard_of_request();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_requestunlink FOR EACH ROW
EXECUTE FUNCTION retention_guard_unlink();
CREATE TRIGGER is_forgotten_in_time BEFORE UPDATE OR DELETE ON retention_requester FOR EACH ROW
EXECUTE FUNCTION retention_guard_requester();
CREATE TRIGGER is_forgotten_in_time BEFORE UPDATE OR DELETE ON retention_requestpaper FOR EACH ROW
EXECUTE FUNCTION retention_guard_requester();
ALTER TABLE retention_requestpaper ADD CONSTRAINT paper_has_the_bytes_of_its_digest CHECK (
    sha256 = encode(sha256(content), 'hex') AND substring(content FROM 1 FOR 5) = '\\x255044462d'
);
"""
TRIGGERS = {
    "retention_privacyrequest": "stays_once_closed",
    "retention_requestadjournment": "is_of_an_open_request",
    "retention_requestdecision": "is_of_an_open_request",
    "retention_requestobjection": "is_of_an_open_request",
    "retention_requestlink": "is_of_an_open_request",
    "retention_requestunlink": "is_of_an_open_request",
    "retention_requester": "is_forgotten_in_time",
    "retention_requestpaper": "is_forgotten_in_time",
}
REMOVE = [
    "ALTER TABLE retention_requestpaper DROP CONSTRAINT paper_has_the_bytes_of_its_digest;",
    *(f"DROP TRIGGER {name} ON {table};" for table, name in TRIGGERS.items()),
    """
    DROP FUNCTION retention_guard_requester, retention_guard_unlink, retention_guard_of_request, retention_open_request,
        retention_guard_request, retention_forgets_from;
    """,
]


class Migration(migrations.Migration):
    dependencies = [("retention", "0019_filmed_persons_make_requests")]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
