"""What may never be declared: a run of which something is left to do, a month that is not over, another number than there
are proofs, other bytes than the digest says.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION retention_guard_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE proven bigint;
BEGIN
    IF NEW.run_id IS NOT NULL THEN
        IF EXISTS (SELECT FROM retention_destruction d WHERE d.run_id = NEW.run_id AND d.done_at IS NULL)
            OR NOT EXISTS (SELECT FROM retention_run r WHERE r.id >= NEW.run_id AND r.ended_at IS NOT NULL) THEN
            PERFORM retention_refuse('a run is declared when nothing of it is left to do');
        END IF;
        SELECT count(*) INTO proven FROM retention_proof p WHERE p.run_id = NEW.run_id;
    ELSE
        IF extract(day FROM NEW.month) <> 1
            OR retention_now() < (NEW.month + interval '1 month') AT TIME ZONE 'Europe/Amsterdam' THEN
            PERFORM retention_refuse('a month is declared when it is over');
        END IF;
        SELECT count(*) INTO proven FROM retention_proof p
        WHERE p.destroyed_at >= NEW.month::timestamp AT TIME ZONE 'Europe/Amsterdam'
        AND p.destroyed_at < (NEW.month + interval '1 month') AT TIME ZONE 'Europe/Amsterdam';
    END IF;
    IF proven <> NEW.count THEN
        PERFORM retention_refuse('a declaration counts every proof');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER declares_every_proof BEFORE INSERT ON retention_declaration FOR EACH ROW
EXECUTE FUNCTION retention_guard_declaration();

ALTER TABLE retention_declaration ADD CONSTRAINT declaration_has_the_bytes_of_its_digest CHECK (
    sha256 = encode(sha256(data), 'hex')
);
ALTER TABLE retention_declarationpaper ADD CONSTRAINT declared_on_paper_with_the_bytes_of_its_digest CHECK (
    sha256 = encode(sha256(content), 'hex') AND substring(content FROM 1 FOR 5) = '\\x255044462d'
);
"""
REMOVE = """
ALTER TABLE retention_declarationpaper DROP CONSTRAINT declared_on_paper_with_the_bytes_of_its_digest;
ALTER TABLE retention_declaration DROP CONSTRAINT declaration_has_the_bytes_of_its_digest;
DROP TRIGGER declares_every_proof ON retention_declaration;
DROP FUNCTION retention_guard_declaration;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0022_destructions_are_declared")]

    operations = [migrations.RunSQL(GUARD, REMOVE)]
