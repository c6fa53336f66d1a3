"""The statements that make up recordings: what there will be, the rows, and what was judged of them.

They were used in the last 26 days, so that nothing is due at once. One in ten is necessary, one in two hundred was just
called unnecessary, by whoever judges for the unit; some came in late, some with a wrong clock.
"""

SOURCE = "testgegevens"

PLAN = """
CREATE TEMPORARY TABLE made AS
SELECT number, draw, unit.code, unit.digits, place.id AS unit_id, began,
       CASE WHEN draw %% 100 = 3 THEN interval '365 days' ELSE interval '0' END AS ahead,
       least(began + CASE WHEN draw %% 50 = 1 THEN interval '60 hours' ELSE interval '3 hours' END, %(at)s) AS arrived,
       %(source)s || '/' || %(seed)s || '/' || number AS storage_key,
       convert_to('Testopname ' || number || ' van reeks ' || %(seed)s, 'UTF8') AS content
FROM generate_series(%(first)s, %(last)s) AS number
CROSS JOIN LATERAL (SELECT hashint8extended(number, %(seed)s) & 2147483647 AS draw) AS drawn
CROSS JOIN LATERAL (
    SELECT %(at)s - interval '4 hours' - (draw / 600 %% 36000) * interval '1 minute' AS began
) AS moment
JOIN unnest(%(codes)s::text[], %(digits)s::text[]) WITH ORDINALITY AS unit(code, digits, position)
    ON unit.position = draw / 24 %% cardinality(%(codes)s) + 1
JOIN organisation_unit place ON place.code = unit.code
"""

JOIN_BY_HASH = "SET LOCAL enable_nestloop = off"
"""Of a table that was just filled the planner knows nothing, and would look through all of it for each row."""

INSERT = """
INSERT INTO retention_recording (
    source, source_id, camera_serial, unit_id, wearer, used_from, used_to, shift_end, uploaded_at, arrived_at, size,
    sha256, storage_key, place, exception, announced, not_announced_reason, status, file_seen_at
)
SELECT %(source)s, %(seed)s || '-' || number, 'ZC-' || code || '-00' || (draw %% 6 + 1), unit_id, '1' || digits || '4',
       began + ahead, began + ahead + interval '9 minutes', began + ahead + interval '2 hours', arrived, arrived,
       octet_length(content), encode(sha256(content), 'hex'), storage_key,
       CASE draw %% 12 WHEN 5 THEN 'woning' WHEN 7 THEN 'besloten_erf' WHEN 9 THEN 'openbaar_gebouw'
           ELSE 'openbare_weg' END,
       CASE draw %% 24 WHEN 5 THEN 'heterdaad' ELSE '' END,
       draw %% 30 <> 4, CASE draw %% 30 WHEN 4 THEN 'Er was direct gevaar.' ELSE '' END, 'te_beoordelen', arrived
FROM made
ON CONFLICT (source, source_id) DO NOTHING
"""

JUDGE = """
WITH judged AS (
    UPDATE retention_recording r SET
        status = CASE WHEN kept THEN 'noodzakelijk' ELSE 'niet_noodzakelijk' END,
        status_before = 'te_beoordelen',
        judged_at = %(at)s - interval '10 minutes',
        ground = CASE WHEN kept THEN '9' ELSE '' END,
        purpose = CASE WHEN kept THEN 'strafzaak' ELSE '' END,
        case_reference = CASE WHEN kept THEN 'PL-' || number ELSE '' END,
        keep_until = CASE WHEN kept THEN retention_day(%(at)s) + 90 END
    FROM made CROSS JOIN LATERAL (SELECT draw %% 10 = 3 AS kept) AS fate
    WHERE r.source = %(source)s AND r.source_id = %(seed)s || '-' || number AND r.status = 'te_beoordelen'
    AND (kept OR draw %% 200 = 8)
    RETURNING r.*, digits
)
INSERT INTO retention_judgement (
    recording_id, step, person_id, role, at, ground, purpose, second_purposes, reasons, case_reference, keep_until,
    reason_code, usable
)
SELECT judged.id, CASE status WHEN 'noodzakelijk' THEN 'noodzakelijk_verklaren' ELSE 'niet_noodzakelijk_verklaren' END,
       judge.id, 'beoordelaar', judged_at, ground, purpose, '{}',
       CASE status WHEN 'noodzakelijk' THEN 'De aanhouding staat erop.' ELSE '' END, case_reference, keep_until,
       CASE status WHEN 'noodzakelijk' THEN '' ELSE 'onbruikbaar_beeld' END, status = 'noodzakelijk'
FROM judged JOIN organisation_person judge ON judge.number = '1' || digits || '3'
"""

CLEAR = "DROP TABLE made"
