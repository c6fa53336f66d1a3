"""Initiatives with nearly the same vendor and model are found by an index."""

from django.db import migrations

MAKE = """
CREATE INDEX initiative_alike ON initiatives_initiative
    USING gin ((vendor || ' ' || model_name) gin_trgm_ops) WHERE number IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0019_what_was_arranged_is_guarded")]
    operations = [migrations.RunSQL(MAKE, "DROP INDEX initiative_alike;")]
