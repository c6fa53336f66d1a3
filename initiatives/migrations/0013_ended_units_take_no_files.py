"""No file begins at, or moves to, a unit that ended or was succeeded; also not in the moment in which it ends."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION initiatives_guard_unit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE place organisation_unit;
BEGIN
    SELECT * INTO place FROM organisation_unit WHERE id = NEW.unit_id FOR KEY SHARE;
    IF place.successor_id IS NOT NULL
        OR place.valid_until < (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RAISE EXCEPTION 'unit % has ended', place.code USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_unit BEFORE INSERT ON initiatives_initiative
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_unit();
CREATE TRIGGER guard_other_unit BEFORE UPDATE ON initiatives_initiative
    FOR EACH ROW WHEN (OLD.unit_id <> NEW.unit_id) EXECUTE FUNCTION initiatives_guard_unit();
"""
REMOVE = """
DROP TRIGGER guard_other_unit ON initiatives_initiative;
DROP TRIGGER guard_unit ON initiatives_initiative;
DROP FUNCTION initiatives_guard_unit();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0012_people_are_reminded_of_terms"),
        ("organisation", "0011_two_people_end_a_unit"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
