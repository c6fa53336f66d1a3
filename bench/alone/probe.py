"""Run inside a project (`DJANGO_SETTINGS_MODULE`): logs somebody in, and counts the questions that a page asks.

`python -m bench.alone.probe NUMBER JSON`, with a list of `[[address, fields], …]`: what is visited first and not
counted, up to the last one, which is. Answers with one JSON object: the cookie of a session, and per list how many
queries in all, and how many of those were about who is asking (session, person, rights). Fields that are not null are
posted.
"""

import json
import logging
import sys
from typing import Any

import django
from django.conf import settings

WHO_IS_ASKING = ('FROM "django_session"', 'FROM "organisation_person"', 'FROM "auth_user"', "WITH RECURSIVE today")

AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
"""Ask nothing."""

Visit = tuple[str, dict[str, Any] | None]


def main(number: str, lists: list[list[Visit]]) -> dict[str, Any]:
    django.setup()
    logging.disable()
    settings.ALLOWED_HOSTS = ["testserver"]
    from django.contrib.auth import get_user_model
    from django.test import Client

    people: Any = get_user_model()
    somebody = people.objects.filter(**{people.USERNAME_FIELD: number}).first() or people.objects.create_user(number)
    client = Client()
    client.force_login(somebody)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {
        "session": f"{cookie.key}={cookie.value}",
        "csrf": settings.CSRF_COOKIE_NAME,
        "queries": [asked(client, visits) for visits in lists],
    }


def asked(client: Any, visits: list[Visit]) -> tuple[int, int]:
    """How many queries the last visit costs, and how many of those are about who is asking."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for visit in visits[:-1]:
        go(client, *visit)
    with CaptureQueriesContext(connection) as queries:
        go(client, *visits[-1])
    counted = [query["sql"] for query in queries if not query["sql"].startswith(AROUND)]
    return len(counted), sum(any(part in sql for part in WHO_IS_ASKING) for sql in counted)


def go(client: Any, address: str, fields: dict[str, Any] | None) -> None:
    response = client.get(address) if fields is None else client.post(address, fields)
    if response.status_code != (200 if fields is None else 302):
        raise SystemExit(f"{address} antwoordt {response.status_code}: {response.content.decode()[:2000]}")


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], json.loads(sys.argv[2]))))
