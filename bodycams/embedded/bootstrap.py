"""From a bare `python3` to a complete `.venv`, and then into the command itself.

Here: the check of Python's version, making `.venv`, installing the locked requirements, the stamps that let
a second start skip all that. Not here: anything that needs an installed
package. This file runs before there is one, by its path and with the standard library only; pip comes from
the wheel in `script/wheels/`, so that neither pip nor ensurepip need be on the machine. It must stay readable
for an older Python, which gets a sentence instead of a traceback.
"""

from __future__ import annotations

import compileall
import contextlib
import ctypes
import errno
import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST = (3, 11)
OLDEST_NAME = ".".join(map(str, OLDEST))
WITH_TOOLS, WITHOUT_PACKAGES = {"test", "bench"}, {"doctor", "lock"}
WITHOUT_ARGUMENTS = {
    "server": "Start alles op deze machine, tot Ctrl-C. Een andere poort: PORT=8001 script/server. Meer: README.md.",
    "doctor": "Zegt wat er is, wat er ontbreekt, en met welke opdracht u dat herstelt.",
    "lock": "Berekent requirements.txt en requirements-dev.txt opnieuw.",
}
DISK_NEEDED = 700 * 1024**2
PR_SET_PDEATHSIG = 1
PIP_OPTIONS = (
    *("--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location", "--no-compile"),
    *("--only-binary", ":all:", "--no-user"),
)
ELSEWHERE = ("PIP_PREFIX", "PIP_PYTHON", "PIP_ROOT", "PIP_TARGET")
"""With one of these pip would install in another place than `.venv`."""
AT_ONCE = 3
"""So many pips share a lock: half of the time one of them waits for the index or the disk."""
FOREIGN = ("PYTHON", "DJANGO_", "CELERY_", "GUNICORN_")
"""How variables begin that lead Python elsewhere, make every start slow, or say more than our own settings."""
REQUIREMENT = re.compile(r"^\w.*(?:\n +.*)*", re.MULTILINE)


class Failure(Exception):
    """A sentence for the person at the keyboard; the command ends with exit code 1."""


def say(sentence: str) -> None:
    """Tells what goes on; on stderr, since stdout belongs to the command that follows."""
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)


class Environment:
    """The `.venv` of one checkout: is it complete for this lock, and if not, make it so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"

    def stamp(self, lock: str) -> Path:
        return self.folder / f"{lock}.stamp"

    def digest(self, lock: str) -> str:
        return hashlib.sha256((self.root / f"{lock}.txt").read_bytes()).hexdigest()

    def has(self, lock: str) -> bool:
        """Whether everything in this lock was installed, to the end."""
        stamp = self.stamp(lock)
        return stamp.is_file() and stamp.read_text(errors="replace") == self.digest(lock)

    def is_given(self) -> bool:
        """A linked `.venv` belongs to another checkout or to an image: it is used as it is."""
        return self.folder.is_symlink()

    def is_sound(self) -> bool:
        """Whether it was once complete, and its Python is still the one it was made with."""
        if not self.stamp("requirements").is_file():
            return False
        question = "import sys; print('python%d.%d' % sys.version_info[:2])"
        with contextlib.suppress(OSError):
            answer = subprocess.run(
                [str(self.python), "-I", "-S", "-c", question], capture_output=True, text=True, check=False
            )
            return (self.folder / "lib" / answer.stdout.strip() / "site-packages").is_dir() and not answer.returncode
        return False

    def ensure(self, locks: list[str]) -> None:
        """Makes `.venv` complete for these locks; does nothing when it is."""
        if self.is_given() or (self.is_sound() and all(map(self.has, locks))):
            return
        with only_one(self.root / ".cache"):
            if not self.is_sound():
                self.make()
            for lock in locks:
                if not self.has(lock):
                    self.install(lock)

    def make(self) -> None:
        """An empty environment; a half-made one is thrown away first."""
        if shutil.disk_usage(self.root).free < DISK_NEEDED:
            raise Failure(f"Er is te weinig schijfruimte voor {self.folder}: {DISK_NEEDED >> 20} MB is nodig.")
        say(f"De Python-omgeving wordt gemaakt in {self.folder}.")
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            import venv
        except ImportError as missing:
            raise Failure("De module venv ontbreekt. Installeer die: apt-get install python3-venv") from missing
        venv.create(self.folder, with_pip=False, symlinks=True)

    def install(self, lock: str) -> None:
        """Installs one lock. The stamps go first and come back last, so that half an installation has
        none.
        """
        say(f"De pakketten van {lock}.txt worden geïnstalleerd. Dat duurt ongeveer een halve minuut.")
        keep = "requirements" if lock != "requirements" and self.has("requirements") else None
        for stamp in self.folder.glob("*.stamp"):
            stamp.unlink()
        run_pip(self.root, self.python, *(["--require-hashes", "--no-deps", "-r", part] for part in self.parts(lock)))
        for done in filter(None, (keep, lock)):
            self.stamp(done).write_text(self.digest(done))

    def parts(self, lock: str) -> Iterator[str]:
        """The lock, dealt out over files; it names everything that is needed, so each part stands alone."""
        pinned = REQUIREMENT.findall((self.root / f"{lock}.txt").read_text())
        for number in range(AT_ONCE):
            part = self.root / ".cache" / f"{lock}-{number}.txt"
            part.write_text("\n".join(pinned[number::AT_ONCE]))
            yield str(part)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Lets one command at a time change `.venv`; the kernel gives the lock back, also after a kill."""
    folder.mkdir(exist_ok=True)
    with open(folder / "venv.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een ander commando werkt aan .venv; even wachten.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unpacked_pip(root: Path) -> Path:
    """pip as a folder, compiled once: straight from its wheel each process would do that anew."""
    wheel = next((root / "script" / "wheels").glob("pip-*.whl"))
    folder = root / ".cache" / wheel.stem
    if not folder.exists():
        half = folder.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        zipfile.ZipFile(wheel).extractall(half)
        compileall.compile_dir(half, quiet=2)
        half.rename(folder)
    return folder / "pip"


def run_pip(root: Path, python: Path, *tasks: list[str]) -> None:
    """Has pip install several things at once; what it prints goes to a log, of which a failure shows the end."""
    command = [str(python), "-I", str(unpacked_pip(root)), "install", *PIP_OPTIONS]
    log = root / ".cache" / "pip.log"
    log.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    with open(log, "ab") as output:
        running = [
            subprocess.Popen(
                [*command, *task],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=die_with_parent,
            )
            for task in tasks
        ]
    codes = [pip.wait() for pip in running]
    if any(codes):
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        raise Failure(f"{tail}\nDe pakketten konden niet worden geïnstalleerd. Alles wat pip zei, staat in {log}.")


def die_with_parent() -> None:
    """Runs in a new child: it ends when the process that started it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def enter(command: str, arguments: list[str]) -> None:
    """Becomes the command: the same process, now with the packages of `.venv` if it needs them."""
    environment = Environment(ROOT)
    if command not in WITHOUT_PACKAGES:
        environment.ensure(["requirements", "requirements-dev"] if command in WITH_TOOLS else ["requirements"])
    python = str(environment.python) if environment.python.exists() else sys.executable
    command_line = [python, "-P", "-m", "bodycams.embedded", command, *arguments]
    os.execve(python, command_line, surroundings(dict(os.environ)))  # noqa: S606  # the same process goes on


def surroundings(given: dict[str, str]) -> dict[str, str]:
    """The caller's environment, without what is meant for other programs in the same languages and servers. What we
    read and write is UTF-8, whatever the locale.
    """
    foreign = FOREIGN if given.get("DATABASE_URL") else (*FOREIGN, "PG")
    kept = {name: value for name, value in given.items() if name == "PYTHON" or not name.startswith(foreign)}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


REFUSALS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijf is vol",
    errno.EACCES: "daar is geen recht voor",
    errno.EPERM: "daar is geen recht voor",
    errno.EROFS: "daar kan alleen worden gelezen",
    errno.ENOENT: "dat is er niet",
    errno.EEXIST: "daar staat al iets anders",
    errno.EISDIR: "dat is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.ENAMETOOLONG: "die naam is te lang",
    errno.EADDRINUSE: "dat is in gebruik",
    errno.EBUSY: "dat is in gebruik",
    errno.EIO: "de schijf geeft een fout",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.EAGAIN: "er zijn te veel processen",
    errno.ENOMEM: "er is te weinig geheugen",
    errno.ECONNREFUSED: "de andere machine weigert de verbinding",
    errno.EHOSTUNREACH: "de andere machine is niet te bereiken",
    errno.ENETUNREACH: "de andere machine is niet te bereiken",
    errno.ETIMEDOUT: "de andere machine antwoordt niet",
}


def in_words(error: OSError) -> str:
    """The operating system's own refusal in words; none of a rare one, or of what a library numbered itself."""
    if isinstance(error, socket.gaierror):
        return "de naam van de andere machine is niet te vinden"
    number = errno.ETIMEDOUT if isinstance(error, TimeoutError) else error.errno
    return REFUSALS.get(number or 0, "") if type(error).__module__ == "builtins" else ""


def because(error: OSError) -> str:
    """Why the operating system refuses, in words that follow a colon; of the rare ones its number."""
    return in_words(error) or f"het systeem weigert (fout {error.errno or type(error).__name__})"


def explain(error: OSError) -> str:
    """The operating system's refusal as a sentence."""
    why = because(error)
    return f"{why[0].upper()}{why[1:]}{f': {error.filename}' if error.filename else ''}."


def stop_on_signal(number: int, _frame: object) -> None:
    """Ends this process in order, so that pip ends too; also when the signal was ignored at the start."""
    raise SystemExit(128 + number)


def explain_use(command: str, argument: str) -> None:
    """Ends this process by saying what the command does; exit code 2 when something else was asked than that."""
    if argument in ("-h", "--help"):
        print(f"script/{command}\n{WITHOUT_ARGUMENTS[command]}")
        raise SystemExit(0)
    say(f"script/{command} kent geen {argument}. {WITHOUT_ARGUMENTS[command]}")
    raise SystemExit(2)


def main(command: str, arguments: list[str]) -> None:
    """Prepares the environment, then becomes the command."""
    if sys.version_info < OLDEST:
        raise Failure(
            f"Python {OLDEST_NAME} of nieuwer is nodig; dit is {sys.version.split()[0]}. "
            f"Wijs een nieuwere aan, bijvoorbeeld: PYTHON=python3.11 script/{command}"
        )
    if not sys.platform.startswith("linux"):
        raise Failure("Dit commando werkt op Linux. Gebruik elders een Linux-machine of een container.")
    if arguments and command in WITHOUT_ARGUMENTS:
        explain_use(command, arguments[0])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_on_signal)
    enter(command, arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except OSError as refusal:
        say(explain(refusal))
        sys.exit(1)
    except Failure as failure:
        say(str(failure))
        sys.exit(1)
