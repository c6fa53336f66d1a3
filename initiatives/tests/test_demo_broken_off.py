"""A loading of the demonstration that broke off goes on where it stopped, or says in words that it cannot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from initiatives.demo import load, tell
from initiatives.demo.load import load_stories
from initiatives.documents import add_documents
from initiatives.models import Document, Initiative, NumberCounter
from journal.models import Entry
from journal.origin import DEMONSTRATION
from organisation.demo import make_accounts
from organisation.models import RoleAssignment
from workflow.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


ENOUGH = 220


class Killed(BaseException):
    """What ends a loading half-way."""


@pytest.fixture
def broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts, the first hundred things that happened, and half of the next concept: its documents. Of all that
    happens, as much as is needed to see that it goes on.
    """
    told = load.events
    monkeypatch.setattr(load, "events", lambda teller: told(teller)[:ENOUGH])

    def report(sentence: str) -> None:
        if "100 van" in sentence:
            broken.setattr(tell, "add_documents", killed)

    def killed(initiative: Initiative, add: Mapping[str, Sequence[Any]], **more: Any) -> None:
        add_documents(initiative, add, **more)
        if any(add.values()):
            raise Killed

    make_accounts(now())
    with monkeypatch.context() as broken, pytest.raises(Killed):
        load_stories(now(), report)


def test_it_goes_on_where_it_stopped(broken_off: None) -> None:
    half = Initiative.objects.ever_filed().count()
    load_stories(now(), lambda _: None)
    told = Entry.objects.filter(origin=DEMONSTRATION, data__has_key="part").exclude(action="document_toegevoegd")
    documents = Counter(Document.objects.values_list("initiative_id", "name"))
    assert set(documents.values()) == {1}  # several go with one part of a story
    seen = Counter(told.values_list("data__story", "data__part", "object_type"))
    assert {key for key, many in seen.items() if many > 1} == set()
    assert (
        0 < half < Initiative.objects.ever_filed().count() == sum(NumberCounter.objects.values_list("last", flat=True))
    )
    last = Entry.objects.count()
    load_stories(now(), lambda _: None)
    assert Entry.objects.count() == last


def test_it_says_so_when_what_was_loaded_has_changed_since(broken_off: None) -> None:
    RoleAssignment.objects.filter(person__number="2001").update(until_date=F("from_date"))
    with pytest.raises(CommandError, match="begin met een lege database"):
        call_command("demo", stdout=StringIO())
