"""How long something may be kept is kept to by the database too: a necessary recording no further than its ground
reaches, longer only when two people said so; a hold six weeks ahead, counted from now; nothing arrives tomorrow.

What is judged is looked at in `retention_guard_move` (0003); a recording on its way to destruction costs nothing more.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("retention.migrations.0003_the_database_guards_recordings")
MOVE = "CREATE FUNCTION" + next(
    one for one in BEFORE.FUNCTIONS.split("CREATE FUNCTION") if one.startswith(" retention_guard_move")
)
AS_IT_WAS = MOVE.replace("CREATE", "CREATE OR REPLACE", 1)
LAST = "    RETURN NEW;\nEND $$;"
ALSO = """\
    IF NEW.judged_at > retention_later(at, interval '5 minutes') THEN
        PERFORM retention_refuse('nobody judges in the future');
    END IF;
    IF NEW.status = 'noodzakelijk' AND (NEW.ground, NEW.purpose, NEW.keep_until)
        IS DISTINCT FROM (OLD.ground, OLD.purpose, OLD.keep_until) THEN
        PERFORM retention_guard_span(OLD, NEW);
    END IF;
    RETURN NEW;
END $$;"""
FUNCTIONS = """
CREATE FUNCTION retention_last_day(ground varchar, used_on date, judged_on date, today date) RETURNS date
LANGUAGE sql STABLE RETURN (
    SELECT CASE jsonb_typeof(said.span)
        WHEN 'object' THEN
            (CASE said.span ->> 'from' WHEN 'use' THEN used_on ELSE judged_on END)
            + make_interval(years => (said.span ->> 'years')::integer)
        WHEN 'number' THEN judged_on + make_interval(years => said.span::integer)
    END::date
    FROM (
        SELECT r.parameters -> ground::text AS span FROM organisation_policyrule r
        WHERE r.code = 'wpg-termijnen' AND r.valid_from <= today
        ORDER BY r.valid_from DESC, r.id DESC LIMIT 1
    ) AS said
);

CREATE FUNCTION retention_guard_span(was retention_recording, became retention_recording) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    today date := retention_day(retention_now());
    used_on date := retention_day(was.judging_closes_at) - 27;
    is_judged boolean := became.judged_at IS DISTINCT FROM was.judged_at;
    last_day date := retention_last_day(
        became.ground, used_on, CASE WHEN is_judged THEN today ELSE was.keep_until END, today
    );
BEGIN
    IF became.purpose IN ('onderwijs', 'wetenschap', 'organisatieonderzoek') THEN
        PERFORM retention_refuse('never for training or science alone');
    END IF;
    IF last_day IS NULL OR became.keep_until > last_day THEN
        PERFORM retention_refuse('the ground does not reach that far');
    END IF;
    IF NOT is_judged AND NOT EXISTS (
        SELECT FROM retention_termrequest q JOIN retention_termverdict v ON v.request_id = q.id
        WHERE q.recording_id = became.id AND q.keep_until = became.keep_until AND v.agreed
    ) THEN
        PERFORM retention_refuse('a longer term takes two people');
    END IF;
END $$;

CREATE FUNCTION retention_guard_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.asked_by_id <> (SELECT q.asked_by_id FROM retention_termrequest q WHERE q.id = NEW.request_id) THEN
        PERFORM retention_refuse('a longer term was asked for by who asked');
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER is_of_who_asked BEFORE INSERT ON retention_termverdict FOR EACH ROW
EXECUTE FUNCTION retention_guard_verdict();
CREATE TRIGGER ends_within_six_weeks_of_now BEFORE INSERT ON retention_hold FOR EACH ROW
WHEN (NEW.until_at > retention_later(retention_now(), interval '43 days'))
EXECUTE FUNCTION retention_guard_never('a hold ends within six weeks of now');
CREATE TRIGGER ends_within_six_weeks_of_now BEFORE INSERT ON retention_holdextension FOR EACH ROW
WHEN (NEW.until_at > retention_later(retention_now(), interval '43 days'))
EXECUTE FUNCTION retention_guard_never('a hold ends within six weeks of now');
CREATE TRIGGER arrives_not_tomorrow BEFORE INSERT ON retention_recording FOR EACH ROW
WHEN (NEW.arrived_at > retention_now() + interval '5 minutes')
EXECUTE FUNCTION retention_guard_never('a recording arrives now');
"""
REMOVE_TRIGGERS = """
DROP TRIGGER arrives_not_tomorrow ON retention_recording;
DROP TRIGGER ends_within_six_weeks_of_now ON retention_holdextension;
DROP TRIGGER ends_within_six_weeks_of_now ON retention_hold;
DROP TRIGGER is_of_who_asked ON retention_termverdict;
"""
REMOVE_FUNCTIONS = """
DROP FUNCTION retention_guard_verdict;
DROP FUNCTION retention_guard_span;
DROP FUNCTION retention_last_day;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0040_a_name_that_was_established_stays"),
        ("organisation", "0004_the_policy_rules_since_2015"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, REMOVE_FUNCTIONS),
        migrations.RunSQL(AS_IT_WAS.replace(LAST, ALSO), AS_IT_WAS),
        migrations.RunSQL(TRIGGERS, REMOVE_TRIGGERS),
    ]
