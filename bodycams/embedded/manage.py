"""`script/manage`: Django's command line with database and broker.

Uses those of a running `script/server`, or starts them and stops them afterwards. Its own words go to
stderr; the exit code is the command's. Not here: any command.
"""

import os
import sys
import time

from bodycams.embedded import signals
from bodycams.embedded.bootstrap import ROOT, Failure
from bodycams.embedded.home import Home
from bodycams.embedded.processes import clear_away, foreground
from bodycams.embedded.services import Services
from bodycams.embedded.supervisor import Supervisor

PATIENCE = 60.0


def run(arguments: list[str]) -> int:
    """Runs one manage.py command and returns its exit code."""
    signals.listen()
    home = Home.of(dict(os.environ))
    services = Services(home, dict(os.environ))
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    try:
        if not services.embedded:
            services.require_sound()
            return foreground(command, services.environment())
        return with_services(command, home, services)
    except signals.Stopped as stopped:
        return 128 + stopped.number


def with_services(command: list[str], home: Home, services: Services) -> int:
    """Uses the services of who holds the lock of this home, or takes the lock; the holder may yet be
    starting or stopping.
    """
    until = time.monotonic() + PATIENCE
    while not home.claim("manage"):
        with home.join_users():
            if services.reuse():
                return foreground(command, services.environment())
        if time.monotonic() > until:
            raise Failure(
                f"script/{home.state().get('command')} gebruikt {home.folder}, maar de database ervan antwoordt niet. "
                "Stop dat commando, of geef dezelfde DATABASE_URL en REDIS_URL mee."
            )
        signals.pause(0.2)
    return with_own_services(command, home, services)


def with_own_services(command: list[str], home: Home, services: Services) -> int:
    """Starts database and broker, and stops them once nobody uses them any more."""
    supervisor = Supervisor()
    try:
        services.require_sound()
        home.require_room()
        clear_away(home.folder)
        services.start(supervisor)
        return foreground(command, services.marked())
    finally:
        with home.outlast_users():
            supervisor.stop()
