"""What is asked of a privacy officer on the own work page: requests to decide, and holds to look at."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from bodycams.look import term
from initiatives.words import so_many
from initiatives.work.errands import Errand, also_ask
from organisation.permissions import may
from organisation.roles import Perm
from retention.choices import Astray
from retention.clock import now
from retention.comparing import astray, clearing
from retention.models import Hold, PrivacyRequest
from retention.requests.holds import of_open_requests, short
from workflow.clock import local_date
from workflow.dates import add_days

OF_A_FILE = ~Q(kind=Astray.LOST)


def register() -> None:
    also_ask(errands)


def errands(person: Any, today: date) -> Iterator[Errand]:
    if not may(person, Perm.GUARD_PRIVACY):
        return
    found = PrivacyRequest.objects.undecided().aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        label = so_many(found["count"], "verzoek behandelen", "verzoeken behandelen")
        yield Errand(label, reverse("privacy-requests"), "Dit is de eerste termijn.", term(found["first"], today))
    at = now()
    due = Hold.objects.to_look_at(at).aggregate(count=Count("pk"), first=Min("look_by"))
    if due["count"]:
        label = so_many(due["count"], "opschorting herbeoordelen", "opschortingen herbeoordelen")
        yield Errand(label, reverse("holds"), "Dat gebeurt elke week.", term(local_date(due["first"]), today))
    yield from _longer(person, at, today)
    yield from _of_the_storage(today)


def _longer(person: Any, at: datetime, today: date) -> Iterator[Errand]:
    """What requests need to be held longer, and this person can: the request of the hold that ends first in front."""
    found = [one for one in short(of_open_requests(), at) if one.is_for(person)]
    if found:
        first = min(found, key=lambda one: one.last or date.min)
        label = so_many(len(found), "opschorting verlengen", "opschortingen verlengen")
        url = f"{reverse('privacy-request', args=[first.request.pk])}#opnamen"
        yield Errand(label, url, f"{first.request} loopt langer dan de opschorting.", term(first.last or today, today))


def _of_the_storage(today: date) -> Iterator[Errand]:
    """Files without a recording, recordings without their file: somebody finds out."""
    found = astray.open_ones().aggregate(count=Count("pk"), first=Min("must_be_gone_by", filter=OF_A_FILE))
    if found["count"]:
        label = f"{so_many(found['count'], 'melding', 'meldingen')} over de opslag uitzoeken"
        waiting = clearing.waiting()
        what = so_many(waiting, "bestand wacht", "bestanden wachten")
        note = f"{what} op uw vrijgave." if waiting else "Wat is er, en wat moet weg?"
        last = term(add_days(local_date(found["first"]), -1), today) if found["first"] else None
        yield Errand(label, reverse("storage-compared"), note, last)
