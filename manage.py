#!/usr/bin/env python
"""Django's command line. `script/manage` runs it with the services that it needs.

What the machine or the database refuses is one sentence; with `--traceback`, or when it explains nothing, all of it.
"""

import os
import select
import signal
import sys

from bodycams.checks import refuse_unsafe_settings
from bodycams.embedded.bootstrap import explain, in_words

NOT_MIGRATED = ("42P01", "42703", "42883")
"""What PostgreSQL says of a table, a column, and a function that is not there."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    refuse_unsafe_settings()
    from django.core import management

    try:
        management.execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except Exception as fault:
        sentence = "" if "--traceback" in sys.argv else sentence_about(fault)
        if not sentence and not (isinstance(fault, BrokenPipeError) and nobody_reads()):
            raise
        sys.exit(sentence or 128 + signal.SIGPIPE)


def sentence_about(fault: Exception) -> str:
    """What to tell of something that no command could help; nothing of a fault that is ours."""
    from django.db import OperationalError, ProgrammingError

    code = getattr(fault.__cause__, "pgcode", None)
    line = str(fault).partition("\n")[0]
    if isinstance(fault, OSError) and (fault.filename or in_words(fault)):
        return explain(fault)
    if isinstance(fault, OperationalError):
        return f"De database {'weigert' if code else 'antwoordt niet'}: {line}"
    if isinstance(fault, ProgrammingError) and code in NOT_MIGRATED and sys.argv[1:2] != ["migrate"]:
        return "De database is nog leeg, of van een oudere versie. Doe eerst: script/manage migrate"
    return ""


def nobody_reads() -> bool:
    """Whether who read what we print has gone, as `head` does; what we still hold is then for nobody."""
    reader = select.poll()
    reader.register(sys.stdout, 0)
    if not reader.poll(0):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


if __name__ == "__main__":
    main()
