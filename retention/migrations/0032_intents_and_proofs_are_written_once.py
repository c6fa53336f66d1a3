"""What an intent and a proof keep up for nothing: foreign keys that triggers look after (0031), an index by run of what
is done, one of who declared what nobody declared.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0031_the_database_guards_sets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex("destruction", "destruction_to_do"),
        migrations.AlterField(
            "destruction",
            "recording",
            models.OneToOneField(
                db_constraint=False,
                on_delete=PROTECT,
                primary_key=True,
                related_name="destruction",
                serialize=False,
                to="retention.recording",
            ),
        ),
        migrations.AlterField(
            "destruction",
            "run",
            models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=PROTECT, related_name="destructions", to="retention.run"
            ),
        ),
        migrations.AlterField(
            "proof",
            "by",
            models.ForeignKey(
                db_index=False, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            "proof",
            "recording",
            models.OneToOneField(
                db_constraint=False,
                on_delete=PROTECT,
                primary_key=True,
                related_name="proof",
                serialize=False,
                to="retention.recording",
            ),
        ),
        migrations.AlterField(
            "proof",
            "run",
            models.ForeignKey(db_constraint=False, on_delete=PROTECT, related_name="proofs", to="retention.run"),
        ),
        migrations.AddIndex(
            "destruction",
            models.Index(
                fields=["run", "recording"], condition=models.Q(done_at__isnull=True), name="destruction_to_do"
            ),
        ),
    ]
