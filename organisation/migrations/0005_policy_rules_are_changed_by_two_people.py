"""A policy rule gets versions that are only added to: one person proposes a change, another answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_the_policy_rules_since_2015"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reasons", models.TextField(verbose_name="waarom")),
                ("effect", models.JSONField(blank=True, default=dict)),
                ("proposed_at", models.DateTimeField()),
                ("code", models.CharField(max_length=60)),
                ("sentence", models.TextField(verbose_name="regel")),
                ("citation", models.CharField(max_length=300, verbose_name="bron")),
                (
                    "mode",
                    models.CharField(
                        choices=[("blokkeert", "blokkeert"), ("waarschuwt", "waarschuwt"), ("geldt", "geldt")],
                        max_length=12,
                        verbose_name="werking",
                    ),
                ),
                ("parameters", models.JSONField(blank=True, default=dict)),
                ("valid_from", models.DateField(verbose_name="geldt vanaf")),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="the last day", null=True, verbose_name="geldt tot en met"),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyVerdict",
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
        migrations.AlterModelOptions(
            name="policyrule",
            options={"default_permissions": (), "ordering": ["valid_from", "code", "id"]},
        ),
        migrations.RemoveConstraint(
            model_name="policyrule",
            name="one_version_of_a_policy_rule_at_a_time",
        ),
        migrations.AlterField(
            model_name="policyrule",
            name="citation",
            field=models.CharField(max_length=300, verbose_name="bron"),
        ),
        migrations.AlterField(
            model_name="policyrule",
            name="mode",
            field=models.CharField(
                choices=[("blokkeert", "blokkeert"), ("waarschuwt", "waarschuwt"), ("geldt", "geldt")],
                max_length=12,
                verbose_name="werking",
            ),
        ),
        migrations.AlterField(
            model_name="policyrule",
            name="sentence",
            field=models.TextField(verbose_name="regel"),
        ),
        migrations.AlterField(
            model_name="policyrule",
            name="valid_from",
            field=models.DateField(verbose_name="geldt vanaf"),
        ),
        migrations.AlterField(
            model_name="policyrule",
            name="valid_until",
            field=models.DateField(blank=True, help_text="the last day", null=True, verbose_name="geldt tot en met"),
        ),
        migrations.AddField(
            model_name="policychange",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="policyrule",
            name="change",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rule",
                to="organisation.policychange",
            ),
        ),
        migrations.AddField(
            model_name="policyverdict",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="policyverdict",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdict", to="organisation.policychange"
            ),
        ),
        migrations.AddConstraint(
            model_name="policychange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="policy_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
        ),
    ]
