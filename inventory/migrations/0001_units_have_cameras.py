"""The cameras of units."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("initiatives", "0028_the_database_guards_the_editions"),
        ("organisation", "0013_two_people_publish_an_edition"),
    ]

    operations = [
        migrations.CreateModel(
            name="Camera",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.CharField(max_length=60, unique=True, verbose_name="serienummer")),
                ("vendor", models.CharField(max_length=120, verbose_name="leverancier")),
                ("model_name", models.CharField(max_length=120, verbose_name="model")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("landelijke_uitrol", "eerdere landelijke uitrol"),
                            ("initiatief", "een initiatief"),
                            ("met_instemming", "een ander, met instemming"),
                        ],
                        max_length=20,
                        verbose_name="herkomst",
                    ),
                ),
                ("consent", models.TextField(blank=True, verbose_name="wie stemde ermee in")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("operationeel", "operationeel"),
                            ("defect", "defect"),
                            ("vervangen", "vervangen"),
                            ("afgevoerd", "afgevoerd"),
                        ],
                        default="operationeel",
                        max_length=20,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="inventory.camera",
                        verbose_name="vervangen door",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="organisation.unit",
                        verbose_name="eenheid",
                    ),
                ),
            ],
            options={
                "ordering": ["serial"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by__isnull", True), ("status", "vervangen"), _connector="OR"),
                        name="only_a_replaced_camera_has_a_replacement",
                        violation_error_message="Alleen een vervangen camera heeft een vervanger.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by", models.F("id")), _negated=True),
                        name="a_camera_does_not_replace_itself",
                        violation_error_message="Een camera kan zichzelf niet vervangen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "met_instemming"), _negated=True),
                            models.Q(("consent", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_camera_of_others_has_consent",
                        violation_error_message="Vul in wie ermee instemde dat de camera van een ander komt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "initiatief"), _negated=True),
                            ("initiative__isnull", False),
                            _connector="OR",
                        ),
                        name="a_camera_of_an_initiative_names_it",
                        violation_error_message="Kies het initiatief waarmee de camera kwam.",
                    ),
                ],
            },
        ),
    ]
