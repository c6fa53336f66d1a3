"""A unit can end or go up in another: what is proposed, answered and done, and which unit came after it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0009_roles_have_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitEnding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reasons", models.TextField(verbose_name="waarom")),
                ("effect", models.JSONField(blank=True, default=dict)),
                ("proposed_at", models.DateTimeField()),
                ("last_day", models.DateField(verbose_name="laatste dag")),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UnitEndingDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField(blank=True, default=dict)),
                ("done_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UnitEndingVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("bevestigd", "bevestigd"),
                            ("geweigerd", "geweigerd"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="waarom")),
                ("effect", models.JSONField(blank=True, default=dict)),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="unit",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitending",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unitending",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitending",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="unitendingdone",
            name="ending",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="done", to="organisation.unitending"
            ),
        ),
        migrations.AddField(
            model_name="unitendingverdict",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unitendingverdict",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdict", to="organisation.unitending"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("unit", models.F("successor")), _negated=True),
                    _connector="OR",
                ),
                name="a_unit_does_not_succeed_itself",
                violation_error_message="Een eenheid kan niet in zichzelf opgaan.",
            ),
        ),
    ]
