"""What a granted removal does: a recording goes out of use, or away, and the request waits for that."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.choices import Use
from retention.clock import now
from retention.looking.viewings import NotNow, may_use
from retention.models import Disclosure, PrivacyRequest, Recording, Restriction
from retention.requests.services import link, unlink
from retention.tests.factories import recording
from retention.tests.hold_samples import officer
from retention.tests.refusal import Refusal
from retention.tests.request_samples import asked, step, today
from retention.tests.states import anew, judged_away, kept
from retention.work.errands import _asked
from workflow.take import InputRefused, StepRefused

pytestmark = pytest.mark.django_db


def known(found: Recording) -> PrivacyRequest:
    request = step(asked("verwijdering"), "identiteit_vaststellen")
    link(request, [found], person=officer(), at=now())
    return request


def granted(found: Recording, ends_in: str, **typed: Any) -> PrivacyRequest:
    return step(known(found), "besluiten", ends_in=ends_in, **typed)


def ready(request: PrivacyRequest) -> PrivacyRequest:
    """Nobody can object any more."""
    return step(step(request, "bezwaar_registreren"), "bezwaar_afhandelen")


def labels(person: Person) -> list[str]:
    return [one.label for one in _asked(person, today()) if "niet noodzakelijk" in one.label]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.WEARER])
def test_what_goes_out_of_use_is_seen_by_a_privacy_officer_only(role: Role) -> None:
    somebody = holder_of(role, "ON")
    found = recording(2, wearer=somebody.number if role == Role.WEARER else "104801")
    assert may_use(found, Use.VIEW, somebody, now()), "before the decision it is seen"
    granted(found, "verwijderen")
    with pytest.raises(NotNow, match="uit gebruik genomen"):
        may_use(anew(found), Use.VIEW, somebody, now())
    assert may_use(anew(found), Use.VIEW, officer(), now())
    client = Client()
    client.force_login(somebody)
    assert client.get(f"/opnamen/{found.pk}/bekijken/").status_code == 409


def test_a_recording_taken_off_the_request_is_in_use_again() -> None:
    """It was linked by mistake. Taken up again, it is out of use again: that is what the decision says."""
    found, judge = recording(2), holder_of(Role.JUDGE, "ON")
    request = granted(found, "verwijderen")
    assert not is_open(found, judge)
    page = Client()
    page.force_login(officer())
    assert "Uit gebruik" in page.get(f"/verzoeken/{request.pk}/").content.decode()
    unlink(request.links.get(), "Een andere opname.", person=officer(), at=now())
    assert may_use(anew(found), Use.VIEW, judge, now())
    assert is_open(found, judge)
    link(request, [found], person=officer(), at=now())
    assert not is_open(found, judge)


def is_open(found: Recording, judge: Person) -> bool:
    """To this judge, in the same way for the code and for the database."""
    given = {"recipient": "parket", "ground": "16", "given_on": today(), "reasons": "x", "title": "x", "at": now()}
    refused = Refusal("out of use") if anew(found).is_restricted else transaction.atomic()
    with refused:
        Disclosure.objects.create(recording=found, person=judge, role="beoordelaar", **given)
    return not anew(found).is_restricted


@pytest.mark.parametrize(("ends_in", "outcome"), [("vernietigen", "toegewezen"), ("", "afgewezen")])
def test_no_other_decision_puts_anything_out_of_use(ends_in: str, outcome: str) -> None:
    found = recording(2)
    granted(found, ends_in, outcome=outcome, ground="" if outcome == "toegewezen" else "derden")
    assert not Restriction.objects.exists()
    assert may_use(anew(found), Use.VIEW, holder_of(Role.JUDGE, "ON"), now())


def test_the_database_lets_nobody_else_look_or_give_it_away() -> None:
    found, judge, guard = recording(2), holder_of(Role.JUDGE, "ON"), officer()
    granted(found, "verwijderen")
    given = {"recording": found, "recipient": "parket", "ground": "16", "given_on": today(), "reasons": "x"}
    given |= {"title": "x", "at": now()}
    with pytest.raises(IntegrityError, match="out of use"), transaction.atomic():
        Disclosure.objects.create(**given, person=judge, role="beoordelaar")
    Disclosure.objects.create(**given, person=guard, role="privacyfunctionaris")


def test_a_request_is_not_closed_before_what_must_go_is_judged_so() -> None:
    found, judge = kept(), holder_of(Role.JUDGE, "ON")
    request = ready(granted(found, "vernietigen"))
    with pytest.raises(StepRefused, match="Nog niet elke opname gaat weg"):
        step(request, "sluiten")
    assert labels(judge) == ["1 opname niet noodzakelijk verklaren"]
    assert labels(holder_of(Role.JUDGE, "NN")) == labels(officer()) == []
    judged_away(found, now() - timedelta(minutes=5))
    assert labels(judge) == []
    assert step(request, "sluiten").closed_at


def test_what_nobody_judged_in_time_goes_by_itself() -> None:
    assert step(ready(granted(recording(27), "vernietigen")), "sluiten").closed_at
    with pytest.raises(StepRefused, match="Nog niet elke opname"):
        step(ready(granted(recording(2), "vernietigen")), "sluiten")


def test_who_wore_the_camera_is_not_asked_to_judge_it() -> None:
    judge = holder_of(Role.JUDGE, "ON")
    granted(kept(wearer=judge.number), "vernietigen")
    assert labels(judge) == []
    assert labels(holder_of(Role.JUDGE, "ON")) == ["1 opname niet noodzakelijk verklaren"]


def test_what_the_law_first_puts_out_of_use_is_not_promised_away() -> None:
    """Article 9: five years out of use, and only then destroyed (Wpg 9(4))."""
    found = known(kept(ground="9"))
    with pytest.raises(InputRefused, match="artikel 9"):
        step(found, "besluiten", ends_in="vernietigen")
    assert step(found, "besluiten", ends_in="verwijderen").decided_on
    assert granted(kept(ground="8"), "vernietigen").decided_on
