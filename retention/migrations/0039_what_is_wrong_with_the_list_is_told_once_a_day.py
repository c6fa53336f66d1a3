"""What is wrong with the list of destructions is no error of the storage, and administrators are told of it once a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0038_a_mistake_in_a_request_is_mended")]
    operations = [
        migrations.AddField(
            model_name="comparison",
            name="list_error",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="comparison",
            name="administrators_told_at",
            field=models.DateTimeField(null=True),
        ),
    ]
