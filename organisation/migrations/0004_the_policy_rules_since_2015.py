"""The policy rules that the letter of 2015, the Handreiking, the answers of 2019 and the project's own pages gave."""

from datetime import date

from django.db import migrations

PILOTS_BEGAN = date(2017, 7, 1)
RULES = [
    (
        "buiten-procedure-transitiefase",
        "Operationele inzet van bodycams die er al zijn, en onderhoud en beheer ervan, vallen buiten de procedure.",
        "Brief van 19 februari 2015 (S0-41)",
        "geldt",
        {},
        date(2015, 2, 19),
        None,
    ),
    (
        "kosten-eenheid",
        "Wat wordt aangeschaft of vervangen, betaalt de eenheid zelf. Bij het aanmelden geeft zij dat aan.",
        "Brief van 19 februari 2015, punt g (S0-30)",
        "blokkeert",
        {},
        date(2015, 2, 19),
        None,
    ),
    (
        "bewaartermijn-28-dagen",
        "Een opname die niet noodzakelijk is, bestaat na 28 dagen niet meer. Niemand kan dit verlengen.",
        "Handreiking, uitgangspunt 8 (S1-19); antwoord op Kamervragen 2019Z19333 (S2-15, S2-16)",
        "geldt",
        {"days": 28},
        PILOTS_BEGAN,
        None,
    ),
    (
        "overleg-en-afspraken-verplicht",
        "De eenheid heeft met vier partijen overlegd en over zeven onderwerpen afspraken vastgelegd.",
        "Handreiking, uitgangspunten 10 en 11 (S1-24 tot en met S1-27)",
        "waarschuwt",
        {"kinds": ["aanschaf", "experiment"]},
        PILOTS_BEGAN,
        None,
    ),
    (
        "publiek-domein",
        "Filmen gebeurt op de openbare weg en in openbare gebouwen.",
        "Handreiking, uitgangspunt 3 (S1-07)",
        "waarschuwt",
        {"places": ["openbare_weg", "openbaar_gebouw"]},
        PILOTS_BEGAN,
        None,
    ),
    (
        "wpg-termijnen",
        (
            "Een noodzakelijke opname mag blijven zolang de grondslag in de Wpg dat toelaat: onder artikel 8 vijf jaar na "
            "het gebruik, onder artikel 9, 10, 12 en 13 telkens een jaar na het oordeel. Alleen de vijf jaar staat in de wet."
        ),
        "Wet politiegegevens, artikel 8; de andere termijnen stelt dit register zelf (S1-22, T-08)",
        "geldt",
        {"8": {"years": 5, "from": "use"}, "9": 1, "10": 1, "12": 1, "13": 1},
        PILOTS_BEGAN,
        None,
    ),
    (
        "aanschafstop",
        "Tot de aanbesteding is afgerond, schaft de politie geen bodycams aan. Vervanging van defecte camera’s mag wel.",
        "Projectpagina bodycams (S3-23, S3-24, T-16)",
        "blokkeert",
        {},
        date(2018, 6, 1),
        date(2020, 9, 30),
    ),
    (
        "plafond-2000",
        "Er komen tweeduizend bodycams.",
        "Aankondiging van 24 april 2019 (S2-03)",
        "waarschuwt",
        {"cameras": 2000},
        date(2019, 4, 24),
        None,
    ),
    (
        "inzetdoel-de-escalatie",
        "‘Versterking van het de-escalerend vermogen’ staat bij de doelen van elk initiatief.",
        "Antwoord op Kamervragen 2019Z19333 van 15 november 2019 (S2-21, T-10)",
        "blokkeert",
        {},
        date(2019, 11, 15),
        None,
    ),
    (
        "drager-mag-terugkijken",
        "Wie een camera draagt, mag de eigen opnamen terugkijken. Downloaden kan niet.",
        "Bericht over de uitrol, oktober 2020 (S4-08, T-13)",
        "geldt",
        {},
        date(2020, 10, 1),
        None,
    ),
]


def write(apps, schema_editor):
    PolicyRule = apps.get_model("organisation", "PolicyRule")
    for code, sentence, citation, mode, parameters, valid_from, valid_until in RULES:
        PolicyRule.objects.create(
            code=code,
            sentence=sentence,
            citation=citation,
            mode=mode,
            parameters=parameters,
            valid_from=valid_from,
            valid_until=valid_until,
        )


def remove(apps, schema_editor):
    apps.get_model("organisation", "PolicyRule").objects.filter(code__in=[rule[0] for rule in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_policy_has_dated_rules")]
    operations = [migrations.RunPython(write, remove)]
