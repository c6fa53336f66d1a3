"""What may never be in the tables, whoever writes: illegal moves, a second decision, a decider who filed.

The functions belong to the owner; the application's role can neither drop nor switch off a trigger. Checks that look at what a
whole step leaves behind are deferred to the end of the transaction.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION initiatives_guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.number IS NOT NULL THEN
            RAISE EXCEPTION 'a numbered initiative cannot be deleted' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'concept' OR NEW.number IS NOT NULL OR NEW.final_ground <> '' THEN
            RAISE EXCEPTION 'an initiative begins as a concept' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('concept', 'aangemeld'), ('concept', 'ingetrokken'),
        ('aangemeld', 'concept'), ('aangemeld', 'beoordeeld'), ('aangemeld', 'ingetrokken'),
        ('beoordeeld', 'concept'), ('beoordeeld', 'goedgekeurd'), ('beoordeeld', 'afgewezen'), ('beoordeeld', 'ingetrokken'),
        ('afgewezen', 'bezwaar'), ('goedgekeurd', 'bezwaar'), ('bezwaar', 'goedgekeurd'), ('bezwaar', 'afgewezen')
    ) THEN
        RAISE EXCEPTION 'no step leads from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.number IS NOT NULL AND (NEW.number, NEW.submitted_at) IS DISTINCT FROM (OLD.number, OLD.submitted_at) THEN
        RAISE EXCEPTION 'a number and its date stay' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.final_ground NOT IN ('', 'termijn_verstreken') AND NEW.final_ground <> OLD.final_ground THEN
        RAISE EXCEPTION 'final because of % is never undone', OLD.final_ground USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_must_be(initiative bigint, VARIADIC statuses text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    SELECT status INTO found FROM initiatives_initiative WHERE id = initiative FOR UPDATE;
    IF found IS NULL OR NOT found = ANY (statuses) THEN
        RAISE EXCEPTION 'not possible while %', found USING ERRCODE = 'check_violation';
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION initiatives_must_not_have_filed(initiative bigint, person bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM initiatives_submission s WHERE s.initiative_id = initiative AND s.person_id = person) THEN
        RAISE EXCEPTION 'who filed it cannot do this' USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION initiatives_guard_necessity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'concept');
    PERFORM initiatives_must_not_have_filed(NEW.initiative_id, NEW.signed_by_id);
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'concept');
    IF EXISTS (
        SELECT FROM initiatives_necessity n JOIN initiatives_initiative i ON i.necessity_id = n.id
        WHERE i.id = NEW.initiative_id AND n.signed_by_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'who signed the necessity cannot file' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'aangemeld');
    PERFORM initiatives_must_not_have_filed(NEW.initiative_id, NEW.assessed_by_id);
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_postponement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'aangemeld', 'beoordeeld');
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first initiatives_decision;
BEGIN
    PERFORM initiatives_must_not_have_filed(NEW.initiative_id, NEW.decided_by_id);
    IF NEW.round = 1 THEN
        PERFORM initiatives_must_be(NEW.initiative_id, 'beoordeeld');
        RETURN NEW;
    END IF;
    PERFORM initiatives_must_be(NEW.initiative_id, 'bezwaar');
    SELECT * INTO first FROM initiatives_decision WHERE initiative_id = NEW.initiative_id AND round = 1;
    IF first.decided_by_id = NEW.decided_by_id THEN
        RAISE EXCEPTION 'who decided first cannot decide on the objection' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM initiatives_view v WHERE v.initiative_id = NEW.initiative_id) THEN
        RAISE EXCEPTION 'the view of the portfolio holder comes first' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM initiatives_view v WHERE v.initiative_id = NEW.initiative_id AND v.given_by_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'who gave the view cannot decide on the objection' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.dictum IN ('ongegrond', 'niet_ontvankelijk') THEN
        IF NEW.permission <> first.permission OR NOT (NEW.granted @> first.granted AND NEW.granted <@ first.granted) THEN
            RAISE EXCEPTION 'a dismissed objection changes nothing' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NOT NEW.permission OR NOT NEW.granted @> first.granted
        OR (first.permission AND NEW.granted <@ first.granted) THEN
        RAISE EXCEPTION 'an upheld objection gives more and takes nothing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_objection() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first initiatives_decision;
BEGIN
    IF initiatives_must_be(NEW.initiative_id, 'goedgekeurd', 'afgewezen') <> NEW.status_before THEN
        RAISE EXCEPTION 'the status before the objection is another' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO first FROM initiatives_decision WHERE initiative_id = NEW.initiative_id AND round = 1;
    IF first.permission AND first.refused = '{}' THEN
        RAISE EXCEPTION 'nothing was refused' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'bezwaar');
    IF EXISTS (
        SELECT FROM initiatives_decision d WHERE d.initiative_id = NEW.initiative_id AND d.decided_by_id = NEW.given_by_id
    ) THEN
        RAISE EXCEPTION 'who decided first cannot give the view' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_adjournment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_must_be(NEW.initiative_id, 'bezwaar');
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_what_a_step_leaves(asked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    i initiatives_initiative;
    last initiatives_decision;
    objected boolean;
    agrees boolean;
BEGIN
    SELECT * INTO i FROM initiatives_initiative WHERE id = asked;
    IF i.id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO last FROM initiatives_decision d WHERE d.initiative_id = asked ORDER BY d.round DESC LIMIT 1;
    objected := EXISTS (SELECT FROM initiatives_objection o WHERE o.initiative_id = asked);
    agrees := CASE
        WHEN i.status IN ('concept', 'ingetrokken') THEN last.id IS NULL
        WHEN i.status = 'aangemeld' THEN
            last.id IS NULL AND EXISTS (SELECT FROM initiatives_submission s WHERE s.initiative_id = asked)
        WHEN i.status = 'beoordeeld' THEN
            last.id IS NULL AND EXISTS (SELECT FROM initiatives_assessment a WHERE a.initiative_id = asked)
        WHEN i.status = 'bezwaar' THEN objected AND last.round = 1
        ELSE last.id IS NOT NULL AND last.permission = (i.status = 'goedgekeurd') AND CASE i.final_ground
            WHEN '' THEN NOT objected AND last.round = 1 AND NOT (last.permission AND last.refused = '{}')
            WHEN 'niets_geweigerd' THEN NOT objected AND last.permission AND last.refused = '{}'
            WHEN 'beslissing_op_bezwaar' THEN last.round = 2
            WHEN 'bezwaar_ingetrokken' THEN objected AND last.round = 1
            ELSE NOT objected AND NOT (last.permission AND last.refused = '{}')
        END
    END;
    IF NOT COALESCE(agrees, false) THEN
        RAISE EXCEPTION 'initiative % is % (%), which its decisions do not say', asked, i.status, i.final_ground
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION initiatives_agree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_what_a_step_leaves(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION initiatives_agree_with() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM initiatives_what_a_step_leaves(NEW.initiative_id);
    RETURN NULL;
END $$;

CREATE TRIGGER guard_move BEFORE INSERT OR DELETE OR UPDATE OF status, number, submitted_at, final_ground
    ON initiatives_initiative FOR EACH ROW EXECUTE FUNCTION initiatives_guard_move();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_necessity FOR EACH ROW EXECUTE FUNCTION initiatives_guard_necessity();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_submission FOR EACH ROW EXECUTE FUNCTION initiatives_guard_submission();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_assessment FOR EACH ROW EXECUTE FUNCTION initiatives_guard_assessment();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_postponement FOR EACH ROW EXECUTE FUNCTION initiatives_guard_postponement();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_decision FOR EACH ROW EXECUTE FUNCTION initiatives_guard_decision();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_objection FOR EACH ROW EXECUTE FUNCTION initiatives_guard_objection();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_view FOR EACH ROW EXECUTE FUNCTION initiatives_guard_view();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_adjournment FOR EACH ROW EXECUTE FUNCTION initiatives_guard_adjournment();
CREATE CONSTRAINT TRIGGER agree AFTER UPDATE OF status, final_ground ON initiatives_initiative
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_agree();
CREATE CONSTRAINT TRIGGER agree AFTER INSERT ON initiatives_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_agree_with();
CREATE CONSTRAINT TRIGGER agree AFTER INSERT ON initiatives_objection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_agree_with();
"""

GUARDED = ("necessity", "submission", "assessment", "postponement", "decision", "objection", "view", "adjournment")
REMOVE = "".join(
    ["DROP TRIGGER guard_move ON initiatives_initiative;"]
    + [f"DROP TRIGGER guard ON initiatives_{name};" for name in GUARDED]
    + [f"DROP TRIGGER agree ON initiatives_{name};" for name in ("initiative", "decision", "objection")]
    + [f"DROP FUNCTION initiatives_guard_{name}();" for name in ("move", *GUARDED)]
    + [
        "DROP FUNCTION initiatives_agree();",
        "DROP FUNCTION initiatives_agree_with();",
        "DROP FUNCTION initiatives_what_a_step_leaves(bigint);",
        "DROP FUNCTION initiatives_must_not_have_filed(bigint, bigint);",
        "DROP FUNCTION initiatives_must_be(bigint, text[]);",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_the_procedure_is_recorded")]
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
