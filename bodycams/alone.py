"""One at a time, whoever starts it and however often: a lock that the database takes back from who dies."""

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


def _asked(question: str, lock: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [lock])
        (answer,) = cursor.fetchone()
    return bool(answer)
