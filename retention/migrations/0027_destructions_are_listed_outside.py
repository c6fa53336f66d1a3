"""Each register has an identity, under which what it destroyed is listed outside the database; and a mark that it knows
of all of it, which no backup holds. Only the owner writes either.
"""

import uuid

from django.db import migrations, models

FILL = """
INSERT INTO retention_register (id) VALUES (gen_random_uuid());
INSERT INTO retention_caughtup (id, at) VALUES (1, retention_now());
"""
EMPTY = "DELETE FROM retention_caughtup; DELETE FROM retention_register"


class Migration(migrations.Migration):
    dependencies = [("retention", "0026_a_file_is_of_one_recording")]
    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="CaughtUp",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(editable=False)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="caught_up_is_one_row")],
            },
        ),
        migrations.RunSQL(FILL, EMPTY),
    ]
