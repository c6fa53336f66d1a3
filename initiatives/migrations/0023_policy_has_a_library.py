"""Documents of policy with their versions and files, and which unit passed the procedure on."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0022_what_was_submitted_stays"),
        ("organisation", "0008_people_ask_answer_and_pass_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="afkorting")),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("about", models.CharField(max_length=500, verbose_name="waar het over gaat")),
            ],
            options={
                "ordering": ["title"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200, verbose_name="versie")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="datum op het document")),
                ("valid_from", models.DateField(verbose_name="geldt vanaf")),
                ("citation", models.CharField(max_length=300, verbose_name="vindplaats")),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="initiatives.policydocument",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                (
                    "mime",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "afbeelding"),
                            ("image/jpeg", "afbeelding"),
                            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
                            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
                            ("application/vnd.oasis.opendocument.text", "OpenDocument"),
                            ("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
                        ],
                        max_length=100,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="initiatives.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=500, verbose_name="hoe")),
                ("confirmed_at", models.DateTimeField()),
                (
                    "form_id",
                    models.UUIDField(
                        editable=False, null=True, unique=True, verbose_name="het formulier waarmee het bevestigd is"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.policyversion"
                    ),
                ),
            ],
            options={
                "ordering": ["confirmed_at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("document", "valid_from"), name="one_version_from_a_day_on"),
        ),
        migrations.AddIndex(
            model_name="passedon",
            index=models.Index(
                models.F("unit"),
                models.OrderBy(models.F("confirmed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="passed_on_last",
            ),
        ),
    ]
