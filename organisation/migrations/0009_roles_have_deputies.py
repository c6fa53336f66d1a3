"""Somebody can hold a role as the deputy of who is away: the same role, for a period that ends."""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE FUNCTION organisation_guard_deputy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM organisation_roleassignment a WHERE a.id = NEW.deputy_for_id AND a.role = NEW.role
        AND a.unit_id IS NOT DISTINCT FROM NEW.unit_id AND a.person_id <> NEW.person_id
    ) THEN
        RAISE EXCEPTION 'a deputy is another person in the same role' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_deputy BEFORE INSERT OR UPDATE ON organisation_roleassignment
    FOR EACH ROW WHEN (NEW.deputy_for_id IS NOT NULL) EXECUTE FUNCTION organisation_guard_deputy();
"""
REMOVE = """
DROP TRIGGER guard_deputy ON organisation_roleassignment;
DROP FUNCTION organisation_guard_deputy();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0008_people_ask_answer_and_pass_on")]
    operations = [
        migrations.AddField(
            model_name="roleassignment",
            name="deputy_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputies",
                to="organisation.roleassignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("deputy_for__isnull", True), ("until_date__isnull", False), _connector="OR"),
                name="deputy_is_there_for_a_period",
                violation_error_message="Een waarneming heeft een laatste dag.",
            ),
        ),
        migrations.RunSQL(GUARD, REMOVE),
    ]
