"""What production refuses to start without. Looked at before the settings are read, so that a missing or weak one is a
sentence and an exit code, not a traceback. A demonstration needs nothing.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

EXIT_CODE = 4
"""What gunicorn takes as "do not try again"; any other would have it start new processes forever."""

KEY_LENGTH = 50
KEY_VARIETY = 5
REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "RECORDINGS_STORAGE")
ADDRESSES = {
    "DATABASE_URL": ("postgres", "postgresql"),
    "MIGRATE_DATABASE_URL": ("postgres", "postgresql"),
    "REDIS_URL": ("redis", "rediss"),
    "EMAIL_URL": ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail"),
    "RECORDINGS_STORAGE": ("file", "s3"),
    "DESTRUCTION_LEDGER": ("file", "s3"),
}
RECORDINGS_MARK = "~bodycamregister"
"""The file in a folder of recordings, or of the list of destructions, that says it is the right one."""

IN_HOME = {"RECORDINGS_STORAGE": "recordings", "DESTRUCTION_LEDGER": "destructions"}
"""The folder that each is in `BODYCAMS_HOME`, when nothing else was said."""
HOME = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), ".data")

HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\.[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|\[[0-9A-Fa-f:.]+\]")
"""A name, an address, or with a dot before it all that lies under a name; not under a whole country."""

TRUE = ("1", "true", "on", "ok", "y", "yes")


def is_demo(environment: Mapping[str, str]) -> bool:
    """Whether this is a demonstration: said so, or nothing that production needs was set."""
    if environment.get("DEMO"):
        return environment["DEMO"].lower() in TRUE
    return not any(environment.get(name) for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"))


def problems(environment: Mapping[str, str]) -> list[str]:
    """What is missing, weak or wrong, each as a Dutch clause that begins with the variable's name; empty when all is
    well. Of a demonstration only what is set has to make sense.
    """
    wrong = [*_written_wrong(environment)]
    if wrong or is_demo(environment):
        return wrong
    return [
        *(f"{name} ontbreekt" for name in REQUIRED if not environment.get(name)),
        *_secret_key(environment.get("SECRET_KEY", "")),
        *_allowed_hosts(environment.get("ALLOWED_HOSTS", "")),
        *_site(environment.get("SITE_URL", "")),
        *_databases(environment.get("DATABASE_URL", ""), environment.get("MIGRATE_DATABASE_URL", "")),
        *_storage("RECORDINGS_STORAGE", environment.get("RECORDINGS_STORAGE", "")),
        *_ledger(environment),
    ]


def refuse_unsafe_settings() -> None:
    """End this process with one sentence when the environment is not fit for production."""
    found = problems(os.environ)
    if found:
        sys.stderr.write(f"Bodycamregister start niet: {'; '.join(found)}.\n")
        sys.stderr.flush()
        raise SystemExit(EXIT_CODE)


def _written_wrong(environment: Mapping[str, str]) -> Iterator[str]:
    for name in (*REQUIRED, "EMAIL_FROM", "EMAIL_URL", "SECURITY_CONTACT", "SITE_URL"):
        value = environment.get(name, "")
        if value != value.strip() or not value.isprintable():
            yield f"{name} bevat een regeleinde, of een spatie aan het begin of het eind"
    for name, schemes in ADDRESSES.items():
        if environment.get(name) and _scheme(environment[name]) not in schemes:
            yield f"{name} is geen geldig adres (het begint met {schemes[0]}://)"
    key = environment.get("SIGNING_KEY_FILE")
    if key and not os.path.isfile(key):
        yield "SIGNING_KEY_FILE noemt geen bestand"
    if not (environment.get("PROXIES") or "0").isdecimal():
        yield "PROXIES is geen getal"
    if not re.fullmatch("[1-9][0-9]{0,3}", environment.get("JOURNAL_MAIL_HOURS") or "24"):
        yield "JOURNAL_MAIL_HOURS is geen aantal uren (van 1 tot en met 9999)"
    valve = environment.get("DESTRUCTION_VALVE") or "off"
    if valve != "off" and not valve.isdecimal():
        yield "DESTRUCTION_VALVE is geen getal en geen off"
    if is_inside(address_of("DESTRUCTION_LEDGER", environment), address_of("RECORDINGS_STORAGE", environment)):
        yield "DESTRUCTION_LEDGER ligt in RECORDINGS_STORAGE (daar staan alleen opnamen)"


def address_of(name: str, environment: Mapping[str, str]) -> str:
    """Where this is: as was said, or else in the home."""
    home = os.path.abspath(environment.get("BODYCAMS_HOME") or HOME)
    return environment.get(name) or "file://" + quote(f"{home}/{IN_HOME[name]}")


def is_inside(place: str, outer: str) -> bool:
    """Whether one address lies in another, or is the same; of folders, wherever a link or `..` leads."""
    inside, around = urlsplit(place), urlsplit(outer)
    same = (inside.scheme, inside.hostname) == (around.scheme, around.hostname)
    return same and _path(inside).startswith(_path(around))


def _path(address: SplitResult) -> str:
    path = unquote(address.path)
    return (os.path.realpath(path) if address.scheme == "file" else path).rstrip("/") + "/"


def _scheme(url: str) -> str:
    """Empty when the address cannot be read."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it is the check; 0 is a port that the controller has yet to choose
    except ValueError:
        return ""
    return parts.scheme


def _secret_key(key: str) -> Iterator[str]:
    weak = len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith(("django-insecure-", "demo-only-"))
    if key and weak:
        yield f"SECRET_KEY is te zwak (neem minstens {KEY_LENGTH} willekeurige tekens)"


def _allowed_hosts(hosts: str) -> Iterator[str]:
    if "*" in hosts:
        yield "ALLOWED_HOSTS mag geen * bevatten (noem de namen van deze site)"
        return
    names = [name.strip() for name in hosts.split(",") if name.strip()]
    if hosts and not names:
        yield "ALLOWED_HOSTS noemt geen enkele naam"
    if wrong := [name for name in names if not HOST.fullmatch(name)]:
        yield f"ALLOWED_HOSTS noemt wat geen naam is: {wrong[0]} (zonder https:// en zonder poort)"


def _site(url: str) -> Iterator[str]:
    """Links to choose a password are mailed with it."""
    if url and not (_scheme(url) == "https" and urlsplit(url).hostname):
        yield "SITE_URL is geen adres dat met https:// begint"


def _databases(application: str, owner: str) -> Iterator[str]:
    for name, url in (("DATABASE_URL", application), ("MIGRATE_DATABASE_URL", owner)):
        if url and not (urlsplit(url).username and urlsplit(url).path.strip("/")):
            yield f"{name} noemt geen rol of geen database"
    if application and owner and urlsplit(application).username == urlsplit(owner).username:
        yield "MIGRATE_DATABASE_URL noemt dezelfde rol als DATABASE_URL (de toepassing mag geen eigenaar zijn)"


def _ledger(environment: Mapping[str, str]) -> Iterator[str]:
    """The list of destructions: where it is was said, or else where everything else is that the register keeps."""
    address = environment.get("DESTRUCTION_LEDGER", "")
    if not address and not environment.get("BODYCAMS_HOME"):
        yield "DESTRUCTION_LEDGER ontbreekt"
    yield from _storage("DESTRUCTION_LEDGER", address)


def _storage(name: str, address: str) -> Iterator[str]:
    """A folder is there with its mark, which a disk that fell off has not; a storage over the network is spoken to in
    private and keeps its place to one bucket.
    """
    parts = urlsplit(address)
    if parts.scheme == "file":
        folder = unquote(parts.path)
        if not os.path.isdir(folder):
            yield f"{name} noemt geen map"
        elif not os.path.isfile(os.path.join(folder, RECORDINGS_MARK)):
            yield f"{name} noemt een map zonder het bestand {RECORDINGS_MARK}; maak dat in de juiste map"
    elif parts.scheme == "s3":
        if not parts.hostname:
            yield f"{name} noemt geen bucket"
        if "endpoint" in parse_qs(parts.query) and not parse_qs(parts.query)["endpoint"][0].startswith("https://"):
            yield f"{name} gaat niet over https"
