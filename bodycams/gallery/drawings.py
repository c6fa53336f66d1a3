"""The gallery's charts."""

from datetime import date

from bodycams.charts import Bar, Column, bars, columns, retention, tiles

per_unit = {"NN": 1, "NH": 1, "AM": 3, "ON": 3, "DH": 1, "RO": 2, "MN": 2, "ZWB": 1, "OB": 1, "LI": 0}
CHARTS = {
    "weeks": columns(
        "Termijnen die aflopen per week: te laat 1, week 48 drie, week 49 een, week 51 een",
        [
            Column("te laat", 1, "late"),
            Column("wk 48", 3, "soon", "Week 48 (23 - 29 november)"),
            Column("wk 49", 1, long_label="Week 49"),
            Column("wk 50", 0, long_label="Week 50"),
            Column("wk 51", 1, long_label="Week 51"),
        ],
        ["Week", "Dossiers"],
    ),
    "kinds": bars(
        "Goedgekeurde initiatieven per soort, met en zonder ondersteuning",
        [
            Bar("Aanschaf", 9, 1),
            Bar("Experiment", 4),
            Bar("Vervanging defect", 1, 1),
            Bar("Verlenging onderhoud", 0, 1),
            Bar("Ontwikkeling", 0),
        ],
        ["Soort", "met ondersteuning", "zonder ondersteuning"],
        "Eén initiatief kan meer soorten hebben.",
    ),
    "map": tiles(
        "Tegelkaart: goedgekeurde initiatieven per regionale eenheid. De tabel eronder geeft dezelfde getallen.",
        per_unit,
        [("Noord-Nederland", 1, 45), ("Oost-Nederland", 3, 106), ("Amsterdam", 3, 180)],
        ["Eenheid", "Initiatieven", "Camera's"],
        "Buiten de kaart: Landelijke Eenheid 1. Donkerder is meer.",
    ),
    "clock": retention(date(2026, 10, 29), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)),
}
