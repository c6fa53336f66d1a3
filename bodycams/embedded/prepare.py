"""What Django has to do before the pages open: migrate, the demonstration data, and the static files.

One process, since starting Django costs a second; a copy of it has Django check itself and collects the static files
meanwhile. Its output is a log, of which the last line is the refusal, in a sentence. Not here: starting or stopping
anything.
"""

import hashlib
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from bodycams import heartbeat
from bodycams.embedded.bootstrap import explain
from bodycams.embedded.processes import tie_to_parent


def main() -> int:
    """All steps; each finds what is already done and leaves it. Answers with the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    if refusal := attempt(django.setup) or side_by_side(fill_database, collect_static_files, check):
        print(refusal, flush=True)
    return int(bool(refusal))


def side_by_side(step: Callable[[], None], *others: Callable[[], None]) -> str:
    """The refusal of this step, or else the first of the others, which a copy of this process does meanwhile."""
    fork, tie = multiprocessing.get_context("fork"), tie_to_parent(signal.SIGTERM)
    hears, tells = fork.Pipe(duplex=False)

    def do() -> None:
        tie()
        tells.send(next(filter(None, map(attempt, others)), ""))

    copy = fork.Process(target=do)
    copy.start()
    tells.close()
    refusal = attempt(step)
    try:
        other = hears.recv()
    except EOFError:
        other = "Het klaarzetten van de pagina's is afgebroken."
    copy.join()
    hears.close()
    return refusal or str(other)


def attempt(step: Callable[[], None]) -> str:
    """Why this step did not work, for people to read; nothing when it did."""
    try:
        step()
    except (ImproperlyConfigured, CommandError) as refusal:
        return str(refusal)
    except OSError as refusal:
        return explain(refusal)
    except DatabaseError as refusal:
        traceback.print_exc(file=sys.stdout)
        return f"De database weigert: {str(refusal).splitlines()[0]}"
    except Exception as fault:
        traceback.print_exc(file=sys.stdout)
        said = " ".join(f"{type(fault).__name__}: {fault}".split())
        return f"Wij hebben een fout gemaakt: {said}"
    return ""


def fill_database() -> None:
    heartbeat.forget()
    call_command("migrate", interactive=False, verbosity=1)
    if settings.DEMO:
        call_command("demo")


def check() -> None:
    """What Django finds wrong in settings, models and templates ends the start."""
    call_command("check", verbosity=0)


def collect_static_files() -> None:
    """Collects the static files when one of them changed."""
    stamp = settings.STATIC_ROOT.with_suffix(".stamp")
    found = fingerprint()
    if stamp.exists() and stamp.read_text(errors="replace") == found:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found)


def fingerprint() -> str:
    """A digest of the name, size and age of every static file."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
