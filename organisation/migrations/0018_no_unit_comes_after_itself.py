"""What came after a unit, and after that, never leads back to it: else there is no end to looking for who acts."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION organisation_guard_successor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.successor_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM organisation_unitending e JOIN organisation_unitendingverdict v ON v.proposal_id = e.id
        WHERE e.unit_id = NEW.id AND v.outcome = 'bevestigd' AND e.successor_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'two people say once which unit succeeds another' USING ERRCODE = 'check_violation';
    END IF;
    {}
    RETURN NEW;
END $$;
"""
NO_WAY_BACK = """
    IF EXISTS (
        WITH RECURSIVE heir AS (
            SELECT NEW.successor_id AS id
            UNION
            SELECT unit.successor_id FROM organisation_unit unit JOIN heir ON heir.id = unit.id
        )
        SELECT FROM heir WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a unit does not come after itself' USING ERRCODE = 'check_violation';
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0017_a_role_that_was_held_stays")]
    operations = [migrations.RunSQL(GUARD.format(NO_WAY_BACK), GUARD.format(""))]
