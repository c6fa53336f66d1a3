"""What the list of destructions lacks is counted with each comparison."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0035_the_guards_see_what_was_committed")]
    operations = [
        migrations.AddField(
            model_name="comparison",
            name="unlisted",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
