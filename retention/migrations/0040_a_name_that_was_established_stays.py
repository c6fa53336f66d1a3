"""Once it is established who asks, no other name is put in its place: the address is still mended."""

from django.db import migrations

MENDED = """
CREATE OR REPLACE FUNCTION retention_guard_mended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found retention_privacyrequest%ROWTYPE;
BEGIN
    found := retention_open_request(OLD.request_id);
    IF (NEW.request_id, NEW.description) IS DISTINCT FROM (OLD.request_id, OLD.description) THEN
        PERFORM retention_refuse('what was received stays as it was');
    END IF;
    IF found.identity_on IS NOT NULL AND NEW.name <> OLD.name THEN
        PERFORM retention_refuse('a name that was established stays');
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION retention_guard_mended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_open_request(OLD.request_id);
    IF (NEW.request_id, NEW.description) IS DISTINCT FROM (OLD.request_id, OLD.description) THEN
        PERFORM retention_refuse('what was received stays as it was');
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0039_what_is_wrong_with_the_list_is_told_once_a_day")]
    operations = [migrations.RunSQL(MENDED, BEFORE)]
