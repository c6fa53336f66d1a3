"""What somebody was told: everything that is unread first, then the rest, newest first."""

import re
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from bodycams.mail import Link
from initiatives.models import Notice
from initiatives.models.notice import IS_READ
from organisation.models import Person
from workflow.clock import now

PAGE = 20
PLACE = re.compile(r"(?P<way>voor|na)-(?P<read>[01])-(?P<pk>\d{1,18})")
"""A place between two notices: before or after the one with this number, which was read or not."""


class Row(NamedTuple):
    """A notice as `components/notices.html` shows it."""

    pk: int
    subject: str
    at: datetime
    is_new: bool
    lead: str
    more: list[str]
    links: list[Link]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, twenty to a page."""
    person: Any = request.user
    rows, before, after = _page(Notice.objects.filter(person=person), request.GET.get("pagina", ""))
    context = {
        "notices": [_row(notice) for notice in rows],
        "unread": person.unread,
        "newest": max(rows, key=attrgetter("pk"), default=None),
        "here": request.GET.get("pagina", ""),
        "previous_url": before,
        "next_url": after,
        "mail": Person.Mail(person.mail).label,
        "has_address": bool(person.email),
    }
    return render(request, "initiatives/notices.html", context)


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark as read: those that are named, or everything up to the newest that was shown."""
    unread = Notice.objects.unread().filter(person=request.user)
    if (until := request.POST.get("tot", "")).isdecimal():
        named = Q(pk__lte=int(until[:18]))
    else:
        named = Q(pk__in=[int(pk[:18]) for pk in request.POST.getlist("melding") if pk.isdecimal()])
    if count := unread.filter(named).update(read_at=now()):
        messages.success(request, "De melding is gelezen." if count == 1 else f"{count} meldingen zijn gelezen.")
    here = request.POST.get("pagina", "")
    return redirect(f"{reverse('notices')}{_address(here) if PLACE.fullmatch(here) else ''}")


def _row(notice: Notice) -> Row:
    lead, *more = notice.paragraphs
    return Row(notice.pk, notice.subject, notice.created_at, notice.read_at is None, lead, more, notice.leads_to)


def _page(found: QuerySet[Notice], place: str) -> tuple[list[Notice], str, str]:
    """The notices of a page, and the addresses of the page before and of the page after it, empty at the ends."""
    backwards, order = False, (IS_READ.asc(), "-pk")
    if place:
        at = PLACE.fullmatch(place)
        if at is None:
            raise Http404
        backwards = at["way"] == "voor"
        found = found.filter(_beyond(backwards, at["read"] == "1", int(at["pk"])))
    if backwards:
        order = (IS_READ.desc(), "pk")
    rows = list(found.order_by(*order)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    before = _link("voor", rows[0]) if rows and (more if backwards else place) else ""
    after = _link("na", rows[-1]) if rows and (more or backwards) else ""
    return rows, before, after


def _beyond(backwards: bool, is_read: bool, pk: int) -> Q:
    """What comes before, or after, a notice in the order of the page."""
    same = Q(read_at__isnull=not is_read) & (Q(pk__gt=pk) if backwards else Q(pk__lt=pk))
    if is_read == backwards:  # all unread ones come before one that is read, all that are read after one that is not
        return same | Q(read_at__isnull=backwards)
    return same


def _link(way: str, notice: Notice) -> str:
    return _address(f"{way}-{int(notice.read_at is not None)}-{notice.pk}")


def _address(place: str) -> str:
    return f"?{urlencode({'pagina': place})}"
