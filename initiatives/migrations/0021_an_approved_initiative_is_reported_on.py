"""The unit reports whether an approved initiative was carried out, and what an experiment taught."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0020_alike_initiatives_are_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Execution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("uitgevoerd", "Uitgevoerd"),
                            ("eerder_beeindigd", "Eerder beëindigd"),
                            ("niet_uitgevoerd", "Niet uitgevoerd"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on_day", models.DateField(verbose_name="op")),
                ("sentence", models.CharField(max_length=500, verbose_name="toelichting")),
                ("reported_at", models.DateTimeField()),
                (
                    "form_id",
                    models.UUIDField(
                        editable=False, null=True, unique=True, verbose_name="het formulier waarmee het gemeld is"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="executions",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["reported_at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contribution", models.TextField(blank=True, verbose_name="bijdrage")),
                ("best_use", models.TextField(blank=True, verbose_name="wanneer het best")),
                ("technique", models.TextField(blank=True, verbose_name="techniek")),
                ("indicators", models.JSONField(blank=True, default=dict)),
                ("research_partner", models.CharField(blank=True, max_length=200, verbose_name="onderzoekspartner")),
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doorgaan", "Doorgaan"),
                            ("aanpassen", "Doorgaan in een andere vorm"),
                            ("stoppen", "Stoppen"),
                        ],
                        max_length=20,
                        verbose_name="advies",
                    ),
                ),
                ("advice_reasons", models.TextField(blank=True, verbose_name="redenen van het advies")),
                ("lessons", models.TextField(blank=True, verbose_name="lessen")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("saved_at", models.DateTimeField(editable=False)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("submitted_at__isnull", False)),
                        fields=["-submitted_at", "-id"],
                        name="evaluation_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("contribution", ""), _negated=True),
                                models.Q(("best_use", ""), _negated=True),
                                models.Q(("technique", ""), _negated=True),
                                models.Q(("advice", ""), _negated=True),
                                models.Q(("lessons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_submitted_evaluation_is_complete",
                    )
                ],
            },
        ),
    ]
