"""`script/server`: everything on this machine, from database to pages, until somebody asks to stop.

Here: which programs make up the site and in which order they start. They stop in the opposite order: beat, worker,
web, broker, database. Not here: how a program is watched (`supervisor`) or a database is run (`services`).
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import time

from bodycams.embedded import accounts, pango, signals
from bodycams.embedded.bootstrap import Failure, say
from bodycams.embedded.home import Home
from bodycams.embedded.processes import Program, clear_away
from bodycams.embedded.services import Services
from bodycams.embedded.supervisor import Supervisor

LETS_GO = 2.0
"""Seconds in which a process that is ending lets go of its port."""
BACKLOG = 2048
"""So many may wait until the web server takes them in."""


def run(_arguments: list[str]) -> int:
    """Starts everything, tells where it is, and stays until a signal; exit code 0 when it had been ready."""
    signals.listen()
    port = wanted_port(os.environ.get("PORT") or "8000")
    home = Home.of(dict(os.environ))
    supervisor = Supervisor()
    ready = False
    try:
        home.claim_or_refuse("server")
        home.require_room()
        clear_away(home.folder)
        with take(port) as door:
            services = Services(home, dict(os.environ))
            services.require_sound()
            start(services, supervisor, door)
            ready = True
            supervisor.watch()
    except signals.Stopped as stopped:
        say(f"Er is gevraagd om te stoppen ({signal.Signals(stopped.number).name}).")
        return 0 if ready else 128 + stopped.number
    except Failure:
        home.require_room()  # a disk that filled up meanwhile is what it was about
        raise
    finally:
        if supervisor.programs:
            say("Alles wordt gestopt.")
        supervisor.stop()


def start(services: Services, supervisor: Supervisor, door: socket.socket) -> None:
    """From nothing to a site that says of itself that it is ready."""
    port = door.getsockname()[1]
    pango.ensure()
    say("De database en de broker worden gestart.")
    services.start(supervisor)
    environment = {**services.marked(), "PORT": str(port)}
    say("De database wordt bijgewerkt en de pagina's worden klaargezet.")
    supervisor.complete(preparation(services.home, environment))
    say("De site wordt gestart.")
    for program in (web(services.home, environment, door), *celery(services, environment)):
        supervisor.start(program)
    host = hostname(environment)
    supervisor.wait_until(lambda: lacking(port, host), "De site")
    with contextlib.suppress(OSError):  # who reads it may be gone
        print(accounts.announcement(port) if services.is_demo else accounts.address(port), flush=True)


def wanted_port(text: str) -> int:
    """The number in PORT."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Failure(f"PORT is geen poortnummer: {text}. Kies een getal van 1 tot en met 65535.")
    return int(text)


def take(port: int) -> socket.socket:
    """Listens here from now on, so that no other server, and no database of ours, takes the port before the web server
    is there: who comes early waits. Waits itself a moment for who is just ending; a port that stays taken is refused.
    """
    until = time.monotonic() + LETS_GO
    while True:
        try:
            return socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
        except OSError as refusal:
            if time.monotonic() > until:
                raise Failure(
                    f"Poort {port} is bezet of niet toegestaan. Kies een andere, bijvoorbeeld: PORT=8001 script/server"
                ) from refusal
        signals.pause(0.05)


def preparation(home: Home, environment: dict[str, str]) -> Program:
    """Django's work before the pages open."""
    return Program("prepare", [sys.executable, "-m", "bodycams.embedded.prepare"], home.log("prepare"), environment)


def web(home: Home, environment: dict[str, str], door: socket.socket) -> Program:
    """The web server, on this machine only."""
    command = [sys.executable, "-m", "gunicorn", "bodycams.wsgi:application"]
    command += [f"--bind=fd://{door.fileno()}", "--graceful-timeout=5"]
    return Program("web", command, home.log("web"), environment, given=door.fileno())


def celery(services: Services, environment: dict[str, str]) -> list[Program]:
    """Worker and beat. The demonstration keeps the worker to one process, of threads.

    A worker that lost us drops its task, which comes back later. Threads end only with their process; a pool of
    processes is ended by SIGQUIT.
    """
    home, command = services.home, [sys.executable, "-m", "celery", "-A", "bodycams"]
    home.path("beat").mkdir(mode=0o700, exist_ok=True)
    pool, orphaned = ("threads", signal.SIGKILL) if services.is_demo else ("prefork", signal.SIGQUIT)
    worker = [*command, "worker", f"--pool={pool}", "--concurrency=4", "--without-gossip", "--without-mingle"]
    beat = [*command, "beat", "--pidfile=", f"--schedule={home.path('beat', 'schedule')}"]
    level = "--loglevel=INFO"
    return [
        Program("worker", [*worker, level], home.log("worker"), environment, orphaned=orphaned),
        Program("beat", [*beat, level], home.log("beat"), environment),
    ]


def hostname(environment: dict[str, str]) -> str:
    """A name to which the site answers."""
    names = [name.strip() for name in environment.get("ALLOWED_HOSTS", "").split(",")]
    return next((name.lstrip(".") for name in names if name.strip(".*")), "127.0.0.1")


def lacking(port: int, host: str) -> str:
    """What keeps the site from being ready: database, broker, worker or beat; nothing when it is. What stood
    still overnight is caught up with once they run, so that is not asked.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready?only=programs", headers={"Host": host})
        answer = connection.getresponse()
        checks = json.loads(answer.read())["checks"]
    except (OSError, http.client.HTTPException):
        return "de webserver antwoordt niet"
    except (ValueError, KeyError):
        return f"de webserver antwoordt met {answer.status}"
    finally:
        connection.close()
    bad = [name for name, fine in checks.items() if not fine]
    return f"niet in orde: {', '.join(bad)}" if bad else ""
