"""A mandate stays as it was given until it is revoked, and a person keeps the number by which recordings and the journal
name them.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION organisation_guard_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER stays_as_given BEFORE UPDATE ON organisation_mandate FOR EACH ROW
WHEN ((NEW.unit_id, NEW.kind, NEW.given_by_id, NEW.given_to_id, NEW.from_date, NEW.until_date) IS DISTINCT FROM
      (OLD.unit_id, OLD.kind, OLD.given_by_id, OLD.given_to_id, OLD.from_date, OLD.until_date)
      OR OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
EXECUTE FUNCTION organisation_guard_never('a mandate is only revoked');
CREATE TRIGGER stays BEFORE DELETE ON organisation_mandate FOR EACH ROW
EXECUTE FUNCTION organisation_guard_never('a mandate is only revoked');
CREATE TRIGGER keeps_its_number BEFORE UPDATE OF number ON organisation_person FOR EACH ROW
WHEN (NEW.number <> OLD.number) EXECUTE FUNCTION organisation_guard_never('a person keeps the number');
"""
REMOVE = """
DROP TRIGGER keeps_its_number ON organisation_person;
DROP TRIGGER stays ON organisation_mandate;
DROP TRIGGER stays_as_given ON organisation_mandate;
DROP FUNCTION organisation_guard_never();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0018_no_unit_comes_after_itself")]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
