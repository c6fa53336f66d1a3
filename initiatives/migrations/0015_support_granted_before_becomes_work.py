"""What was granted before there was support work becomes a piece of work too, open, with the usual responsible."""

from django.db import migrations

BEGIN = """
INSERT INTO initiatives_supportwork (initiative_id, kind, progress, responsible, granted_at, lines)
SELECT DISTINCT ON (d.initiative_id, kind) d.initiative_id, kind, 'open', CASE kind
    WHEN 'inkoopproces' THEN 'afdeling Inkoop'
    WHEN 'ict_integratie' THEN 'Dienst ICT'
    WHEN 'juridische_borging' THEN 'afdeling Juridische Zaken'
    ELSE 'landelijk project Bodycams'
END, d.decided_at, 0
FROM initiatives_decision d CROSS JOIN unnest(d.granted) AS kind
ORDER BY d.initiative_id, kind, d.round
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0014_granted_support_becomes_work")]
    operations = [migrations.RunSQL(BEGIN, "DELETE FROM initiatives_supportline; DELETE FROM initiatives_supportwork")]
