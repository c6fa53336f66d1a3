"""The embedded PostgreSQL: its cluster, its process, its roles and its database.

Four roles: `bodycams_cluster` made the cluster and is used here only; `bodycams_owner` migrates;
`bodycams_app` is the application; `bodycams_reader` is for reports. Not here: what those roles may do to
which table (that is granted by `migrate`).
"""

import os
import shutil
import signal
import subprocess
import time

import psycopg2
from psycopg2 import sql

from bodycams.embedded import identity
from bodycams.embedded.bootstrap import Failure, say
from bodycams.embedded.home import Home
from bodycams.embedded.processes import Program, clear_away, tie_to_parent

MAJOR = "18"
DATABASE = "bodycams"
ROLES = {"bodycams_owner": "LOGIN CREATEDB", "bodycams_app": "LOGIN", "bodycams_reader": "LOGIN"}
LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    # What people typed stays out of the log: no failing statements, no values of rows.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Its autovacuum could not be sent away by the owner, who drops and copies a database after each test.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Postgres:
    """One cluster in one home. `durable=False` is for tests: faster, and gone after a power cut."""

    name = "postgres"

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.identity = identity.choose(home)
        self.data = self.identity.files / "data"
        self.port = 0

    def prepare(self) -> None:
        """Makes the cluster unless it is there. It gets its name only once it is complete."""
        clear_away(self.home.folder, only=self.data)
        self.identity.files.mkdir(mode=0o700, exist_ok=True)
        if self.is_complete():
            self.require_version()
            self.forget_dead_postmaster()
            return
        if self.data.exists():
            aside = self.data.with_name(f"unfinished-{time.time_ns()}")
            self.data.replace(aside)
            say(f"De half gemaakte databasemap is opzijgezet als {aside}.")
        self.initialise()

    def is_complete(self) -> bool:
        """Whether the cluster was ever finished; refuses to go on with one that was, and is now damaged."""
        heart = (self.data / "PG_VERSION", self.data / "global" / "pg_control")
        whole = all(part.is_file() and part.stat().st_size for part in heart)
        if not whole and (self.identity.files / "complete").exists():
            raise Failure(f"De databasemap {self.data} is beschadigd. Er is niets verwijderd: {self.remedy}")
        return whole

    @property
    def remedy(self) -> str:
        """What to do about a folder with which it does not start."""
        return f"zet een reservekopie terug, of hernoem {self.identity.files} om leeg te beginnen."

    def require_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text(errors="replace").strip()
        if version != MAJOR:
            raise Failure(f"De databasemap {self.data} is van PostgreSQL {version}; deze versie werkt met {MAJOR}.")

    def forget_dead_postmaster(self) -> None:
        """Removes a pid file that no server of this cluster holds: its number may by now be another
        program's.
        """
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def initialise(self) -> None:
        """initdb, into a temporary name."""
        fresh, password = self.identity.files / "new", self.identity.files / "password"
        shutil.rmtree(fresh, ignore_errors=True)
        with open(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(self.home.secret("bodycams_cluster"))
        self.identity.own(password)
        command = [self.identity.programs / "initdb", "--pgdata", fresh, "--username=bodycams_cluster"]
        command += ["--auth=scram-sha-256", "--pwfile", password, *LOCALE, "--no-instructions"]
        done = subprocess.run(
            [*map(str, command), "--sync-method=syncfs" if self.durable else "--no-sync"],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            preexec_fn=tie_to_parent(signal.SIGTERM, self.identity.become),
            check=False,
        )
        password.unlink()
        if done.returncode:
            raise Failure(
                f"{done.stdout.strip()[-800:]}\nDe database kon niet worden gemaakt in {self.identity.files}."
            )
        fresh.replace(self.data)

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's own PostgreSQL settings reaches the server."""
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}

    def program(self, port: int) -> Program:
        """The server on this port."""
        self.port = port
        settings = {**SETTINGS, **({} if self.durable else THROWAWAY)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name=self.name,
            command=[
                str(self.identity.programs / "postgres"),
                "-D",
                str(self.data),
                "-p",
                str(port),
                *options,
            ],
            log=self.home.log(self.name),
            environment=self.environment(),
            farewell=signal.SIGINT,
            orphaned=signal.SIGINT,
            patience=60.0,
            become=self.identity.become,
            clear=lambda: clear_away(self.home.folder, only=self.data),
        )

    def lacks(self) -> str:
        """Why it does not let us in; nothing when it does."""
        try:
            psycopg2.connect(self.dsn("bodycams_cluster", "postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError as refusal:
            if "password authentication failed" in str(refusal):
                raise Failure(
                    f"Het wachtwoord in {self.home.path('secrets')} hoort niet bij de database. Zet die map terug, "
                    f"of hernoem {self.identity.files} om leeg te beginnen."
                ) from refusal
            return (str(refusal).splitlines() or ["geen antwoord"])[0]
        return ""

    def dsn(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{self.home.secret(role)}@127.0.0.1:{self.port}/{database}"

    def finish(self) -> None:
        """Makes the roles and the database that are missing; from then on the cluster counts as complete."""
        connection = psycopg2.connect(self.dsn("bodycams_cluster", "postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT rolname FROM pg_roles")
                known = {name for (name,) in cursor.fetchall()}
                for role, rights in ROLES.items():
                    verb = "ALTER" if role in known else "CREATE"
                    order = sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}")
                    cursor.execute(order.format(sql.Identifier(role), sql.Literal(self.home.secret(role))))
                if not self.durable:
                    cursor.execute("GRANT pg_signal_backend TO bodycams_owner")
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE DATABASE {DATABASE} OWNER bodycams_owner")
        finally:
            connection.close()
        (self.identity.files / "complete").touch()

    def addresses(self) -> dict[str, str]:
        """What the application needs to know."""
        return {"DATABASE_URL": self.dsn("bodycams_app"), "MIGRATE_DATABASE_URL": self.dsn("bodycams_owner")}
