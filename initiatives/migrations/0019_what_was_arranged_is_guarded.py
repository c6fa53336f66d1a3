"""What the unit arranged changes only while it writes; a filed document stays; no approval past a rule that blocks.

The last is said again here, after `rules.py`, because permission that was given can never be taken back.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION initiatives_guard_arranged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM initiatives_must_be(OLD.initiative_id, 'concept');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM initiatives_must_be(NEW.initiative_id, 'concept');
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION initiatives_guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) - 'removed_at' <> to_jsonb(NEW) - 'removed_at' OR OLD.removed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a document does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM initiatives_initiative i WHERE i.id = OLD.initiative_id AND i.number IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a document that was filed stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION initiatives_rule_on_filing(i initiatives_initiative, asked text) RETURNS organisation_policyrule
LANGUAGE sql STABLE RETURN (
    SELECT CASE WHEN r.valid_until < (i.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date THEN NULL ELSE r END
    FROM organisation_policyrule r
    WHERE r.code = asked AND r.valid_from <= (i.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date
    ORDER BY r.valid_from DESC, r.id DESC LIMIT 1
);

CREATE FUNCTION initiatives_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    i initiatives_initiative;
    rule organisation_policyrule;
BEGIN
    SELECT * INTO i FROM initiatives_initiative WHERE id = NEW.initiative_id;
    IF NEW.negative_reasons = '' AND EXISTS (
        SELECT FROM initiatives_consultation c WHERE c.initiative_id = i.id AND c.outcome = 'negatief'
    ) THEN
        RAISE EXCEPTION 'a negative consultation is answered' USING ERRCODE = 'check_violation';
    END IF;
    rule := initiatives_rule_on_filing(i, 'aanschafstop');
    IF rule.mode = 'blokkeert' AND 'aanschaf' = ANY (i.kinds) AND NEW.override_reasons = '' THEN
        RAISE EXCEPTION 'the purchase freeze is answered' USING ERRCODE = 'check_violation';
    END IF;
    rule := initiatives_rule_on_filing(i, 'overleg-en-afspraken-verplicht');
    IF rule.mode = 'blokkeert' AND EXISTS (
        SELECT FROM jsonb_array_elements_text(rule.parameters -> 'kinds') AS kind WHERE kind = ANY (i.kinds)
    ) AND (
        (SELECT count(*) FROM initiatives_consultation c WHERE c.initiative_id = i.id AND c.held_on IS NOT NULL) < 4
        OR (
            SELECT count(*) FROM initiatives_agreement a WHERE a.initiative_id = i.id
                AND a.subject <> 'gebruiksinstructie' AND a.responsible <> '' AND a.text <> ''
        ) < 7
    ) THEN
        RAISE EXCEPTION 'consultations and agreements are complete' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_consultation
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_arranged();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_agreement
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_arranged();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_readiness
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_arranged();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_document
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_arranged();
CREATE TRIGGER guard_document BEFORE UPDATE OR DELETE ON initiatives_document
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_document();
CREATE TRIGGER guard_approval BEFORE INSERT ON initiatives_decision
    FOR EACH ROW WHEN (NEW.permission AND NEW.round = 1) EXECUTE FUNCTION initiatives_guard_approval();
"""
REMOVE = """
DROP TRIGGER guard_approval ON initiatives_decision;
DROP TRIGGER guard_document ON initiatives_document;
DROP TRIGGER guard ON initiatives_document;
DROP TRIGGER guard ON initiatives_readiness;
DROP TRIGGER guard ON initiatives_agreement;
DROP TRIGGER guard ON initiatives_consultation;
DROP FUNCTION initiatives_guard_approval();
DROP FUNCTION initiatives_rule_on_filing(initiatives_initiative, text);
DROP FUNCTION initiatives_guard_document();
DROP FUNCTION initiatives_guard_arranged();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0018_the_unit_says_what_it_arranged"),
        ("organisation", "0006_two_people_change_policy"),
    ]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
