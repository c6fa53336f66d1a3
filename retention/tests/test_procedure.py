"""The procedure of recordings written a second time, by hand: the code must say the same.

Then every step is tried in every status by every role in every relation to the recording: what is offered is exactly
what is allowed.
"""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention.clock import now
from retention.models import Judgement, Recording, TermRequest
from retention.procedure import Status
from retention.services import take_step
from retention.tests.factories import recording
from retention.tests.states import begun, destroyed, kept, not_kept, removed, today
from workflow.offers import offers
from workflow.steps import steps_of
from workflow.take import Forbidden, NotThere, StepRefused

pytestmark = pytest.mark.django_db

OPEN, KEPT, NOT_KEPT, REMOVED, GONE = "te_beoordelen", "noodzakelijk", "niet_noodzakelijk", "verwijderd", "vernietigd"
JUDGE, WEARER, PRIVACY = "beoordelaar opnamen", "drager", "privacyfunctionaris"
CLOCK = "de klok"

BY_HAND: list[tuple[str, set[str], set[str], set[str]]] = [
    ("noodzakelijk_verklaren", {OPEN, NOT_KEPT}, {KEPT}, {JUDGE}),
    ("niet_noodzakelijk_verklaren", {OPEN, KEPT}, {NOT_KEPT}, {JUDGE}),
    ("niet_zinvol_verklaren", {OPEN}, {NOT_KEPT}, {WEARER}),
    ("ongedaan_maken", {NOT_KEPT}, {OPEN, KEPT}, {JUDGE, WEARER}),
    ("herbeoordelen", {KEPT}, {KEPT}, {JUDGE}),
    ("termijn_wijzigen", {KEPT}, {KEPT}, {JUDGE, PRIVACY}),
    ("termijn_weigeren", {KEPT}, {KEPT}, {PRIVACY}),
    ("tijdstip_vaststellen", {OPEN}, {OPEN}, {JUDGE}),
    ("laten_aflopen", {KEPT}, {NOT_KEPT}, {CLOCK}),
    ("buiten_gebruik_stellen", {KEPT, NOT_KEPT}, {REMOVED}, {CLOCK}),
    ("vernietigen", {OPEN, NOT_KEPT, REMOVED}, {GONE}, {CLOCK}),
]


def test_the_statuses_are_these() -> None:
    assert set(Status.values) == {OPEN, KEPT, NOT_KEPT, REMOVED, GONE}


def test_the_code_has_these_steps_in_this_order() -> None:
    assert list(steps_of(Recording)) == [name for name, *_ in BY_HAND]


@pytest.mark.parametrize(("name", "sources", "targets", "roles"), BY_HAND, ids=[row[0] for row in BY_HAND])
def test_each_step_leads_where_it_should_and_is_of_these_roles(
    name: str, sources: set[str], targets: set[str], roles: set[str]
) -> None:
    step = steps_of(Recording)[name]
    assert (set(step.sources), set(step.targets), set(step.who.roles)) == (sources, targets, roles)


WORE = "104804"


def everybody() -> dict[str, Person]:
    """One person in every role and relation: of the recording's unit, of another, the wearer, and with two roles."""
    here = {f"{role}, eenheid": holder_of(Role(role), "ON") for role in Role.of_a_unit()}
    strangers = {f"{role}, andere eenheid": holder_of(Role(role), "NN") for role in ("beoordelaar", "drager")}
    national = {f"{role}, landelijk": holder_of(Role(role)) for role in Role.national()}
    wearer = holder_of(Role.WEARER, "NN", number=WORE)
    asked = also_holds(holder_of(Role.PRIVACY), Role.JUDGE, "ON")
    return {**here, **strangers, **national, "droeg de camera": wearer, "vroeg om de termijn": asked}


def every_state(asked_by: Person) -> dict[str, Recording]:
    wrong = now() - timedelta(days=2)
    ahead: dict[str, Any] = {"used_from": wrong + timedelta(days=1), "uploaded_at": wrong, "arrived_at": wrong}
    asked = kept(wearer=WORE)
    TermRequest.objects.create(
        recording=asked, keep_until=today() + timedelta(days=60), reasons="-", asked_by=asked_by, asked_at=now()
    )
    at_end_of_shift = not_kept(days_ago=0, wearer=WORE)
    Judgement.objects.create(
        recording=at_end_of_shift,
        step="niet_zinvol_verklaren",
        person=Person.objects.get(number=WORE),
        role="drager",
        at=now(),
    )
    return {
        "te beoordelen": recording(wearer=WORE),
        "gesloten": recording(27, wearer=WORE),
        "klok onjuist": recording(wearer=WORE, **ahead),
        "noodzakelijk": kept(wearer=WORE),
        "verlenging gevraagd": asked,
        "niet noodzakelijk": not_kept(wearer=WORE),
        "niet zinvol": at_end_of_shift,
        "uur voorbij": not_kept(61, wearer=WORE),
        "vernietiging begonnen": begun(not_kept(61, wearer=WORE)),
        "verwijderd": removed(),
        "vernietigd": destroyed(),
    }


def test_offered_is_exactly_what_is_allowed() -> None:
    """Every step x every role x relation, in every status: an open offer is taken, everything else is refused."""
    people = everybody()
    states, at = every_state(people["vroeg om de termijn"]), now()
    wrong, open_ones = [], set()
    for (who, person), (state, subject) in product(people.items(), states.items()):
        seen = Recording.objects.visible_to(person).filter(pk=subject.pk).first()
        offered = {offer.step.name for offer in offers(seen, person, at) if offer.is_open} if seen else set()
        allowed = {name for name in steps_of(Recording) if _is_allowed(subject, person, name, at)}
        open_ones |= {(who, state, name) for name in allowed}
        wrong += [f"{who}, {state}: {name}" for name in offered ^ allowed]
    assert wrong == []
    assert open_ones == {
        (who, state, name)
        for who, states_and_steps in ALLOWED.items()
        for state, names in states_and_steps.items()
        for name in names.split()
    }


_JUDGED_HERE = {
    "te beoordelen": "noodzakelijk_verklaren niet_noodzakelijk_verklaren",
    "klok onjuist": "noodzakelijk_verklaren niet_noodzakelijk_verklaren tijdstip_vaststellen",
    "noodzakelijk": "niet_noodzakelijk_verklaren herbeoordelen termijn_wijzigen",
    "verlenging gevraagd": "niet_noodzakelijk_verklaren herbeoordelen",
    "niet noodzakelijk": "noodzakelijk_verklaren ongedaan_maken",
    "niet zinvol": "noodzakelijk_verklaren ongedaan_maken",
    "uur voorbij": "noodzakelijk_verklaren",
}
ALLOWED: dict[str, dict[str, str]] = {
    "beoordelaar, eenheid": _JUDGED_HERE,
    "vroeg om de termijn": _JUDGED_HERE,
    "privacyfunctionaris, landelijk": {"verlenging gevraagd": "termijn_wijzigen termijn_weigeren"},
    "droeg de camera": {"te beoordelen": "niet_zinvol_verklaren", "niet zinvol": "ongedaan_maken"},
}
"""By hand: whoever is not named may do nothing, in any state."""


class _AllowedIt(Exception):
    """Thrown from within a step that was about to be taken, so that nothing is left of it."""


def _is_allowed(subject: Recording, person: Person, name: str, at: Any) -> bool:
    def read(*_: Any) -> Any:
        raise _AllowedIt

    try:
        take_step(subject.pk, name, person=person, at=at, read=read)
    except _AllowedIt:
        return True
    except (NotThere, Forbidden, StepRefused):
        return False
    raise AssertionError("a step without reading what was typed")
