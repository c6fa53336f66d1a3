"""The journal for people: searching it, its seals, and the export for a check outside. Who sees which part is in
`PARTS`; the trail of a file stands on the page of that file.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bodycams.downloads import headers_only, only_asks_about
from bodycams.look import Badge, Heading
from journal import export, seals, verify
from journal.anchors import anchor_of
from journal.models import Check, Entry, Result, Seal
from journal.objects import KINDS, label_of
from journal.search import Asked, page, selection
from journal.write import record
from organisation.forms.journal import RESULTS, JournalForm
from organisation.permissions import capacity_with, may, require
from organisation.requests import Request
from organisation.roles import Perm, Role
from workflow.clock import local_date, now

SIZE = 50
CHECKS_SHOWN = 10
PARTS = {Perm.GUARD_PRIVACY: "retention", Perm.MANAGE_ORGANISATION: "organisation"}
"""Of the journal the privacy officer sees recordings and requests, the administrator accounts, roles and rules; the
auditor sees all of it.
"""
LOOKS = {Result.REFUSED: ("bad", ""), Result.FAILED: ("warn", "alert-triangle")}
CRUMBS = [("Journaal", "/journaal/")]


class Line(NamedTuple):
    """An entry as the page shows it. The links lead to all of one person and all about one thing; `thing_url` to
    where that is shown itself.
    """

    entry: Entry
    who: str
    who_url: str
    thing: str
    thing_url: str
    about_url: str
    result: Badge | None
    seal: int | None


@require_safe
def journal(request: Request) -> HttpResponse:
    parts = _parts(request.user)
    form = JournalForm(request.GET, parts)
    if not form.is_valid():
        context = {"form": form, "lines": [], "columns": [], "latest": verify.latest(), "newest": seals.newest()}
        return render(request, "organisation/journal.html", context, status=400)
    asked = form.asked()
    _record_search(asked, request.user)
    older, newer = (_number(request.GET.get(name, "")) for name in ("voor", "na"))
    found = page(selection(asked, parts), SIZE, older_than=older, newer_than=newer)
    lines = _lines(found.entries, found.seals)
    context = {
        "form": form,
        "lines": lines,
        "thing": lines[0] if lines and asked.about else None,
        "columns": [Heading(label) for label in ("Wanneer", "Wat er gebeurde", "Wie", "Waarover", "Zegel")],
        "newer_url": _address(request, na=found.newer),
        "older_url": _address(request, voor=found.older),
        "latest": verify.latest(),
        "newest": seals.newest(),
        "may_export": may(request.user, Perm.AUDIT),
    }
    return render(request, "organisation/journal.html", context)


@require_safe
def journal_seals(request: Request) -> HttpResponse:
    """The seals, newest first, and what the last checks found."""
    _parts(request.user)
    before = _number(request.GET.get("voor", ""))
    found = Seal.objects.order_by("-number")
    shown = list((found.filter(number__lt=before) if before else found)[: SIZE + 1])
    context = {
        "crumbs": CRUMBS,
        "seals": [(seal, anchor_of(seal)) for seal in shown[:SIZE]],
        "checks": Check.objects.order_by("-id")[:CHECKS_SHOWN],
        "columns": [Heading("Zegel"), Heading("Regels"), Heading("Verzegeld op"), Heading("Anker")],
        "check_columns": [Heading("Gecontroleerd op"), Heading("Uitkomst"), Heading("Duur", "n")],
        "older_url": f"?voor={shown[SIZE - 1].number}" if len(shown) > SIZE else "",
    }
    return render(request, "organisation/journal_seals.html", context)


@require_safe
def journal_export(request: Request) -> HttpResponseBase:
    """Everything that is sealed, for a check outside. That it was taken out stands in the journal first."""
    require(request.user, Perm.AUDIT)
    content_type, name = "application/x-ndjson; charset=utf-8", f"journaal-{local_date(now())}.jsonl"
    if only_asks_about(request):
        return headers_only(content_type, name)
    title = capacity_with(request.user, Perm.AUDIT).title
    sentence = f"{title} heeft het hele journaal geëxporteerd."
    record("journaal_geexporteerd", sentence, actor=request.user, role=Role.AUDITOR)
    return StreamingHttpResponse(
        export.as_text(export.lines()),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _parts(person: Any) -> tuple[str, ...] | None:
    """Of which apps somebody sees the entries, None: of all; else 403."""
    if may(person, Perm.AUDIT):
        return None
    parts = tuple(part for perm, part in PARTS.items() if may(person, perm))
    if not parts:
        raise PermissionDenied(
            "Uw rol geeft u geen toegang tot het journaal. Het spoor van een dossier staat daar zelf."
        )
    return parts


def _record_search(asked: Asked, person: Any) -> None:
    """Who looks up what one person did, or what happened to one thing, leaves a trace of that."""
    if not (asked.actor or asked.about):
        return
    whom = [f"nummer {asked.actor}"] if asked.actor else []
    what = [f"{label_of(asked.kind)} {asked.about}"] if asked.about else []
    capacity = capacity_with(person, next(perm for perm in (Perm.AUDIT, *PARTS) if may(person, perm)))
    sentence = f"{capacity.title} heeft in het journaal gezocht naar {' en '.join([*whom, *what])}."
    record("journaal_doorzocht", sentence, actor=person, role=capacity.role, result=Result.SEEN)


def _lines(entries: list[Entry], sealed: dict[int, int]) -> list[Line]:
    names = _names(entries)
    return [_line(one, names.get((one.object_type, one.object_id), ""), sealed.get(one.pk)) for one in entries]


def _names(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """What the things are called that these entries are about: one query for each kind."""
    by_kind: dict[str, set[str]] = {}
    for entry in entries:
        by_kind.setdefault(entry.object_type, set()).add(entry.object_id)
    found = {code: KINDS[code].names(pks) for code, pks in by_kind.items() if code in KINDS}
    return {(code, pk): name for code, names in found.items() for pk, name in names.items()}


def _line(entry: Entry, name: str, seal: int | None) -> Line:
    kind = KINDS.get(entry.object_type)
    role = Role(entry.role).label if entry.role in Role.values else entry.role
    look = LOOKS.get(Result(entry.result))
    return Line(
        entry=entry,
        who=" · ".join(filter(None, [entry.actor, role, entry.unit])) or "niet bekend",
        who_url=f"?{urlencode({'wie': entry.actor})}" if entry.actor else "",
        thing=f"{label_of(entry.object_type)} {name or entry.object_id}" if entry.object_type else "",
        thing_url=kind.url(entry.object_id) if kind and name else "",
        about_url=f"?{urlencode({'soort': entry.object_type, 'waarop': name or entry.object_id})}" if kind else "",
        result=Badge(RESULTS[Result(entry.result)], *look) if look else None,
        seal=seal,
    )


def _number(text: str) -> int | None:
    """A number out of the address; what is none says nothing."""
    return (int(text) or None) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _address(request: HttpRequest, **place: int | None) -> str:
    """This page with the same filters at another place; empty when there is none."""
    kept = {name: str(value) for name, value in request.GET.items() if name not in ("voor", "na") and value}
    return f"?{urlencode({**kept, **{name: str(pk) for name, pk in place.items()}})}" if all(place.values()) else ""
