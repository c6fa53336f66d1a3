from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0003_the_database_guards_recordings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="council_record",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="stuk van de ondernemingsraad"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("purpose", "personeelsvolg"),
                        ("second_purposes__contains", ["personeelsvolg"]),
                        _connector="OR",
                        _negated=True,
                    ),
                    models.Q(("council_record", ""), _negated=True),
                    _connector="OR",
                ),
                name="staff_is_followed_with_the_councils_leave",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ("onderwijs", "wetenschap", "organisatieonderzoek")), _negated=True),
                name="never_for_training_or_science_alone",
            ),
        ),
    ]
