"""Signs of life of the worker and of beat, in Valkey: each writes a key that goes by itself when it stops writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import redis

WORKER = "worker"
BEAT = "beat"
EVERY = 5
LASTS = 20


class Unreachable(Exception):
    """The broker does not answer."""


@contextmanager
def broker() -> Iterator["redis.Redis"]:
    """A connection to the broker that answers within seconds, or `Unreachable`."""
    import redis  # costs 10 MB, and most pages never need it

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as connection:
            yield connection
    except redis.RedisError as error:
        raise Unreachable from error


def write(name: str) -> None:
    """Say that `name` is alive; a broker that does not answer is not our problem here."""
    try:
        with broker() as connection:
            connection.set(_key(name), 1, ex=LASTS)
    except Unreachable:
        return


def forget() -> None:
    """Take back what an earlier worker and beat said; for a new start."""
    with broker() as connection:
        connection.delete(_key(WORKER), _key(BEAT))


def is_alive(connection: "redis.Redis", name: str) -> bool:
    return bool(connection.exists(_key(name)))


def is_heard(name: str) -> bool:
    """The same for who has no connection; a broker that does not answer hears nobody."""
    try:
        with broker() as connection:
            return is_alive(connection, name)
    except Unreachable:
        return False


def _key(name: str) -> str:
    return f"bodycams:alive:{name}"
