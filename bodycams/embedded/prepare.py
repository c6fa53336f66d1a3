"""What Django has to do before the pages open: migrate, the demonstration data, and the static files.

One process for all three, since starting Django costs a second. Its output is a log; a refusal is a sentence. Not
here: starting or stopping anything.
"""

import hashlib
import os
import sys
import traceback

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from bodycams import heartbeat


def main() -> int:
    """All steps; each finds what is already done and leaves it."""
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
        django.setup()
        heartbeat.forget()
        call_command("check", fail_level="ERROR")
        call_command("migrate", interactive=False, verbosity=1)
        if settings.DEMO:
            call_command("demo")
        collect_static_files()
    except (ImproperlyConfigured, CommandError) as refusal:
        print(refusal)
        return 1
    except Exception:
        traceback.print_exc(file=sys.stdout)
        return 1
    return 0


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
