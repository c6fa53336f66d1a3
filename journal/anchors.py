"""Seals kept where the database's owner cannot change them: an anchor is a seal's number, up to which entry it goes,
and its hash, on one line of text.

Here: the file under `BODYCAMS_HOME` that is only ever added to, a line a minute at most. Mailing a line to the auditors
is the organisation's work, printing one in a document that of whoever makes the document. Reading them is
`script/verify_journal.py`.
"""

import fcntl
import os
import re
from pathlib import Path

from django.conf import settings

from journal import seals
from journal.models import Seal

ANCHOR = re.compile(rb"^zegel (\d+) \d+ [0-9a-f]{64}$", re.MULTILINE)
END = 4096


def anchor_of(seal: Seal) -> str:
    """The line that is kept of a seal, wherever it is kept."""
    return f"zegel {seal.number} {seal.last_seq} {bytes(seal.hash).hex()}"


def path() -> Path:
    return Path(settings.JOURNAL_ANCHORS)


def follow() -> bool:
    """Add the newest seal to the file, and say whether it was not there yet. It vouches for those before it as well.

    Twice or late is harmless; a line that a crash left without its end is followed by a whole one.
    """
    newest = seals.newest()
    if newest is None:
        return False
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - END))
        whole, _, broken_off = file.read().rpartition(b"\n")
        numbers = [int(number) for number in ANCHOR.findall(whole)]
        is_new = newest.number > (numbers[-1] if numbers else 0)
        if is_new:
            file.write(("\n" if broken_off else "").encode() + anchor_of(newest).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return is_new
