"""Serial, vendor and model of a camera are never blank, whatever writes the row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_units_have_cameras")]
    operations = [
        migrations.AddConstraint(
            model_name="camera",
            constraint=models.CheckConstraint(
                condition=models.Q(*((f"{text}__regex", r"\S") for text in ("serial", "vendor", "model_name"))),
                name="inventory_camera_says_something",
                violation_error_message="Vul elk verplicht veld in.",
            ),
        ),
    ]
