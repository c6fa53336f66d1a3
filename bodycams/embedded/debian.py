"""Packages of the operating system: installed where we may, named in one command where we may not.

Not here: which package is for what (`chromium`, `pango`).
"""

import os
import shutil
import subprocess

from bodycams.embedded.bootstrap import ROOT, die_with_parent, say

APT = (
    "apt-get",
    "-o",
    "DPkg::Lock::Timeout=300",
    "-o",
    "Acquire::Retries=1",
    "-o",
    "Acquire::http::Timeout=20",
)
INSTALL = ("install", "--yes", "--no-install-recommends")


def command_for(packages: list[str]) -> str:
    """The one command that a person can run."""
    return f"apt-get install --no-install-recommends {' '.join(packages)}"


def may_install() -> bool:
    """Whether this is root on a Debian or a relative of it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> bool:
    """Installs packages, after fetching the lists when they turn out to be missing; what apt says goes to
    a log.
    """
    say(f"Deze pakketten van het systeem worden geïnstalleerd: {' '.join(packages)}.")
    return apt(*INSTALL, *packages) or (apt("update") and apt(*INSTALL, *packages))


def apt(*arguments: str) -> bool:
    """Runs apt-get once, quietly."""
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with open(folder / "apt.log", "ab") as log:
        done = subprocess.run(
            [*APT, "--quiet", *arguments],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
            check=False,
        )
    return done.returncode == 0
