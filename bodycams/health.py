"""Whether this installation works: for balancers and supervisors, without log-in and without details.

`/health/live` says that the web process answers. `/health/ready` asks database, migrations, broker, worker and beat;
`?only=web` leaves the last two out, for a balancer that chooses among web processes.
"""

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


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def ready(request: HttpRequest) -> HttpResponse:
    checks = {**_database(), **_broker(with_workers=request.GET.get("only") != "web")}
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


def _broker(*, with_workers: bool) -> dict[str, bool]:
    names = (heartbeat.WORKER, heartbeat.BEAT) if with_workers else ()
    try:
        with heartbeat.broker() as broker:
            return {"broker": bool(broker.ping()), **{name: heartbeat.is_alive(broker, name) for name in names}}
    except heartbeat.Unreachable:
        return {"broker": False, **dict.fromkeys(names, False)}
