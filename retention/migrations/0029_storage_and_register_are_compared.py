"""Storage and register are compared every night: each comparison, and each file with which something is wrong."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0028_a_shift_ends_within_a_day_of_use"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("files", models.PositiveBigIntegerField(db_default=0, default=0)),
                ("size", models.PositiveBigIntegerField(db_default=0, default=0)),
                ("young", models.PositiveIntegerField(db_default=0, default=0)),
                ("unknown", models.PositiveIntegerField(db_default=0, default=0)),
                ("returned", models.PositiveIntegerField(db_default=0, default=0)),
                ("lost", models.PositiveIntegerField(db_default=0, default=0)),
                ("error", models.TextField(blank=True, db_default="")),
                ("told_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-began_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StorageIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("onbekend", "bestand zonder opname"),
                            ("teruggekomen", "terug na vernietiging"),
                            ("vermist", "bestand van een opname is weg"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.TextField()),
                ("size", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("found_at", models.DateTimeField()),
                ("ordered_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, db_default="", verbose_name="redenen")),
                ("sent_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0)),
                ("last_error", models.TextField(blank=True, db_default="")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("verwijderd", "vernietigd door het register, daarna nagekeken dat het weg is"),
                            ("afwezig_na_opdracht", "al weg nadat het register met vernietigen was begonnen"),
                            ("verdwenen", "weg, zonder dat het register iets deed"),
                            ("bij_opname", "hoort bij een opname die later is aangeleverd"),
                            ("teruggevonden", "het bestand is er weer"),
                            ("overgenomen", "verder bij de vernietiging van de opname"),
                        ],
                        db_default="",
                        max_length=20,
                    ),
                ),
                (
                    "destroy_from",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Least(models.F("written_at"), models.F("found_at")),
                            function="retention_judging_closes",
                            output_field=models.DateTimeField(),
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                (
                    "must_be_gone_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Least(models.F("written_at"), models.F("found_at")),
                            function="retention_must_be_gone",
                            output_field=models.DateTimeField(),
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ComparisonRelease",
            fields=[
                (
                    "comparison",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="retention.comparison",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="redenen")),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="comparison",
            index=models.Index(fields=["-began_at", "-id"], name="comparison_newest_first"),
        ),
        migrations.AddField(
            model_name="storageincident",
            name="found_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="found", to="retention.comparison"
            ),
        ),
        migrations.AddField(
            model_name="storageincident",
            name="ordered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="storageincident",
            name="recording",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="storage_incidents",
                to="retention.recording",
            ),
        ),
        migrations.AddField(
            model_name="storageincident",
            name="seen_in",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="retention.comparison"
            ),
        ),
        migrations.AddField(
            model_name="comparisonrelease",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="storageincident",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["kind", "destroy_from", "id"],
                name="incident_that_is_open",
            ),
        ),
        migrations.AddIndex(
            model_name="storageincident",
            index=models.Index(
                condition=models.Q(("ended_at", None), _negated=True),
                fields=["-ended_at", "-id"],
                name="incident_that_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="storageincident",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.MD5("key"),
                condition=models.Q(("ended_at", None)),
                name="one_open_incident_of_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="storageincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "onbekend"), ("size__isnull", False), ("written_at__isnull", False)),
                    models.Q(models.Q(("kind", "onbekend"), _negated=True), ("recording__isnull", False)),
                    _connector="OR",
                ),
                name="an_incident_is_of_a_file_or_of_a_recording",
            ),
        ),
        migrations.AddConstraint(
            model_name="storageincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_incident_ends_in_some_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="storageincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ("verwijderd", "afwezig_na_opdracht")), _negated=True),
                    models.Q(("sent_at__isnull", False), models.Q(("kind", "vermist"), _negated=True)),
                    _connector="OR",
                ),
                name="destroyed_after_the_storage_was_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="storageincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ordered_at__isnull", True), ("ordered_by__isnull", True), ("reasons", "")),
                    models.Q(
                        ("kind", "onbekend"),
                        ("ordered_at__isnull", False),
                        ("ordered_by__isnull", False),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ordered_by_somebody_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="comparisonrelease",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasons", ""), _negated=True), name="files_are_released_with_reasons"
            ),
        ),
    ]
