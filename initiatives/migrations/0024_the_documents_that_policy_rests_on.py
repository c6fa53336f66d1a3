"""A version follows the one before it; the documents on which policy rests are there, without their files.

Files are added in the browser. A document without a date holds from the day of the policy rule that cites it.
"""

import datetime

from django.db import migrations

GUARD = """
CREATE FUNCTION initiatives_guard_policy_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM initiatives_policyversion v WHERE v.document_id = NEW.document_id AND v.valid_from >= NEW.valid_from
    ) THEN
        RAISE EXCEPTION 'a version cannot come before one that is there' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON initiatives_policyversion
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_policy_version();
"""
REMOVE = """
DROP TRIGGER guard ON initiatives_policyversion;
DROP FUNCTION initiatives_guard_policy_version();
"""

DOCUMENTS = {
    ("projectplan", "Projectplan bodycams", "De opdracht van het landelijke project en wat erin veranderde."): [
        ("Projectplan doorontwikkeling Bodycams", None, (2011, 10, 1), "Projectplan, oktober 2011"),
        ("Scope aanpassing projectvoorstel Bodycams", None, (2014, 4, 1), "Projectvoorstel, april 2014"),
    ],
    ("anpr-initiatieven", "Voortgang ANPR initiatieven", "De eerdere brief over een procedure voor initiatieven."): [
        ("Brief van 12 december 2013", (2013, 12, 12), (2013, 12, 12), "Kenmerk 2013/64796"),
    ],
    ("procedure", "Procedure nieuwe initiatieven bodycams", "Wie aanmeldt, wie besluit, en hoe bezwaar gaat."): [
        (
            "Brief ‘Voortgang Bodycams Initiatieven’",
            (2015, 2, 19),
            (2015, 2, 19),
            "Portefeuillehouder Digitalisering & Cybercrime, brief van 19 februari 2015, punten a tot en met g",
        ),
    ],
    ("handreiking", "Handreiking inzet en gebruik bodycams", "Elf uitgangspunten voor lokale proeftuinen."): [
        ("Handreiking voor de proeftuinen", None, (2017, 7, 1), "Landelijk project bodycams, zonder datum"),
    ],
    ("projectpagina", "Landelijk project bodycams", "Wat het project doet, en hoe wordt ingekocht na de proef."): [
        ("Projectpagina na de proef", None, (2018, 6, 1), "Politie, projectpagina, omstreeks 2018"),
    ],
    ("kamervragen", "Antwoorden op Kamervragen over bodycams", "De 28 dagen, de aantallen en de voorwaarden."): [
        (
            "Antwoord van 15 november 2019",
            (2019, 11, 15),
            (2019, 11, 15),
            "Kamervraag 2019Z19333, antwoord ah-tk-20192020-736",
        ),
    ],
    ("inzetkader", "Inzetkader Bodycams bij operationeel gebruik", "Wanneer en hoe een bodycam wordt gebruikt."): [
        ("Inzetkader van 2019", None, (2019, 11, 15), "Genoemd in het antwoord op Kamervraag 2019Z19333"),
    ],
    ("uitrol", "Uitrol van tweeduizend bodycams", "Voor wie de camera’s zijn, en wat drager en publiek merken."): [
        ("Bericht van oktober 2020", None, (2020, 10, 1), "Bericht over de uitrol, oktober 2020"),
    ],
}


def write(apps, schema_editor):
    document, version = (apps.get_model("initiatives", name) for name in ("PolicyDocument", "PolicyVersion"))
    for (code, title, about), versions in DOCUMENTS.items():
        made = document.objects.create(code=code, title=title, about=about)
        for label, dated, valid_from, citation in versions:
            day = datetime.date(*valid_from)
            version.objects.create(
                document=made,
                label=label,
                dated=datetime.date(*dated) if dated else None,
                valid_from=day,
                citation=citation,
                added_at=datetime.datetime.combine(day, datetime.time(12), datetime.UTC),
            )


def remove(apps, schema_editor):
    apps.get_model("initiatives", "PolicyVersion").objects.filter(
        document__code__in=[code for code, _, _ in DOCUMENTS]
    ).delete()
    apps.get_model("initiatives", "PolicyDocument").objects.filter(code__in=[code for code, _, _ in DOCUMENTS]).delete()


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0023_policy_has_a_library")]
    operations = [migrations.RunSQL(GUARD, REMOVE), migrations.RunPython(write, remove)]
