"""What a filmed person knows of a recording is when it was: found without reading five million rows."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("retention", "0004_staff_is_followed_with_the_councils_leave")]

    operations = [
        migrations.AddIndex(
            "recording",
            django.contrib.postgres.indexes.BrinIndex(
                fields=["used_from"], name="recording_of_a_day", pages_per_range=16
            ),
        ),
        migrations.AddIndex(
            "recording",
            models.Index(fields=["true_from"], condition=Q(true_from__isnull=False), name="recording_of_a_true_day"),
        ),
    ]
