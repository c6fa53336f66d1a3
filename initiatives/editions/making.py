"""Making the paper of editions: for the worker or a command, each once, whoever asks and however often.

What is drawn is what was confirmed, under the number and the seal that it got then. Before the bytes are kept they are
looked into as anybody's file would be: the pages must say what the data say, and the signature must hold. What is not
made yet is found again each time, so that nothing is lost with a worker that dies. Not here: publishing (`asking.py`).
"""

import hashlib
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from bodycams.alone import claimed
from bodycams.patience import Patience
from bodycams.pdf import signing
from bodycams.pdf.contents import inside
from bodycams.pdf.making import Unavailable
from initiatives.editions.asking import overview_of
from initiatives.editions.rows import rows_of
from initiatives.models import Edition, EditionPaper
from initiatives.overview import files, pdf
from initiatives.overview.data import as_csv, as_json
from initiatives.overview.mark import EditionMark
from journal.write import record
from organisation.models import Person
from workflow.clock import local_date

LOCK = 20150224
"""With the number of an edition: the lock of who is making its paper. The database takes it back from who dies."""
SECONDS = 600
"""So long looking into our own file may take; a long one has many rows."""
patience = Patience()


class NotSound(Exception):
    """What was made is not what it should be; it is not kept."""


def make_editions(at: datetime) -> int:
    """Make papers that are still to be made, in the order of their numbers; answers with how many. One that fails does
    not stop the rest; it is tried again, later and later.
    """
    from bodycams.pdf.signing_key import CannotSign

    waiting = Edition.objects.filter(paper__isnull=True).order_by("pk")
    return patience.make(waiting, make_paper, at, hopeless=(Unavailable, CannotSign))


def make_paper(edition: Edition, at: datetime, *, wait: bool = False) -> bool:
    """Whether it was still to be made, and nobody else was making it; who does is waited for with `wait`. Raises what
    goes wrong; then nothing is kept.
    """
    with transaction.atomic():
        if not claimed(LOCK, edition.pk, wait=wait) or EditionPaper.objects.filter(edition=edition).exists():
            return False
        kept = EditionPaper.objects.create(edition=edition, made_at=at, **_made(edition, at))
        record(
            "editie_gemaakt",
            f"{str(edition).capitalize()} is gemaakt en ondertekend door {kept.signed_by}.",
            actor=Person.objects.get(number=Person.SYSTEM),
            role="systeem",
            about=edition,
            data={"sha256": kept.sha256, "bytes": kept.size},
        )
    return True


def _made(edition: Edition, at: datetime) -> dict[str, Any]:
    """The columns of its paper. Without a key nothing is drawn."""
    from bodycams.pdf.signing_key import key_on

    key_on(at)
    overview = overview_of(edition)
    mark = EditionMark(edition.pk, local_date(edition.published_at), edition.seal, edition.corrects_id)
    files.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=files.folder()) as folder:
        drawn, signed = Path(folder) / "drawn.pdf", Path(folder) / "signed.pdf"
        pdf.make(overview, drawn, _say_nothing, mark)
        signing.sign(drawn, signed, at)
        content = signed.read_bytes()
        if not content.startswith(drawn.read_bytes()):
            raise NotSound("the signed file does not start with the bytes that were signed")
        rows = list(rows_of(overview))
        signed_by = _looked_into(signed, rows)
    return {
        "content": content,
        "json": as_json(overview),
        "csv": as_csv(overview),
        "rows": rows,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "signed_by": signed_by,
    }


def _looked_into(path: Path, rows: list[tuple[str, str]]) -> str:
    """Whose signature is on it. Raises `NotSound`."""
    found = inside(path, SECONDS)
    drawn = [digest for label, digest in found.rows if label.startswith("BC-")]
    if drawn != [digest for _, digest in rows]:
        raise NotSound("the pages do not say what the data say")
    signature = found.signature
    if signature is None or not signature.is_sound:
        raise NotSound("the signature does not hold")
    return signature.by


def _say_nothing(done: int, total: int) -> None:
    """Nobody looks on; the page of an edition says that it is being made."""
