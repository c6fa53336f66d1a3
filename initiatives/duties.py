"""Separation of duties in the procedure: who may not do this because of what they did before (T-18).

By identity, never by permission: somebody with two roles is still one person. The database refuses the same by
triggers.
"""

from organisation.permissions import differs_from, holds
from organisation.roles import Perm
from workflow.who import all_of

is_not_a_submitter = differs_from(
    lambda initiative: initiative.submitter_ids(),
    "U hebt dit initiatief zelf aangemeld. Daarom moet een ander dit doen.",
    condition="niet wie het initiatief aanmeldde",
)
did_not_sign_the_necessity = differs_from(
    lambda initiative: {initiative.necessity.signed_by_id} if initiative.necessity else set(),
    "U hebt de noodzaak vastgesteld. Daarom moet een ander het initiatief aanmelden.",
    condition="niet wie de noodzaak vaststelde",
)
did_not_decide_first = differs_from(
    lambda initiative: initiative.first_decider_ids(),
    "U hebt het eerste besluit genomen. Daarom moet een ander dit doen.",
    condition="niet wie het eerste besluit nam",
)
did_not_give_the_view = differs_from(
    lambda initiative: initiative.viewer_ids(),
    "U hebt de zienswijze gegeven. Daarom moet een ander op het bezwaar beslissen.",
    condition="niet wie de zienswijze gaf",
)
decides_on_objection = all_of(
    holds(Perm.DECIDE_OBJECTION), did_not_decide_first, did_not_give_the_view, is_not_a_submitter
)
