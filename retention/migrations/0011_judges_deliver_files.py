"""Files of recordings that judges send in the browser."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0010_the_last_kept_of_a_judge_is_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("lines", models.PositiveIntegerField()),
                ("rows", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("rejected", models.TextField(blank=True, default="")),
                ("problem", models.TextField(blank=True, default="")),
                ("sent_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("content__isnull", False)), fields=["id"], name="delivery_to_go_through"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True), ("tried_at__isnull", False), _connector="OR"
                        ),
                        name="a_file_is_taken_in_after_a_trial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finished_at__isnull", True), ("content__isnull", True), _connector="OR"),
                        name="a_file_that_was_taken_in_is_not_kept",
                    ),
                ],
            },
        ),
    ]
