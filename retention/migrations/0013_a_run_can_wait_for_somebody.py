"""A run can wait until somebody has looked; a file can turn out to be missing."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0012_looking_asks_a_purpose"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunRelease",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="retention.run",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="redenen")),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="destruction",
            name="missing_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="ahead",
            field=models.DurationField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="alarmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="daily_median",
            field=models.FloatField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="lapsed",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="missed",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="newest_entry_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="run",
            name="planned",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="waits_for",
            field=models.CharField(
                blank=True,
                choices=[("aantal", "veel meer dan gewoonlijk"), ("klok", "de klok klopt misschien niet")],
                db_default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="would_destroy",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["destroyed_at"], name="proof_by_day"
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["-began_at", "-id"], name="run_newest_first"),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                condition=models.Q(("waits_for", ""), _negated=True), fields=["waits_for", "id"], name="run_that_waits"
            ),
        ),
        migrations.AddField(
            model_name="runrelease",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
