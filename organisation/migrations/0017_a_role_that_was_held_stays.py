"""A role that is still to begin can be taken back; one that was held is never erased or made another."""

from django.db import migrations

GUARD = """
CREATE FUNCTION organisation_guard_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a role that was held stays' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER held_stays BEFORE DELETE ON organisation_roleassignment FOR EACH ROW
    WHEN (OLD.from_date <= (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date)
    EXECUTE FUNCTION organisation_guard_held();
CREATE TRIGGER held_is_the_same BEFORE UPDATE ON organisation_roleassignment FOR EACH ROW
    WHEN ((OLD.person_id, OLD.role, OLD.unit_id, OLD.from_date, OLD.assigned_by_id, OLD.deputy_for_id)
        IS DISTINCT FROM (NEW.person_id, NEW.role, NEW.unit_id, NEW.from_date, NEW.assigned_by_id, NEW.deputy_for_id))
    EXECUTE FUNCTION organisation_guard_held();
"""
REMOVE = """
DROP TRIGGER held_is_the_same ON organisation_roleassignment;
DROP TRIGGER held_stays ON organisation_roleassignment;
DROP FUNCTION organisation_guard_held();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0016_contacts_keep_cameras")]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
