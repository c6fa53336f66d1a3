"""Whether a run told that the register was late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0017_judges_are_reminded_of_recordings"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="told_late_at",
            field=models.DateTimeField(null=True),
        ),
    ]
