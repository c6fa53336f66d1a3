"""Commands as real processes, for the tests: start one, read what it says, find its children, kill them."""

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bodycams.embedded.bootstrap import ROOT
from bodycams.embedded.ports import free_port
from bodycams.embedded.processes import MARK, leftovers
from bodycams.embedded.suite import clean

READY = "Bodycamregister is klaar"
PROGRAMS = {
    "postgres": r"/postgres -D ",
    "valkey": r"valkey-server ",
    "web": r"-m gunicorn ",
    "worker": r"-m celery .* worker ",
    "beat": r"-m celery .* beat ",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """That of a newcomer: nothing is set but the home."""
    kept = {name: value for name, value in clean(dict(os.environ)).items() if name != MARK}
    return {**kept, "BODYCAMS_HOME": str(home), **more}


def command(name: str, *arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs `script/name` to its end."""
    return subprocess.run(
        [ROOT / "script" / name, *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it becomes true within so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


class Server:
    """One `script/server`, started with a free port."""

    def __init__(self, home: Path, *, ignoring: tuple[signal.Signals, ...] = (), **more: str) -> None:
        self.home = home
        self.pids: list[int] = []
        self.port = free_port()
        self.output = home.with_name(f"{home.name}-{self.port}.txt")

        def ignore() -> None:
            for number in ignoring:
                signal.signal(number, signal.SIG_IGN)

        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                [ROOT / "script" / "server"],
                env=environment(home, PORT=str(self.port), **more),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=ignore,
            )

    def said(self) -> str:
        return self.output.read_text()

    def says(self, words: str, seconds: float = 300.0) -> bool:
        """Whether it says this before it ends."""
        eventually(lambda: words in self.said() or self.process.poll() is not None, seconds)
        return words in self.said()

    def ask(self, path: str) -> int:
        """The status of one page; 0 when nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    def is_ready(self) -> bool:
        return self.ask("/health/ready") == 200

    def children(self) -> dict[str, int]:
        """The pid of each program of this controller."""
        found: dict[str, int] = {}
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in map(int, listed):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            found |= {name: pid for name, pattern in PROGRAMS.items() if re.search(pattern, line)}
        return found

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Asks it to stop and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def left(self) -> list[int]:
        """What still runs of it."""
        return leftovers(self.home)
