"""`publish_overview`: an edition when two people said so, else the sentence that says who still has to."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bodycams.pdf.signing_key import CannotSign
from initiatives.editions import making
from initiatives.models import Edition, EditionPaper
from initiatives.tests.edition_samples import DAY, asked, columns, edition
from journal.models import Entry
from journal.tests.sealing import sealed
from organisation.roles import Role
from organisation.tests.factories import holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing and signing is tried in `test_editions_making.py`."""
    monkeypatch.setattr(making, "_made", lambda edition, at: columns(b"%%PDF-1.7 editie %d" % edition.pk))


def publish(*words: str) -> Any:
    said = StringIO()
    call_command("publish_overview", "--peildatum", DAY.isoformat(), "--json", *words, stdout=said)
    return json.loads(said.getvalue().splitlines()[-1])


def refusal(*words: str) -> str:
    with pytest.raises(CommandError) as refused:
        publish(*words)
    return str(refused.value)


def test_it_makes_what_two_people_agreed_on_once() -> None:
    edition()
    said = publish()
    assert (said["edition"], said["peildatum"], said["corrects"]) == (1, "2019-06-30", None)
    assert said["sha256"] == EditionPaper.objects.get().sha256
    assert "er al editie 1" in refusal()


def test_it_says_who_still_has_to_do_something() -> None:
    assert refusal().startswith("Niemand heeft een editie van 30 juni 2019 aangevraagd.")
    asked()
    assert "nog niet bevestigd" in refusal()
    assert Edition.objects.count() == 0


def test_a_demonstration_has_both_do_their_part_and_says_so(settings: Any) -> None:
    sealed()
    assert "geen projectleider of geen programmamanager" in refusal("--confirm")
    leader, manager = holder_of(Role.LEADER), holder_of(Role.MANAGER)
    first, second = publish("--confirm"), publish("--confirm")
    assert [(said["edition"], said["corrects"]) for said in (first, second)] == [(1, None), (2, 1)]
    request = Edition.objects.get(pk=1).request
    assert (request.proposed_by, request.verdict.decided_by) == (leader, manager)
    assert Entry.objects.filter(action="editie_afgedwongen").count() == 2
    settings.DEMO = False
    assert "alleen in een demonstratie" in refusal("--confirm")


@pytest.mark.parametrize("day", ["gisteren", "2999-01-01", "2014-12-31"])
def test_a_day_that_cannot_be_is_a_sentence(day: str) -> None:
    with pytest.raises(CommandError):
        call_command("publish_overview", "--peildatum", day)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (OSError(28, "No space left"), "De editie kan niet worden geschreven: de schijf is vol."),
        (CannotSign("Geen sleutel."), "Geen sleutel."),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_can_be_done_again(
    fault: Exception, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition()
    whole = making._made

    def made(*others: Any) -> None:
        raise fault

    monkeypatch.setattr(making, "_made", made)
    assert refusal() == why
    monkeypatch.setattr(making, "_made", whole)
    assert publish()["edition"] == 1
