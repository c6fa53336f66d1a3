"""Whoever destroys a file looks whether another recording names it too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0028_the_database_guards_the_editions"),
        ("organisation", "0015_docks_deliver_with_tokens"),
        ("retention", "0014_only_a_person_confirms_the_date"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="recording",
            index=models.Index(fields=["storage_key"], name="recording_of_a_file"),
        ),
    ]
