"""What is due, as SQL: the words that planning, the safety valve and the figures share. Each is about a recording `r`,
and asks the database's clock itself.
"""

from retention.models import Recording
from workflow.steps import steps_of

LAPSED = "r.status_before = 'noodzakelijk' AND r.next_at = retention_after(r.keep_until, 1)"
"""Not called unnecessary by a person, but come to the end of its last day: see `review.LAPSE`."""

WHY = f"""
CASE r.status
    WHEN 'te_beoordelen' THEN 'termijn_verstreken'
    WHEN 'verwijderd' THEN 'einde_verwijdering'
    ELSE CASE WHEN {LAPSED} THEN 'einde_noodzaak' ELSE 'niet_noodzakelijk' END
END
"""

READY_AT = """
r.next_at <= {at}
AND (r.status IN ('te_beoordelen', 'verwijderd') OR r.status = 'niet_noodzakelijk' AND r.ground <> '9')
"""
"""Its time has come. What is not necessary under article 9 is removed before it is destroyed (Wpg 9(4))."""

READY = READY_AT.format(at="retention_now()")

REMOVED = """
(r.ground = '9'
 OR r.ground = '8' AND r.keep_until >= (retention_day(r.judging_closes_at) - 27 + interval '5 years')::date)
"""
"""What goes out of use first, and is destroyed five years later: article 9, and the full five years of article 8 that
count from the use (`spans.py`) (Wpg 9(4), 8(6), 14).
"""

HELD = "(EXISTS (SELECT FROM retention_hold h WHERE h.recording_id = r.id) AND retention_is_held(r.id))"
"""The function is asked only of those that ever had a hold: for a million rows that is the greater part of the work."""

TO_PLAN = f"""
{READY}
AND NOT EXISTS (SELECT FROM retention_destruction d WHERE d.recording_id = r.id)
AND NOT {HELD}
"""

EVENING_CAME = """
r.next_at < (SELECT retention_after(((retention_now() AT TIME ZONE 'Europe/Amsterdam') - interval '18 hours')::date, 1))
"""
"""Caution gives way to the promise at 18:00: on D+27 for what nobody judged, on its day for the rest. At that hour the
day of 18 hours ago begins to be today's; what is due before the end of that day waits no longer. Reckoned once, and not
for each of a million.
"""

BY_INDEX = """
SELECT set_config('enable_' || way, 'off', true)
FROM unnest(ARRAY['seqscan', 'bitmapscan', 'sort', 'hashjoin', 'mergejoin']) AS way
"""
"""For the transaction: a few rows among millions, in the order of an index and each looked up. The planner, which knows
little of tables that grow this fast, would now and then go through all of one, for each few anew.
"""


def by_the_clock(step: str) -> str:
    """What the journal says of a step of the procedure that the clock took."""
    return f"De klok {steps_of(Recording)[step].sentence}."
