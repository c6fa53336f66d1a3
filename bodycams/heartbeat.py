"""Signs of life of the worker and of beat, in Valkey: each writes a key that goes by itself when it stops writing."""

import redis
from django.conf import settings

WORKER = "worker"
BEAT = "beat"
EVERY = 5
LASTS = 20


def broker() -> redis.Redis:
    """A connection to the broker that answers or fails within seconds."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def write(name: str) -> None:
    """Say that `name` is alive; a broker that does not answer is not our problem here."""
    try:
        with broker() as connection:
            connection.set(_key(name), 1, ex=LASTS)
    except redis.RedisError:
        return


def forget() -> None:
    """Take back what an earlier worker and beat said; for a new start."""
    with broker() as connection:
        connection.delete(_key(WORKER), _key(BEAT))


def is_alive(connection: redis.Redis, name: str) -> bool:
    return bool(connection.exists(_key(name)))


def is_heard(name: str) -> bool:
    """The same for who has no connection; a broker that does not answer hears nobody."""
    try:
        with broker() as connection:
            return is_alive(connection, name)
    except redis.RedisError:
        return False


def _key(name: str) -> str:
    return f"bodycams:alive:{name}"
