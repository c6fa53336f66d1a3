"""The plan of a lot of made-up initiatives, as a temporary table: one row for each, with what it says, its fate and its
moments. What is then done with it is in `steps.py`.

Everything follows from the seed and the number of the row, but for the moments: those count back from the day of
loading.
"""

from initiatives.choices import Support

DAYS_OPEN = 50
"""What is open was filed in the last so many days, what is closed long enough before."""
DAYS_CLOSED = 220

TITLES = {
    "aanschaf": [
        "Bodycams voor hondengeleiders in",
        "Bodycams voor de noodhulp in",
        "Uitbreiding van de bodycams in",
        "Bodycams in het uitgaansgebied van",
        "Bodycams voor bikers in",
        "Bodycams bij evenementen in",
    ],
    "experiment": [
        "Proef met bodycams in de horeca van",
        "Proef met bodycams op de motor in",
        "Proef met bodycams bij winkelstraten in",
        "Proef met bodycams in de wijk in",
    ],
    "vervanging_defect": ["Vervanging van defecte bodycams in", "Nieuwe bodycams voor kapotte in"],
    "verlenging_onderhoudscontract": ["Langer onderhoud van de bodycams in", "Verlenging van het contract van"],
    "ontwikkeling": ["Koppeling van bodycams met de meldkamer in", "Eigen houder voor bodycams in"],
}
REASONS = [
    "Collega’s in {place} kregen het afgelopen jaar vaker te maken met geweld en belediging.",
    "De gemeente en de officier van justitie vragen in {place} om minder incidenten in het weekend.",
    "In {place} zijn de camera’s die er zijn te weinig voor de ploegen die tegelijk werken.",
    "Het team in {place} wil weten of een zichtbare camera helpt om gesprekken rustig te houden.",
    "De oude camera’s in {place} haken af in de kou en de winkel levert ze niet meer.",
]
WANTS = [
    "De eenheid wil de camera’s dragen tijdens surveillance te voet en op de fiets.",
    "De camera’s gaan mee in de avond en de nacht, als het druk is op straat.",
    "Elke ploeg krijgt een vast aantal camera’s en een collega die het beheer doet.",
    "De drager zet de camera zelf aan en zegt dat vooraf.",
]
VENDORS = {"Zepcam": "T3", "Axon": "Body 3", "Motorola": "VB400", "Getac": "BC-02", "Reveal": "D5", "Panasonic": "BWC4"}


def draw(what: int, among: int | str) -> str:
    """SQL: a whole number from 0, below `among`, that follows from the seed, the row's number and what is drawn."""
    return f"((hashint8extended(n, %(seed)s * 64 + {what}) & 2147483647) %% ({among}))::int"


def one_of(texts: str, what: int) -> str:
    """SQL: one of the texts in this array."""
    return f"({texts})[1 + {draw(what, f'cardinality({texts})')}]"


def some_of(texts: str, what: int) -> str:
    """SQL: each of the texts in this array, or not."""
    return f"ARRAY(SELECT t FROM unnest({texts}) WITH ORDINALITY u(t, i) WHERE {draw(what, 64)} & (1 << i::int) > 0)"


def local_day(moment: str) -> str:
    """SQL: the day in the Netherlands of this moment."""
    return f"(({moment}) AT TIME ZONE 'Europe/Amsterdam')::date"


PLAN = f"""
CREATE TEMPORARY TABLE story ON COMMIT DROP AS
WITH drawn AS (
    SELECT n, fate.*, party.*, vendor.name AS vendor, vendor.model,
           {one_of("party.places", 1)} AS place,
           ARRAY(SELECT jsonb_array_elements_text(%(kinds)s::jsonb -> {draw(2, 100)})) AS kinds,
           CASE WHEN fate.is_closed THEN %(first_filed)s + n * (%(last_closed)s - %(first_filed)s) / %(closed)s
                ELSE %(at)s - (%(days_open)s - 48 * (n - %(closed)s)::float / %(open)s) * interval '1 day'
           END AS filed_at,
           {some_of("%(support)s", 3)} AS asked
    FROM generate_series(%(first)s::bigint, %(last)s) AS n
    JOIN jsonb_to_recordset(%(fates)s) AS fate(is_closed bool, above int, upto int, is_filed bool, is_returned bool,
        is_assessed bool, permission bool, is_refused_in_part bool, ground text, is_objected_to bool, is_viewed bool,
        dictum text, again text, is_withdrawn bool)
      ON fate.is_closed = (n <= %(closed)s) AND {draw(4, 1000)} >= fate.above AND {draw(4, 1000)} < fate.upto
    JOIN party ON party.position = {draw(5, "(SELECT count(*) FROM party)")}
    JOIN jsonb_to_recordset(%(vendors)s) AS vendor(position int, name text, model text)
      ON vendor.position = {draw(6, "jsonb_array_length(%(vendors)s)")}
), timed AS (
    SELECT drawn.*, CASE WHEN is_closed THEN interval '120 days' ELSE %(at)s - filed_at END AS span FROM drawn
)
SELECT nextval(pg_get_serial_sequence('initiatives_initiative', 'id')) AS id, timed.*,
       ((%(titles)s::jsonb -> kinds[1]) ->> {draw(7, "jsonb_array_length(%(titles)s::jsonb -> kinds[1])")})
           || ' ' || place AS title,
       replace({one_of("%(reasons)s", 8)}, '{{place}}', place) || ' ' || {one_of("%(wants)s", 9)} AS description,
       CASE WHEN is_refused_in_part AND asked = '{{}}' THEN ARRAY['inkoopproces'] ELSE asked END AS requested,
       'aanschaf' = ANY (kinds) AS is_purchase,
       'vervanging_defect' = ANY (kinds) AS is_replacement,
       'aanschaf' = ANY (kinds) AND {draw(10, 8)} = 0 AS urgent,
       4 + {draw(11, 56)} AS cameras,
       1 + {draw(12, 3)} AS defects,
       500 + {draw(13, 90000)} AS amount,
       NULL::text AS number,
       {local_day("filed_at")} AS filed_on,
       {local_day("filed_at + span * 0.1")} AS returned_on,
       {local_day("filed_at + span * 0.1")} + 10 + {draw(14, 40)} AS by_when,
       filed_at + span * 0.15 AS assessed_at,
       filed_at + span * 0.25 AS decided_at,
       {local_day("filed_at + span * 0.25")} AS decided_on,
       filed_at + span * 0.4 AS objected_at,
       filed_at + span * 0.6 AS viewed_at,
       filed_at + span * 0.8 AS again_at,
       {local_day("filed_at + span * 0.8")} AS again_on
FROM timed
"""
"""Needs the temporary table `party` (`load.py`). Closed files are spread over the years, in the order of their rows; a
hundred and twenty days are enough for the longest story. The open ones fill the last days.
"""

FIELDS = {
    "titles": TITLES,
    "kinds": [
        *[["aanschaf"]] * 52,
        *[["aanschaf", "experiment"]] * 6,
        *[["experiment"]] * 14,
        *[["vervanging_defect"]] * 12,
        *[["verlenging_onderhoudscontract"]] * 11,
        *[["ontwikkeling"]] * 5,
    ],
    "vendors": [{"position": i, "name": name, "model": model} for i, (name, model) in enumerate(VENDORS.items())],
}
"""What the plan draws from, as JSON; `LISTS` as arrays."""
LISTS = {"reasons": REASONS, "wants": WANTS, "support": Support.values}
