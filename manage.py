#!/usr/bin/env python
"""Django's command line. `script/manage` runs it with the services that it needs."""

import os
import sys

from bodycams.checks import refuse_unsafe_settings


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bodycams.settings")
    refuse_unsafe_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
