"""A token is for a program that reads, or for a dock that delivers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0014_some_follow_staff_with_recordings")]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="role",
            field=models.CharField(choices=[("reader", "lezer"), ("dock", "dock")], max_length=10),
        )
    ]
