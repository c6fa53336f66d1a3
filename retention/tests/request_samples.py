"""Requests for tests: `asked()` is one that came in today; `decided()` and `closed()` went on by real steps."""

from datetime import date, datetime, timedelta
from typing import Any

from organisation.models import Person
from retention.clock import now
from retention.models import PrivacyRequest, Requester
from retention.requests.services import Received, receive, take_step
from retention.tests.hold_samples import officer
from workflow.clock import local_date
from workflow.take import Taken

NAME, ADDRESS = "verzoeker 1", "Plein 1\n1000 AA Voorbeeldstad"
TYPED: dict[str, dict[str, Any]] = {
    "identiteit_vaststellen": {"by": "identiteitsbewijs"},
    "besluiten": {"outcome": "toegewezen", "ground": "", "ends_in": "", "reasons": "De opname is van u."},
    "verdagen": {"days": 28, "several_units": False, "reasons": "Wij zoeken nog."},
    "bezwaar_registreren": {},
    "bezwaar_afhandelen": {"outcome": "ongegrond"},
    "sluiten": {},
    "intrekken": {"reasons": "De verzoeker belde."},
}


def today() -> date:
    return local_date(now())


def asked(kind: str = "kennisneming", days_ago: int = 0, by: Person | None = None) -> PrivacyRequest:
    given = Received(kind, today() - timedelta(days=days_ago), "brief", NAME, ADDRESS, "Ik ben gefilmd op het plein.")
    return receive(given, person=by or officer(), at=now())


def step(request: PrivacyRequest, name: str, by: Person | None = None, **typed: Any) -> PrivacyRequest:
    """Take a step with what is usually typed; dates are today's."""
    given = {"day": today(), **TYPED[name], **typed}
    taken: Taken = take_step(request.pk, name, person=by or officer(), at=now(), read=lambda *_: given)
    return again(taken.subject)


def decided(kind: str = "kennisneming", days_ago: int = 0, **typed: Any) -> PrivacyRequest:
    known = step(asked(kind, days_ago), "identiteit_vaststellen")
    ends_in = {"ends_in": "vernietigen"} if kind == "verwijdering" else {}
    return step(known, "besluiten", **{**ends_in, **typed})


def objected(**given: Any) -> PrivacyRequest:
    return step(decided(**given), "bezwaar_registreren")


def closed(**given: Any) -> PrivacyRequest:
    return step(step(objected(**given), "bezwaar_afhandelen"), "sluiten")


def closed_on(moment: datetime) -> PrivacyRequest:
    """One that was closed at this moment, written past the services, with who asked."""
    day = local_date(moment)
    made = PrivacyRequest.objects.create(
        kind="kennisneming",
        received_on=day - timedelta(days=30),
        channel="brief",
        registered_by=officer(),
        registered_at=moment,
        due_on=day,
        status="gesloten",
        closed_at=moment,
    )
    Requester.objects.create(request=made, name=NAME, address=ADDRESS, description="Ik ben gefilmd.")
    return again(made)


def again(request: PrivacyRequest) -> PrivacyRequest:
    return PrivacyRequest.objects.recorded().get(pk=request.pk)
