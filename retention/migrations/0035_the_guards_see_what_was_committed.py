"""A guard asks what others did, and must see what they committed a moment ago. In a transaction that goes on seeing the
database as it was when it began, it would not: there nothing may be written that a guard looks after.

And an intent is only done with what was destroyed: without a proof nobody would ever come back to it.
"""

from django.db import migrations

SEES = {
    "retention_recording": "UPDATE",
    "retention_destruction": "INSERT OR UPDATE OR DELETE",
    "retention_proof": "INSERT",
    "retention_run": "UPDATE OR DELETE",
    "retention_judgement": "INSERT",
    "retention_hold": "INSERT",
    "retention_holdextension": "INSERT",
    "retention_holdrelease": "INSERT",
}
FUNCTIONS = """
CREATE FUNCTION retention_guard_isolation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        PERFORM retention_refuse('what others commit is seen in READ COMMITTED only');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM became WHERE done_at IS NOT NULL
        AND (SELECT p.recording_id FROM retention_proof p WHERE p.recording_id = became.recording_id) IS NULL
    ) THEN
        PERFORM retention_refuse('an intent is done with a proof');
    END IF;
    RETURN NULL;
END $$;
"""
DONE = """
CREATE TRIGGER are_done_with_a_proof AFTER UPDATE ON retention_destruction REFERENCING NEW TABLE AS became
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_done();
CREATE TRIGGER are_not_made_done AFTER INSERT ON retention_destruction REFERENCING NEW TABLE AS became
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_done();
"""
NOT_DONE = """
DROP TRIGGER are_done_with_a_proof ON retention_destruction;
DROP TRIGGER are_not_made_done ON retention_destruction;
"""
SEE = """
CREATE TRIGGER sees_what_others_did BEFORE {} ON {}
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_isolation()
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0034_a_recording_costs_less_to_change")]
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION retention_guard_done, retention_guard_isolation"),
        migrations.RunSQL(DONE, NOT_DONE),
        *(
            migrations.RunSQL(SEE.format(writing, table), f"DROP TRIGGER sees_what_others_did ON {table}")
            for table, writing in SEES.items()
        ),
    ]
