from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0009_recordings_are_reported_to_auditors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(("ground", ""), _negated=True), fields=["person", "-at"], name="judgement_that_keeps"
            ),
        ),
    ]
