"""Somebody sends a PDF and is told whether it is one of ours, and untouched. Nothing of it is kept."""

import threading
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bodycams.errors import unavailable
from bodycams.look import Badge
from initiatives.editions.verifying import Refused, Verdict, verify
from initiatives.forms.verify import VerifyForm
from initiatives.views.editions import CRUMBS
from journal.models import Result
from journal.write import record
from organisation.permissions import capacity_with, require
from organisation.requests import Request
from organisation.roles import Perm

PIECE = 1024**2
BUSY = "Er worden al andere bestanden gecontroleerd. Probeer het over een halve minuut opnieuw."
NO_ROOM = "Het bestand kan nu niet worden gecontroleerd: er is een storing met de opslag. Probeer het later opnieuw."

BADGES = {True: Badge("Klopt", "good"), False: Badge("Klopt niet", "bad"), None: Badge("Niet van toepassing", "draft")}

_at_once = threading.BoundedSemaphore(2)
"""So many are looked into by this process at once: each may take memory and a processor for half a minute."""


@require_http_methods(["GET", "HEAD", "POST"])
def verify_overview(request: Request) -> HttpResponse:
    """The form; and under it, when a file was sent, what can be said of it."""
    require(request.user, Perm.SEE_OVERVIEW)
    form = VerifyForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    verdict = None
    if form.is_bound and form.is_valid():
        if not _at_once.acquire(blocking=False):
            return unavailable(request, BUSY)
        try:
            verdict = _looked_at(form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        except OSError:
            form.add_error("file", NO_ROOM)
        finally:
            _at_once.release()
    if verdict:
        _record(request, verdict)
    context = {"form": form, "crumbs": CRUMBS, **(_told(verdict) if verdict else {})}
    return render(request, "initiatives/verify.html", context, status=400 if form.errors else 200)


def _looked_at(file: IO[bytes]) -> Verdict:
    """On disk for as long as it is looked at."""
    with NamedTemporaryFile(suffix=".pdf") as copy:
        while piece := file.read(PIECE):
            copy.write(piece)
        copy.flush()
        return verify(Path(copy.name))


def _told(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict,
        "checks": [(check, BADGES[check.is_good]) for check in verdict.checks],
        "edition_url": reverse("edition", args=[verdict.edition.pk]) if verdict.edition else "",
    }


def _record(request: Request, verdict: Verdict) -> None:
    """Which checks failed, in our own words: nothing that the file says of itself comes into the journal."""
    capacity = capacity_with(request.user, Perm.SEE_OVERVIEW)
    record(
        "overzicht_gecontroleerd",
        f"{capacity.title} heeft een bestand gecontroleerd. {verdict.title}",
        actor=request.user,
        role=capacity.role,
        unit=capacity.unit,
        about=verdict.edition,
        result=Result.SEEN,
        data={"checked": verdict.sha256, "is_good": verdict.is_good, "wrong": [check.name for check in verdict.failed]},
    )
