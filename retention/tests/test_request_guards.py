"""What the database itself refuses of requests, whoever writes; each refusal beside what it lets through."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from bodycams.roles import APPEND_ONLY
from retention.clock import now
from retention.models import (
    PrivacyRequest,
    RequestAdjournment,
    RequestDecision,
    Requester,
    RequestLink,
    RequestObjection,
    RequestUnlink,
)
from retention.tests.factories import recording
from retention.tests.hold_samples import officer
from retention.tests.refusal import Refusal
from retention.tests.request_samples import asked, closed, closed_on, decided, step, today

pytestmark = pytest.mark.django_db


def change(request: PrivacyRequest, **values: Any) -> None:
    assert PrivacyRequest.objects.filter(pk=request.pk).update(**values) == 1


def decide(request: PrivacyRequest, **values: Any) -> None:
    given = {"outcome": "toegewezen", "reasons": "-", "by": officer(), "at": now(), **values}
    RequestDecision.objects.create(request=request, **given)


def adjourn(request: PrivacyRequest, **values: Any) -> None:
    given = {"days": 28, "several_units": False, "reasons": "-", "by": officer(), "at": now(), **values}
    RequestAdjournment.objects.create(request=request, **given)


def test_no_decision_before_the_identity() -> None:
    request = asked()
    with Refusal("before the identity"):
        decide(request)
    with Refusal("no_decision_before_the_identity"):
        change(request, decided_on=today(), status="besloten")
    decide(step(request, "identiteit_vaststellen"))


def test_a_decision_fits_its_request() -> None:
    removal, access = (step(asked(kind), "identiteit_vaststellen") for kind in ("verwijdering", "kennisneming"))
    with Refusal("ends in something"):
        decide(removal)
    with Refusal("ends in something"):
        decide(access, ends_in="vernietigen")
    with Refusal("not_granted_has_a_ground"):
        decide(access, outcome="deels")
    decide(removal, ends_in="verwijderen")
    decide(access, outcome="deels", ground="derden")


def test_only_access_is_adjourned_once_before_the_end() -> None:
    request = asked()
    with Refusal("only an access request"):
        adjourn(asked("aanpassing"))
    with Refusal("before its term ends"):
        adjourn(request, at=now() + timedelta(days=60))
    with Refusal("six_weeks_for_several_units"):
        adjourn(request, days=42)
    adjourn(request, days=42, several_units=True)
    with Refusal("retention_requestadjournment_pkey"):
        adjourn(request)
    with Refusal("only_access_is_adjourned"):
        change(asked("verwijdering"), adjourned_days=28)


def test_what_was_recorded_stays() -> None:
    request = decided()
    for values in (
        {"kind": "aanpassing"},
        {"received_on": today() - timedelta(days=1)},
        {"identity_on": today() - timedelta(days=1)},
        {"decided_on": today() - timedelta(days=1)},
    ):
        with Refusal("stays"):
            change(request, **values)
    with Refusal("a request stays"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM retention_privacyrequest WHERE id = %s", [asked().pk])


def test_a_closed_request_stays_as_it_is() -> None:
    request, open_one, found = closed(), decided(), recording()
    given = {"by": officer(), "at": now()}
    with Refusal("closed request stays"):
        change(request, due_on=today() + timedelta(days=9))
    with Refusal("closed request stays"):
        RequestLink.objects.create(request=request, recording=found, **given)
    with Refusal("closed request stays"):
        adjourn(request)
    change(open_one, due_on=today() + timedelta(days=9))
    made = RequestLink.objects.create(request=open_one, recording=found, **given)
    with Refusal("names a recording once"):
        RequestLink.objects.create(request=open_one, recording=found, **given)
    RequestUnlink.objects.create(link=made, reasons="-", **given)
    RequestLink.objects.create(request=open_one, recording=found, **given)


def test_no_objection_without_a_decision() -> None:
    given = {"received_on": today(), "by": officer(), "at": now()}
    with Refusal("without a decision"):
        RequestObjection.objects.create(request=asked(), **given)
    RequestObjection.objects.create(request=decided(), **given)


def test_status_and_moments_agree() -> None:
    request = asked()
    with Refusal("closed_exactly_when"):
        change(request, closed_at=now())
    with Refusal("closed_exactly_when"):
        change(request, status="gesloten")
    with Refusal("decided_exactly_when"):
        change(request, status="besloten")


def test_who_asked_stays_five_years_and_is_only_mended() -> None:
    at = now()
    runs, young, old = asked(), closed_on(at - timedelta(days=1800)), closed_on(at - timedelta(days=1830))
    for request in (runs, young):
        with Refusal("five years after closing"):
            Requester.objects.filter(request=request).delete()
    for request, values, words in (
        (old, {"name": "verzoeker 2"}, "closed request stays"),
        (runs, {"description": "Iets anders."}, "received stays as it was"),
    ):
        with Refusal(words):
            Requester.objects.filter(request=request).update(**values)
    assert Requester.objects.filter(request=runs).update(name="verzoeker 2", address="Plein 2") == 1
    step(runs, "identiteit_vaststellen")
    with Refusal("established stays"):
        Requester.objects.filter(request=runs).update(name="verzoeker 3")
    assert Requester.objects.filter(request=runs).update(name="verzoeker 2", address="Plein 3") == 1
    Requester.objects.filter(request=old).delete()


def test_what_is_said_of_requests_is_only_added_to() -> None:
    names = ("adjournment", "decision", "letter", "link", "objection", "objectionresult", "unlink")
    assert {f"retention_request{name}" for name in names} <= set(APPEND_ONLY)
