"""Whether this installation works: for balancers and supervisors, without log-in and without details.

`/health/live` says that the web process answers. `/health/ready` asks database, migrations, broker, worker and beat,
and what the apps add (`also_check`): whether their own work is done in time. `?only=web` leaves out all but the first
three, for a balancer that chooses among web processes; `?only=programs` what the apps add, for who starts them.
"""

from collections.abc import Callable
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bodycams import heartbeat

METHODS = ["GET", "HEAD", "OPTIONS"]
WEB, PROGRAMS = "web", "programs"

_added: dict[str, Callable[[], bool]] = {}


def also_check(name: str, is_fine: Callable[[], bool]) -> None:
    """Have readiness ask this as well: about the database alone, or remembered for a minute by whoever answers, since
    balancers ask every few seconds. Called when an app starts.
    """
    _added[name] = is_fine


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def ready(request: HttpRequest) -> HttpResponse:
    only = request.GET.get("only")
    checks = {**_database(), **_broker(with_workers=only != WEB)}
    if only not in (WEB, PROGRAMS):
        checks |= _of_the_apps(is_possible=checks["migrations"])
    fine = all(checks.values())
    body = {"status": "ok" if fine else "fout", "checks": checks}
    return JsonResponse(body, status=200 if fine else 503)


def _database() -> dict[str, bool]:
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": _migrations() <= applied}


@cache
def _migrations() -> set[tuple[str, str]]:
    """Those that belong to this code; they do not change while the process lives."""
    return set(MigrationLoader(None).disk_migrations or ())


def _of_the_apps(*, is_possible: bool) -> dict[str, bool]:
    try:
        return {name: is_possible and is_fine() for name, is_fine in _added.items()}
    except DatabaseError:
        return dict.fromkeys(_added, False)


def _broker(*, with_workers: bool) -> dict[str, bool]:
    names = (heartbeat.WORKER, heartbeat.BEAT) if with_workers else ()
    try:
        with heartbeat.broker() as broker:
            return {"broker": bool(broker.ping()), **{name: heartbeat.is_alive(broker, name) for name in names}}
    except heartbeat.Unreachable:
        return {"broker": False, **dict.fromkeys(names, False)}
