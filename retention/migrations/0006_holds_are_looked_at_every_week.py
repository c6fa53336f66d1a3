"""Who was reminded of holds and requests, on which day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("retention", "0005_recordings_are_found_by_their_moment"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivacyReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="privacyreminder",
            constraint=models.UniqueConstraint(fields=("person", "day"), name="reminded_of_holds_once_a_day"),
        ),
    ]
