"""Who may see image and sound: every role and relation in every state, stated again by hand; asked and stated alike."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from initiatives.models import Initiative
from initiatives.tests.factories import Cast, initiative
from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of, person, policy
from retention.clock import now
from retention.looking.purposes import capacity_to_look, closed_because
from retention.models import Recording, Viewing
from retention.tests.factories import recording
from retention.tests.states import begun, destroyed, kept, not_kept, removed
from retention.tests.stored import a_storage
from retention.tests.test_guards import hold
from workflow.who import Capacity

pytestmark = pytest.mark.django_db
WORE = "104804"
TYPED = {"reasons": "Voor de zaak van gisteren."}
SEES, NOT_NOW, NEVER, UNSEEN = 200, 409, 403, 404

STATES = ("te beoordelen", "gesloten", "gesloten en opgeschort", "noodzakelijk", "niet noodzakelijk")
AFTER = ("verwijderd", "vernietiging begonnen", "vernietigd")
NOBODYS = (UNSEEN,) * 8
EXPECTED: dict[str, tuple[int, ...]] = {
    "beoordelaar": (SEES, NOT_NOW, NOT_NOW, SEES, SEES, UNSEEN, NOT_NOW, NOT_NOW),
    "beoordelaar van een andere eenheid": NOBODYS,
    "beoordelaar die de camera droeg": (*(NEVER,) * 5, UNSEEN, NEVER, NOT_NOW),
    "droeg de camera": (SEES, NOT_NOW, NOT_NOW, SEES, SEES, UNSEEN, NOT_NOW, UNSEEN),
    "droeg de camera en is beoordelaar": (SEES, NOT_NOW, NOT_NOW, SEES, SEES, UNSEEN, NOT_NOW, NOT_NOW),
    "andere drager": NOBODYS,
    "privacyfunctionaris": (*(SEES,) * 6, NOT_NOW, NOT_NOW),
    "privacyfunctionaris die de camera droeg": (*(NEVER,) * 5, SEES, NEVER, NOT_NOW),
    **{role: NOBODYS for role in Role.values if role not in ("beoordelaar", "drager", "privacyfunctionaris")},
    "niemand": NOBODYS,
}
"""Of what is `verwijderd` or `vernietigd` the wearer is another, or nobody."""


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Any:
    with a_storage(tmp_path):
        yield


def who(name: str) -> Person:
    """Somebody in this role and relation; who wore the camera always has its number."""
    number = {"number": WORE} if "droeg" in name else {}
    if name == "droeg de camera":
        return holder_of(Role.WEARER, "NN", **number)
    if name == "droeg de camera en is beoordelaar":
        return also_holds(holder_of(Role.WEARER, "ON", **number), Role.JUDGE, "ON")
    if name.startswith("beoordelaar"):
        return holder_of(Role.JUDGE, "NN" if "andere" in name else "ON", **number)
    if name.startswith("privacyfunctionaris"):
        return holder_of(Role.PRIVACY, **number)
    if name == "niemand":
        return person()
    role = Role.WEARER if name == "andere drager" else Role(name)
    return holder_of(role, "ON" if role in Role.of_a_unit() else None)


def every_state() -> dict[str, Recording]:
    held = recording(27, wearer=WORE)
    hold(held, holder_of(Role.PRIVACY))
    found = [recording(2, wearer=WORE), recording(27, wearer=WORE), held, kept(wearer=WORE), not_kept(wearer=WORE)]
    found += [removed(), begun(not_kept(61, wearer=WORE)), destroyed()]
    return dict(zip(STATES + AFTER, found, strict=True))


def state(client: Client, found: Recording, purpose: str = "beoordelen") -> Any:
    return client.post(f"/opnamen/{found.pk}/bekijken/", {**TYPED, "purpose": purpose})


def wrong_answers(name: str, states: dict[str, Recording]) -> Iterator[str]:
    """Asked for its page and stating a purpose must have the same answer, and a viewing is there or is not."""
    client, somebody = Client(), who(name)
    client.force_login(somebody)
    purpose = "verzoek" if name.startswith("privacy") else "beoordelen"
    for (said, found), expected in zip(states.items(), EXPECTED[name], strict=True):
        asked = client.get(f"/opnamen/{found.pk}/bekijken/").status_code
        answer = state(client, found, purpose).status_code
        if (asked, answer) != (expected, 302 if expected == SEES else expected):
            yield f"{name}, {said}: {asked} and {answer}, not {expected}"
        if Viewing.objects.filter(recording=found, person=somebody).exists() is not (expected == SEES):
            yield f"{name}, {said}: a viewing is there, or missing"


WORE_IT = [name for name in EXPECTED if "droeg" in name]


@pytest.mark.parametrize("names", [*([name] for name in WORE_IT), EXPECTED.keys() - WORE_IT], ids=[*WORE_IT, "others"])
def test_who_sees_what_in_which_state(names: Iterable[str]) -> None:
    """Those who wore the camera have one number, so each of them comes alone."""
    states = every_state()
    assert [wrong for name in sorted(names) for wrong in wrong_answers(name, states)] == []


@pytest.mark.parametrize(
    ("name", "open_ones", "closed_ones"),
    [("beoordelaar", "te noodzakelijk niet", "noodzakelijk"), ("droeg de camera", "te noodzakelijk niet", ""),
     ("privacyfunctionaris", "te noodzakelijk niet", "te noodzakelijk niet")],
)  # fmt: skip
def test_judging_that_closes_leaves_what_is_necessary_to_the_judge(name: str, open_ones: str, closed_ones: str) -> None:
    found = {"te": recording(wearer=WORE), "noodzakelijk": kept(wearer=WORE), "niet": not_kept(wearer=WORE)}
    somebody = who(name)
    for said, one in found.items():
        capacity = capacity_to_look(somebody, one)
        assert isinstance(capacity, Capacity)
        before, after = one.judging_closes_at - timedelta(seconds=1), one.judging_closes_at
        assert (closed_because(one, capacity, before) == "") is (said in open_ones.split())
        assert (closed_because(one, capacity, after) == "") is (said in closed_ones.split())


def test_a_wearer_looks_only_where_policy_and_the_initiative_allow() -> None:
    wearer, client = holder_of(Role.WEARER, "ON", number=WORE), Client()
    client.force_login(wearer)
    allows, forbids = initiative(Cast("ON")), initiative(Cast("MN"))
    Initiative.objects.filter(pk=forbids.pk).update(wearer_may_not_review=True)
    ours, theirs = recording(initiative=allows, wearer=WORE), recording(initiative=forbids, wearer=WORE)
    assert client.get(f"/opnamen/{ours.pk}/bekijken/").status_code == SEES
    refused = client.get(f"/opnamen/{theirs.pk}/bekijken/")
    assert (refused.status_code, "Bij dit initiatief" in refused.content.decode()) == (NOT_NOW, True)
    policy("drager-mag-terugkijken", valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 31))
    refused = client.get(f"/opnamen/{ours.pk}/bekijken/")
    assert (refused.status_code, "landelijk beleid" in refused.content.decode()) == (NOT_NOW, True)
    assert state(client, ours).status_code == NOT_NOW


def test_each_role_has_its_own_purposes_and_both_are_asked() -> None:
    found, client = recording(wearer=WORE), Client()
    client.force_login(holder_of(Role.JUDGE, "ON"))
    address = f"/opnamen/{found.pk}/bekijken/"
    for typed in (
        {},
        {"purpose": "beoordelen"},
        {"reasons": "x"},
        {**TYPED, "purpose": "verslag"},
        {**TYPED, "purpose": "x"},
    ):
        answer = client.post(address, typed)
        assert answer.status_code == 400
    assert not Viewing.objects.exists()
    assert not Entry.objects.filter(action="opname_bekeken").exists()


def test_purpose_and_journal_are_there_together_or_not_at_all() -> None:
    judge, found, client = holder_of(Role.JUDGE, "ON"), recording(), Client()
    client.force_login(judge)
    assert state(client, found).status_code == 302
    viewing, entry = Viewing.objects.get(), Entry.objects.get(action="opname_bekeken")
    assert (entry.actor, entry.role, entry.unit) == (judge.number, "beoordelaar", "ON")
    assert (entry.object_type, entry.object_id) == ("retention.recording", str(found.pk))
    assert (entry.reason, entry.data["purpose"], entry.data["viewing"]) == (
        TYPED["reasons"],
        "beoordelen",
        str(viewing.pk),
    )
    assert abs((now() - viewing.at).total_seconds()) < 60
    closed = recording(27)
    assert state(client, closed).status_code == NOT_NOW
    refusal = Entry.objects.filter(result=Result.REFUSED).latest("id")
    assert (refusal.action, refusal.object_id) == ("opname_geweigerd", str(closed.pk))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "drager"}, "only a wearer looks"),
        ({"reasons": " "}, "viewing_says_something"),
        ({"role": "drager", "use": "downloaden", "wore": True}, "never_downloads"),
        ({"recording": "gone"}, "nothing of it is left"),
    ],
)
def test_the_database_refuses_what_the_pages_never_ask(changed: dict[str, Any], words: str) -> None:
    judge, found = (
        holder_of(Role.JUDGE, "ON", number="104999"),
        recording(wearer="104999" if "wore" in changed else WORE),
    )
    at = now()
    sound = {"use": "bekijken", "person": judge, "role": "beoordelaar", "title": "De beoordelaar", "reasons": "x"}
    sound |= {"purpose": "beoordelen", "at": at, "valid_until": at, "session": "0" * 64, "recording": recording()}
    row = Viewing.objects.get(pk=Viewing.objects.create(**sound).pk)
    assert (row.valid_until - row.at).total_seconds() == 900
    wrong = {**sound, "recording": found, **{name: value for name, value in changed.items() if name != "wore"}}
    if wrong["recording"] == "gone":
        wrong["recording"] = begun(not_kept(61))
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        Viewing.objects.create(**wrong)
