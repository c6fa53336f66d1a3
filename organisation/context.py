"""What surrounds every page: who is logged in, in which role, and where that person can go (`house` in templates)."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from bodycams.menu import MENU, PUBLIC, REGISTER, Item
from journal import verify
from organisation.permissions import may, rights_of
from organisation.roles import Perm


def house(request: HttpRequest) -> dict[str, Any]:
    """Asked for only when a template needs it: the rights cost a query."""
    return {"house": SimpleLazyObject(lambda: _house(request))}


def _house(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {
        "public_pages": [{"label": item.label, "url": url} for item in PUBLIC if (url := _url(item.name))],
        "edition": "Bodycamregister" + (" · demonstratie, geen echte gegevens" if settings.DEMO else ""),
    }
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        found["navigation"] = list(_navigation(request, person))
        found["account"] = _account(person)
        found["alarm"] = _alarm(person)
        found["search_url"] = _url("register") if _may_go(person, REGISTER) else ""
    return found


def _navigation(request: HttpRequest, person: Any) -> Iterator[dict[str, Any]]:
    """Where somebody is, is the nearest of these: `/opnamen/vernietigingen/` lies in `/opnamen/`, and is its own."""
    shown = [(item.label, url) for item in MENU if (url := _url(item.name)) and _may_go(person, item)]
    around = [url for _, url in shown if (request.path == url if url == "/" else request.path.startswith(url))]
    here = max(around, key=len, default="")
    for label, url in shown:
        yield {"label": label, "url": url, "current": url == here}


def _may_go(person: Any, item: Item) -> bool:
    return not item.perms or any(may(person, Perm(perm)) for perm in item.perms)


def _alarm(person: Any) -> str:
    """That the journal is not as it was sealed, for those who must know; empty for the others, and when all is well."""
    must_know = may(person, Perm.AUDIT) or may(person, Perm.MANAGE_ORGANISATION)
    return verify.alarm() if must_know else ""


def _account(person: Any) -> dict[str, Any]:
    rights = [right for right in rights_of(person) if not right.by_mandate]
    roles = list(dict.fromkeys(f"{right.role.label[0].upper()}{right.role.label[1:]}" for right in rights))
    units = list(dict.fromkeys(right.unit_name or "landelijk" for right in rights))
    return {
        "role": " en ".join(roles) or "Geen rol",
        "place": " · ".join([person.number, *units]),
        "url": _url("account"),
        "notifications_url": _url("notices"),
        "notifications": _counted(getattr(person, "unread", 0)),
        "logout_url": reverse("logout"),
    }


def _counted(unread: int) -> str:
    """Unread notices, as whoever let this person in counted them (`AUTHENTICATION_BACKENDS`): up to a hundred."""
    return str(unread or "") if unread < 100 else "99+"


def _url(name: str) -> str:
    """Empty when the page does not exist (yet): navigation shows only what is there."""
    try:
        return _address(name)
    except NoReverseMatch:
        return ""


@cache
def _address(name: str) -> str:
    """An address does not change while a process lives."""
    return reverse(name)
