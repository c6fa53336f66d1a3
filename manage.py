#!/usr/bin/env python
"""Django's command line. `script/manage` runs it with the services that it needs."""

import os
import sys

from bodycams.checks import refuse_unsafe_settings
from bodycams.embedded.bootstrap import explain

NOT_MIGRATED = ("42P01", "42883")
"""What PostgreSQL says of a table, and of a function, that is not there."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    refuse_unsafe_settings()
    from django.core import management
    from django.db import OperationalError, ProgrammingError

    try:
        management.execute_from_command_line(sys.argv)
    except OSError as refusal:
        sys.exit(explain(refusal))
    except OperationalError as refusal:
        sys.exit(f"De database antwoordt niet: {str(refusal).splitlines()[0]}")
    except ProgrammingError as fault:
        if getattr(fault.__cause__, "pgcode", "") not in NOT_MIGRATED:
            raise
        sys.exit("De database is nog leeg, of van een oudere versie. Doe eerst: script/manage migrate")


if __name__ == "__main__":
    main()
