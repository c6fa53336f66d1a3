"""The pages of a recording's steps: what each asks, what it answers to whom, and that nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from initiatives.tests.pages import MainForm
from journal.models import Entry, Result
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import also_holds, holder_of
from retention.clock import now
from retention.models import Judgement, Recording, TermRequest
from retention.tests.factories import recording
from retention.tests.states import anew, begun, kept, not_kept, today

pytestmark = pytest.mark.django_db

REASONS = "De aanhouding staat erop, van begin tot eind."
KEEP = {"ground": "8", "purpose": "opsporing", "case_reference": "PL-2026-7", "reasons": REASONS}
REQUIRED: dict[str, set[str]] = {
    "noodzakelijk_verklaren": {"ground", "purpose", "case_reference", "keep_until", "reasons"},
    "niet_noodzakelijk_verklaren": {"reason_code"},
    "herbeoordelen": {"ground", "purpose", "case_reference", "keep_until", "reasons"},
    "termijn_wijzigen": {"keep_until", "reasons"},
    "tijdstip_vaststellen": {"true_from", "reasons"},
    "ongedaan_maken": set(),
}


@pytest.fixture
def judge() -> Person:
    return holder_of(Role.JUDGE, "ON")


def of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(found: Recording, name: str) -> str:
    return f"/opnamen/{found.pk}/stap/{name}/"


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def clock_ahead() -> Recording:
    arrived = now() - timedelta(hours=3)
    return recording(used_from=arrived + timedelta(hours=1), uploaded_at=arrived, arrived_at=arrived)


def subject_of(name: str) -> Recording:
    if name == "tijdstip_vaststellen":
        return clock_ahead()
    if name in ("herbeoordelen", "termijn_wijzigen"):
        return kept()
    return not_kept() if name == "ongedaan_maken" else recording()


def answers(name: str) -> dict[str, str]:
    return {
        "noodzakelijk_verklaren": {**KEEP, "keep_until": in_days(90)},
        "niet_noodzakelijk_verklaren": {"reason_code": "geen_audio"},
        "herbeoordelen": {**KEEP, "keep_until": in_days(90)},
        "termijn_wijzigen": {"keep_until": in_days(90), "reasons": REASONS},
        "tijdstip_vaststellen": {"true_from": f"{in_days(-2)}T14:05", "reasons": REASONS},
        "ongedaan_maken": {},
    }[name]


@pytest.mark.parametrize("name", REQUIRED)
def test_step_is_asked_with_what_it_needs_and_then_taken(judge: Person, name: str) -> None:
    found, client = subject_of(name), of(judge)
    page = client.get(address(found, name))
    fields, html = page.context["form"].fields, page.content.decode()
    assert page.status_code == 200
    assert {field for field in fields if fields[field].required} == REQUIRED[name]
    for field in REQUIRED[name]:
        assert "required" in next(tag for tag in html.split("<") if f'name="{field}"' in tag)
    assert "Dit gebeurt er als u" in html
    assert anew(found).status == found.status
    answer = client.post(address(found, name), answers(name))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/opnamen/{found.pk}/")
    assert Judgement.objects.filter(recording=found, step=name, person=judge).count() == 1
    again = client.post(address(found, name), answers(name))
    assert again.status_code == (302 if name == "herbeoordelen" else 409)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("noodzakelijk_verklaren", {"purpose": "onderwijs"}, "nooit genoeg, wie het ook goedvindt"),
        ("noodzakelijk_verklaren", {"purpose": "personeelsvolg"}, "alleen wie daarvoor is aangewezen"),
        ("noodzakelijk_verklaren", {"keep_until": "2099-01-01"}, "verder reikt de grondslag niet"),
        ("noodzakelijk_verklaren", {"case_reference": " "}, "Vul het nummer van de zaak"),
        ("noodzakelijk_verklaren", {"ground": "7"}, "Kies een van de antwoorden"),
        ("termijn_wijzigen", {"keep_until": "2020-01-01"}, "Kies een dag na"),
        ("tijdstip_vaststellen", {"true_from": "gisteren"}, "Vul dag en tijd in"),
        ("tijdstip_vaststellen", {"true_from": "2099-01-01T12:00"}, "vóór de opname binnenkwam"),
        ("niet_noodzakelijk_verklaren", {"reason_code": ""}, "Kies een reden."),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    judge: Person, name: str, changes: dict[str, str], words: str
) -> None:
    found = subject_of(name)
    given = {**answers(name), **changes, "reasons": REASONS}
    page = of(judge).post(address(found, name), given)
    html = page.content.decode()
    assert page.status_code == 400
    assert words in html
    assert MainForm(html).values["reasons"] == [REASONS]
    assert (anew(found).status, Judgement.objects.filter(person=judge).count()) == (found.status, 0)


def test_who_may_not_see_it_who_may_never_and_when_it_cannot_be_now(judge: Person) -> None:
    found, name = recording(), "noodzakelijk_verklaren"
    wearer = also_holds(judge, Role.WEARER, "ON")
    own, closed, going = recording(wearer=wearer.number), recording(27), begun(not_kept(61))
    asked = [
        (holder_of(Role.JUDGE, "NN"), found, name, 404),
        (holder_of(Role.HEAD, "ON"), found, name, 404),
        (judge, found, "verzonnen", 404),
        (holder_of(Role.PRIVACY), found, name, 403),
        (judge, own, name, 403),
        (judge, found, "vernietigen", 403),
        (judge, closed, name, 409),
        (judge, going, name, 409),
        (judge, found, "herbeoordelen", 409),
    ]
    for person, subject, step, status in asked:
        for method in ("get", "post"):
            page = getattr(of(person), method)(address(subject, step), {"reasons": REASONS} if method == "post" else {})
            assert (page.status_code, step) == (status, step)
    refused = Entry.objects.filter(result=Result.REFUSED)
    assert refused.count() >= 2 * sum(status in (403, 409) for *_, status in asked)
    html = of(judge).post(address(closed, name), {"reasons": REASONS}).content.decode()
    assert REASONS in html
    assert "Er is niets veranderd." in html


def test_looking_at_a_steps_page_is_put_on_record(judge: Person) -> None:
    found = recording()
    of(judge).get(address(found, "noodzakelijk_verklaren"))
    assert Entry.objects.filter(object_id=str(found.pk), result=Result.SEEN).count() == 1


def test_ground_and_case_of_the_last_one_need_not_be_typed_again(judge: Person) -> None:
    client = of(judge)
    first = MainForm(client.get(address(recording(), "noodzakelijk_verklaren")).content.decode()).values
    assert "ground" not in first
    client.post(address(recording(), "noodzakelijk_verklaren"), {**KEEP, "keep_until": in_days(9)})
    then = MainForm(client.get(address(recording(), "noodzakelijk_verklaren")).content.decode()).values
    assert (then["ground"], then["case_reference"], then["reasons"]) == (["8"], ["PL-2026-7"], [""])
    other = MainForm(
        of(holder_of(Role.JUDGE, "ON")).get(address(recording(), "noodzakelijk_verklaren")).content.decode()
    )
    assert "ground" not in other.values


def test_who_goes_on_gets_the_next_on_the_list_then_the_first_then_the_list(judge: Person) -> None:
    urgent, first, last = recording(place="woning"), recording(20), recording(3)
    recording(27), recording(5, wearer=judge.number), recording(10, unit_code="NN")
    client, given = of(judge), {"reason_code": "geen_audio", "naar": "volgende"}
    ways = [(first, f"/opnamen/{last.pk}/"), (last, f"/opnamen/{urgent.pk}/"), (urgent, "/opnamen/")]
    for found, then in ways:
        assert client.post(address(found, "niet_noodzakelijk_verklaren"), given).headers["Location"] == then


def test_a_wearer_says_in_one_click_why_it_is_not_useful_and_comes_back_to_the_own_recordings() -> None:
    wearer = holder_of(Role.WEARER, "ON")
    own, client = recording(wearer=wearer.number), of(wearer)
    for name, given in [("niet_zinvol_verklaren", {"reason_code": "niet_zinvol"}), ("ongedaan_maken", {})]:
        answer = client.post(address(own, name), given)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/opnamen/eigen/")
    assert anew(own).status == "te_beoordelen"
    refused = client.post(address(own, "niet_zinvol_verklaren"), {"reason_code": "verzoek_betrokkene"})
    assert refused.status_code == 400


def test_a_privacy_officer_reads_what_was_asked_and_gives_reasons_only(judge: Person) -> None:
    found = kept()
    TermRequest.objects.create(
        recording=found,
        keep_until=today() + timedelta(days=60),
        reasons="Het hoger beroep loopt.",
        asked_by=judge,
        asked_at=now(),
    )
    client = of(holder_of(Role.PRIVACY))
    page = client.get(address(found, "termijn_wijzigen"))
    assert "Het hoger beroep loopt." in page.content.decode()
    assert set(page.context["form"].fields) == {"reasons"}
    client.post(address(found, "termijn_wijzigen"), {"reasons": REASONS})
    assert anew(found).keep_until == today() + timedelta(days=60)


def test_two_hundred_at_most_and_something_at_least(judge: Person) -> None:
    client, url = of(judge), "/opnamen/samen-beoordelen/"
    one = recording()
    assert client.post(url, {}).headers["Location"] == "/opnamen/"
    many: dict[str, Any] = {"recording": [one.pk, *range(10**9, 10**9 + 200)], "reason_code": "geen_audio"}
    page = client.post(url, many)
    assert (page.status_code, "Kies hoogstens 200" in page.content.decode()) == (400, True)
    assert client.post(url, {"recording": [recording(unit_code="NN").pk]}).status_code == 404
    assert client.post(url, {"recording": ["x", "²", str(one.pk)]}).status_code == 200


def test_chosen_ones_are_asked_about_and_then_judged_together(judge: Person) -> None:
    client, url, chosen = of(judge), "/opnamen/samen-beoordelen/", [recording(), recording(4)]
    keys = [str(one.pk) for one in chosen]
    page = client.post(url, {"recording": keys})
    assert (page.status_code, Judgement.objects.count()) == (200, 0)
    assert set(MainForm(page.content.decode()).values["recording"]) == set(keys)
    wrong = client.post(url, {"recording": keys, "reason_code": "", "reasons": REASONS})
    assert (wrong.status_code, REASONS in wrong.content.decode()) == (400, True)
    answer = client.post(url, {"recording": keys, "reason_code": "geen_audio"}, follow=True)
    assert "2 opnamen zijn niet noodzakelijk verklaard" in answer.content.decode()
    assert {anew(one).status for one in chosen} == {"niet_noodzakelijk"}


def test_what_was_not_judged_is_named_with_why_and_nothing_typed_is_lost(judge: Person) -> None:
    fine, own = recording(), recording(wearer=judge.number)
    given = {"recording": [fine.pk, own.pk], "reason_code": "geen_audio", "reasons": REASONS}
    page = of(judge).post("/opnamen/samen-beoordelen/", given)
    html = page.content.decode()
    assert page.status_code == 409
    for words in ("1 opname is niet noodzakelijk verklaard", own.source_id, "U droeg deze camera zelf", REASONS):
        assert words in html
    assert (anew(fine).status, anew(own).status) == ("niet_noodzakelijk", "te_beoordelen")
