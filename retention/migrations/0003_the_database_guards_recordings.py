"""What may never be in the tables, whoever writes: a changed fact, an illegal move, a held recording destroyed, a young
one, one without proof, a hold on what is being destroyed, a judge of the own recording.

One order of locks: the recording first. Whoever places a hold, gives a judgement or passes the point of no return locks
it, and only then looks at what the others did.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION retention_is_held(asked bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM retention_hold h
        WHERE h.recording_id = asked
        AND NOT EXISTS (SELECT FROM retention_holdrelease r WHERE r.hold_id = h.id)
        AND retention_now() < greatest(
            h.until_at, (SELECT max(e.until_at) FROM retention_holdextension e WHERE e.hold_id = h.id)
        )
    )
$$;

CREATE FUNCTION retention_begun(asked bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM retention_destruction d WHERE d.recording_id = asked AND d.point_of_no_return_at IS NOT NULL
    )
$$;

CREATE FUNCTION retention_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION retention_guard_arrival() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_refuse('a recording arrives to be judged');
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_refuse('a recording leaves its tombstone');
    RETURN NULL;
END $$;

CREATE FUNCTION retention_guard_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.status = 'vernietigd' AND NEW.wearer = '' AND NEW.not_announced_reason = '')
        AND (NEW.wearer, NEW.not_announced_reason) IS DISTINCT FROM (OLD.wearer, OLD.not_announced_reason)
    OR (NEW.source, NEW.source_id, NEW.camera_serial, NEW.unit_id, NEW.initiative_id, NEW.used_from, NEW.used_to,
        NEW.shift_end, NEW.uploaded_at, NEW.arrived_at, NEW.size, NEW.sha256, NEW.storage_key, NEW.place, NEW.exception,
        NEW.announced)
        IS DISTINCT FROM
       (OLD.source, OLD.source_id, OLD.camera_serial, OLD.unit_id, OLD.initiative_id, OLD.used_from, OLD.used_to,
        OLD.shift_end, OLD.uploaded_at, OLD.arrived_at, OLD.size, OLD.sha256, OLD.storage_key, OLD.place, OLD.exception,
        OLD.announced) THEN
        PERFORM retention_refuse('the facts of a recording stay');
    END IF;
    IF OLD.file_seen_at IS NOT NULL AND NEW.file_seen_at IS DISTINCT FROM OLD.file_seen_at THEN
        PERFORM retention_refuse('a file is seen for the first time once');
    END IF;
    IF NEW.true_from IS DISTINCT FROM OLD.true_from AND (
        OLD.true_from IS NOT NULL OR NOT OLD.set_apart OR OLD.status <> 'te_beoordelen'
        OR retention_now() >= OLD.judging_closes_at OR retention_begun(OLD.id)
    ) THEN
        PERFORM retention_refuse('the true moment is fixed once, of what was set apart, before judging closes');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := retention_now();
    is_open boolean := at < OLD.judging_closes_at;
    may_undo boolean := OLD.status = 'niet_noodzakelijk' AND at < retention_later(OLD.judged_at, interval '1 hour');
BEGIN
    IF NEW.status = 'vernietigd' THEN
        IF OLD.status = 'vernietigd' OR NOT retention_begun(OLD.id)
            OR NOT EXISTS (SELECT FROM retention_proof p WHERE p.recording_id = OLD.id) THEN
            PERFORM retention_refuse('destroyed only with a proof, after the point of no return');
        END IF;
        RETURN NEW;
    END IF;
    IF retention_begun(OLD.id) THEN
        PERFORM retention_refuse('what is being destroyed can no longer be judged');
    END IF;
    IF (OLD.status, NEW.status) NOT IN (
        ('te_beoordelen', 'noodzakelijk'), ('te_beoordelen', 'niet_noodzakelijk'),
        ('niet_noodzakelijk', 'noodzakelijk'), ('niet_noodzakelijk', 'te_beoordelen'),
        ('niet_noodzakelijk', 'verwijderd'),
        ('noodzakelijk', 'noodzakelijk'), ('noodzakelijk', 'niet_noodzakelijk'), ('noodzakelijk', 'verwijderd')
    ) THEN
        PERFORM retention_refuse(format('no step leads from %s to %s', OLD.status, NEW.status));
    END IF;
    IF OLD.status = 'te_beoordelen' AND NOT is_open
    OR OLD.status = 'niet_noodzakelijk' AND NEW.status = 'te_beoordelen'
        AND NOT (is_open AND may_undo AND OLD.status_before = 'te_beoordelen')
    OR OLD.status = 'niet_noodzakelijk' AND NEW.status = 'noodzakelijk'
        AND NOT (is_open OR may_undo AND OLD.status_before = 'noodzakelijk') THEN
        PERFORM retention_refuse('judging has closed');
    END IF;
    IF NEW.status = 'verwijderd' AND NOT (at >= OLD.next_at AND OLD.ground IN ('8', '9')) THEN
        PERFORM retention_refuse('removed only under article 8 or 9, when its time has come');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM retention_recording r WHERE r.id = NEW.recording_id FOR UPDATE;
    IF NEW.role <> 'drager' AND EXISTS (
        SELECT FROM retention_recording r JOIN organisation_person p ON p.number = r.wearer
        WHERE r.id = NEW.recording_id AND p.id = NEW.person_id
    ) THEN
        PERFORM retention_refuse('nobody judges what they wore the camera for');
    END IF;
    IF retention_begun(NEW.recording_id) THEN
        PERFORM retention_refuse('what is being destroyed can no longer be judged');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_holding(asked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    SELECT status INTO found FROM retention_recording WHERE id = asked FOR UPDATE;
    IF found = 'vernietigd' OR retention_begun(asked) THEN
        PERFORM retention_refuse('what is being destroyed can no longer be held');
    END IF;
END $$;

CREATE FUNCTION retention_guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM retention_guard_holding(NEW.recording_id);
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held bigint; placed_by bigint;
BEGIN
    SELECT h.recording_id, h.placed_by_id INTO held, placed_by FROM retention_hold h WHERE h.id = NEW.hold_id;
    IF placed_by = NEW.by_id THEN
        PERFORM retention_refuse('another person than who placed it extends or releases a hold');
    END IF;
    PERFORM retention_guard_holding(held);
    IF EXISTS (SELECT FROM retention_holdrelease r WHERE r.hold_id = NEW.hold_id) THEN
        PERFORM retention_refuse('a released hold has ended');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_intent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found retention_recording%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.point_of_no_return_at IS NOT NULL THEN
            PERFORM retention_refuse('the point of no return is never taken back');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.point_of_no_return_at IS NOT NULL THEN
            IF NEW.point_of_no_return_at IS DISTINCT FROM OLD.point_of_no_return_at OR NEW.why <> OLD.why
                OR OLD.done_at IS NOT NULL AND NEW.done_at IS DISTINCT FROM OLD.done_at THEN
                PERFORM retention_refuse('the point of no return is never taken back');
            END IF;
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.point_of_no_return_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO found FROM retention_recording WHERE id = NEW.recording_id FOR UPDATE;
    IF retention_is_held(NEW.recording_id) THEN
        PERFORM retention_refuse('what is held is not destroyed');
    END IF;
    IF found.status NOT IN ('te_beoordelen', 'niet_noodzakelijk', 'verwijderd')
        OR found.status = 'niet_noodzakelijk' AND found.ground = '9'
        OR found.next_at > retention_now() THEN
        PERFORM retention_refuse('its time has not come');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION retention_guard_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM retention_recording r WHERE r.id = NEW.recording_id FOR UPDATE;
    IF NOT retention_begun(NEW.recording_id) THEN
        PERFORM retention_refuse('no proof without the point of no return');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER arrives_to_be_judged BEFORE INSERT ON retention_recording FOR EACH ROW
WHEN (NEW.status <> 'te_beoordelen' OR NEW.true_from IS NOT NULL OR NEW.judged_at IS NOT NULL OR NEW.ground <> '')
EXECUTE FUNCTION retention_guard_arrival();
CREATE TRIGGER leaves_its_tombstone BEFORE DELETE ON retention_recording FOR EACH ROW
EXECUTE FUNCTION retention_guard_tombstone();
CREATE TRIGGER facts_stay BEFORE UPDATE ON retention_recording FOR EACH ROW EXECUTE FUNCTION retention_guard_facts();
CREATE TRIGGER moves_legally BEFORE UPDATE ON retention_recording FOR EACH ROW
WHEN ((NEW.status, NEW.status_before, NEW.judged_at, NEW.ground, NEW.purpose, NEW.case_reference, NEW.keep_until)
    IS DISTINCT FROM
    (OLD.status, OLD.status_before, OLD.judged_at, OLD.ground, OLD.purpose, OLD.case_reference, OLD.keep_until))
EXECUTE FUNCTION retention_guard_move();
CREATE TRIGGER is_judged_by_another BEFORE INSERT ON retention_judgement FOR EACH ROW
EXECUTE FUNCTION retention_guard_judgement();
CREATE TRIGGER comes_before_destruction BEFORE INSERT ON retention_hold FOR EACH ROW
EXECUTE FUNCTION retention_guard_hold();
CREATE TRIGGER is_by_a_second_person BEFORE INSERT ON retention_holdextension FOR EACH ROW
EXECUTE FUNCTION retention_guard_second_person();
CREATE TRIGGER is_by_a_second_person BEFORE INSERT ON retention_holdrelease FOR EACH ROW
EXECUTE FUNCTION retention_guard_second_person();
CREATE TRIGGER has_a_point_of_no_return BEFORE INSERT OR UPDATE OR DELETE ON retention_destruction FOR EACH ROW
EXECUTE FUNCTION retention_guard_intent();
CREATE TRIGGER proves_what_was_begun BEFORE INSERT ON retention_proof FOR EACH ROW
EXECUTE FUNCTION retention_guard_proof();
"""
TRIGGERS = {
    "retention_recording": ("arrives_to_be_judged", "leaves_its_tombstone", "facts_stay", "moves_legally"),
    "retention_judgement": ("is_judged_by_another",),
    "retention_hold": ("comes_before_destruction",),
    "retention_holdextension": ("is_by_a_second_person",),
    "retention_holdrelease": ("is_by_a_second_person",),
    "retention_destruction": ("has_a_point_of_no_return",),
    "retention_proof": ("proves_what_was_begun",),
}
REMOVE = [
    *(f"DROP TRIGGER {name} ON {table};" for table, names in TRIGGERS.items() for name in names),
    """
    DROP FUNCTION retention_guard_proof, retention_guard_intent, retention_guard_second_person, retention_guard_hold,
        retention_guard_holding, retention_guard_judgement, retention_guard_move, retention_guard_facts,
        retention_guard_tombstone, retention_guard_arrival, retention_refuse, retention_begun, retention_is_held;
    """,
]


class Migration(migrations.Migration):
    dependencies = [("retention", "0002_recordings_judgements_holds_and_proofs")]
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
