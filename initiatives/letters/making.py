"""Making the paper of letters: for the worker, each letter once, whoever asks and however often.

The bytes are kept in the database, where only adding is possible; that they belong to their digest is checked there.
What is not made yet is found again each time, so that nothing is lost with a worker that dies. Not here: what is on a
letter (the modules beside this one), making a PDF (`bodycams/pdf/making.py`).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from bodycams.alone import claimed
from bodycams.patience import Patience
from bodycams.pdf.making import Unavailable, write_pdf
from initiatives.letters import on_filing, on_objection, on_the_way
from initiatives.letters.facts import Facts
from initiatives.letters.sheet import Body, context
from initiatives.models import Letter, LetterPaper
from journal.write import record
from organisation.models import Person

AT_ONCE = 10
"""So many in one run, so that the worker comes round to mail; the next run is there within seconds."""
LOCK = 20150220
"""With the number of a letter: the lock of who is making its paper. The database takes it back from who dies."""
patience = Patience()

BODIES: dict[Letter.Kind, Callable[[Facts], Body]] = {
    Letter.Kind.DECISION: on_filing.decision,
    Letter.Kind.OBJECTION_DECISION: on_objection.decision,
    Letter.Kind.RECEIPT: on_the_way.receipt,
    Letter.Kind.RETURN: on_the_way.returned,
    Letter.Kind.POSTPONEMENT: on_the_way.postponed,
    Letter.Kind.ADJOURNMENT: on_the_way.adjourned,
}


def make_letters(at: datetime) -> int:
    """Make papers that are still to be made, the newest letter first since somebody waits for it; answers with how
    many. One that fails does not stop the rest; it is tried again, later and later.
    """
    waiting = Letter.objects.filter(paper__isnull=True).order_by("-pk").values_list("pk", flat=True)
    return patience.make(waiting, _make, at, hopeless=Unavailable, most=AT_ONCE)


def _make(pk: int, at: datetime) -> bool:
    """Whether it was still to be made, and nobody else was making it."""
    with transaction.atomic():
        if not claimed(LOCK, pk) or (letter := Letter.objects.filter(pk=pk, paper__isnull=True).first()) is None:
            return False
        content = write_pdf(html(letter))
        paper = LetterPaper.objects.create(
            letter=letter, content=content, sha256=hashlib.sha256(content).hexdigest(), made_at=at
        )
        record(
            "brief_gemaakt",
            f"Brief {letter} is gemaakt: {letter.get_kind_display()}.",
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=letter,
            data={"sha256": paper.sha256, "bytes": len(content)},
        )
    return True


def html(letter: Letter) -> str:
    """The whole letter; the same letter gives the same text."""
    return render_to_string("pdf/letter.html", context(letter, BODIES[Letter.Kind(letter.kind)](Facts(letter.facts))))
