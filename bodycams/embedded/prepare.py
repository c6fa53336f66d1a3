"""What Django has to do before the pages open: migrate, the demonstration data, and the static files.

One process, since starting Django costs a second; a copy of it has Django check itself and collects the static files
meanwhile. Its output is a log; a refusal is a sentence. Not here: starting or stopping anything.
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
    if code := attempt(django.setup):
        return code
    tie = tie_to_parent(signal.SIGTERM)

    def collect() -> None:
        tie()
        sys.exit(attempt(collect_static_files) or attempt(check))

    collecting = multiprocessing.get_context("fork").Process(target=collect)
    collecting.start()
    code = attempt(fill_database)
    collecting.join()
    return code or collecting.exitcode or 0


def attempt(step: Callable[[], None]) -> int:
    """The exit code of one step. The last line says what went wrong; that is what people get to see."""
    try:
        step()
    except (ImproperlyConfigured, CommandError) as refusal:
        print(refusal, flush=True)
    except OSError as refusal:
        print(explain(refusal), flush=True)
    except DatabaseError as refusal:
        traceback.print_exc(file=sys.stdout)
        print(f"De database weigert: {str(refusal).splitlines()[0]}", flush=True)
    except Exception as fault:
        traceback.print_exc(file=sys.stdout)
        said = " ".join(f"{type(fault).__name__}: {fault}".split())
        print(f"Wij hebben een fout gemaakt: {said}", flush=True)
    else:
        return 0
    return 1


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
    if stamp.exists() and stamp.read_text() == found:
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
