"""Programs as processes: start one that dies with us, stop one, read the end of its log, find what an
earlier one left behind.

Not here: which programs there are (`services`, `server`) and watching over them (`supervisor`).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bodycams.embedded import signals
from bodycams.embedded.bootstrap import PR_SET_PDEATHSIG, ROOT

MARK = "BODYCAMS_CONTROLLER"
SERVERS = ("postgres", "valkey-server")
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Program:
    """One program that runs as long as we do: how it is started, and how it is asked to stop."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    farewell: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    become: Callable[[], None] | None = None
    clear: Callable[[], None] | None = None
    given: int | None = None
    """A file of ours that it is handed."""
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _began: int = field(default=0, init=False)

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches only us and its children can be
        reached as a group.
        """
        if self.clear:
            self.clear()
        with open(self.log, "ab") as log:
            self._began = log.tell()
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=() if self.given is None else (self.given,),
                preexec_fn=tie_to_parent(self.orphaned, self.become),
            )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Asks it to stop, waits for it, and makes an end to what is left of it."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.farewell)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        self.kill()

    def kill(self) -> None:
        """Ends it and every process of its session that still runs."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def tail(self, lines: int = 12) -> str:
        """The end of what it wrote in its log since it was last started."""
        try:
            written = self.log.read_bytes()[self._began :]
        except OSError:
            return ""
        return "\n".join(written.decode(errors="replace").splitlines()[-lines:])


def tie_to_parent(number: signal.Signals, become: Callable[[], None] | None = None) -> Callable[[], None]:
    """Code for a new child: first `become` somebody else, then ask the kernel for this signal when the
    parent dies.
    """
    parent = os.getpid()

    def tie() -> None:
        if become:
            become()
        LIBC.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def leftovers(home: Path, *, only: Path | None = None) -> list[int]:
    """Processes of an earlier controller of this home: marked by it, or a database server at work in a
    folder of it.

    Database servers overwrite their environment, so those are known by their working directory; `only` asks
    for one such folder.
    """
    mark = f"{MARK}={home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            server = Path(os.readlink(entry / "exe").removesuffix(" (deleted)")).name in SERVERS
            at_work = server and Path(os.readlink(entry / "cwd")).is_relative_to(only or home)
            if at_work or (only is None and mark in (entry / "environ").read_bytes().split(b"\0")):
                found.append(int(entry.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether this process still holds anything; one that nobody has buried yet does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def clear_away(home: Path, *, only: Path | None = None, patience: float = 5.0) -> None:
    """Ends what an earlier controller left behind: first in peace, then by force. Nothing left: costs one
    look.

    What ends loses its name and mark with its memory, a moment before it lets go of its port and its files: so what
    was found is waited for by its number.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        left = leftovers(home, only=only)
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        until = time.monotonic() + patience
        while left and time.monotonic() < until:
            time.sleep(0.05)
            left = list(filter(is_alive, left)) or leftovers(home, only=only)
        if not left:
            return


def foreground(command: list[str], environment: dict[str, str]) -> int:
    """Runs one command at this terminal and returns its exit code."""
    return attend(begin(command, environment))


def begin(command: list[str], environment: dict[str, str], output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Starts a command that ends with us; what it says goes to `output`, or to this terminal."""
    return subprocess.Popen(
        command, env=environment, stdout=output, stderr=output, preexec_fn=tie_to_parent(signal.SIGTERM)
    )


def attend(process: subprocess.Popen[bytes]) -> int:
    """Waits for its exit code. Signals are passed on; Ctrl-C the terminal itself gives it."""
    while process.poll() is None:
        asked = signals.take()
        if asked is None:
            signals.nap(1.0)
        elif asked != signal.SIGINT or not sys.stdin.isatty():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2.0 if asked == signal.SIGINT else 0.0)
            process.send_signal(asked)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode
