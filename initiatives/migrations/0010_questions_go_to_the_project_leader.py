"""Questions about a file or in general, and the answers to them (S0-43)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0009_the_database_guards_the_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="onderwerp")),
                ("text", models.TextField(verbose_name="vraag")),
                ("asked_as", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "form_id",
                    models.UUIDField(
                        editable=False, null=True, unique=True, verbose_name="het formulier waarmee het gevraagd is"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="antwoord")),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="initiatives.question"
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["-asked_at", "-id"], name="question_newest"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)), fields=["-asked_at", "-id"], name="question_open"
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["asked_by", "-asked_at", "-id"], name="question_of_person"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("question", "version"), name="one_answer_of_a_version"),
        ),
    ]
