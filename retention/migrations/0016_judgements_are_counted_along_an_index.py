from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0015_a_recording_is_found_by_its_file"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(("step", "niet_zinvol_verklaren")), fields=["at"], name="judgement_at_end_of_shift"
            ),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(
                condition=models.Q(
                    ("purpose", "personeelsvolg"), ("second_purposes__contains", ["personeelsvolg"]), _connector="OR"
                ),
                fields=["at"],
                name="judgement_of_staff",
            ),
        ),
    ]
