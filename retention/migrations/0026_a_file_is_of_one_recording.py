"""A file is of the first recording that named it: whoever names it later never has it. And before the storage is told to
delete, that is written down.
"""

from django.db import migrations, models
from django.db.models import Q

SETTLE = """
ALTER TABLE retention_recording DISABLE TRIGGER facts_stay;
UPDATE retention_recording r SET owns_file = false, file_seen_at = NULL
WHERE EXISTS (SELECT FROM retention_recording o WHERE o.storage_key = r.storage_key AND o.id < r.id);
ALTER TABLE retention_recording ENABLE TRIGGER facts_stay;
UPDATE retention_destruction SET delete_sent_at = point_of_no_return_at WHERE point_of_no_return_at IS NOT NULL;
"""
UNSETTLE = "UPDATE retention_destruction SET delete_sent_at = NULL WHERE delete_sent_at IS NOT NULL"
"""Whose a file is goes with the column."""
GUARD = """
CREATE FUNCTION retention_guard_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_refuse('a file stays of the recording that named it first');
    RETURN NULL;
END $$;
CREATE TRIGGER keeps_its_file BEFORE UPDATE ON retention_recording FOR EACH ROW
WHEN (NEW.owns_file <> OLD.owns_file) EXECUTE FUNCTION retention_guard_owner();
"""
REMOVE = """
DROP TRIGGER keeps_its_file ON retention_recording;
DROP FUNCTION retention_guard_owner;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0025_a_request_puts_recordings_out_of_use")]
    operations = [
        migrations.AddField(
            "recording", "owns_file", models.BooleanField(default=True, db_default=True, editable=False)
        ),
        migrations.AddField("destruction", "delete_sent_at", models.DateTimeField(null=True)),
        migrations.RunSQL(SETTLE, UNSETTLE),
        migrations.RemoveIndex("recording", "recording_of_a_file"),
        migrations.AddConstraint(
            "recording",
            models.UniqueConstraint(
                fields=["storage_key"], condition=Q(owns_file=True), name="a_file_is_of_one_recording"
            ),
        ),
        migrations.AddConstraint(
            "recording",
            models.CheckConstraint(
                condition=Q(owns_file=True) | Q(file_seen_at__isnull=True), name="a_file_is_seen_for_its_recording"
            ),
        ),
        migrations.RunSQL(GUARD, REMOVE),
    ]
