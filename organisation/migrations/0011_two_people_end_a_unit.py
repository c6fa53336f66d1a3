"""A unit ends by two people, on its day and once; and what came after a unit is never changed again."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION organisation_guard_ending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM organisation_unitending e JOIN organisation_unitendingverdict v ON v.proposal_id = e.id
        WHERE e.id = NEW.ending_id AND v.outcome = 'bevestigd'
        AND e.last_day < (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date
    ) THEN
        RAISE EXCEPTION 'a unit ends after the day that two people agreed on' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION organisation_guard_successor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.successor_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM organisation_unitending e JOIN organisation_unitendingverdict v ON v.proposal_id = e.id
        WHERE e.unit_id = NEW.id AND v.outcome = 'bevestigd' AND e.successor_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'two people say once which unit succeeds another' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER two_people BEFORE INSERT ON organisation_unitendingverdict
    FOR EACH ROW EXECUTE FUNCTION organisation_two_people('organisation_unitending');
CREATE TRIGGER guard BEFORE INSERT ON organisation_unitendingdone
    FOR EACH ROW EXECUTE FUNCTION organisation_guard_ending();
CREATE TRIGGER guard_successor BEFORE UPDATE ON organisation_unit
    FOR EACH ROW WHEN (OLD.successor_id IS DISTINCT FROM NEW.successor_id)
    EXECUTE FUNCTION organisation_guard_successor();
"""
REMOVE = """
DROP TRIGGER guard_successor ON organisation_unit;
DROP TRIGGER guard ON organisation_unitendingdone;
DROP TRIGGER two_people ON organisation_unitendingverdict;
DROP FUNCTION organisation_guard_successor();
DROP FUNCTION organisation_guard_ending();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0010_units_end_and_are_succeeded")]
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
