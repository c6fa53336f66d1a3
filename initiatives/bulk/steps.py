"""What happens to the made-up initiatives of `story`, step by step and for all of a lot at once.

In the order of the procedure, so that every guard of the database sees what it would see in real life: an initiative
begins as a concept, moves along the steps, and each step finds its record. The rows of the journal come last.
"""

from initiatives.bulk.story import local_day

CONCEPTS = """
INSERT INTO initiatives_initiative (
    id, status, final_ground, urgent, due_kind, version, changed_at, created_by_id, changed_by_id, unit_id, kinds,
    title, description, teams, target_groups, uses, period_from, period_until, research_question,
    cameras_now, cameras_requested, vendor, vendor_reasons, model_name, functions, activation,
    special_functions_reasons, contract, contract_until, amount, cost_centre, costs_accepted, tasks, purposes,
    situations, proportionality, announcement, places, requested_support)
SELECT
    id, 'concept', '', false, '', 2, filed_at, contact, contact, unit_id, kinds,
    title, description, 'Basisteam ' || place, '{basisteam}', '{noodhulp}',
    CASE WHEN kinds && '{experiment,ontwikkeling}' THEN filed_on + 90 END,
    CASE WHEN kinds && '{experiment,ontwikkeling}' THEN filed_on + 455 END,
    CASE WHEN 'experiment' = ANY (kinds) THEN 'Neemt het geweld tegen collega’s af?' ELSE '' END,
    12, CASE WHEN is_purchase THEN cameras WHEN is_replacement THEN defects END,
    vendor, 'Deze leverancier voldoet aan de eisen.', model, '{noodknop}', 'drager', '',
    CASE WHEN kinds && '{vervanging_defect,verlenging_onderhoudscontract}'
        THEN 'Raamcontract ' || unit_code ELSE '' END,
    CASE WHEN 'verlenging_onderhoudscontract' = ANY (kinds) THEN filed_on + 730 END,
    amount, '40' || lpad((n %% 10000)::text, 4, '0'), true, '{a,e}', '{de_escalatie,veiligheid}',
    'Bij dreiging en bij aanhoudingen.', 'De camera gaat alleen aan als het nodig is, en zo kort als kan.',
    'De drager zegt vooraf dat de camera aangaat.', '{openbare_weg}', requested
FROM story
"""
DEFECTS = """
INSERT INTO initiatives_defect (initiative_id, serial, defective_since)
SELECT id, upper(left(vendor, 2)) || '-' || n || '-' || item, filed_on - 30 * item
FROM story, generate_series(1, defects) AS item WHERE is_replacement
"""
NECESSITIES = """
INSERT INTO initiatives_necessity (initiative_id, necessary, urgent, reasons, signed_by_id, signed_at, signed_for)
SELECT id, true, urgent, 'Zonder camera’s lopen collega’s meer gevaar.', head, filed_at - interval '2 days',
       jsonb_build_object('unit', unit_code, 'kinds', to_jsonb(ARRAY(SELECT unnest(kinds) ORDER BY 1)),
                          'cameras_requested', cameras, 'amount', amount || '.00')
FROM story WHERE is_purchase AND is_filed
"""
SUBMISSIONS = """
INSERT INTO initiatives_submission (initiative_id, person_id, at)
SELECT id, contact, filed_at FROM story WHERE is_filed
"""
NUMBERS = """
WITH wanted AS (
    SELECT id, extract(year FROM filed_on)::int AS year,
           row_number() OVER (PARTITION BY extract(year FROM filed_on) ORDER BY n) AS place
    FROM story WHERE is_filed
), given AS (
    INSERT INTO initiatives_numbercounter AS counter (year, last)
    SELECT year, count(*) FROM wanted GROUP BY year
    ON CONFLICT (year) DO UPDATE SET last = counter.last + EXCLUDED.last RETURNING year, last
)
UPDATE story SET number = 'BC-' || year || '-' || lpad(given::text, greatest(4, length(given::text)), '0')
FROM (
    SELECT id, year, last - max(place) OVER (PARTITION BY year) + place AS given FROM wanted JOIN given USING (year)
) AS numbered
WHERE story.id = numbered.id
"""
FILED = """
UPDATE initiatives_initiative i
SET status = 'aangemeld', number = story.number, submitted_at = filed_at, urgent = story.urgent,
    necessity_id = necessity.id, due_kind = 'first_decision', due_on = term.working
FROM story
JOIN calendar AS term ON term.day = filed_on + 56
LEFT JOIN initiatives_necessity AS necessity ON necessity.initiative_id = story.id
WHERE i.id = story.id AND is_filed
"""
RETURNS = """
INSERT INTO initiatives_return (initiative_id, missing, by_when, returned_by_id, returned_on)
SELECT id, 'De begroting ontbreekt, en de afspraak over opslag.', by_when, leader, returned_on
FROM story WHERE is_returned
"""
RETURNED = """
UPDATE initiatives_initiative i SET status = 'concept', due_kind = 'supplement', due_on = by_when
FROM story WHERE i.id = story.id AND is_returned
"""
ASSESSMENTS = """
INSERT INTO initiatives_assessment (
    initiative_id, assessed_by_id, assessed_at, technical, technical_note, organisational, organisational_note,
    legal, legal_note, political, political_note, harmonisation, uniformity, standardisation,
    fit_technical, fit_policy, principles, policy_version)
SELECT id, leader, assessed_at, 'ja', 'De techniek past.', 'deels', 'Het beheer vraagt aandacht.',
       'ja', '', 'ja', '', 'ja', 'ja', 'deels', 'ja', 'ja', %(principles)s, calendar.version
FROM story JOIN calendar ON day = filed_on WHERE is_assessed
"""
ASSESSED = """
UPDATE initiatives_initiative i SET status = 'beoordeeld' FROM story WHERE i.id = story.id AND is_assessed
"""
DECISION = """
INSERT INTO initiatives_decision (
    initiative_id, round, permission, granted, refused, reasons, conditions, override_reasons,
    warnings_answered, dictum, decided_by_id, decided_at, snapshot)
SELECT i.id, {round}, {permission}, {granted}, ARRAY(SELECT unnest(requested) EXCEPT SELECT unnest({granted})),
       'Dit volgt uit de beoordeling en uit de stukken van de eenheid.', '{{}}', {override},
       '[]', {dictum}, {by}, {at},
       jsonb_build_object(
           'unit', unit_code, 'kinds', to_jsonb(ARRAY(SELECT unnest(i.kinds) ORDER BY 1)),
           'cameras_requested', i.cameras_requested, 'amount', i.amount::text, 'number', i.number,
           'unit_name', unit_name, 'title', i.title, 'teams', i.teams, 'cameras_now', i.cameras_now,
           'vendor', i.vendor, 'model', i.model_name, 'unit_pays', i.costs_accepted,
           'period_from', i.period_from, 'period_until', i.period_until,
           'requested', to_jsonb(i.requested_support), 'granted', to_jsonb({granted}), 'submitted_on', filed_on,
           'consultations', '{{}}'::jsonb, 'agreements', '[]'::jsonb, 'readiness', '[]'::jsonb,
           'documents', '[]'::jsonb, 'dpia_version', i.dpia_version, 'dpia_date', i.dpia_date,
           'rule_version', calendar.version)
FROM story JOIN initiatives_initiative i USING (id) JOIN calendar ON day = filed_on
WHERE {where}
"""
FIRST_GRANTED = """CASE WHEN NOT permission THEN '{}' WHEN is_refused_in_part
                     THEN requested[1:cardinality(requested) - 1] ELSE requested END::text[]"""
OVERRIDE = """CASE WHEN permission AND is_purchase AND calendar.is_frozen
            THEN 'De landelijke aanbesteding komt te laat voor deze ploegen.' ELSE '' END"""
FIRST = DECISION.format(
    round=1, permission="permission", granted=FIRST_GRANTED, dictum="''", override=OVERRIDE, by="leader",
    at="decided_at", where="permission IS NOT NULL",
)  # fmt: skip
DECIDED = """
UPDATE initiatives_initiative i
SET status = CASE WHEN permission THEN 'goedgekeurd' ELSE 'afgewezen' END, final_ground = ground,
    final_on = CASE ground WHEN '' THEN NULL WHEN 'niets_geweigerd' THEN decided_on
               WHEN 'berusting' THEN decided_on + 10 ELSE term.working + 1 END,
    due_kind = CASE WHEN ground = '' THEN 'objection' ELSE '' END,
    due_on = CASE WHEN ground = '' THEN term.working END
FROM story JOIN calendar AS term ON term.day = decided_on + 42
WHERE i.id = story.id AND permission IS NOT NULL
"""
OBJECTIONS = """
INSERT INTO initiatives_objection (initiative_id, grounds, late_excuse, is_late, status_before, made_by_id, made_at)
SELECT id, 'De noodzaak is wel aangetoond.', '', false,
       CASE WHEN permission THEN 'goedgekeurd' ELSE 'afgewezen' END, head, objected_at
FROM story WHERE is_objected_to
"""
OBJECTED = """
UPDATE initiatives_initiative i SET status = 'bezwaar', due_kind = 'objection_decision', due_on = term.working
FROM story
JOIN calendar AS first ON first.day = decided_on + 42
JOIN calendar AS term ON term.day = first.working + 42
WHERE i.id = story.id AND is_objected_to
"""
VIEWS = """
INSERT INTO initiatives_view (initiative_id, view, note, given_by_id, given_at)
SELECT id, 'eens', 'De eenheid heeft een punt.', holder, viewed_at FROM story WHERE is_viewed
"""
SECOND_GRANTED = "CASE dictum WHEN 'gegrond' THEN requested ELSE '{}' END::text[]"
SECOND = DECISION.format(
    round=2, permission="dictum = 'gegrond'", granted=SECOND_GRANTED, dictum="dictum", override="''", by="manager",
    at="again_at", where="dictum <> ''",
)  # fmt: skip
DECIDED_AGAIN = """
UPDATE initiatives_initiative i
SET status = CASE dictum WHEN 'gegrond' THEN 'goedgekeurd' ELSE 'afgewezen' END, final_ground = again,
    final_on = again_on, due_kind = '', due_on = NULL
FROM story WHERE i.id = story.id AND again <> ''
"""
WITHDRAWN = """
UPDATE initiatives_initiative i SET status = 'ingetrokken', due_kind = '', due_on = NULL
FROM story WHERE i.id = story.id AND is_withdrawn
"""
TERMS = f"""
INSERT INTO initiatives_fileterm (initiative_id, kind, starts_on, adjourned_days, last_day, met_on)
SELECT id, 'first_decision', filed_on, 0, term.working,
       CASE WHEN permission IS NOT NULL THEN decided_on WHEN is_withdrawn THEN {local_day("assessed_at")} END
FROM story
JOIN calendar AS term ON term.day = filed_on + 56 + CASE WHEN is_returned THEN by_when - returned_on ELSE 0 END
WHERE is_filed
UNION ALL
SELECT id, 'supplement', returned_on, 0, by_when, NULL FROM story WHERE is_returned
UNION ALL
SELECT id, 'objection', decided_on, 0, term.working,
       CASE WHEN is_objected_to THEN {local_day("objected_at")} WHEN ground = 'berusting' THEN decided_on + 10
            WHEN ground <> '' THEN term.working + 1 END
FROM story JOIN calendar AS term ON term.day = decided_on + 42
WHERE permission IS NOT NULL AND ground <> 'niets_geweigerd'
UNION ALL
SELECT id, 'objection_decision', first.working, 0, term.working, CASE WHEN again <> '' THEN again_on END
FROM story
JOIN calendar AS first ON first.day = decided_on + 42
JOIN calendar AS term ON term.day = first.working + 42
WHERE is_objected_to
"""
JOURNAL = """
INSERT INTO journal_entry (actor, role, unit, action, object_type, object_id, result, reason, origin, data)
SELECT actor, words.role, CASE WHEN words.is_of_a_unit THEN unit_code ELSE '' END, action,
       'initiatives.initiative', id::text, 'genomen', '', 'demonstratie',
       jsonb_build_object(
           'sentence',
           concat_ws(' ', words.title, CASE WHEN words.is_of_a_unit THEN unit_name END, words.sentence) || '.',
           'happened_at', to_jsonb(at))
FROM story
CROSS JOIN LATERAL (VALUES
    (1, true, 'concept_begonnen', contact_number, filed_at - interval '5 days'),
    (2, is_purchase AND is_filed, 'noodzaak_vaststellen', head_number, filed_at - interval '2 days'),
    (3, is_filed, 'aanmelden', contact_number, filed_at),
    (4, is_returned, 'terugsturen', leader_number, returned_on::timestamptz),
    (5, is_assessed, 'beoordelen', leader_number, assessed_at),
    (6, is_withdrawn, 'intrekken', contact_number, assessed_at),
    (7, permission, 'goedkeuren', leader_number, decided_at),
    (8, NOT permission, 'afwijzen', leader_number, decided_at),
    (9, ground = 'berusting', 'berusten', head_number, decided_at + interval '10 days'),
    (10, is_objected_to, 'bezwaar_maken', head_number, objected_at),
    (11, is_viewed, 'afstemming_vastleggen', holder_number, viewed_at),
    (12, again = 'bezwaar_ingetrokken', 'bezwaar_intrekken', head_number, again_at),
    (13, dictum = 'gegrond', 'gegrond_verklaren', manager_number, again_at),
    (14, dictum = 'ongegrond', 'ongegrond_verklaren', manager_number, again_at)
) AS done(turn, happened, action, actor, at)
JOIN jsonb_to_recordset(%(words)s) AS words(action text, role text, title text, sentence text, is_of_a_unit bool)
  USING (action)
WHERE happened ORDER BY n, turn
"""

IN_ORDER = (
    "ANALYZE story", CONCEPTS, DEFECTS, NECESSITIES, SUBMISSIONS, NUMBERS, FILED, RETURNS, RETURNED, ASSESSMENTS,
    ASSESSED, FIRST, DECIDED, OBJECTIONS, OBJECTED, VIEWS, SECOND, DECIDED_AGAIN, WITHDRAWN, TERMS, JOURNAL,
)  # fmt: skip
