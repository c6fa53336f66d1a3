"""What each change of a recording pays for: a regular expression about a digest that did not change, and two indexes
that say the same. One finds a recording by the beginning of its number at the source, and keeps it from coming twice.
"""

import django.db.models.expressions
from django.db import migrations, models

IS_DIGEST = """
CREATE FUNCTION retention_is_digest(digest varchar) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT length(digest) = 64 AND ltrim(digest, '0123456789abcdef') = '' $$
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0033_moments_are_reckoned_on_any_search_path")]
    operations = [
        migrations.RunSQL(IS_DIGEST, "DROP FUNCTION retention_is_digest"),
        migrations.RemoveConstraint("recording", "recording_has_a_digest"),
        migrations.AddConstraint(
            "recording",
            models.CheckConstraint(
                condition=django.db.models.expressions.Func(
                    models.F("sha256"), function="retention_is_digest", output_field=models.BooleanField()
                ),
                name="recording_has_a_digest",
            ),
        ),
        migrations.RemoveIndex("recording", "recording_by_source_id"),
        migrations.RemoveConstraint("recording", "a_source_names_a_recording_once"),
        migrations.AddConstraint(
            "recording",
            models.UniqueConstraint(
                fields=("source_id", "source"),
                name="a_source_names_a_recording_once",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        ),
    ]
