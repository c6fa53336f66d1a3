"""Being asked to stop, and waiting until then.

The handlers only note what arrived; `pause()` is the one place where a request to stop becomes an
exception, so that nothing is cut off halfway. Not here: what is done about it.
"""

import contextlib
import os
import select
import signal
import time

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_received: list[int] = []
_bell: list[int] = []


class Stopped(Exception):
    """Somebody asked this process to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def listen() -> None:
    """Installs the handlers, also for signals that were ignored or blocked when this process was started."""
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    _bell[:] = [reader, writer]
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in STOPPING:
        signal.signal(number, lambda received, _frame: _received.append(received))
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {*STOPPING, signal.SIGCHLD})


def received() -> int | None:
    """The first signal that asked to stop, if any."""
    return _received[0] if _received else None


def take() -> int | None:
    """The same, for one who passes it on: then it no longer counts as asking us to stop."""
    return _received.pop(0) if _received else None


def nap(seconds: float) -> None:
    """Sleeps at most so long; a signal or the end of a child wakes it."""
    if not _bell:
        time.sleep(seconds)
        return
    select.select(_bell[:1], [], [], seconds)
    with contextlib.suppress(BlockingIOError):
        while os.read(_bell[0], 512):
            pass


def pause(seconds: float) -> None:
    """Sleeps at most so long; raises `Stopped` once this process was asked to stop."""
    if not _received:
        nap(seconds)
    if _received:
        raise Stopped(_received[0])
