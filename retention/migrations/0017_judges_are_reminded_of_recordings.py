"""On which day the people of a unit were reminded of its recordings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0015_docks_deliver_with_tokens"),
        ("retention", "0016_judgements_are_counted_along_an_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordingReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "day"), name="reminded_of_recordings_once_a_day")
                ],
            },
        ),
    ]
