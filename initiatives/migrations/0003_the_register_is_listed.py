"""A list of the register goes through an index in its own order, and is counted in it."""

import datetime

import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_the_database_guards_the_procedure"),
        ("organisation", "0004_the_policy_rules_since_2015"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="initiative",
            name="initiative_filed",
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["-submitted_at", "-id"],
                include=("cameras_requested",),
                name="initiative_filed",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["unit", "-submitted_at", "-id"],
                include=("cameras_requested",),
                name="initiative_filed_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["status", "-submitted_at", "-id"],
                include=("cameras_requested",),
                name="initiative_filed_status",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["vendor", "-submitted_at", "-id"],
                include=("cameras_requested",),
                name="initiative_filed_vendor",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("cameras_requested", 0),
                models.F("id"),
                condition=models.Q(("number__isnull", False)),
                name="initiative_by_cameras",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("due_on", datetime.date(9999, 12, 31)),
                models.F("id"),
                condition=models.Q(("number__isnull", False)),
                name="initiative_by_term",
            ),
        ),
    ]
