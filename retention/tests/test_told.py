"""What somebody is told of a recording: who wore the camera hears that, and others hear why."""

from typing import Any

import pytest
from django.test import Client

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention.clock import now
from retention.looking.viewings import disclose, state_purpose
from retention.models import Recording
from retention.services import take_step
from retention.tests.factories import recording
from retention.tests.hold_samples import held
from retention.tests.states import anew, today

pytestmark = pytest.mark.django_db
SECRETS = ("PL-2026-77", "Bewijs van de mishandeling", "behandeling van een klacht", "een klacht behandelen",
           "Een buurman klaagt", "parket Oost", "artikel 8", "Opschorting", "opgeschort", "verstrek",
           "privacyfunctionaris heeft", "beoordelaar Oost-Nederland heeft")  # fmt: skip
GIVEN: dict[str, Any] = {
    "ground": "8",
    "purpose": "klachtafhandeling",
    "second_purposes": [],
    "reasons": "Bewijs van de mishandeling.",
    "case_reference": "PL-2026-77",
    "council_record": "",
    "usable": True,
}


def who_wore_it(role: str) -> Person:
    """Whatever else this person is."""
    wearer = holder_of(Role.WEARER, "ON")
    if role == "beoordelaar":
        return also_holds(wearer, Role.JUDGE, "ON")
    return also_holds(wearer, Role.PRIVACY) if role == "privacyfunctionaris" else wearer


def everything_happened(wearer: Person) -> Recording:
    """Looked at because of a complaint, judged for a case, given to others, and held."""
    found, judge, officer = recording(2, wearer=wearer.number), holder_of(Role.JUDGE, "ON"), holder_of(Role.PRIVACY)
    given = {**GIVEN, "keep_until": today().replace(year=today().year + 1, day=1)}
    take_step(found.pk, "noodzakelijk_verklaren", person=judge, at=now(), read=lambda *_: given)
    state_purpose(anew(found), "bekijken", person=officer, session="s", purpose="klacht",  # type: ignore[arg-type]
                  reasons="Een buurman klaagt.", at=now())  # fmt: skip
    disclose(anew(found), person=judge, recipient="parket Oost", ground="16", given_on=today(),
             reasons="Bewijs van de mishandeling.", at=now())  # fmt: skip
    held(anew(found))
    return anew(found)


def page(person: Person, found: Recording) -> str:
    client = Client()
    client.force_login(person)
    return " ".join(client.get(f"/opnamen/{found.pk}/").content.decode().split("<main")[1].split())


@pytest.mark.parametrize("role", ["drager", "beoordelaar", "privacyfunctionaris"])
def test_who_wore_the_camera_hears_that_and_never_why(role: str) -> None:
    wearer = who_wore_it(role)
    text = page(wearer, everything_happened(wearer))
    assert [secret for secret in SECRETS if secret in text] == []
    for told in ("Iemand heeft de opname bekeken", "Er is over de opname geoordeeld", "Bewaard tot en met"):
        assert told in text


@pytest.mark.parametrize("role", [Role.JUDGE, Role.PRIVACY])
def test_another_in_the_same_role_hears_why(role: Role) -> None:
    """The twin: all of it is there to be told."""
    text = page(holder_of(role, "ON" if role == Role.JUDGE else None), everything_happened(who_wore_it("drager")))
    for told in ("PL-2026-77", "een klacht behandelen", "parket Oost", "artikel 8", "Opschorting"):
        assert told in text


def found_held(judge: Person, narrowed: str) -> list[bool]:
    """Of the own recording and of another's, both held: whether the list shows them as held."""
    own, other = held(recording(2, wearer=judge.number)).recording, held(recording(2)).recording
    client = Client()
    client.force_login(judge)
    html = client.get(f"/opnamen/{narrowed}").content.decode()
    return ["Opschorting" in html.split(f'"/opnamen/{one.pk}/"')[-1].split("</li>")[0] for one in (own, other)]


def test_a_list_tells_a_judge_of_holds_but_for_the_own_recordings() -> None:
    assert found_held(who_wore_it("beoordelaar"), "") == [False, True]


def test_narrowing_a_list_to_what_is_held_leaves_out_the_own_recordings() -> None:
    judge = who_wore_it("beoordelaar")
    own, other = held(recording(2, wearer=judge.number)).recording, held(recording(2)).recording
    client = Client()
    client.force_login(judge)
    html = client.get("/opnamen/?merk=opgeschort").content.decode()
    assert [one.source_id in html for one in (own, other)] == [False, True]
