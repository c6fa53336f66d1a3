"""The regional units, the national unit, services and directorates, and the districts and divisions below them (S0-03).

Names and numbers as in the Regeling beheer politie and the design plan of 2012; the system's own account is made here
too.
"""

import unicodedata
from datetime import date

from django.db import migrations

FOUNDED = date(2013, 1, 1)
UNITS = {
    ("NN", "Noord-Nederland", "regionale_eenheid"): ["Groningen", "Fryslân", "Drenthe"],
    ("ON", "Oost-Nederland", "regionale_eenheid"): [
        "IJsselland",
        "Twente",
        "Noord- en Oost-Gelderland",
        "Gelderland-Midden",
        "Gelderland-Zuid",
    ],
    ("MN", "Midden-Nederland", "regionale_eenheid"): [
        "Gooi en Vechtstreek",
        "Flevoland",
        "Oost-Utrecht",
        "Utrecht-Stad",
        "West-Utrecht",
    ],
    ("NH", "Noord-Holland", "regionale_eenheid"): [
        "Noord-Holland Noord",
        "Zaanstreek-Waterland",
        "Kennemerland",
    ],
    ("AM", "Amsterdam", "regionale_eenheid"): ["Noord/Centrum", "Oost", "Zuid", "West"],
    ("DH", "Den Haag", "regionale_eenheid"): [
        "Den Haag Centrum",
        "Den Haag-West",
        "Den Haag-Zuid",
        "Zoetermeer–Leidschendam/Voorburg",
        "Westland-Delft",
        "Leiden-Bollenstreek",
        "Alphen a/d Rijn-Gouda",
    ],
    ("RO", "Rotterdam", "regionale_eenheid"): [
        "Rijnmond-Noord",
        "Rotterdam-Stad",
        "Rijnmond-Oost",
        "Rotterdam-Zuid",
        "Rijnmond-Zuidwest",
        "Zuid-Holland-Zuid",
    ],
    ("ZWB", "Zeeland-West-Brabant", "regionale_eenheid"): [
        "Zeeland",
        "De Markiezaten",
        "De Baronie",
        "Hart van Brabant",
    ],
    ("OB", "Oost-Brabant", "regionale_eenheid"): ["’s-Hertogenbosch", "Eindhoven", "Helmond"],
    ("LI", "Limburg", "regionale_eenheid"): [
        "Noord- en Midden-Limburg",
        "Parkstad Limburg",
        "Zuid-West-Limburg",
    ],
    ("LE", "Landelijke Eenheid", "landelijke_eenheid"): [
        "Nationale recherche",
        "IPOL",
        "Specialistische recherche toepassingen",
        "Speciale interventies",
        "Verkeerspolitie",
        "Waterpolitie",
        "Spoorwegpolitie",
        "Operationele samenwerking",
        "Koninklijke en diplomatieke beveiliging",
    ],
    ("PDC", "Politiedienstencentrum", "ondersteunende_dienst"): [],
    ("SKL", "Staf korpsleiding", "directie"): [],
}


def sort_name(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain.removeprefix("s-")


def write(apps, schema_editor):
    Unit = apps.get_model("organisation", "Unit")
    for (code, name, kind), parts in UNITS.items():
        unit = Unit.objects.create(code=code, name=name, sort_name=sort_name(name), kind=kind, valid_from=FOUNDED)
        for number, part in enumerate(parts, start=1):
            Unit.objects.create(
                code=f"{code}-{number:02}",
                name=part,
                sort_name=sort_name(part),
                kind="dienst" if code == "LE" else "district",
                parent=unit,
                valid_from=FOUNDED,
            )
    Person = apps.get_model("organisation", "Person")
    Person.objects.create(number="0000", password="!", is_active=False)


def remove(apps, schema_editor):
    Unit = apps.get_model("organisation", "Unit")
    Unit.objects.filter(parent__isnull=False).delete()
    Unit.objects.all().delete()
    apps.get_model("organisation", "Person").objects.filter(number="0000").delete()


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_people_hold_roles_for_units")]
    operations = [migrations.RunPython(write, remove)]
