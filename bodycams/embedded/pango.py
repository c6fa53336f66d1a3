"""The libraries with which WeasyPrint sets text, and the fonts it finds.

`ensure()` is for the commands: it gets the libraries from Debian, as root by installing them, otherwise by
unpacking them in `.cache/pango` of this checkout. `prepare()` is for `bodycams/pdf/making.py`: it makes them, and our
own fonts, known to this process before WeasyPrint is imported. Not here: making a PDF. The site runs without; only
PDFs cannot be made then.
"""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

from bodycams.embedded import debian
from bodycams.embedded.bootstrap import ROOT, Failure, die_with_parent, say

LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PRIVATE = ROOT / ".cache" / "pango"
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def is_loadable(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_present() -> bool:
    """Whether this machine has all libraries, of its own or unpacked for us."""
    return all(map(is_loadable, LIBRARIES)) or (PRIVATE / "complete").exists()


def ensure() -> None:
    """Gets the libraries where that is possible, and otherwise says the one command. Tries once: it may take long."""
    if is_present():
        return
    if (PRIVATE / "failed").exists() or not (debian.install(PACKAGES) if debian.may_install() else unpack()):
        PRIVATE.mkdir(parents=True, exist_ok=True)
        (PRIVATE / "failed").touch()
        say(f"PDF's kunnen nog niet worden gemaakt. Daarvoor is nodig: {debian.command_for(PACKAGES)}")


def unpack() -> bool:
    """Without root: fetches the packages with apt's own client into a private state, and unpacks them here."""
    if not all(map(shutil.which, ("apt-get", "dpkg"))):
        return False
    say("De bibliotheken voor PDF's worden opgehaald.")
    shutil.rmtree(PRIVATE, ignore_errors=True)
    for folder in ("state/lists/partial", "cache/archives/partial", "root"):
        (PRIVATE / folder).mkdir(parents=True)
    options = [f"Dir::State={PRIVATE}/state", f"Dir::Cache={PRIVATE}/cache", "Dir::State::status=/var/lib/dpkg/status"]
    options += ["Debug::NoLocking=1", "APT::Sandbox::User="]
    private = [part for option in options for part in ("-o", option)]
    if not (debian.apt(*private, "update") and debian.apt(*private, *debian.INSTALL, "--download-only", *PACKAGES)):
        return False
    fetched = list((PRIVATE / "cache" / "archives").glob("*.deb"))
    for package in fetched:
        if subprocess.run(
            ["dpkg", "-x", package, PRIVATE / "root"], preexec_fn=die_with_parent, check=False
        ).returncode:
            return False
    for folder in ("state", "cache"):
        shutil.rmtree(PRIVATE / folder)
    if fetched:  # else apt takes them for installed, and they are not
        (PRIVATE / "complete").touch()
    return bool(fetched)


def prepare(folder: Path) -> None:
    """Makes libraries and fonts known to this process; `folder` keeps the fonts' index. Raises `Failure` with the
    one command.
    """
    if not all(map(is_loadable, LIBRARIES)):
        preload()
    missing = [name for name in LIBRARIES if not is_loadable(name)]
    if missing:
        raise Failure(f"{', '.join(missing)} ontbreekt. Daarvoor is nodig: {debian.command_for(PACKAGES)}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings, half = folder / "fonts.conf", folder / f"fonts.conf.{os.getpid()}"
    half.write_text(FONTS.format(fonts=ROOT / "static" / "fonts", cache=folder / "fonts"))
    half.replace(settings)
    os.environ["FONTCONFIG_FILE"] = str(settings)


def preload() -> None:
    """Loads the unpacked libraries, each after those that it needs, so that they are found by name afterwards."""
    waiting = sorted(PRIVATE.glob("root/**/lib/*/*.so.*")) if (PRIVATE / "complete").exists() else []
    while waiting:
        left = [file for file in waiting if not is_loaded(file)]
        if left == waiting:
            return
        waiting = left


def is_loaded(file: Path) -> bool:
    try:
        ctypes.CDLL(str(file), mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True
