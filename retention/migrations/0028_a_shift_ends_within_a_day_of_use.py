"""The end of a shift counts until a day after the use of the camera, whatever the dock says: else a false one would give
who wore it time to judge without end, and would never be late. And the database keeps those 24 hours too.
"""

from django.db import migrations, models
from django.db.models import F, Func, Q

FUNCTIONS = """
CREATE FUNCTION retention_shift_over(shift_end timestamptz, used_to timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT least(shift_end, retention_later(used_to, interval '24 hours')) $$;

CREATE FUNCTION retention_late(arrived timestamptz, shift_end timestamptz, used_to timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT arrived > retention_later(retention_shift_over(shift_end, used_to), interval '48 hours') $$;
"""
REMOVE_FUNCTIONS = "DROP FUNCTION retention_late(timestamptz, timestamptz, timestamptz), retention_shift_over;"
REPORT = """
CREATE VIEW reporting.recordings AS
SELECT r.id, r.source, r.source_id, u.code AS unit, r.camera_serial AS camera, r.status AS state, r.used_from,
       r.judging_closes_at, r.must_be_gone_by, r.keep_until, r.set_apart, r.late, r.storage_key, r.sha256
FROM public.retention_recording r JOIN public.organisation_unit u ON u.id = r.unit_id;
"""
NO_REPORT = "DROP VIEW reporting.recordings"
"""As migration 0009 made it: no column goes that a view shows."""
GUARD = """
CREATE FUNCTION retention_guard_end_of_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM retention_recording r
        WHERE r.id = NEW.recording_id AND retention_now() >= retention_later(r.shift_over_at, interval '24 hours')
    ) THEN
        PERFORM retention_refuse('the end of the shift has passed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_at_the_end_of_the_shift BEFORE INSERT ON retention_judgement FOR EACH ROW
WHEN (NEW.step = 'niet_zinvol_verklaren') EXECUTE FUNCTION retention_guard_end_of_shift();
"""
REMOVE_GUARD = """
DROP TRIGGER is_at_the_end_of_the_shift ON retention_judgement;
DROP FUNCTION retention_guard_end_of_shift;
"""


def made(function: str, kind: models.Field, *columns: str) -> models.GeneratedField:
    expression = Func(*(F(column) for column in columns), function=function, output_field=kind)
    return models.GeneratedField(expression=expression, output_field=kind, db_persist=True)


LATE = made("retention_late", models.BooleanField(), "arrived_at", "shift_end", "used_to")
OVER = made("retention_shift_over", models.DateTimeField(null=True), "shift_end", "used_to")


STANDS_OUT = models.Index(
    fields=["unit", "-arrived_at"],
    condition=Q(late=True) | Q(rank=0) | Q(arrived_at__gte=F("judging_closes_at")),
    name="recording_stands_out",
)


class Migration(migrations.Migration):
    dependencies = [("retention", "0027_destructions_are_listed_outside")]
    operations = [
        migrations.RunSQL(FUNCTIONS, REMOVE_FUNCTIONS),
        migrations.RunSQL(NO_REPORT, REPORT),
        migrations.RemoveIndex("recording", "recording_stands_out"),
        migrations.RemoveIndex("recording", "recording_of_a_wearer"),
        migrations.RemoveField("recording", "late"),
        migrations.AddField("recording", "late", LATE),
        migrations.AddField("recording", "shift_over_at", OVER),
        migrations.AddIndex("recording", STANDS_OUT),
        migrations.AddIndex(
            "recording",
            models.Index(fields=["wearer", "-shift_over_at"], condition=~Q(wearer=""), name="recording_of_a_wearer"),
        ),
        migrations.RunSQL(REPORT, NO_REPORT),
        migrations.RunSQL(GUARD, REMOVE_GUARD),
    ]
