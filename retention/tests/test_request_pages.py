"""The pages about requests: what they show and refuse, and to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bodycams.look import Term
from initiatives.tests.pages import as_person, fill_in, text
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from retention.holds import NotPossible
from retention.models import Hold, PrivacyRequest, Requester
from retention.requests.services import looked_at, mend_requester
from retention.tests.factories import recording, used
from retention.tests.hold_samples import held_before, officer
from retention.tests.request_samples import ADDRESS, NAME, again, asked, closed, closed_on, decided, step, today
from retention.tests.test_request_letters import PDF, paper_of
from retention.words import label_of
from retention.work.privacy_errands import errands
from workflow.clock import local_date

pytestmark = pytest.mark.django_db
NEW = {"kind": "kennisneming", "channel": "brief", "name": NAME, "address": ADDRESS, "description": "Op het plein."}


@pytest.fixture
def guard() -> Person:
    return officer()


@pytest.fixture
def site(guard: Person) -> Client:
    return as_person(guard)


def page_of(request: PrivacyRequest, rest: str = "") -> str:
    return reverse("privacy-request", args=[request.pk]) + rest


def test_list_shows_what_is_due_first(site: Client) -> None:
    assert "Er loopt geen verzoek" in text(site.get("/verzoeken/"))
    young, old, done = asked(), asked("verwijdering", days_ago=40), closed()
    response = site.get("/verzoeken/")
    assert [row["url"] for row in response.context["rows"]] == [page_of(old), page_of(young)]
    assert "dagen te laat" in text(response)
    assert [row["url"] for row in site.get("/verzoeken/?stand=gesloten").context["rows"]] == [page_of(done)]
    assert len(site.get("/verzoeken/?stand=alles&pagina=1").context["rows"]) == 3
    assert "Geen verzoek past" in text(site.get("/verzoeken/?soort=aanpassing"))
    assert site.get("/verzoeken/?stand=weg").status_code == 400


def test_what_cannot_be_asked_is_told_and_finds_nothing(site: Client) -> None:
    asked()
    answer = site.get("/verzoeken/?stand=x&soort=kennisneming")
    assert answer.status_code == 400
    assert "Zo kunnen wij niets zoeken." in text(answer)
    assert "Haal een filter weg." not in text(answer)
    assert "Haal een filter weg." in text(site.get("/verzoeken/?soort=verwijdering"))


def test_a_request_is_registered(site: Client) -> None:
    address = reverse("privacy-request-new")
    response = site.post(address, fill_in(site.get(address), **NEW, received_on=today().isoformat()))
    made = PrivacyRequest.objects.get()
    assert response["Location"] == page_of(made)
    assert (made.requester.name, made.requester.address.replace("\r", "")) == (NAME, ADDRESS)


def test_a_mistake_in_name_or_address_is_mended_while_the_request_is_open(site: Client) -> None:
    found, done = asked(), closed()
    address = page_of(found, "verzoeker/")
    assert address in text_with_links(site.get(page_of(found)))
    assert site.post(address, fill_in(site.get(address), name=" ")).status_code == 400
    assert site.post(address, fill_in(site.get(address), name="verzoeker 9"))["Location"] == page_of(found)
    mended = Requester.objects.get(request=found)
    assert (mended.name, mended.address.replace("\r", "")) == ("verzoeker 9", ADDRESS)
    entry = Entry.objects.get(action="verzoeker_verbeterd")
    assert "verzoeker 9" not in f"{entry.data}{entry.reason}"
    assert "verzoeker/" not in text_with_links(site.get(page_of(done)))
    assert [site.get(page_of(done, "verzoeker/")).status_code, site.post(page_of(done, "verzoeker/")).status_code] == [
        409,
        409,
    ]


def test_after_the_identity_is_established_only_the_address_is_mended(site: Client) -> None:
    found = asked()
    address = page_of(found, "verzoeker/")
    before = fill_in(site.get(address), name="verzoeker 9")
    step(found, "identiteit_vaststellen")
    assert site.post(address, before).status_code == 409, "who had the page open before"
    answer = site.get(address)
    assert "name" not in fill_in(answer)
    assert site.post(address, fill_in(answer, name="verzoeker 9", address="Plein 2")).status_code == 302
    mended = Requester.objects.get(request=found)
    assert (mended.name, mended.address) == (NAME, "Plein 2")
    with pytest.raises(NotPossible, match="vastgesteld"):
        mend_requester(found, {"name": "verzoeker 9"}, seen=looked_at(again(found)), person=officer())


def test_the_last_of_two_who_mend_is_told_and_who_changes_nothing_writes_nothing(site: Client) -> None:
    found = asked()
    address = page_of(found, "verzoeker/")
    first, last = (fill_in(site.get(address), name=name) for name in ("verzoeker 8", "verzoeker 9"))
    assert [site.post(address, one).status_code for one in (first, last)] == [302, 409]
    assert Requester.objects.get(request=found).name == "verzoeker 8"
    assert site.post(address, fill_in(site.get(address))).status_code == 302
    assert Entry.objects.filter(action="verzoeker_verbeterd").count() == 1
    assert site.post(address, fill_in(site.get(address), name="verzoeker 9")).status_code == 302, "the twin"
    assert Entry.objects.filter(action="verzoeker_verbeterd").count() == 2


def text_with_links(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "alles"},
        {"received_on": "2014-12-31"},
        {"received_on": "2999-01-01"},
        {"name": ""},
        {"address": "x" * 501},
    ],
)
def test_what_is_filled_in_wrongly_is_not_registered(site: Client, wrong: dict[str, str]) -> None:
    address = reverse("privacy-request-new")
    response = site.post(address, {**NEW, "received_on": today().isoformat(), **wrong})
    assert (response.status_code, len(response.context["form"].errors)) == (400, 1)
    assert not Requester.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(1, 400), (0, 302)])
def test_a_request_that_is_yet_to_come_is_not_registered(site: Client, days: int, status: int) -> None:
    day = today() + timedelta(days=days)
    assert site.post(reverse("privacy-request-new"), {**NEW, "received_on": day.isoformat()}).status_code == status


def test_a_request_shows_who_asks_and_why_its_term_ends_then(site: Client) -> None:
    request = asked()
    page = text(site.get(page_of(request)))
    for words in (
        NAME,
        "1000 AA Voorbeeldstad",
        "Waarom deze dag?",
        "Zes weken na de ontvangst",
        "Identiteit vaststellen",
    ):
        assert words in page
    entry = Entry.objects.latest("id")
    assert (entry.action, NAME in f"{entry.data}") == ("verzoek_ingezien", False)


def test_who_was_forgotten_is_not_shown(site: Client, guard: Person) -> None:
    request = closed_on(asked().registered_at - timedelta(days=1900))
    Requester.objects.filter(request=request).delete()
    page = text(site.get(page_of(request)))
    assert "meer dan vijf jaar geleden gesloten" in page
    assert NAME not in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_strangers_find_nothing(role: Role) -> None:
    request = decided()
    stranger = as_person(holder_of(role, None if role in Role.national() else "ON"))
    for rest in ("", "stap/sluiten/", "opnamen/", "opnamen/1/", "brieven/1.pdf"):
        assert stranger.get(page_of(request, rest)).status_code == 404


def test_each_step_has_its_page_and_is_taken(site: Client) -> None:
    request = asked("verwijdering")
    ways: list[tuple[str, dict[str, str]]] = [
        ("identiteit_vaststellen", {"day": today().isoformat(), "by": "identiteitsbewijs"}),
        ("besluiten", {"outcome": "toegewezen", "ends_in": "vernietigen", "reasons": "Dit is niet meer nodig."}),
        ("bezwaar_registreren", {"day": today().isoformat()}),
        ("bezwaar_afhandelen", {"outcome": "ingetrokken", "day": today().isoformat()}),
        ("sluiten", {}),
    ]
    for name, typed in ways:
        address = page_of(request, f"stap/{name}/")
        response = site.post(address, fill_in(site.get(address), **typed))
        assert (name, response.status_code) == (name, 302)
    page = text(site.get(page_of(request)))
    for words in ("toegewezen", "blijft er niets van de opname over", "ingetrokken", "op tijd"):
        assert words in page
    again_sent = site.post(address, {})
    assert again_sent.status_code == 409
    assert again(request).status == "gesloten"


def test_the_two_words_are_explained_where_one_chooses(site: Client) -> None:
    removal, access = (step(asked(kind), "identiteit_vaststellen") for kind in ("verwijdering", "kennisneming"))
    page = text(site.get(page_of(removal, "stap/besluiten/")))
    assert "De opname gaat vanaf dit besluit uit gebruik" in page
    assert "blijft er niets van de opname over" in page
    assert "vernietigen" not in text(site.get(page_of(access, "stap/besluiten/"))).split("<form")[-1]


def test_what_a_step_needs_and_a_rule_refuses_stands_beside_the_field(site: Client) -> None:
    request = asked()
    address = page_of(request, "stap/verdagen/")
    assert site.post(address, {}).status_code == 400
    response = site.post(address, {"days": "42", "reasons": "Wij zoeken."})
    assert response.status_code == 400
    assert response.context["form"].errors["several_units"]
    assert site.get(page_of(request, "stap/besluiten/")).status_code == 409
    assert site.get(page_of(request, "stap/weg/")).status_code == 404


def test_recordings_are_found_linked_held_and_taken_off(site: Client) -> None:
    request, found = asked(), recording(days_ago=3)
    recording(days_ago=4)
    address = page_of(request, f"opnamen/?dag={local_date(used(3))}&eenheid=ON&van=10:00")
    page = site.get(address)
    assert label_of(found) in text(page)
    assert NAME in text(page)
    response = site.post(address, fill_in(page, opname=[str(found.pk)]))
    assert response["Location"] == page_of(request)
    assert Hold.objects.get().recording == found
    shown = text(site.get(page_of(request)))
    assert "Opgeschort" in shown
    (linked,) = request.links.all()
    off = page_of(request, f"opnamen/{linked.pk}/")
    assert site.post(off, {}).status_code == 400
    assert site.post(off, fill_in(site.get(off), reasons="Een andere dag.")).status_code == 302
    assert site.post(off, {"reasons": "Nog eens."}).status_code == 409
    assert site.post(address, {}).status_code == 400
    assert site.get(page_of(asked(), f"opnamen/{linked.pk}/")).status_code == 404


def test_nothing_is_linked_to_what_was_closed(site: Client) -> None:
    request, found = closed(), recording()
    assert site.post(page_of(request, "opnamen/"), {"opname": [found.pk]}).status_code == 409


def test_a_letter_is_downloaded_and_that_is_on_record(site: Client) -> None:
    request = decided()
    assert site.get(page_of(request, "brieven/1.pdf")).status_code == 503
    paper = paper_of(request.letters.get(), PDF)
    response = site.get(page_of(request, "brieven/1.pdf"))
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert Entry.objects.latest("id").data["sha256"] == paper.sha256
    assert site.get(page_of(request, "brieven/2.pdf")).status_code == 404


def test_the_counts_of_a_year_name_nobody(guard: Person) -> None:
    decided(days_ago=2, outcome="afgewezen", ground="derden")
    decided("verwijdering", days_ago=2)
    late = asked("aanpassing", days_ago=2)
    PrivacyRequest.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=1))
    step(step(asked(days_ago=2), "verdagen"), "intrekken")
    held_before(2)
    year = late.received_on.year
    auditor = as_person(holder_of(Role.AUDITOR))
    response = auditor.get(f"/verzoeken/jaarcijfers/?jaar={year}")
    context = response.context
    assert context["fates"] == [
        ("kennisneming", 2, 0, 0, 1, 1, 0),
        ("verwijdering", 1, 1, 0, 0, 0, 0),
        ("aanpassing", 1, 0, 0, 0, 0, 1),
    ]
    assert context["times"] == [("kennisneming", 1, 0, 1, 0), ("verwijdering", 1, 0, 0, 0), ("aanpassing", 0, 1, 0, 0)]
    assert context["holds_total"] == ("Samen", 1, 0, 0)
    assert NAME not in text(response)
    assert "kwam geen verzoek" in text(auditor.get(f"/verzoeken/jaarcijfers/?jaar={year - 1}"))
    assert auditor.get("/verzoeken/jaarcijfers/?jaar=1999").status_code == 200


def test_the_counts_lead_nobody_to_pages_that_refuse(site: Client) -> None:
    beside = 'href="/verzoeken/opschortingen/"'
    assert beside in text(site.get("/verzoeken/jaarcijfers/"))
    assert beside not in text(as_person(holder_of(Role.AUDITOR)).get("/verzoeken/jaarcijfers/"))


def test_the_own_work_page_asks_for_what_is_due(guard: Person, site: Client) -> None:
    assert list(errands(guard, today())) == []
    asked()
    held_before(8)
    first, second = errands(guard, today())
    assert (first.label, second.label) == ("1 verzoek behandelen", "1 opschorting herbeoordelen")
    assert isinstance(first.term, Term)
    assert "1 verzoek behandelen" in text(site.get("/"))
    assert list(errands(holder_of(Role.AUDITOR), today())) == []


def test_the_journal_finds_a_request_by_its_number(site: Client) -> None:
    request = asked()
    found: Any = site.get("/journaal/", {"soort": "retention.privacyrequest", "object": request.number})
    assert found.status_code == 200
