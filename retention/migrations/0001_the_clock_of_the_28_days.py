"""The moments of a recording, as functions of the owner: asked by columns, triggers, SQL and Python alike.

A day is one of the Dutch calendar, so a moment is brought to Amsterdam before days are added, and a length of time is
added in UTC; both make the functions immutable, which a stored column needs. `retention_now()` is stable, so that an
index serves what is compared with it.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION retention_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT clock_timestamp()';

CREATE FUNCTION retention_after(day date, days integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (day + days)::timestamp AT TIME ZONE 'Europe/Amsterdam' $$;

CREATE FUNCTION retention_later(moment timestamptz, length interval) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (moment AT TIME ZONE 'UTC' + length) AT TIME ZONE 'UTC' $$;

CREATE FUNCTION retention_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (moment AT TIME ZONE 'Europe/Amsterdam')::date $$;

CREATE FUNCTION retention_judging_closes(used timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT retention_after(retention_day(used), 27) $$;

CREATE FUNCTION retention_must_be_gone(used timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT retention_after(retention_day(used), 28) $$;

CREATE FUNCTION retention_set_apart(used timestamptz, uploaded timestamptz, arrived timestamptz, true_from timestamptz)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT true_from IS NULL AND used > retention_later(least(uploaded, arrived), interval '5 minutes') $$;

CREATE FUNCTION retention_counted_from(
    used timestamptz, uploaded timestamptz, arrived timestamptz, true_from timestamptz
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN true_from IS NOT NULL THEN least(true_from, arrived)
               WHEN retention_set_apart(used, uploaded, arrived, true_from) THEN least(used, uploaded, arrived)
               ELSE used END $$;

CREATE FUNCTION retention_recording_closes(
    used timestamptz, uploaded timestamptz, arrived timestamptz, true_from timestamptz
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT retention_judging_closes(retention_counted_from(used, uploaded, arrived, true_from)) $$;

CREATE FUNCTION retention_recording_gone(
    used timestamptz, uploaded timestamptz, arrived timestamptz, true_from timestamptz
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT retention_must_be_gone(retention_counted_from(used, uploaded, arrived, true_from)) $$;

CREATE FUNCTION retention_late(arrived timestamptz, shift_end timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT arrived > retention_later(shift_end, interval '48 hours') $$;

CREATE FUNCTION retention_rank(place varchar, excepted varchar) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (CASE WHEN place IN ('woning', 'besloten_erf') AND excepted = '' THEN 0 ELSE 1 END)::smallint $$;

CREATE FUNCTION retention_next(
    status varchar, judged_at timestamptz, keep_until date,
    used timestamptz, uploaded timestamptz, arrived timestamptz, true_from timestamptz
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE status
       WHEN 'te_beoordelen' THEN retention_recording_closes(used, uploaded, arrived, true_from)
       WHEN 'niet_noodzakelijk' THEN retention_later(judged_at, interval '1 hour')
       WHEN 'noodzakelijk' THEN retention_after(keep_until, 1)
       WHEN 'verwijderd' THEN retention_after(keep_until, 1)
   END $$;
"""
REMOVE = """
DROP FUNCTION retention_next, retention_rank, retention_late, retention_recording_gone, retention_recording_closes,
    retention_counted_from, retention_set_apart, retention_must_be_gone, retention_judging_closes, retention_day,
    retention_later, retention_after, retention_now;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
