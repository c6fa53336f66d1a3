"""A backup is put back with an empty search path, on which a function that calls another by its bare name finds nothing,
and generated columns could not be filled. A body that the database has read itself (`BEGIN ATOMIC`) knows what it means.
"""

from django.db import migrations

MOMENTS = """
p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'retention\\_%' AND p.provolatile = 'i'
AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
"""
READ = f"""
DO $do$ DECLARE f record; BEGIN
    FOR f IN SELECT pg_get_functiondef(p.oid) AS written, p.prosrc AS body FROM pg_proc p
        WHERE {MOMENTS} AND p.prosqlbody IS NULL
    LOOP
        EXECUTE split_part(f.written, 'AS $function$', 1) || 'BEGIN ATOMIC ' || f.body || '; END';
    END LOOP;
END $do$
"""  # noqa: S608  # made of constants
UNREAD = f"""
DO $do$ DECLARE f record; BEGIN
    FOR f IN SELECT pg_get_functiondef(p.oid) AS written, pg_get_function_sqlbody(p.oid) AS body FROM pg_proc p
        WHERE {MOMENTS} AND p.prosqlbody IS NOT NULL
    LOOP
        EXECUTE split_part(f.written, 'BEGIN ATOMIC', 1) || 'AS $function$'
            || regexp_replace(f.body, '^\\s*BEGIN ATOMIC|;\\s*END\\s*$', '', 'g') || '$function$';
    END LOOP;
END $do$
"""  # noqa: S608  # made of constants


class Migration(migrations.Migration):
    dependencies = [("retention", "0032_intents_and_proofs_are_written_once")]
    operations = [migrations.RunSQL(READ, UNREAD)]
