"""Which steps bring a letter, and what it says: written down by the database in the step's own transaction.

One statement copies what the step has just recorded, so that nothing of the letter can change or be forgotten
afterwards. The worker makes the paper of it later (`letters/`).
"""

from django.db import connection

from initiatives.models import Letter
from workflow.clock import local_date
from workflow.take import Taken

KINDS: dict[str, Letter.Kind] = {
    "terugsturen": Letter.Kind.RETURN,
    "uitstel_melden": Letter.Kind.POSTPONEMENT,
    "goedkeuren": Letter.Kind.DECISION,
    "afwijzen": Letter.Kind.DECISION,
    "bezwaar_maken": Letter.Kind.RECEIPT,
    "verdagen": Letter.Kind.ADJOURNMENT,
    "gegrond_verklaren": Letter.Kind.OBJECTION_DECISION,
    "ongegrond_verklaren": Letter.Kind.OBJECTION_DECISION,
}

WRITE = """
INSERT INTO initiatives_letter (initiative_id, n, kind, dated, written_at, facts)
SELECT file.id, 1 + (SELECT count(*) FROM initiatives_letter WHERE initiative_id = file.id),
%(kind)s, %(dated)s, %(at)s, jsonb_build_object(
    'number', file.number, 'title', file.title, 'unit', unit.name, 'unit_kind', unit.kind,
    'submitted_on', (file.submitted_at AT TIME ZONE 'Europe/Amsterdam')::date,
    'requested', file.requested_support, 'cost_centre', file.cost_centre,
    'terms', (
        SELECT jsonb_object_agg(kind, jsonb_build_object('starts_on', starts_on, 'last_day', last_day) ORDER BY id)
        FROM initiatives_fileterm WHERE initiative_id = file.id
    ),
    'returned', (
        SELECT jsonb_build_object('missing', missing, 'by_when', by_when) FROM initiatives_return
        WHERE initiative_id = file.id ORDER BY id DESC LIMIT 1
    ),
    'postponement', (
        SELECT jsonb_build_object('new_day', new_day, 'reasons', reasons) FROM initiatives_postponement
        WHERE initiative_id = file.id
    ),
    'decisions', ARRAY(
        SELECT to_jsonb(decision) - '{id, initiative_id, decided_by_id}'::text[] FROM initiatives_decision decision
        WHERE initiative_id = file.id ORDER BY round
    ),
    'objection', (
        SELECT jsonb_build_object(
            'grounds', grounds, 'late_excuse', late_excuse, 'is_late', is_late, 'made_at', made_at
        )
        FROM initiatives_objection WHERE initiative_id = file.id
    ),
    'adjournment', (
        SELECT jsonb_build_object('weeks', weeks, 'reasons', reasons) FROM initiatives_adjournment
        WHERE initiative_id = file.id
    ),
    'view', (
        SELECT jsonb_build_object('view', view, 'note', note, 'given_at', given_at) FROM initiatives_view
        WHERE initiative_id = file.id ORDER BY given_at DESC, id DESC LIMIT 1
    )
)
FROM initiatives_initiative file JOIN organisation_unit unit ON unit.id = file.unit_id WHERE file.id = %(initiative)s
"""


def write(taken: Taken) -> None:
    """Write down what the step's letter says, if it brings one. Comes after the rows that the step records."""
    if kind := KINDS.get(taken.step.name):
        given = {"initiative": taken.subject.pk, "kind": kind, "dated": local_date(taken.at), "at": taken.at}
        with connection.cursor() as cursor:
            cursor.execute(WRITE, given)
