"""A decision on a request can put recordings out of use: only a privacy officer looks at them from then on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION retention_guard_restricted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role <> 'privacyfunctionaris' AND EXISTS (
        SELECT FROM retention_restriction s WHERE s.recording_id = NEW.recording_id
    ) THEN
        PERFORM retention_refuse('only a privacy officer looks at what is out of use');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER is_not_out_of_use BEFORE INSERT ON retention_viewing FOR EACH ROW
EXECUTE FUNCTION retention_guard_restricted();
CREATE TRIGGER is_not_out_of_use BEFORE INSERT ON retention_disclosure FOR EACH ROW
EXECUTE FUNCTION retention_guard_restricted();
CREATE TRIGGER is_of_an_open_request BEFORE INSERT ON retention_restriction FOR EACH ROW
EXECUTE FUNCTION retention_guard_of_request();
"""
REMOVE = """
DROP TRIGGER is_of_an_open_request ON retention_restriction;
DROP TRIGGER is_not_out_of_use ON retention_disclosure;
DROP TRIGGER is_not_out_of_use ON retention_viewing;
DROP FUNCTION retention_guard_restricted();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0024_longer_is_held_by_two_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="retention.recording",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="retention.privacyrequest",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recording", "request"), name="a_request_restricts_a_recording_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, REMOVE),
    ]
