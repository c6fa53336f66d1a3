"""Only what is permitted is reported on, only an experiment is evaluated, and a submitted evaluation never changes.

`search` stands in no model: it is never fetched, and it is written when the evaluation is.
"""

from django.db import migrations

GUARD = """
ALTER TABLE initiatives_evaluation ADD COLUMN search tsvector;

CREATE FUNCTION initiatives_must_be_permitted(initiative bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT COALESCE((
        SELECT permission FROM initiatives_decision WHERE initiative_id = initiative ORDER BY round DESC LIMIT 1
    ), false) THEN
        RAISE EXCEPTION 'not possible without permission' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION initiatives_guard_execution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be_permitted(NEW.initiative_id);
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject initiatives_initiative;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a submitted evaluation cannot be changed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.initiative_id <> OLD.initiative_id THEN
        RAISE EXCEPTION 'an evaluation cannot go to another initiative' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO subject FROM initiatives_initiative WHERE id = NEW.initiative_id;
    IF NOT 'experiment' = ANY (subject.kinds) THEN
        RAISE EXCEPTION 'not possible for what is no experiment' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM initiatives_must_be_permitted(NEW.initiative_id);
    NEW.search := to_tsvector('nederlands', subject.title || ' ' || subject.teams || ' ' || NEW.research_partner || ' '
        || left(NEW.contribution, 20000) || ' ' || left(NEW.best_use, 20000) || ' ' || left(NEW.technique, 20000) || ' '
        || left(NEW.advice_reasons, 20000) || ' ' || left(NEW.lessons, 20000));
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON initiatives_execution FOR EACH ROW EXECUTE FUNCTION initiatives_guard_execution();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_evaluation
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_evaluation();

CREATE INDEX evaluation_search ON initiatives_evaluation USING gin (search) WHERE submitted_at IS NOT NULL;
"""
REMOVE = """
DROP TRIGGER guard ON initiatives_evaluation;
DROP TRIGGER guard ON initiatives_execution;
DROP FUNCTION initiatives_guard_evaluation();
DROP FUNCTION initiatives_guard_execution();
DROP FUNCTION initiatives_must_be_permitted(bigint);
ALTER TABLE initiatives_evaluation DROP COLUMN search;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0004_the_register_is_searched"),
        ("initiatives", "0021_an_approved_initiative_is_reported_on"),
    ]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
