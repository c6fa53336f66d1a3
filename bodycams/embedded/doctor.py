"""`script/doctor`: what is there, what is missing, and the one command that mends it. Changes nothing.

Runs with the packages of `.venv` or without, on the standard library only. Exit code 0 when `script/server` can
run. Not here: mending.
"""

import http.client
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bodycams import checks
from bodycams.embedded import chromium, debian, identity, pango
from bodycams.embedded.bootstrap import DISK_NEEDED, OLDEST, OLDEST_NAME, ROOT, Environment, Failure
from bodycams.embedded.home import Home
from bodycams.embedded.ports import is_free

BROKER = {"REDIS_URL": "redis://127.0.0.1/0"}
"""What `script/server` fills in where nothing was said."""
DATABASE = {
    "DATABASE_URL": "postgres://bodycams_app@127.0.0.1/bodycams",
    "MIGRATE_DATABASE_URL": "postgres://bodycams_owner@127.0.0.1/bodycams",
}
"""What it fills in without `DATABASE_URL`, whatever else was said of a database."""
DEFAULT_PORTS = {"DATABASE_URL": 5432, "REDIS_URL": 6379}
CALM = 5.0


@dataclass
class Finding:
    """One thing that was looked at. `remedy` is one command; `vital` things keep the server from starting."""

    subject: str
    good: bool
    state: str
    remedy: str = ""
    vital: bool = False

    def lines(self) -> Iterator[str]:
        mark = "goed  " if self.good else "fout  " if self.vital else "let op"
        yield f"{mark}  {self.subject:<22}{self.state}"
        if not self.good and self.remedy:
            yield f"{'':<30}{self.remedy}"


def run(_arguments: list[str]) -> int:
    """Looks at everything and prints it."""
    home = Home.named_by(dict(os.environ))
    servers = [*given(), *postgres(home)]
    findings = [*packages(), *computer(), settings(home), *servers, *storage(home), *traffic(home), *extras()]
    for finding in findings:
        print("\n".join(finding.lines()))
    stuck = [finding.subject for finding in findings if finding.vital and not finding.good]
    print(f"\nscript/server kan niet starten: {', '.join(stuck)}." if stuck else "\nscript/server kan starten.")
    return 1 if stuck else 0


def packages() -> Iterator[Finding]:
    """Python, `.venv` and what is installed in it. `script/server` makes `.venv` itself, so a missing one is not
    vital.
    """
    yield Finding(
        "Python", sys.version_info >= OLDEST, sys.version.split()[0], f"apt-get install python{OLDEST_NAME}", True
    )
    wheels = list((ROOT / "script" / "wheels").glob("pip-*.whl"))
    yield Finding("pip", bool(wheels), wheels[0].name if wheels else "ontbreekt", "git checkout script/wheels", True)
    environment = Environment(ROOT)
    if environment.is_given():
        yield Finding(
            ".venv", environment.python.exists(), f"een koppeling naar {environment.folder.resolve()}", "rm .venv", True
        )
        return
    sound = environment.is_sound()
    if not sound and not os.access(ROOT, os.W_OK):
        state = f"ontbreekt, en in {ROOT} mag niet worden geschreven"
        yield Finding(".venv", False, state, "Zet deze map waar u mag schrijven.", True)
    else:
        yield Finding(".venv", sound, "compleet" if sound else "ontbreekt of is half gemaakt", "script/server")
    for lock, maker in (("requirements", "script/server"), ("requirements-dev", "script/test")):
        installed = sound and environment.has(lock)
        yield Finding(f"{lock}.txt", installed, "geïnstalleerd" if installed else "nog niet geïnstalleerd", maker)


def computer() -> Iterator[Finding]:
    """The operating system."""
    yield Finding("Systeem", sys.platform.startswith("linux"), sys.platform, "Gebruik Linux.", True)
    free = shutil.disk_usage(ROOT).free
    needed = 0 if Environment(ROOT).is_sound() or Environment(ROOT).is_given() else DISK_NEEDED
    yield Finding("Schijf", free >= needed, f"{free >> 20} MB vrij voor .venv", f"Maak {needed >> 20} MB vrij.", True)


def given() -> list[Finding]:
    """The servers that the environment names: does anything listen there?"""
    named = {name: os.environ[name] for name in DEFAULT_PORTS if os.environ.get(name)}
    return [reach(name, url) for name, url in named.items()]


def reach(name: str, url: str) -> Finding:
    """Whether something listens at this address."""
    try:
        parts = urlsplit(url)
        place = (parts.hostname or "127.0.0.1", parts.port or DEFAULT_PORTS[name])
        socket.create_connection(place, timeout=CALM).close()
    except (OSError, ValueError):
        return Finding(name, False, "niet bereikbaar", f"unset {name}", True)
    return Finding(name, True, f"{place[0]}:{place[1]} antwoordt")


def settings(home: Home) -> Finding:
    """What the application would refuse to start with."""
    said = {name: value for name, value in os.environ.items() if value}
    filled = {} if "DATABASE_URL" in said else DATABASE
    demo = {"DEMO": str(int(checks.is_demo(said)))}
    wrong = checks.problems({**BROKER, **said, **filled, **demo, "BODYCAMS_HOME": str(home.folder)})
    return Finding("Instellingen", not wrong, "; ".join(wrong) or "kloppen", "Lees docs/production.md.", True)


def postgres(home: Home) -> list[Finding]:
    """The embedded PostgreSQL: is it installed, and as whom would it run?"""
    if os.environ.get("DATABASE_URL"):
        return []
    try:
        package = identity.packaged()
    except Failure:
        return [Finding("PostgreSQL", False, "nog niet geïnstalleerd", "script/server")]
    found = Finding("PostgreSQL", True, str(package / "pginstall"))
    if os.geteuid() != 0:
        return [found]
    allowed = identity.works(identity.namespaced(package, home), nearest(home.folder))
    instead = f"niet mogelijk; PostgreSQL draait als nobody in {identity.OUTSIDE}"
    return [found, Finding("User namespace", allowed, "mogelijk" if allowed else instead)]


def storage(home: Home) -> Iterator[Finding]:
    """BODYCAMS_HOME: room, rights."""
    place = nearest(home.folder)
    writable = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    yield Finding(
        "BODYCAMS_HOME",
        writable,
        f"{home.folder}{'' if writable else ': geen recht om te schrijven'}",
        "BODYCAMS_HOME=~/bodycams script/server",
        True,
    )
    if place == home.folder and writable:
        private = not home.folder.stat().st_mode & 0o077
        yield Finding(
            "Afscherming",
            private,
            "alleen voor u" if private else "ook anderen kunnen in deze map",
            f"chmod 700 {home.folder}",
        )
    free, needed = shutil.disk_usage(place).free, home.room_needed()
    yield Finding("Ruimte", free >= needed, f"{free >> 20} MB vrij, {needed >> 20} MB nodig", "Maak ruimte vrij.", True)


def nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def traffic(home: Home) -> Iterator[Finding]:
    """The running server, or the port that it would take."""
    holder = home.holder()
    if holder:
        yield Finding("In gebruik", True, f"door script/{holder.get('command')}, proces {holder.get('pid')}")
        if not knows_what_was_destroyed():
            state = "dicht: teruggezet, en niet nagelopen wat daarna is vernietigd"
            yield Finding("Register", False, state, "script/manage replay_destructions")
        return
    port = os.environ.get("PORT") or "8000"
    free = port.isascii() and port.isdigit() and 0 < int(port) < 65536 and is_free(int(port))
    yield Finding(
        "Poort", free, f"{port} is {'vrij' if free else 'bezet of geen poort'}", "PORT=8001 script/server", True
    )


def knows_what_was_destroyed() -> bool:
    """What the running site says of itself; one that does not answer says nothing."""
    host = (os.environ.get("ALLOWED_HOSTS") or "127.0.0.1").split(",")[0].strip().lstrip(".")
    try:
        port = int(os.environ.get("PORT") or "8000")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=CALM)) as connection:
            connection.request("GET", "/health/ready", headers={"Host": host})
            return bool(json.loads(connection.getresponse().read())["checks"].get("caught_up", True))
    except (OSError, ValueError, KeyError, http.client.HTTPException):
        return True


def extras() -> Iterator[Finding]:
    """What only PDFs and tests need."""
    pdf = pango.is_present()
    yield Finding(
        "Pango", pdf, "aanwezig" if pdf else "ontbreekt; alleen nodig voor PDF's", debian.command_for(pango.PACKAGES)
    )
    fonts = any(Path(ROOT, "static", "fonts").glob("*.woff2"))
    yield Finding("Lettertypen", fonts, "aanwezig" if fonts else "ontbreken", "git checkout static/fonts")
    browser = chromium.find()
    yield Finding(
        "Chromium",
        bool(browser),
        browser or "ontbreekt; alleen nodig voor script/test",
        debian.command_for([chromium.LIGHT]),
    )
