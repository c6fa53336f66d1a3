"""Loading made-up recordings lot by lot: first the files of a lot, then its rows in a transaction of their own, with
word of how far it is. The statements are in `rows.py`.

The same seed gives the same recordings, counted back from the moment of loading; what is there already stays.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import connection, transaction

from initiatives.words import thousands
from journal.write import record
from organisation.demo import UNITS
from retention.bulk.rows import CLEAR, INSERT, JOIN_BY_HASH, JUDGE, PLAN, SOURCE
from retention.storage import recordings

LOT = 10_000
AT_ONCE = 8
"""Files that are written side by side: the disk is waited for, not the processor."""


def load(number: int, seed: int, at: datetime, told: Callable[[str], object], *, with_files: bool = True) -> None:
    """Add `number` made-up recordings that follow from `seed`, as seen at `at`. Only a benchmark leaves out the files:
    the rows say all the same that they were seen.
    """
    fixed: dict[str, Any] = {
        "seed": seed,
        "at": at,
        "source": SOURCE,
        "codes": list(UNITS.values()),
        "digits": list(UNITS),
    }
    for first in range(1, number + 1, LOT):
        last = min(first + LOT - 1, number)
        if with_files:
            write_files(seed, range(first, last + 1))
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (PLAN, JOIN_BY_HASH, INSERT, JUDGE, CLEAR):
                cursor.execute(statement, {**fixed, "first": first, "last": last})
            many = f"Er zijn verzonnen opnamen geladen: nummer {first} tot en met {last} van reeks {seed}."
            record("testopnamen_geladen", many, role="systeem", data={"seed": seed, "first": first, "last": last})
        told(f"Opnamen: {thousands(last)} van {thousands(number)}.")


def write_files(seed: int, numbers: range) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        pool.map(lambda number: write_file(seed, number), numbers)


def write_file(seed: int, number: int) -> None:
    """What `rows.py` says of its content: a line of text that is no other's."""
    content = f"Testopname {number} van reeks {seed}".encode()
    recordings().write(f"{SOURCE}/{seed}/{number}", BytesIO(content), len(content), sha256(content).hexdigest())
