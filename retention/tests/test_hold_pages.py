"""The pages about holds: what they show, what they refuse and with which answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.tests.pages import as_person, fill_in, text
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.clock import now
from retention.holds import latest_day
from retention.models import Hold
from retention.shown.holds import on_recording
from retention.tests.factories import recording, used
from retention.tests.hold_samples import again, held, held_before, officer
from retention.tests.test_holds import begin_destruction
from retention.words import label_of
from workflow.clock import local_date

pytestmark = pytest.mark.django_db
PLACE = "/verzoeken/opschortingen/nieuw/"


@pytest.fixture
def guard() -> Person:
    return officer()


@pytest.fixture
def site(guard: Person) -> Client:
    return as_person(guard)


def step(hold: Hold, name: str) -> str:
    return reverse("hold-step", args=[hold.pk, name])


def typed(site: Client, address: str, **given: Any) -> Any:
    """Send the page's form, filled in."""
    usual = {"reason": "klacht", "explanation": "Een klacht.", "last_day": latest_day(now()).isoformat()}
    return site.post(address, fill_in(site.get(address), **{**usual, **given}))


def test_list_shows_what_is_due_first_and_what_is_over_apart(site: Client) -> None:
    page = text(site.get(reverse("holds")))
    assert "Er geldt nu geen opschorting" in page
    later, overdue, ending = held(), held_before(days_ago=9), held_before(days_ago=1, last_day_in=2)
    ended = held_before(days_ago=9, last_day_in=-1)
    response = site.get(reverse("holds"))
    order = [row["url"] for row in response.context["rows"]]
    assert order == [reverse("hold", args=[hold.pk]) for hold in (overdue, ending, later)]
    assert [row["due"] for row in response.context["rows"]] == ["Herbeoordelen", "Loopt af", "Herbeoordelen"]
    assert "2 dagen te laat" in text(response)
    past = site.get(reverse("holds"), {"stand": "voorbij"})
    assert [row["url"] for row in past.context["rows"]] == [reverse("hold", args=[ended.pk])]
    assert site.get(reverse("holds"), {"pagina": "999"}).status_code == 200


def test_list_costs_the_same_however_long(site: Client) -> None:
    costs = []
    site.get(reverse("holds"))
    for _ in range(2):
        held()
        with CaptureQueriesContext(connection) as asked:
            site.get(reverse("holds"))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_hold_shows_its_trail_and_looking_is_put_on_record(site: Client, guard: Person) -> None:
    hold = held(by=guard)
    page = text(site.get(reverse("hold", args=[hold.pk])))
    assert "heeft een opschorting geplaatst" in page
    assert "Een klacht over de aanhouding." in page
    assert "Een andere privacyfunctionaris verlengt haar" in page
    assert "Waarom deze dag?" in page
    assert Entry.objects.latest("id").action == "opschorting_ingezien"


def test_places_holds_on_what_was_found(site: Client, guard: Person) -> None:
    found, other = recording(days_ago=3), recording(days_ago=4)
    day = local_date(used(3)).isoformat()
    search = f"{PLACE}?dag={day}&van=10:00&tot=12:00&camera=zc-0001"
    page = text(site.get(search))
    assert label_of(found) in page
    assert label_of(other) not in page
    response = typed(site, search, opname=[str(found.pk)])
    hold = Hold.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("hold", args=[hold.pk]))
    assert (hold.recording, hold.owner, hold.placed_by) == (found, guard, guard)


@pytest.mark.parametrize("search", ["dag=2026-02-31", "van=9:00", "camera=ZC-0001", "dag=1066-01-01"])
def test_a_search_without_a_day_that_exists_is_answered_so(site: Client, search: str) -> None:
    assert site.get(f"{PLACE}?{search}").status_code == 400


def test_nothing_found_says_what_to_do(site: Client) -> None:
    recording(days_ago=3)
    page = text(site.get(f"{PLACE}?dag={local_date(used(3))}&van=01:00&tot=02:00"))
    assert "Op dat moment is niets gefilmd" in page


def test_several_are_held_at_once_and_the_late_one_is_told(site: Client) -> None:
    several = [recording(), recording(), recording(days_ago=27)]
    begin_destruction(several[2])
    address = f"{PLACE}?" + "&".join(f"opname={one.pk}" for one in several)
    response = typed(site, address, opname=[str(one.pk) for one in several])
    assert response["Location"] == reverse("holds")
    page = text(site.get(reverse("holds")))
    assert "U hebt 2 opschortingen geplaatst." in page
    assert "Niet opgeschort: 1 opname. Het vernietigen van deze opname was al begonnen." in page


def test_the_loser_of_the_race_gets_a_sentence(site: Client) -> None:
    late = recording(days_ago=27)
    address = f"{PLACE}?opname={late.pk}"
    sent = fill_in(site.get(address), opname=[str(late.pk)], reason="klacht", explanation="-")
    begin_destruction(late)
    response = site.post(address, {**sent, "last_day": latest_day(now()).isoformat()})
    assert response.status_code == 409
    assert "al begonnen" in text(response)


@pytest.mark.parametrize(
    "given",
    [
        {"opname": []},
        {"opname": ["0"]},
        {"opname": ["x"]},
        {"reason": "zomaar"},
        {"explanation": " "},
        {"owner": "0"},
        {"last_day": "2015-01-01"},
        {"last_day": "2099-01-01"},
    ],
)
def test_what_is_filled_in_wrongly_comes_back_with_everything_typed(site: Client, given: dict[str, Any]) -> None:
    found = recording()
    response = typed(site, f"{PLACE}?opname={found.pk}", **{"opname": [str(found.pk)], **given})
    assert response.status_code == 400
    assert len(response.context["form"].errors) == 1
    assert not Hold.objects.exists()


def test_owner_is_a_privacy_officer_of_today(site: Client) -> None:
    found, auditor = recording(), holder_of(Role.AUDITOR)
    assert typed(site, f"{PLACE}?opname={found.pk}", opname=[str(found.pk)], owner=auditor.pk).status_code == 400


@pytest.mark.parametrize("name", ["herbeoordelen", "verlengen", "opheffen"])
def test_each_action_is_taken_and_shown(site: Client, name: str) -> None:
    hold = held(days=7)
    further = {"last_day": latest_day(now()).isoformat()} if name == "verlengen" else {}
    address = step(hold, name)
    response = site.post(address, fill_in(site.get(address), reasons="De zaak loopt nog.", **further))
    assert response["Location"] == reverse("hold", args=[hold.pk])
    assert "De zaak loopt nog." in text(site.get(response["Location"]))


@pytest.mark.parametrize("name", ["verlengen", "opheffen"])
def test_who_placed_it_is_refused_and_that_is_on_record(site: Client, guard: Person, name: str) -> None:
    hold = held(by=guard, days=7)
    for response in (site.get(step(hold, name)), site.post(step(hold, name), {"reasons": "x"})):
        assert response.status_code == 403
        assert "zelf geplaatst" in text(response)
    assert Entry.objects.filter(result="geweigerd").count() == 2
    assert site.get(step(hold, "herbeoordelen")).status_code == 200


def test_the_second_click_is_refused_politely(site: Client) -> None:
    hold = held()
    sent = fill_in(site.get(step(hold, "opheffen")), reasons="Klaar.")
    assert site.post(step(hold, "opheffen"), sent).status_code == 302
    response = site.post(step(hold, "opheffen"), sent)
    assert response.status_code == 409
    assert "al voorbij" in text(response)


def test_extending_must_be_longer_and_at_most_six_weeks(site: Client) -> None:
    hold = held(days=7)
    today = local_date(now())
    for days in (7, 43):
        sent = {"reasons": "Nog nodig.", "last_day": (today + timedelta(days=days)).isoformat()}
        assert site.post(step(hold, "verlengen"), sent).status_code == 400
    assert site.post(step(hold, "verlengen"), {**sent, "last_day": (today + timedelta(days=8)).isoformat()})
    assert again(hold).extensions.count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE, Role.WEARER, Role.ADMINISTRATOR])
def test_strangers_find_nothing(role: Role) -> None:
    hold = held()
    stranger = as_person(holder_of(role, None if role in Role.national() else "ON"))
    for address in (reverse("hold", args=[hold.pk]), step(hold, "herbeoordelen")):
        assert stranger.get(address).status_code == 404


def test_a_step_or_hold_that_does_not_exist(site: Client) -> None:
    assert site.get(step(held(), "verlengd")).status_code == 404
    assert site.get(reverse("hold", args=[999_999])).status_code == 404


def test_a_judge_hears_only_that_there_is_a_hold_and_until_when(guard: Person) -> None:
    hold, judge, at = held(), holder_of(Role.JUDGE, "ON"), now()
    told = on_recording(hold.recording, judge, at)
    assert (bool(told["held_until"]), told["holds"], told["place_url"]) == (True, [], "")
    told = on_recording(hold.recording, guard, at)
    assert (len(told["holds"]), f"opname={hold.recording.pk}" in told["place_url"]) == (1, True)
    assert on_recording(recording(), judge, at)["held_until"] == ""
