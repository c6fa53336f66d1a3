"""The address of a letter: who sees the file gets its bytes, always the same, and never without a trace."""

from collections.abc import Iterator
from typing import Any

import pytest

from bodycams import heartbeat
from initiatives.letters.making import make_letters
from initiatives.models import Initiative, LetterPaper
from initiatives.tests.factories import Cast, initiative
from initiatives.tests.pages import as_person
from journal.models import Entry
from organisation.models import Person
from organisation.roles import Role
from organisation.tests.factories import holder_of, person
from workflow.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_worker() -> Iterator[None]:
    heartbeat.forget()
    yield
    heartbeat.forget()


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def made(cast: Cast) -> Initiative:
    subject = initiative(cast, "afgewezen")
    make_letters(now())
    return subject


def ask(somebody: Person, subject: Initiative, n: Any = 1, method: str = "get") -> Any:
    return getattr(as_person(somebody), method)(f"/initiatieven/{subject.pk}/brieven/{n}.pdf")


def downloads() -> list[Entry]:
    return list(Entry.objects.filter(action="brief_gedownload").order_by("id"))


def test_everybody_who_sees_the_file_gets_the_same_bytes_and_the_journal_says_so(cast: Cast, made: Initiative) -> None:
    people = {cast.contact: "ON", cast.head: "ON", cast.leader: "", holder_of(Role.AUDITOR): ""}
    paper = LetterPaper.objects.get()
    for somebody in people:
        answer = ask(somebody, made)
        assert (answer.status_code, answer.content) == (200, bytes(paper.content))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{made.number}-brief-1.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
    assert [(entry.actor, entry.unit) for entry in downloads()] == [(who.number, unit) for who, unit in people.items()]
    first = downloads()[0]
    assert str(first) == f"De contactpersoon Oost-Nederland heeft brief {made.number} / B1 gedownload."
    assert (first.object_type, first.data["sha256"]) == ("initiatives.letter", paper.sha256)


def test_strangers_find_nothing_and_leave_no_trace(made: Initiative) -> None:
    for somebody in (holder_of(Role.CONTACT, "MN"), holder_of(Role.JUDGE, "ON"), person(is_superuser=True), person()):
        assert ask(somebody, made).status_code == 404
    assert downloads() == []


def test_letter_that_is_not_there_is_not_found(cast: Cast, made: Initiative) -> None:
    for n in (0, 2, 10**12, 10**40):
        assert ask(cast.contact, made, n).status_code == 404


def test_letter_of_another_file_is_not_found_by_its_number(cast: Cast, made: Initiative) -> None:
    assert ask(cast.contact, initiative(cast, "aangemeld")).status_code == 404


def test_head_gives_no_bytes_and_leaves_no_trace(cast: Cast, made: Initiative) -> None:
    answer = ask(cast.contact, made, method="head")
    assert (answer.status_code, answer.content) == (200, b"")
    assert downloads() == []


def test_file_lists_its_letters_and_says_which_is_still_being_made(cast: Cast) -> None:
    subject = initiative(cast, "bezwaar")
    page = as_person(cast.contact).get(f"/initiatieven/{subject.pk}/").content.decode()
    assert page.count("de PDF wordt gemaakt") == 2
    assert page.index("Ontvangst van uw bezwaar") < page.index("Besluit op uw aanmelding</a>")
    make_letters(now())
    page = as_person(cast.contact).get(f"/initiatieven/{subject.pk}/").content.decode()
    assert "de PDF wordt gemaakt" not in page
    assert f"/initiatieven/{subject.pk}/brieven/2.pdf" in page
    assert " kB</span>" in page


def test_file_without_letters_has_no_such_section(cast: Cast) -> None:
    subject = initiative(cast, "aangemeld")
    assert "Brieven" not in as_person(cast.contact).get(f"/initiatieven/{subject.pk}/").content.decode()


def test_without_a_worker_it_says_whom_to_warn(cast: Cast) -> None:
    answer = ask(cast.contact, initiative(cast, "afgewezen"))
    assert answer.status_code == 503
    assert "waarschuw de beheerder" in answer.content.decode()


def test_while_it_is_made_a_page_says_so_and_comes_back_until_it_is_there(cast: Cast) -> None:
    subject = initiative(cast, "afgewezen")
    heartbeat.write(heartbeat.WORKER)
    answer = ask(cast.contact, subject)
    assert (answer.status_code, answer["Refresh"]) == (202, "3")
    assert "De brief wordt gemaakt" in answer.content.decode()
    assert downloads() == []
    make_letters(now())
    assert ask(cast.contact, subject).status_code == 200
