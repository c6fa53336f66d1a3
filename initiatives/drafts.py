"""The draft of an assessment: what a project leader typed so far, kept while it is being written.

Each leader has a draft of their own, so two who write at once never overwrite each other; each is told of the other's.
A draft is nobody's judgement yet: it changes nothing in the file, and leaves no trace in the journal.
"""

from collections.abc import Mapping
from datetime import datetime

from initiatives.models import AssessmentDraft, Initiative
from organisation.models import Person


def save_draft(initiative: Initiative, typed: Mapping[str, str], *, person: Person, at: datetime) -> None:
    """Keep what this leader typed, as it was typed; nothing of it needs to be right or complete."""
    AssessmentDraft.objects.update_or_create(
        initiative=initiative, person=person, defaults={"typed": dict(typed), "saved_at": at}
    )


def drafts_of(initiative: Initiative, person: Person) -> tuple[AssessmentDraft | None, list[AssessmentDraft]]:
    """The draft of this leader, if there is one, and those of others."""
    drafts = list(initiative.assessment_drafts.all())
    mine = next((draft for draft in drafts if draft.person_id == person.pk), None)
    return mine, [draft for draft in drafts if draft.person_id != person.pk]
