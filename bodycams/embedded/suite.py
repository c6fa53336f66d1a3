"""`script/test`: everything that proves that the project is sound, on a throwaway PostgreSQL and Valkey
and in a real browser.

Here: which checks there are and in which order. Not here: any test.
"""

import os
import shutil
import sys
import time
import zlib
from pathlib import Path
from tempfile import TemporaryFile

from bodycams.embedded import chromium, debian, identity, pango, signals
from bodycams.embedded.bootstrap import ROOT, say
from bodycams.embedded.home import Home
from bodycams.embedded.processes import attend, begin, clear_away
from bodycams.embedded.services import Services
from bodycams.embedded.supervisor import Supervisor

# A test never touches what the caller's own environment points at.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DEMO",
    "PORT",
    "PROXIES",
    "SITE_URL",
    "EMAIL_URL",
    "EMAIL_FROM",
    "JOURNAL_MAIL_HOURS",
    "RECORDINGS_STORAGE",
    "DESTRUCTION_LEDGER",
    "DESTRUCTION_VALVE",
    "SIGNING_KEY_FILE",
    "SECURITY_CONTACT",
)
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108  # a folder of this user alone, mode 0700
PROCESSES = min(4, (os.cpu_count() or 1) + 1)
"""One more than there are processors: a test waits for the database or the browser much of its time."""
SIDE_BY_SIDE = (f"--numprocesses={PROCESSES}", "--dist=loadfile", "--no-loadscope-reorder")
"""A module stays in one process; the longest come first (conftest.py)."""
MEANWHILE = "mypy"
"""It takes one processor; those before it in the order take the other."""
PREFIXES = ("DJANGO_", "MIGRATE_", "PG")


def run(arguments: list[str]) -> int:
    """All checks, or with arguments only pytest with those."""
    signals.listen()
    environment = clean(dict(os.environ))
    home = Home(folder())
    supervisor = Supervisor()
    try:
        home = Home.of({"BODYCAMS_HOME": str(home.folder)})
        home.claim_or_refuse("test")
        environment["CHROMIUM_PATH"] = chromium.ensure()
        pango.ensure()
        if not shutil.which("pdfsig") and debian.may_install():
            debian.install(["poppler-utils"])  # a second opinion on our signatures; a test asks it where it is
        empty(home)
        services = Services(home, environment, durable=False)
        services.start(supervisor)
        return judge(checks(arguments), services.marked())
    except signals.Stopped as stopped:
        return 128 + stopped.number
    finally:
        supervisor.stop()
        if home.folder.is_relative_to(MEMORY):
            shutil.rmtree(home.path("postgres"), ignore_errors=True)


def folder() -> Path:
    """In memory where there is room: a fresh copy of the database, some hundreds of files, costs a twentieth there."""
    ours = MEMORY / f"bodycams-test-{os.getuid()}-{zlib.crc32(bytes(ROOT)):08x}"
    if ours.exists() or (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM):
        return ours
    return ROOT / ".cache" / "test-home"


def clean(environment: dict[str, str]) -> dict[str, str]:
    """The caller's environment without anything that says where data is or how the application behaves."""
    return {name: value for name, value in environment.items() if name not in OURS and not name.startswith(PREFIXES)}


def empty(home: Home) -> None:
    """Throws away what an earlier run left, but not the lock that this run holds."""
    clear_away(home.folder)
    identity.forget(home)
    for part in home.folder.iterdir():
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
    Home.of({"BODYCAMS_HOME": str(home.folder)})


def checks(arguments: list[str]) -> dict[str, list[str]]:
    """The name and command of each check, in order."""
    python, manage = [sys.executable, "-m"], [sys.executable, str(ROOT / "manage.py")]
    if arguments:
        return {"pytest": [*python, "pytest", *arguments]}
    return {
        "ruff check": [*python, "ruff", "check", "."],
        "ruff format": [*python, "ruff", "format", "--check", "."],
        "djlint": [*python, "djlint", "templates", "--lint", "--quiet"],
        "manage.py check": [*manage, "check"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "pytest alone": [*python, "pytest", "-m", "alone"],
        "mypy": [*python, "mypy", "."],
        "pytest": [*python, "pytest", *SIDE_BY_SIDE, "-m", "not alone"],
    }


def judge(commands: dict[str, list[str]], environment: dict[str, str]) -> int:
    """Runs every check, also after one that fails, and ends with a summary. `MEANWHILE` begins at once, and what it
    said is told in its turn.
    """
    results: list[tuple[str, int, float]] = []
    os.chdir(ROOT)
    with TemporaryFile() as said:
        begun = {name: begin(command, environment, said) for name, command in commands.items() if name == MEANWHILE}
        for name, command in commands.items():
            say(f"-- {name}")
            began = time.monotonic()
            code = attend(begun.get(name) or begin(command, environment))
            results.append((name, code, time.monotonic() - began))
            if name == MEANWHILE:
                said.seek(0)
                say(said.read().decode().rstrip())
            if signals.received() is not None or code > 128:
                break
    failed = [name for name, code, _ in results if code]
    for name, code, seconds in results:
        print(f"{'fout' if code else 'goed'}  {name:<18}{seconds:4.0f} s", flush=True)
    print(f"Niet in orde: {', '.join(failed)}." if failed else "Alles is in orde.", flush=True)
    return 1 if failed else 0
