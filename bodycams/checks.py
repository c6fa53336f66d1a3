"""What production refuses to start without. Looked at before the settings are read, so that a missing or weak one is a
sentence and an exit code, not a traceback. A demonstration needs nothing and is not looked at.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

EXIT_CODE = 4
"""What gunicorn takes as "do not try again"; any other would have it start new processes forever."""

KEY_LENGTH = 50
KEY_VARIETY = 5
DATABASE_SCHEMES = ("postgres", "postgresql")
BROKER_SCHEMES = ("redis", "rediss")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail")
TRUE = ("1", "true", "on", "ok", "y", "yes")


def is_demo(environment: Mapping[str, str]) -> bool:
    """Whether this is a demonstration: said so, or nothing that production needs was set."""
    if environment.get("DEMO"):
        return environment["DEMO"].lower() in TRUE
    return not any(environment.get(name) for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"))


def problems(environment: Mapping[str, str]) -> list[str]:
    """What is missing or weak, each as a Dutch clause that begins with the variable's name. Empty when all is well."""
    if is_demo(environment):
        return []
    return [
        *_secret_key(environment.get("SECRET_KEY", "")),
        *_allowed_hosts(environment.get("ALLOWED_HOSTS", "")),
        *_databases(environment.get("DATABASE_URL", ""), environment.get("MIGRATE_DATABASE_URL", "")),
        *_address("REDIS_URL", environment.get("REDIS_URL", ""), BROKER_SCHEMES),
        *(_address("EMAIL_URL", environment["EMAIL_URL"], MAIL_SCHEMES) if environment.get("EMAIL_URL") else ()),
        *([] if environment.get("PROXIES", "1").isdecimal() else ["PROXIES is geen getal"]),
    ]


def refuse_unsafe_settings() -> None:
    """End this process with one sentence when the environment is not fit for production."""
    found = problems(os.environ)
    if found:
        sys.stderr.write(f"Bodycamregister start niet: {'; '.join(found)}.\n")
        sys.stderr.flush()
        raise SystemExit(EXIT_CODE)


def _secret_key(key: str) -> Iterator[str]:
    if not key:
        yield "SECRET_KEY ontbreekt"
    elif len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith(("django-insecure-", "demo-only-")):
        yield f"SECRET_KEY is te zwak (neem minstens {KEY_LENGTH} willekeurige tekens)"


def _allowed_hosts(hosts: str) -> Iterator[str]:
    names = [name.strip() for name in hosts.split(",") if name.strip()]
    if not names:
        yield "ALLOWED_HOSTS ontbreekt"
    elif any("*" in name for name in names):
        yield "ALLOWED_HOSTS mag geen * bevatten (noem de namen van deze site)"


def _databases(application: str, owner: str) -> Iterator[str]:
    wrong = [
        *_address("DATABASE_URL", application, DATABASE_SCHEMES, with_role=True),
        *_address("MIGRATE_DATABASE_URL", owner, DATABASE_SCHEMES, with_role=True),
    ]
    yield from wrong
    if not wrong and urlsplit(application).username == urlsplit(owner).username:
        yield "MIGRATE_DATABASE_URL noemt dezelfde rol als DATABASE_URL (de toepassing mag geen eigenaar zijn)"


def _address(name: str, url: str, schemes: tuple[str, ...], *, with_role: bool = False) -> Iterator[str]:
    if not url:
        yield f"{name} ontbreekt"
        return
    parts = _parts(url)
    if parts is None or parts.scheme not in schemes:
        yield f"{name} is geen geldig adres (het begint met {schemes[0]}://)"
    elif with_role and not (parts.username and parts.path.strip("/")):
        yield f"{name} noemt geen rol of geen database"


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
