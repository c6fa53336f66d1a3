"""An entry gets its moment and its transaction from the database, whatever the statement that adds it asks for."""

from django.db import migrations

DATE_EACH_ENTRY = """
CREATE FUNCTION date_journal_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    NEW.tx := pg_current_xact_id();
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER entry_is_dated_by_the_database BEFORE INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION date_journal_entry();
"""
LEAVE_IT = """
DROP TRIGGER entry_is_dated_by_the_database ON journal_entry;
DROP FUNCTION date_journal_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_the_journal_is_kept")]
    operations = [migrations.RunSQL(DATE_EACH_ENTRY, LEAVE_IT)]
