"""The pages of editions: who sees what, what is asked and answered there, and files that go out byte for byte."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bodycams import heartbeat
from bodycams.pdf.contents import Inside
from bodycams.pdf.signing import Signature
from initiatives.editions import planning, verifying
from initiatives.models import Edition, EditionRequest
from initiatives.tests.edition_samples import DAY, asked, confirmed, edition, with_paper
from initiatives.tests.factories import Cast, initiative
from journal.models import Entry
from journal.tests.sealing import sealed
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db
BACKEND = "initiatives.backends.Backend"


def visit(who: Person | Role) -> Client:
    client = Client()
    client.force_login(holder_of(who) if isinstance(who, Role) else who, BACKEND)
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestAsking:
    def test_leader_asks_and_manager_confirms(self) -> None:
        leader, manager = visit(Role.LEADER), visit(Role.MANAGER)
        sealed()
        answer = leader.post(reverse("ask-edition"), {"peildatum": "2019-06-30", "reasons": "Voor de commissie."})
        request = EditionRequest.objects.get()
        assert answer.headers["Location"] == reverse("edition-request", args=[request.pk])
        assert "Trek de aanvraag in" in page(leader, "edition-request", request.pk)
        assert "Geef antwoord" in page(manager, "edition-request", request.pk)
        assert "De editie van 30 juni 2019 bevestigen of weigeren" in page(manager, "my-work")
        form = manager.get(reverse("answer-edition", args=[request.pk])).context["form"]
        said = {"outcome": "bevestigd", "seen": form.initial["seen"]}
        blindly = manager.post(reverse("answer-edition", args=[request.pk]), {"outcome": "bevestigd"})
        assert (blindly.status_code, Edition.objects.count()) == (409, 0)
        assert "niet bekend welk overzicht u hebt gezien" in blindly.content.decode()
        answer = manager.post(reverse("answer-edition", args=[request.pk]), said)
        assert answer.headers["Location"] == reverse("edition", args=[1])
        assert "wordt gemaakt" in page(manager, "edition", 1)
        assert manager.post(reverse("answer-edition", args=[request.pk]), said).status_code == 409

    def test_what_is_wrong_comes_back_with_what_was_typed(self) -> None:
        leader = visit(Role.LEADER)
        for day, why in (("2099-01-01", "in de toekomst"), ("gisteren", "geen bestaande dag"), ("", "Kies een dag")):
            answer = leader.post(reverse("ask-edition"), {"peildatum": day, "reasons": "Zomaar een reden."})
            assert answer.status_code == 400
            assert why in answer.content.decode()
            assert "Zomaar een reden." in answer.content.decode()
        asked()
        answer = leader.post(reverse("ask-edition"), {"peildatum": DAY.isoformat(), "reasons": "Nog een."})
        assert (answer.status_code, "ligt al een aanvraag" in answer.content.decode()) == (400, True)

    def test_correction_is_of_the_day_of_what_it_corrects(self) -> None:
        first, leader = edition(), visit(Role.LEADER)
        assert "?verbetert=1" in page(leader, "edition", 1)
        assert 'name="peildatum"' not in page(leader, "ask-edition", verbetert="1")
        leader.post(f"{reverse('ask-edition')}?verbetert=1", {"reasons": "Een kolom ontbrak."})
        confirmed(EditionRequest.objects.get(corrects=first))
        assert "Er is een verbeterde editie" in page(leader, "edition", 1)
        assert "?verbetert" not in page(leader, "edition", 1)
        assert "verbetert editie 1" in page(leader, "editions")
        for unknown in ("9", "x", "1" * 30):
            answer = leader.get(reverse("ask-edition"), {"verbetert": unknown})
            assert answer.status_code == (404 if unknown == "9" else 200)

    def test_refusing_asks_why_and_withdrawing_does_not(self) -> None:
        somebody = holder_of(Role.LEADER)
        leader, manager, request = visit(somebody), visit(Role.MANAGER), asked(by=somebody)
        where = reverse("answer-edition", args=[request.pk])
        answer = manager.post(where, {"outcome": "geweigerd"})
        assert (answer.status_code, "Leg uit waarom" in answer.content.decode()) == (400, True)
        assert leader.post(where).status_code == 302
        assert "Ingetrokken" in page(leader, "edition-request", request.pk)

    def test_who_looked_at_something_else_is_told(self) -> None:
        manager, request = visit(Role.MANAGER), asked(local_date(now()))
        sealed()
        seen = manager.get(reverse("answer-edition", args=[request.pk])).context["form"].initial["seen"]
        initiative(Cast(), "goedgekeurd")
        said = {"outcome": "bevestigd", "seen": seen}
        answer = manager.post(reverse("answer-edition", args=[request.pk]), said)
        assert (answer.status_code, Edition.objects.count()) == (409, 0)

    def test_the_half_yearly_edition_is_planned_and_not_any_more(self) -> None:
        leader = visit(Role.LEADER)
        for plan, words in (("aan", "wordt vanzelf een editie"), ("uit", "geen halfjaarlijkse editie gepland")):
            assert leader.post(reverse("plan-editions"), {"plan": plan}).status_code == 302
            assert words in page(leader, "editions")
            assert (planning.schedule() is not None) == (plan == "aan")
        assert "Elk halfjaar" not in page(visit(Role.HOLDER), "editions")


class TestFiles:
    def test_they_go_out_as_they_are_kept_with_a_trace(self) -> None:
        made, auditor = with_paper(edition(), b"%PDF-1.7 deze bytes"), visit(Role.AUDITOR)
        for kind, content in (("pdf", b"%PDF-1.7 deze bytes"), ("json", b"{}"), ("csv", b"nummer")):
            answer = auditor.get(reverse(f"edition-{kind}", args=[1]))
            assert answer.content == content
            assert f"editie-1.{kind}" in answer.headers["Content-Disposition"]
            entry = Entry.objects.filter(action="editie_gedownload").latest("id")
            assert (entry.object_id, entry.data["kind"], entry.data["sha256"]) == ("1", kind, made.paper.sha256)
        assert made.paper.sha256 in page(auditor, "edition", 1)
        assert auditor.get(reverse("edition-pdf", args=[2])).status_code == 404

    def test_what_is_being_made_comes_back_by_itself(self) -> None:
        edition()
        auditor = visit(Role.AUDITOR)
        heartbeat.forget()
        assert auditor.get(reverse("edition-pdf", args=[1])).status_code == 503
        heartbeat.write(heartbeat.WORKER)
        answer = auditor.get(reverse("edition-pdf", args=[1]))
        heartbeat.forget()
        assert (answer.status_code, answer.headers["Refresh"]) == (202, "3")


def test_list_costs_as_much_for_many(django_assert_num_queries: Any) -> None:
    auditor = visit(Role.AUDITOR)
    for place in range(4):
        with_paper(edition(DAY - timedelta(place)), f"%PDF-{place}".encode())
    page(auditor, "editions")
    with django_assert_num_queries(8):
        page(auditor, "editions")
    assert "Er is nog geen editie" not in page(auditor, "editions")


def test_without_editions_there_is_a_way_on() -> None:
    assert "Er is nog geen editie gepubliceerd" in page(visit(Role.PRIVACY), "editions")


class TestChanges:
    def test_page_and_data_say_what_came_between_two_editions(self) -> None:
        yesterday, today, auditor = DAY, local_date(now()), visit(Role.AUDITOR)
        edition(yesterday)
        came = initiative(Cast(), "goedgekeurd", title="Bodycams voor bikers")
        edition(today)
        initiative(Cast("AM"), "goedgekeurd", title="Kwam na de editie")
        html = page(auditor, "edition-changes", 2)
        assert ("Bodycams voor bikers" in html, "Kwam na de editie" in html) == (True, False)
        assert "Wat is er anders dan in editie 1?" in page(auditor, "edition", 2)
        said = auditor.get(reverse("edition-changes-json", args=[2])).json()
        assert said["editions"] == {"before": 1, "after": 2}
        assert [row["number"] for row in said["added"]] == [came.number]
        back = auditor.get(reverse("edition-changes-json", args=[1]), {"met": "2"}).json()
        assert [row["number"] for row in back["gone"]] == [came.number]
        assert Entry.objects.filter(action="verschil_gedownload").count() == 2

    def test_a_correction_is_held_against_what_it_corrects(self) -> None:
        first = edition()
        edition(DAY - timedelta(1))
        edition(corrects=first)
        html = page(visit(Role.AUDITOR), "edition-changes", 3)
        assert "Van editie 1 naar editie 3" in html
        assert "Er is niets veranderd" in html

    @pytest.mark.parametrize(("number", "met"), [(1, ""), (1, "1"), (1, "9"), (9, "1"), (1, "x")])
    def test_what_is_not_there_is_not_found(self, number: int, met: str) -> None:
        edition()
        answer = visit(Role.AUDITOR).get(reverse("edition-changes", args=[number]), {"met": met})
        assert answer.status_code == 404


class TestVerifying:
    def send(self, content: bytes, name: str = "overzicht.pdf") -> Any:
        return visit(Role.AUDITOR).post(reverse("verify-overview"), {"file": SimpleUploadedFile(name, content)})

    def test_what_the_file_says_of_itself_is_shown_and_not_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody else chose the name in a certificate, and the journal is for ever."""
        signature = Signature(intact=True, valid=True, trusted=False, covers_whole_file=True, by="x" * 90, at="")
        monkeypatch.setattr(verifying, "inside", lambda path: Inside(1, [], {}, signature))
        assert "x" * 90 in self.send(b"%PDF-1.7 van een ander").content.decode()
        entry = Entry.objects.get(action="overzicht_gecontroleerd")
        assert entry.data["wrong"] == ["Uit dit register", "Handtekening"]
        assert "xxx" not in str(entry.data)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"GIF89a", "Dit is geen PDF."),
            (b"", "leeg"),
            (b"%PDF-1.7 en verder niets", "beschadigd"),
            (b"%PDF-" + b"0" * (10 * 1024**2), "groter dan 10 MB"),
        ],
    )
    def test_what_is_no_overview_is_refused_with_a_sentence(self, content: bytes, why: str) -> None:
        answer = self.send(content)
        assert (answer.status_code, why in answer.content.decode()) == (400, True)
        assert not Entry.objects.filter(action="overzicht_gecontroleerd").exists()
