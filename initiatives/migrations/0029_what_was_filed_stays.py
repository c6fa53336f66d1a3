"""What a unit said changes only while it writes; a number is the next one of its year; a return stays as it was.

People decide on what the file says, and overviews, letters and the number of a file rest on it. Until now only the
application kept to that. A file goes to another unit once it was filed only when its own goes up in that one.
"""

from django.db import migrations

SAID = (
    "kinds, title, description, teams, target_groups, uses, period_from, period_until, research_question, cameras_now, "
    "cameras_requested, vendor, vendor_reasons, model_name, functions, activation, special_functions_reasons, contract, "
    "contract_until, origin, origin_consent, wearer_may_not_review, amount, cost_centre, costs_accepted, tasks, purposes, "
    "situations, proportionality, announcement, places, requested_support, wearers_trained, colleagues_instructed, "
    "dpia_version, dpia_date, infrastructure_changed_on, management_changed_on, earlier_id, necessity_id, urgent"
)
RETURNED = "initiative_id, missing, by_when, returned_by_id, returned_on"


def changed(columns: str) -> str:
    """That one of these columns is another than it was."""
    rows = [", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("NEW", "OLD")]
    return f"(({rows[0]}) IS DISTINCT FROM ({rows[1]}))"


GUARDS = f"""
CREATE FUNCTION initiatives_guard_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION initiatives_guard_filed_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        WITH RECURSIVE heir AS (
            SELECT OLD.unit_id AS id
            UNION
            SELECT goes.up_in FROM heir JOIN (
                SELECT u.id, u.successor_id AS up_in FROM organisation_unit u
                UNION ALL
                SELECT e.unit_id, e.successor_id
                FROM organisation_unitending e JOIN organisation_unitendingverdict v ON v.proposal_id = e.id
                WHERE v.outcome = 'bevestigd'
            ) AS goes ON goes.id = heir.id
        )
        SELECT FROM heir WHERE heir.id = NEW.unit_id
    ) THEN
        RAISE EXCEPTION 'a filed initiative stays of its unit' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_number(of_year integer, place integer) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    'BC-' || of_year::text || '-' || lpad(place::text, greatest(4, length(place::text)), '0');

CREATE FUNCTION initiatives_guard_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    filed integer := extract(year FROM NEW.submitted_at AT TIME ZONE 'Europe/Amsterdam');
    place integer := substring(NEW.number FROM '^BC-[0-9]{{4}}-([0-9]{{4,9}})$');
BEGIN
    IF NEW.number IS DISTINCT FROM initiatives_number(filed, place)
        OR NOT COALESCE(place BETWEEN 1 AND (SELECT last FROM initiatives_numbercounter WHERE year = filed), false)
    THEN
        RAISE EXCEPTION 'a number is the next one of its year' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_counter() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before integer := CASE WHEN TG_OP = 'UPDATE' THEN OLD.last ELSE 0 END;
BEGIN
    IF EXISTS (
        SELECT FROM generate_series(before + 1, NEW.last) AS place WHERE NOT EXISTS (
            SELECT FROM initiatives_initiative i WHERE i.number = initiatives_number(NEW.year, place)
        )
    ) THEN
        RAISE EXCEPTION 'numbers have no gaps' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER stays_as_filed BEFORE UPDATE ON initiatives_initiative FOR EACH ROW
WHEN (OLD.status <> 'concept' AND {changed(SAID)})
EXECUTE FUNCTION initiatives_guard_never('what was filed changes only while the unit writes');
CREATE TRIGGER stays_of_its_unit BEFORE UPDATE OF unit_id ON initiatives_initiative FOR EACH ROW
WHEN (OLD.number IS NOT NULL AND NEW.unit_id <> OLD.unit_id) EXECUTE FUNCTION initiatives_guard_filed_unit();
CREATE TRIGGER has_the_next_number BEFORE UPDATE OF number ON initiatives_initiative FOR EACH ROW
WHEN (OLD.number IS NULL AND NEW.number IS NOT NULL) EXECUTE FUNCTION initiatives_guard_number();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON initiatives_defect
    FOR EACH ROW EXECUTE FUNCTION initiatives_guard_arranged();
CREATE TRIGGER only_rises BEFORE UPDATE ON initiatives_numbercounter FOR EACH ROW
WHEN (NEW.year <> OLD.year OR NEW.last <= OLD.last) EXECUTE FUNCTION initiatives_guard_never('numbers are given once');
CREATE TRIGGER stays BEFORE DELETE ON initiatives_numbercounter FOR EACH ROW
EXECUTE FUNCTION initiatives_guard_never('numbers are given once');
CREATE CONSTRAINT TRIGGER has_no_gaps AFTER INSERT OR UPDATE ON initiatives_numbercounter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION initiatives_guard_counter();
CREATE TRIGGER stays_as_asked BEFORE UPDATE ON initiatives_return FOR EACH ROW
WHEN ({changed(RETURNED)} OR OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on)
EXECUTE FUNCTION initiatives_guard_never('a return stays as it was');
CREATE TRIGGER stays BEFORE DELETE ON initiatives_return FOR EACH ROW
EXECUTE FUNCTION initiatives_guard_never('a return stays as it was');
"""  # noqa: S608  # made of constants
REMOVE = """
DROP TRIGGER stays ON initiatives_return;
DROP TRIGGER stays_as_asked ON initiatives_return;
DROP TRIGGER has_no_gaps ON initiatives_numbercounter;
DROP TRIGGER stays ON initiatives_numbercounter;
DROP TRIGGER only_rises ON initiatives_numbercounter;
DROP TRIGGER guard ON initiatives_defect;
DROP TRIGGER has_the_next_number ON initiatives_initiative;
DROP TRIGGER stays_of_its_unit ON initiatives_initiative;
DROP TRIGGER stays_as_filed ON initiatives_initiative;
DROP FUNCTION initiatives_guard_counter();
DROP FUNCTION initiatives_guard_number();
DROP FUNCTION initiatives_number(integer, integer);
DROP FUNCTION initiatives_guard_filed_unit();
DROP FUNCTION initiatives_guard_never();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0028_the_database_guards_the_editions"),
        ("organisation", "0016_contacts_keep_cameras"),
    ]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
