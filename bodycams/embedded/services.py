"""Database and broker: embedded, or those of DATABASE_URL and REDIS_URL; and the environment that follows
for our children.

Here also: what counts as a demonstration. Not here: how PostgreSQL and Valkey are run (their own modules),
the application.
"""

from urllib.parse import urlsplit

import psycopg2

from bodycams import checks
from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.ports import free_port, is_free
from bodycams.embedded.postgres import Postgres
from bodycams.embedded.processes import MARK
from bodycams.embedded.supervisor import Supervisor
from bodycams.embedded.valkey import Valkey

ATTEMPTS = 4

Embedded = Postgres | Valkey


class Services:
    """Database and broker for one environment in one home."""

    def __init__(self, home: Home, environment: dict[str, str], *, durable: bool = True) -> None:
        self.home = home
        self.given = environment
        self.embedded: list[Embedded] = []
        if not self.given.get("DATABASE_URL"):
            self.embedded.append(Postgres(home, durable=durable))
        if not self.given.get("REDIS_URL"):
            self.embedded.append(Valkey(home, durable=durable))

    @property
    def is_demo(self) -> bool:
        return checks.is_demo(self.given)

    def start(self, supervisor: Supervisor) -> None:
        """Starts what is embedded."""
        for server in self.embedded:
            server.prepare()
            self.start_on_free_port(server, supervisor)
            server.finish()
        self.home.write_state(ready=True)

    def start_on_free_port(self, server: Embedded, supervisor: Supervisor) -> None:
        """Starts a server, on its last port if possible; another program may take a free port before it
        does.
        """
        port = self.home.state()["ports"].get(server.name, 0)
        for attempt in range(ATTEMPTS):
            if not (port and is_free(port)):
                port = free_port()
            program = server.program(port)
            supervisor.start(program)
            try:
                supervisor.wait_until(server.lacks, server.name)
            except Failure as fault:
                if attempt + 1 == ATTEMPTS or not program.has_ended() or is_free(port):
                    raise Failure(f"{fault}\nGebeurt dat ook bij opnieuw starten: {server.remedy}") from fault
                supervisor.drop(program)
                continue
            self.home.write_state(ports={**self.home.state()["ports"], server.name: port})
            return

    def reuse(self) -> bool:
        """Points at the servers that another process runs for this home; False when they do not answer."""
        state = self.home.state()
        for server in self.embedded:
            server.port = state["ports"].get(server.name, 0)
        return bool(state.get("ready")) and all(server.port and not server.lacks() for server in self.embedded)

    def require_sound(self) -> None:
        """Refuses, before anything is started, what does not answer and what the application would refuse."""
        self.require_given()
        found = checks.problems(self.environment())
        if found:
            raise Failure(f"Bodycamregister start niet: {'; '.join(found)}.")

    def require_given(self) -> None:
        """Proves that the database and the broker which the environment names answer."""
        for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL"):
            if self.given.get("DATABASE_URL") and self.given.get(name):
                require_database(name, self.given[name])
        if self.given.get("REDIS_URL"):
            require_broker(self.given["REDIS_URL"])

    def environment(self) -> dict[str, str]:
        """The environment of our children."""
        found = {**self.given, "BODYCAMS_HOME": str(self.home.folder)}
        if self.is_demo:
            found |= {"DEMO": "1", "SECRET_KEY": self.given.get("SECRET_KEY") or self.home.secret("secret_key")}
        for server in self.embedded:
            found |= server.addresses()
        return found

    def marked(self) -> dict[str, str]:
        """The same, for programs that live and die with this process."""
        return {**self.environment(), MARK: str(self.home.folder)}


def where(url: str) -> str:
    """Host, port and path of an address, without its password."""
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}{f':{parts.port}' if parts.port else ''}{parts.path}"


def require_database(name: str, url: str) -> None:
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except (psycopg2.Error, ValueError) as refusal:
        raise Failure(f"De database van {name} is niet bereikbaar: {reason(name, url, refusal)}") from refusal


def require_broker(url: str) -> None:
    import redis  # costs a third of a second, and a newcomer never needs it here

    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as refusal:
        raise Failure(f"De broker van REDIS_URL is niet bereikbaar: {reason('REDIS_URL', url, refusal)}") from refusal


def reason(name: str, url: str, refusal: Exception) -> str:
    """The first line of the refusal, with the address and without its password."""
    try:
        address, password = where(url), urlsplit(url).password
    except ValueError:
        return f"{name} is geen geldig adres."
    line = (str(refusal).splitlines() or [""])[0]
    return f"{address}. {line.replace(password, '***') if password else line}"
