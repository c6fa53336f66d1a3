"""The people of the access table, and what a page answers to each of them.

`test_access.py` holds the table itself: one line per page. Here is only how a line is read and tried.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import ROLES, Role
from organisation.tests.factories import holder_of, person

ANONYMOUS, NOBODY, SUPERUSER = "anonymous", "without a role", "superuser"
ELSEWHERE = {f"{role.value} elsewhere": role for role in (Role.CONTACT, Role.HEAD)}
"""Those of another unit than Oost-Nederland, where everything in the table is."""
LOGGED_IN = frozenset({NOBODY, SUPERUSER, *Role.values, *ELSEWHERE})
EVERYONE = LOGGED_IN | {ANONYMOUS}
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
REFUSED = (403, 405)
BACKEND = "initiatives.backends.Backend"

Address = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Who may use a page, and what it answers. Roles of a unit are tried by somebody of Oost-Nederland.

    `get` is the answer to who looks, `post` to who sends nothing at all; None when the page does not know the method.
    `visitors` is what who is not logged in gets to see, when that differs. `otherwise` is the answer to everybody else
    who is logged in: 403; for a page about an object 404, but for those in `sees`, who see the object and may not do
    this. A `plain` page is no page for people but text for programs. `leaves` is what the
    journal calls looking at it, where that is put on record. `address` makes in the database what stands at the
    address, and gives the arguments of its pattern.
    """

    who: Iterable[str]
    get: int | None = 200
    post: int | None = None
    otherwise: int = 403
    sees: Iterable[str] = ()
    visitors: int | None = None
    options: bool = False
    plain: bool = False
    leaves: str = ""
    address: Address = dict

    def expected(self, kind: str, method: str) -> tuple[int, ...]:
        looking = self.visitors if kind == ANONYMOUS and self.visitors else self.get
        known = {"GET": looking, "HEAD": looking, "POST": self.post, "OPTIONS": looking if self.options else None}
        answer = known.get(method)
        if kind not in self.who:
            answer = 302 if kind == ANONYMOUS else 403 if kind in self.sees else self.otherwise
        refused = REFUSED if known.get(method) is None else ()
        return (*refused, answer) if answer else refused

    def traces(self, method: str, status: int) -> list[tuple[str, str]] | None:
        """What an answer leaves in the journal, as actions with their results; None: that is for the page's own tests.

        Who is refused leaves that, whatever it was. Who only looks leaves nothing, unless the line says so; who asks
        about a file and not for it never does.
        """
        if status == 403:
            return [("", Result.REFUSED)]
        if method in ("GET", "HEAD"):
            gets_it = status == 200 and not (method == "HEAD" and self.plain)
            return [(self.leaves, "")] if self.leaves and gets_it else []
        return None

    def looked_at_by(self) -> list[str]:
        """One of those to whom it shows something, and who is not logged in when it shows that person something too."""
        if self.plain:
            return []
        shown = [kind for kind in sorted(self.who) if 200 in self.expected(kind, "GET")]
        return [*shown[-1:], *([ANONYMOUS] if ANONYMOUS in shown[:-1] else [])]


def somebody_who_is(kind: str) -> Person | None:
    """A person for one row of the matrix; None is somebody who is not logged in."""
    if kind in Role.values:
        return holder_of(Role(kind), None if ROLES[Role(kind)].is_national else "ON")
    if kind in ELSEWHERE:
        return holder_of(ELSEWHERE[kind], "MN")
    if kind == SUPERUSER:
        return Person.objects.create_superuser("900001")
    return person() if kind == NOBODY else None


def session_of(kind: str) -> str:
    """The session of somebody of this kind who just logged in; empty for who does not."""
    client = Client()
    if somebody := somebody_who_is(kind):
        client.force_login(somebody, backend=BACKEND)
        return client.cookies[settings.SESSION_COOKIE_NAME].value
    return ""


def visit(session: str) -> Client:
    """The site as used by whoever has this session."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def surprises(name: str, page: Page, sessions: dict[str, str]) -> Iterator[str]:
    """Every person and method for which the page does not answer as its line says; one who logs out does so last."""
    address = reverse(name, kwargs=page.address())
    tried_thoroughly = {ANONYMOUS, min(set(page.who) - {ANONYMOUS}, default=ANONYMOUS)}
    last = Entry.objects.aggregate(last=Max("id", default=0))["last"]
    for kind in sorted(EVERYONE):
        client = visit(sessions[kind])
        for method in ("GET", *(OTHER_METHODS if kind in tried_thoroughly else ()), "POST"):
            response: Any = client.generic(method, address)
            for close in response._resource_closers:  # what `close` does, but for ending the test's connection
                close()
            entries = list(Entry.objects.filter(id__gt=last).order_by("id").values_list("id", "action", "result"))
            last = entries[-1][0] if entries else last
            left = [(action, result) for _, action, result in entries]
            traces = page.traces(method, response.status_code)
            if traces is not None and not alike(left, traces):
                yield f"{method} {address} by {kind}: left {left} in the journal, not {traces}"
            if response.status_code not in page.expected(kind, method):
                yield f"{method} {address} by {kind}: {response.status_code}, not {page.expected(kind, method)}"
            sent_away = kind == ANONYMOUS and kind not in page.who and response.status_code == 302
            if sent_away and not response.url.startswith(f"{reverse('login')}?next="):
                yield f"{method} {address} by {kind}: leads to {response.url}"


def alike(left: list[tuple[str, str]], traces: list[tuple[str, str]]) -> bool:
    """Whether these entries are those; what is not named may be anything."""
    return len(left) == len(traces) and all(
        wanted in ("", found)
        for one, other in zip(left, traces, strict=True)
        for found, wanted in zip(one, other, strict=True)
    )


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with the name by which it is known; the pattern itself when it has none."""
    for found in (resolver or get_resolver()).url_patterns:
        where = f"{before}{found.pattern}"
        if isinstance(found, URLResolver):
            yield from patterns(found, where)
        else:
            yield found.name or where, found
