"""Indexes for the list of recordings, for numbers per unit, and for what stands out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0028_the_database_guards_the_editions"),
        ("organisation", "0013_two_people_publish_an_edition"),
        ("retention", "0007_nobody_releases_their_own_recording"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("status", "te_beoordelen")),
                fields=["rank", "judging_closes_at", "id"],
                name="recording_to_judge_anywhere",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("status__in", ["te_beoordelen", "niet_noodzakelijk"])),
                fields=["unit", "must_be_gone_by", "id"],
                name="recording_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(("status", "noodzakelijk")),
                fields=["unit", "keep_until", "id"],
                name="recording_ending",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                fields=["unit", "arrived_at"], include=("status", "judged_at"), name="recording_counted"
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(
                condition=models.Q(
                    ("late", True), ("rank", 0), ("arrived_at__gte", models.F("judging_closes_at")), _connector="OR"
                ),
                fields=["unit", "-arrived_at"],
                name="recording_stands_out",
            ),
        ),
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(fields=["source_id"], name="recording_by_source_id", opclasses=["varchar_pattern_ops"]),
        ),
    ]
