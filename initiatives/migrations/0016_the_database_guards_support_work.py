"""What may never be in the tables of support work: work that no decision granted, work that goes away, and a state that
its last line does not say.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION initiatives_guard_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'granted support stays' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.initiative_id, NEW.kind, NEW.granted_at) IS DISTINCT FROM (OLD.initiative_id, OLD.kind, OLD.granted_at) THEN
            RAISE EXCEPTION 'what was granted stays' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.progress <> 'open' OR NEW.due_on IS NOT NULL OR NEW.lines <> 0 THEN
        RAISE EXCEPTION 'support work begins open' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM initiatives_decision d WHERE d.initiative_id = NEW.initiative_id AND NEW.kind = ANY (d.granted)
    ) THEN
        RAISE EXCEPTION 'no decision granted this support' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_support_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.n <> 1 + (SELECT count(*) FROM initiatives_supportline l WHERE l.work_id = NEW.work_id) THEN
        RAISE EXCEPTION 'lines about work are numbered without gaps' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_support_agrees(asked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    work initiatives_supportwork;
    line initiatives_supportline;
BEGIN
    SELECT * INTO work FROM initiatives_supportwork WHERE id = asked;
    SELECT * INTO line FROM initiatives_supportline WHERE work_id = asked ORDER BY n DESC LIMIT 1;
    IF (work.lines, work.progress, work.responsible, work.due_on)
        IS DISTINCT FROM (line.n, line.progress::varchar, line.responsible::varchar, line.due_on) THEN
        RAISE EXCEPTION 'support work % stands otherwise than its last line says', asked USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION initiatives_support_agrees_with_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_support_agrees(NEW.work_id);
    RETURN NULL;
END $$;

CREATE FUNCTION initiatives_support_agrees_with_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_support_agrees(NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_supportwork
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_support();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_supportline
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_support_line();
CREATE CONSTRAINT TRIGGER agree AFTER UPDATE ON initiatives_supportwork
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_support_agrees_with_work();
CREATE CONSTRAINT TRIGGER agree AFTER INSERT ON initiatives_supportline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_support_agrees_with_line();
"""

REMOVE = """
DROP TRIGGER agree ON initiatives_supportline;
DROP TRIGGER agree ON initiatives_supportwork;
DROP TRIGGER guard ON initiatives_supportline;
DROP TRIGGER guard ON initiatives_supportwork;
DROP FUNCTION initiatives_support_agrees_with_work();
DROP FUNCTION initiatives_support_agrees_with_line();
DROP FUNCTION initiatives_support_agrees(bigint);
DROP FUNCTION initiatives_guard_support_line();
DROP FUNCTION initiatives_guard_support();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0015_support_granted_before_becomes_work")]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
