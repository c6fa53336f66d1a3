"""Puts the days on record that royal decrees equated with a holiday, with the decree that says so.

2020 and 2021 are empty and 2022 is not complete: those decrees have not been seen. Days are added in the application.
"""

import datetime

from django.db import migrations

DECREES = {
    "Atw art. 3 lid 3: besluit voor 2011-2013, BWBR0027755": (
        "2011-05-06", "2011-06-03", "2012-05-18", "2012-12-24", "2012-12-31", "2013-04-29", "2013-05-10", "2013-12-27",
    ),
    "Atw art. 3 lid 3: besluit van 17 juni 2013, nr. 13.001210, BWBR0033679": (
        "2014-05-30", "2015-01-02", "2015-05-04", "2015-05-15", "2016-05-06",
    ),
    "Atw art. 3 lid 3: besluit van 24 oktober 2016, nr. 2016001827, BWBR0038666": (
        "2017-04-28", "2017-05-26", "2018-05-11", "2018-12-24", "2018-12-31", "2019-05-31", "2019-12-27",
    ),
    "Atw art. 3 lid 3: volgens wvhl.nl; het besluit zelf is niet gezien": ("2022-05-27",),
    "Atw art. 3 lid 3: besluit voor 2023-2025": (
        "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
    ),
    "Atw art. 3 lid 3: besluit voor 2026-2028, BWBR0051300": (
        "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26",
    ),
}  # fmt: skip


def seed(apps, schema_editor):
    EquatedDay = apps.get_model("workflow", "EquatedDay")
    EquatedDay.objects.bulk_create(
        EquatedDay(date=datetime.date.fromisoformat(day), citation=citation, added_by="systeem")
        for citation, days in DECREES.items()
        for day in days
    )


def remove(apps, schema_editor):
    seeded = [day for days in DECREES.values() for day in days]
    apps.get_model("workflow", "EquatedDay").objects.filter(date__in=seeded, added_by="systeem").delete()


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_decrees_equate_days")]
    operations = [migrations.RunPython(seed, remove)]
