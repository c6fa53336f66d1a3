"""Who answers a proposal is another than who made it, and a version of a policy rule is what was confirmed so.

The first versions, of migration 0004, were there before these triggers.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION organisation_two_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE proposer bigint;
BEGIN
    EXECUTE format('SELECT proposed_by_id FROM %I WHERE id = $1', TG_ARGV[0]) INTO proposer USING NEW.proposal_id;
    IF (NEW.outcome = 'ingetrokken') <> (NEW.decided_by_id = proposer) THEN
        RAISE EXCEPTION 'a proposal is answered by another, and withdrawn by who made it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION organisation_guard_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM organisation_policychange c JOIN organisation_policyverdict v ON v.proposal_id = c.id
        WHERE c.id = NEW.change_id AND v.outcome = 'bevestigd'
        AND (c.code, c.sentence, c.citation, c.mode, c.parameters, c.valid_from, c.valid_until) IS NOT DISTINCT FROM
            (NEW.code, NEW.sentence, NEW.citation, NEW.mode, NEW.parameters, NEW.valid_from, NEW.valid_until)
    ) THEN
        RAISE EXCEPTION 'a policy rule is what two people changed it to' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER two_people BEFORE INSERT ON organisation_policyverdict
    FOR EACH ROW EXECUTE FUNCTION organisation_two_people('organisation_policychange');
CREATE TRIGGER guard BEFORE INSERT ON organisation_policyrule
    FOR EACH ROW EXECUTE FUNCTION organisation_guard_policy();
"""

REMOVE = """
DROP TRIGGER guard ON organisation_policyrule;
DROP TRIGGER two_people ON organisation_policyverdict;
DROP FUNCTION organisation_guard_policy();
DROP FUNCTION organisation_two_people();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0005_policy_rules_are_changed_by_two_people")]
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
