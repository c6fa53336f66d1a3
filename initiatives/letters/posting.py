"""Letters and mail: which letter goes with a notice, and which notices wait until theirs is made.

A notice and a letter of the same step bear the same moment. Making the paper is in `making.py`.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from bodycams.mail import Attachment
from initiatives.models import Letter, LetterPaper, Notice

PATIENCE = timedelta(hours=1)
"""So long a mail waits for its letter. Then it goes without: somebody who must act has to know."""


def not_waiting_for_a_letter(notices: "QuerySet[Notice]", at: datetime) -> "QuerySet[Notice]":
    """Those of `notices` that can be mailed: without a letter, with one that was made, or that waited long enough."""
    unmade = Letter.objects.filter(
        initiative=OuterRef("initiative"), written_at=OuterRef("created_at"), paper__isnull=True
    )
    return notices.exclude(Exists(unmade.filter(written_at__gt=at - PATIENCE)))


def for_notice(notice: Notice) -> Attachment | None:
    """The letter that goes with a notice, byte for byte as it is kept; None when there is none (yet)."""
    of_the_step = {"letter__initiative": notice.initiative_id, "letter__written_at": notice.created_at}
    paper = LetterPaper.objects.filter(**of_the_step).select_related("letter").first()
    return Attachment(file_name(paper.letter), bytes(paper.content)) if paper else None


def file_name(letter: Letter) -> str:
    """`BC-2026-0038-brief-2.pdf`."""
    return f"{letter.facts['number']}-brief-{letter.n}.pdf"
