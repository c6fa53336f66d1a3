"""One at a time, whoever starts it and however often: locks that the database takes back from who dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """Whether nobody else holds this lock; then nobody else can, until the block ends or the connection is lost."""
    mine = bool(_asked("SELECT pg_try_advisory_lock(%s)", lock))
    try:
        yield mine
    finally:
        if mine:
            _asked("SELECT pg_advisory_unlock(%s)", lock)


def claimed(lock: int, which: int = 0, *, wait: bool = False) -> bool:
    """The same of one of many (`which`), until the transaction ends, however it ends. With `wait` it is claimed once it
    is free, and what is read after this was written before.
    """
    if wait:
        _asked("SELECT pg_advisory_xact_lock(%s, %s)", lock, which)
        return True
    return bool(_asked("SELECT pg_try_advisory_xact_lock(%s, %s)", lock, which))


def _asked(question: str, *lock: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, lock)
        return cursor.fetchone()[0]
