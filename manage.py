#!/usr/bin/env python
"""Django's command line. `script/manage` runs it with the services that it needs."""

import os
import sys

from bodycams.checks import refuse_unsafe_settings
from bodycams.embedded.bootstrap import explain


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    refuse_unsafe_settings()
    from django.core import management
    from django.db import OperationalError

    try:
        management.execute_from_command_line(sys.argv)
    except OSError as refusal:
        sys.exit(explain(refusal))
    except OperationalError as refusal:
        sys.exit(f"De database antwoordt niet: {str(refusal).splitlines()[0]}")


if __name__ == "__main__":
    main()
