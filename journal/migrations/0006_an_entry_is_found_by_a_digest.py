"""An entry that names a file by its digest is found by that."""

import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0005_the_journal_is_reported_to_auditors"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("sha256", "data"),
                condition=models.Q(("data__has_key", "sha256")),
                name="journal_of_digest",
            ),
        ),
    ]
