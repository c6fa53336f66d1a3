"""The guards look at a whole set in one question, and at nothing where nothing can be wrong: they refuse what they
refused (0003, 0026), and one bad row refuses all that came with it.

What rows can be judged by themselves (OLD and NEW) is a condition of the trigger, for which no function runs. None of
them comes before an update any more, so that the database reckons again only the columns that depend on what changed.
What needs other tables is asked of the set. That goes for the foreign keys to a recording and a run too, which were
looked after row by row, with a lock on each: a recording is never removed, and a run is not while it has intents or
proofs.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("retention.migrations.0003_the_database_guards_recordings")
OWNER = import_module("retention.migrations.0026_a_file_is_of_one_recording")

FACTS = (
    "id, source, source_id, camera_serial, unit_id, initiative_id, used_from, used_to, shift_end, uploaded_at, "
    "arrived_at, size, sha256, storage_key, place, exception, announced"
)
JUDGED = "status, status_before, judged_at, ground, purpose, case_reference, keep_until"


def changed(columns: str) -> str:
    """That one of these columns is another than it was."""
    rows = [", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("NEW", "OLD")]
    return f"(({rows[0]}) IS DISTINCT FROM ({rows[1]}))"


TAKEN_OUT = """
DROP TRIGGER facts_stay ON retention_recording;
DROP TRIGGER moves_legally ON retention_recording;
DROP TRIGGER keeps_its_file ON retention_recording;
DROP TRIGGER has_a_point_of_no_return ON retention_destruction;
DROP TRIGGER proves_what_was_begun ON retention_proof;
DROP FUNCTION retention_guard_facts, retention_guard_owner, retention_guard_intent, retention_guard_proof;
"""

RECORDINGS = f"""
CREATE FUNCTION retention_guard_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_refuse(TG_ARGV[0]);
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_true_moment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.true_from IS NOT NULL OR NOT OLD.set_apart OR OLD.status <> 'te_beoordelen'
        OR retention_now() >= OLD.judging_closes_at OR retention_begun(OLD.id) THEN
        PERFORM retention_refuse('the true moment is fixed once, of what was set apart, before judging closes');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_tombstones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM became WHERE status = 'vernietigd' AND NOT (
            EXISTS (SELECT FROM retention_proof p WHERE p.recording_id = became.id)
            AND EXISTS (SELECT FROM retention_destruction d
                        WHERE d.recording_id = became.id AND d.point_of_no_return_at IS NOT NULL)
        )
    ) THEN
        PERFORM retention_refuse('destroyed only with a proof, after the point of no return');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER facts_stay AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN ({changed(FACTS)} OR {changed("wearer, not_announced_reason")}
    AND NOT (NEW.status = 'vernietigd' AND NEW.wearer = '' AND NEW.not_announced_reason = ''))
EXECUTE FUNCTION retention_guard_never('the facts of a recording stay');
CREATE TRIGGER is_seen_once AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN (OLD.file_seen_at IS NOT NULL AND NEW.file_seen_at IS DISTINCT FROM OLD.file_seen_at)
EXECUTE FUNCTION retention_guard_never('a file is seen for the first time once');
CREATE TRIGGER keeps_its_file AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN (NEW.owns_file <> OLD.owns_file)
EXECUTE FUNCTION retention_guard_never('a file stays of the recording that named it first');
CREATE TRIGGER has_one_true_moment AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN (NEW.true_from IS DISTINCT FROM OLD.true_from) EXECUTE FUNCTION retention_guard_true_moment();
CREATE TRIGGER moves_legally AFTER UPDATE ON retention_recording FOR EACH ROW
WHEN ({changed(JUDGED)} AND NOT (NEW.status = 'vernietigd' AND OLD.status <> 'vernietigd'))
EXECUTE FUNCTION retention_guard_move();
CREATE TRIGGER are_destroyed_with_a_proof AFTER UPDATE ON retention_recording REFERENCING NEW TABLE AS became
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_tombstones();
"""  # noqa: S608  # made of constants

INTENTS = """
CREATE FUNCTION retention_guard_passing(passed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE at timestamptz := retention_now();
BEGIN
    IF passed IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM retention_recording r WHERE r.id = ANY (passed) ORDER BY r.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM unnest(passed) AS one(id) JOIN retention_hold h ON h.recording_id = one.id
        WHERE retention_is_held(h.recording_id)
    ) THEN
        PERFORM retention_refuse('what is held is not destroyed');
    END IF;
    IF EXISTS (
        SELECT FROM retention_recording r WHERE r.id = ANY (passed) AND (
            r.status NOT IN ('te_beoordelen', 'niet_noodzakelijk', 'verwijderd')
            OR r.status = 'niet_noodzakelijk' AND r.ground = '9' OR r.next_at > at
        )
    ) THEN
        PERFORM retention_refuse('its time has not come');
    END IF;
END $$;

CREATE FUNCTION retention_guard_intents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint; first_run bigint; last_run bigint; passed bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT count(*) FILTER (
                WHERE (SELECT r.id FROM retention_recording r WHERE r.id = became.recording_id) IS NULL
            ), min(run_id), max(run_id), array_agg(recording_id) FILTER (WHERE point_of_no_return_at IS NOT NULL)
            INTO missing, first_run, last_run, passed FROM became;
        IF first_run = last_run THEN
            PERFORM FROM retention_run r WHERE r.id = first_run FOR KEY SHARE;
            missing := missing + (NOT FOUND)::integer;
        ELSE
            PERFORM FROM retention_run r WHERE r.id IN (SELECT run_id FROM became) FOR KEY SHARE;
            missing := missing + (SELECT count(*) FROM (SELECT run_id FROM became EXCEPT SELECT id FROM retention_run) AS one);
        END IF;
        IF missing > 0 THEN
            PERFORM retention_refuse('an intent is of a recording and a run that are there');
        END IF;
    ELSE
        SELECT array_agg(recording_id) INTO passed FROM (
            SELECT recording_id FROM became WHERE point_of_no_return_at IS NOT NULL
            INTERSECT SELECT recording_id FROM was WHERE point_of_no_return_at IS NULL
        ) AS passing;
    END IF;
    PERFORM retention_guard_passing(passed);
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_proofs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM became WHERE (
            SELECT d.point_of_no_return_at FROM retention_destruction d WHERE d.recording_id = became.recording_id
        ) IS NULL
    ) THEN
        PERFORM retention_refuse('no proof without the point of no return');
    END IF;
    PERFORM FROM retention_run r WHERE r.id IN (SELECT run_id FROM became) FOR KEY SHARE;
    IF EXISTS (SELECT run_id FROM became EXCEPT SELECT id FROM retention_run) THEN
        PERFORM retention_refuse('a proof is of a run that is there');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM retention_destruction d WHERE d.run_id = OLD.id)
        OR EXISTS (SELECT FROM retention_proof p WHERE p.run_id = OLD.id) THEN
        PERFORM retention_refuse('a run with intents or proofs stays');
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER never_turns_back AFTER UPDATE ON retention_destruction FOR EACH ROW
WHEN (OLD.point_of_no_return_at IS NOT NULL AND (
    NEW.point_of_no_return_at IS DISTINCT FROM OLD.point_of_no_return_at OR NEW.why <> OLD.why
    OR OLD.done_at IS NOT NULL AND NEW.done_at IS DISTINCT FROM OLD.done_at))
EXECUTE FUNCTION retention_guard_never('the point of no return is never taken back');
CREATE TRIGGER is_never_taken_back AFTER DELETE ON retention_destruction FOR EACH ROW
WHEN (OLD.point_of_no_return_at IS NOT NULL)
EXECUTE FUNCTION retention_guard_never('the point of no return is never taken back');
CREATE TRIGGER stays_of_its_run AFTER UPDATE ON retention_destruction FOR EACH ROW
WHEN ((NEW.recording_id, NEW.run_id) IS DISTINCT FROM (OLD.recording_id, OLD.run_id))
EXECUTE FUNCTION retention_guard_never('an intent stays of its recording and its run');
CREATE TRIGGER stays_of_its_run AFTER UPDATE ON retention_proof FOR EACH ROW
WHEN ((NEW.recording_id, NEW.run_id) IS DISTINCT FROM (OLD.recording_id, OLD.run_id))
EXECUTE FUNCTION retention_guard_never('a proof stays of its recording and its run');
CREATE TRIGGER are_of_what_is_there AFTER INSERT ON retention_destruction REFERENCING NEW TABLE AS became
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_intents();
CREATE TRIGGER pass_when_due_and_not_held AFTER UPDATE ON retention_destruction
REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_intents();
CREATE TRIGGER prove_what_was_begun AFTER INSERT ON retention_proof REFERENCING NEW TABLE AS became
FOR EACH STATEMENT EXECUTE FUNCTION retention_guard_proofs();
CREATE TRIGGER stays_while_it_is_named BEFORE DELETE ON retention_run FOR EACH ROW
EXECUTE FUNCTION retention_guard_run();
CREATE TRIGGER keeps_its_number AFTER UPDATE ON retention_run FOR EACH ROW
WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION retention_guard_never('a run with intents or proofs stays');
"""
PUT_OUT = """
DROP TRIGGER keeps_its_number ON retention_run;
DROP TRIGGER stays_while_it_is_named ON retention_run;
DROP TRIGGER prove_what_was_begun ON retention_proof;
DROP TRIGGER stays_of_its_run ON retention_proof;
DROP TRIGGER pass_when_due_and_not_held ON retention_destruction;
DROP TRIGGER are_of_what_is_there ON retention_destruction;
DROP TRIGGER stays_of_its_run ON retention_destruction;
DROP TRIGGER is_never_taken_back ON retention_destruction;
DROP TRIGGER never_turns_back ON retention_destruction;
DROP TRIGGER are_destroyed_with_a_proof ON retention_recording;
DROP TRIGGER moves_legally ON retention_recording;
DROP TRIGGER has_one_true_moment ON retention_recording;
DROP TRIGGER keeps_its_file ON retention_recording;
DROP TRIGGER is_seen_once ON retention_recording;
DROP TRIGGER facts_stay ON retention_recording;
DROP FUNCTION retention_guard_run, retention_guard_proofs, retention_guard_intents, retention_guard_passing,
    retention_guard_tombstones, retention_guard_true_moment, retention_guard_never;
"""


def as_it_was(statements: str, *wanted: str) -> str:
    """These functions and triggers, as an earlier migration made them."""
    made = ["CREATE " + one for one in statements.split("CREATE ")[1:]]
    return "".join(one for one in made if one.replace("(", " ").split()[2] in wanted)


PUT_BACK = as_it_was(
    BEFORE.FUNCTIONS,
    *("retention_guard_facts", "retention_guard_intent", "retention_guard_proof"),
    *("facts_stay", "moves_legally", "has_a_point_of_no_return", "proves_what_was_begun"),
) + as_it_was(OWNER.GUARD, "retention_guard_owner", "keeps_its_file")

ROOM = "ALTER TABLE retention_destruction SET (fillfactor = 50)"
"""A claim changes no indexed column: with room on the page it touches no index."""


class Migration(migrations.Migration):
    dependencies = [("retention", "0030_the_database_guards_what_is_astray")]
    operations = [
        migrations.RunSQL(TAKEN_OUT, PUT_BACK),
        migrations.RunSQL(RECORDINGS + INTENTS, PUT_OUT),
        migrations.RunSQL(ROOM, "ALTER TABLE retention_destruction RESET (fillfactor)"),
    ]
