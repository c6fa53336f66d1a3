"""Packages of the operating system: installed where we may, named in one command where we may not.

Not here: which package is for what (`chromium`, `pango`).
"""

import os
import shutil
import signal
import subprocess

from bodycams.embedded.bootstrap import ROOT, say
from bodycams.embedded.processes import tie_to_parent
from bodycams.embedded.signals import pause

APT = (
    "apt-get",
    "-o",
    "DPkg::Lock::Timeout=300",
    "-o",
    "Acquire::Retries=1",
    "-o",
    "Acquire::http::Timeout=20",
)
INSTALL = ("install", "--yes", "--no-install-recommends", "--no-remove")


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
    """Runs apt-get once, quietly; ends it when we are asked to stop."""
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with open(folder / "apt.log", "ab") as log:
        process = subprocess.Popen(
            [*APT, "--quiet", *arguments],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=tie_to_parent(signal.SIGTERM),
        )
    try:
        while process.poll() is None:
            pause(1.0)
    finally:
        process.terminate()
        process.wait()
    return process.returncode == 0
