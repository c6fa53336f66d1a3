"""One at a time: who comes second is told so, and who comes after gets its turn."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from bodycams.alone import alone, claimed

pytestmark = pytest.mark.django_db
LOCK, ONE, OTHER = 20991231, 7, 8


@pytest.fixture
def elsewhere() -> Iterator[CursorWrapper]:
    """Another process. What it holds is let go before it ends: the database may take a moment to see the end."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        yield cursor
        cursor.execute("SELECT pg_advisory_unlock_all()")


def test_who_comes_second_is_told_so(elsewhere: CursorWrapper) -> None:
    elsewhere.execute("SELECT pg_advisory_lock(%s, %s), pg_advisory_lock(%s)", [LOCK, ONE, LOCK])
    assert not claimed(LOCK, ONE)
    assert claimed(LOCK, OTHER), "that is another thing"
    with alone(LOCK) as mine:
        assert not mine


def test_twin_who_comes_after_gets_its_turn(elsewhere: CursorWrapper) -> None:
    with alone(LOCK) as mine:
        assert mine
    elsewhere.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
    assert elsewhere.fetchone() == (True,)


@pytest.mark.parametrize("wait", [False, True])
def test_what_is_claimed_is_held_until_the_transaction_ends(elsewhere: CursorWrapper, wait: bool) -> None:
    assert claimed(LOCK, ONE, wait=wait)
    elsewhere.execute("SELECT pg_try_advisory_lock(%s, %s), pg_try_advisory_lock(%s, %s)", [LOCK, ONE, LOCK, OTHER])
    assert elsewhere.fetchone() == (False, True)
