"""What nobody knew goes by itself 20 hours after it was found at the earliest (`clearing.WAITS`), or once a privacy
officer released what was found until then. And open incidents stand in the order in which they must be gone.
"""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION retention_guard_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF retention_now() < retention_later(NEW.found_at, interval '20 hours') AND NOT EXISTS (
        SELECT FROM retention_comparisonrelease l WHERE l.at >= NEW.found_at
    ) THEN
        PERFORM retention_refuse('nobody could act on it yet');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER waits_for_who_could_act BEFORE UPDATE ON retention_storageincident FOR EACH ROW
WHEN (NEW.kind = 'onbekend' AND NEW.ordered_at IS NULL
      AND (NEW.attempts > OLD.attempts OR OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL))
EXECUTE FUNCTION retention_guard_sent();
"""
REMOVE = """
DROP TRIGGER waits_for_who_could_act ON retention_storageincident;
DROP FUNCTION retention_guard_sent;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0036_what_the_list_of_destructions_lacks_is_counted")]
    operations = [
        migrations.RunSQL(GUARD, REMOVE),
        migrations.RemoveIndex(model_name="storageincident", name="incident_that_is_open"),
        migrations.AddIndex(
            model_name="storageincident",
            index=models.Index(
                fields=["destroy_from", "id"], condition=models.Q(("ended_at", None)), name="incident_that_is_open"
            ),
        ),
    ]
