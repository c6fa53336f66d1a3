"""`script/bench`: what costs what, on a PostgreSQL and Valkey of its own, which keeps its rows for the next time.

Here: starting what is measured on. The measuring is `bench/`.
"""

import os
import sys

from bodycams.embedded import signals
from bodycams.embedded.bootstrap import ROOT
from bodycams.embedded.home import Home
from bodycams.embedded.processes import clear_away, foreground
from bodycams.embedded.services import Services
from bodycams.embedded.suite import clean
from bodycams.embedded.supervisor import Supervisor


def run(arguments: list[str]) -> int:
    """Starts database and broker, measures, and stops them."""
    signals.listen()
    environment = clean(dict(os.environ))
    supervisor = Supervisor()
    try:
        home = Home.of({"BODYCAMS_HOME": str(ROOT / ".cache" / "bench-home")})
        home.claim_or_refuse("bench")
        home.require_room()
        clear_away(home.folder)
        services = Services(home, environment, durable=False)
        services.start(supervisor)
        os.chdir(ROOT)
        return foreground([sys.executable, "-m", "bench", *arguments], services.marked())
    except signals.Stopped as stopped:
        return 128 + stopped.number
    finally:
        supervisor.stop()
