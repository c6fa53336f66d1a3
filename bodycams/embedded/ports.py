"""Ports on this machine: is one free, and which one is. Not here: who listens."""

import random
import socket

from bodycams.embedded.bootstrap import Failure

PORTS = range(20000, 32000)  # below 32768: above it outgoing connections take ports


def is_free(port: int) -> bool:
    """Whether a server could listen here."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A free port, from a random start, so that two who start at once seldom choose the same."""
    start = random.randrange(len(PORTS))  # noqa: S311  # no secret
    for port in (*PORTS[start:], *PORTS[:start]):
        if is_free(port):
            return port
    raise Failure("Er is geen vrije poort onder 32768.")
