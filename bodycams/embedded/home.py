"""BODYCAMS_HOME: the one folder with everything that this installation keeps.

Here: making it, its lock, the generated secrets, the state that other commands read, and logs. Not here:
what the databases do inside it.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import IO, Any

from bodycams.embedded.bootstrap import ROOT, Failure, explain, say
from bodycams.embedded.signals import nap, pause, received

ROOM_FOR_NEW = 300 * 1024**2
ROOM_TO_RUN = 60 * 1024**2
LOG_LIMIT = 5 * 1024**2
PATIENCE_WITH_MANAGE = 30.0


class Home:
    """The data folder of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: IO[str] | None = None

    @classmethod
    def named_by(cls, environment: dict[str, str]) -> "Home":
        """The home that the environment names, as it is."""
        return cls(Path(environment.get("BODYCAMS_HOME") or ROOT / ".data").absolute())

    @classmethod
    def of(cls, environment: dict[str, str]) -> "Home":
        """The home that the environment names, made if need be and proven writable."""
        home = cls.named_by(environment)
        try:
            home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            home.path("logs").mkdir(mode=0o700, exist_ok=True)
            home.path("secrets").mkdir(mode=0o700, exist_ok=True)
            home.write_private("writable", "")
            home.path("writable").unlink()
        except OSError as refusal:
            raise Failure(
                f"De gegevensmap {home.folder} is niet te gebruiken (BODYCAMS_HOME). {explain(refusal)}"
            ) from refusal
        return home

    def path(self, *parts: str) -> Path:
        return self.folder.joinpath(*parts)

    def room_needed(self) -> int:
        """How many bytes a start needs; the first one makes a cluster."""
        return ROOM_TO_RUN if self.path("secrets", "bodycams_cluster").exists() else ROOM_FOR_NEW

    def require_room(self) -> None:
        """Refuses to start on a disk that is about to be full."""
        free, needed = shutil.disk_usage(self.folder).free, self.room_needed()
        if free < needed:
            raise Failure(
                f"Er is te weinig schijfruimte in {self.folder}: {free >> 20} MB vrij, {needed >> 20} MB nodig."
            )

    def claim(self, command: str) -> bool:
        """Takes the lock of this home for as long as this process lives; False when another process has
        it.
        """
        if self._lock is None:
            self._lock = open(self.path("lock"), "a")  # noqa: SIM115  # held until the end
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.write_state(command=command, pid=os.getpid(), ready=False)
        return True

    def holder(self) -> dict[str, Any]:
        """The state that the holder of the lock wrote; empty when nobody holds it."""
        try:
            with open(self.path("lock")) as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return self.state()
        except OSError:
            return {}
        return {}

    def claim_or_refuse(self, command: str) -> None:
        """Takes the lock, if need be after a short command has ended; a running server is a refusal."""
        waited = 0.0
        while not self.claim(command):
            holder = self.state()
            if holder.get("command") == "server" or waited >= PATIENCE_WITH_MANAGE:
                raise Failure(
                    f"De gegevensmap {self.folder} is al in gebruik{by_whom(holder)}. "
                    "Stop dat eerst, of geef een andere BODYCAMS_HOME."
                )
            if not waited:
                say("Een ander commando gebruikt deze gegevensmap; even wachten.")
            pause(0.2)
            waited += 0.2

    def join_users(self) -> IO[str]:
        """Marks this process as one that uses the services of the lock's holder, until the file is closed."""
        users = open(self.path("users"), "a")  # noqa: SIM115  # the caller closes it
        fcntl.flock(users, fcntl.LOCK_SH)
        return users

    def outlast_users(self) -> IO[str]:
        """Waits until nobody else uses the services of this process; keeps newcomers out until the file
        is closed.
        """
        users = open(self.path("users"), "a")  # noqa: SIM115  # the caller closes it
        told = False
        while received() is None:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if not told:
                say("Een ander commando gebruikt de database nog; even wachten.")
                told = True
            nap(0.2)
        return users

    def state(self) -> dict[str, Any]:
        """What the holder of the lock wrote: command, pid, ports, ready. Empty when there is nothing
        readable.
        """
        try:
            found = json.loads(self.path("state.json").read_text())
            is_ours = all(isinstance(port, int) for port in found.setdefault("ports", {}).values())
        except (OSError, ValueError, AttributeError):
            return {"ports": {}}
        return found if is_ours else {"ports": {}}

    def write_state(self, **changes: Any) -> None:
        self.write_private("state.json", json.dumps({**self.state(), **changes}))

    def secret(self, name: str) -> str:
        """A generated secret that only the owner of this home can read; made the first time. The end of line that an
        editor leaves when it is put back is no part of it.
        """
        file = self.path("secrets", name)
        try:
            kept = file.read_text("ascii").strip() if file.exists() else ""
        except UnicodeDecodeError as damage:
            raise Failure(
                f"{file} is beschadigd. Zet dat bestand terug, of verwijder het: dan wordt een nieuw gemaakt."
            ) from damage
        if not kept:
            kept = secrets.token_urlsafe(48)
            self.write_private(f"secrets/{name}", kept)
        return kept

    def write_private(self, name: str, text: str) -> None:
        """Writes a file whole or not at all, readable by its owner only."""
        target = self.path(name)
        half = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)

    def log(self, name: str) -> Path:
        """The log of one program; a large one is put aside once, so that logs never fill the disk."""
        file = self.path("logs", f"{name}.log")
        if file.exists() and file.stat().st_size > LOG_LIMIT:
            file.replace(file.with_suffix(".log.1"))
        return file


def by_whom(holder: dict[str, Any]) -> str:
    """Which command holds the lock, as far as its note is there to say so."""
    return f" door script/{holder['command']} (proces {holder.get('pid')})" if "command" in holder else ""
