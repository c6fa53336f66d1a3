"""`render_overview`: a whole PDF or a sentence, never half a file."""

import hashlib
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bodycams.pdf.making import Unavailable
from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from initiatives.overview import pdf
from initiatives.overview.approved import Overview
from initiatives.tests.factories import Cast, initiative
from journal.models import Entry
from workflow.clock import local_date, now

pytestmark = pytest.mark.django_db


def render(target: Path, *words: str) -> list[str]:
    """Runs the command; answers with the lines that it said."""
    said = StringIO()
    call_command("render_overview", "--output", str(target), *words, stdout=said)
    return said.getvalue().splitlines()


def test_it_writes_the_overview_of_today_and_says_what_it_wrote(tmp_path: Path) -> None:
    subject = initiative(Cast(), "goedgekeurd")
    target = tmp_path / "overzicht.pdf"
    first, *_, last = render(target, "--json")
    content = target.read_bytes()
    assert faults(content) == []
    assert str(subject.number) in Pdf(content).root.text
    assert json.loads(last) == {
        "peildatum": local_date(now()).isoformat(),
        "initiatives": 1,
        "supported": 0,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "output": str(target),
    }
    assert first.endswith("met 1 initiatief.")
    assert [path.name for path in tmp_path.iterdir()] == ["overzicht.pdf"]


def test_it_writes_that_of_another_day_over_what_was_there_and_that_stands_in_the_journal(tmp_path: Path) -> None:
    initiative(Cast(), "goedgekeurd")
    target = tmp_path / "overzicht.pdf"
    target.write_bytes(b"oud")
    said = render(target, "--peildatum", "2018-06-30")
    assert said == ["Het overzicht van 30 juni 2018 met 0 initiatieven.", f"Klaar: {target}"]
    assert target.read_bytes().startswith(b"%PDF-1.7")
    entry = Entry.objects.get(action="overzicht_gemaakt")
    assert entry.data["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert str(entry) == "Op de server is het overzicht met peildatum 30 juni 2018 gemaakt."


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("9999-12-31", "De peildatum ligt in de toekomst."),
        ("2014-12-31", "Het overzicht begint op 1 januari 2015."),
        ("30-6-2018", "Schrijf een bestaande dag als JJJJ-MM-DD"),
        ("2018-02-30", "Schrijf een bestaande dag als JJJJ-MM-DD"),
        ("", "Schrijf een bestaande dag als JJJJ-MM-DD"),
    ],
)
def test_day_that_cannot_be_is_refused_in_words(tmp_path: Path, day: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        render(tmp_path / "overzicht.pdf", "--peildatum", day)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["nergens/overzicht.pdf", "bestand/overzicht.pdf", "n" * 300])
def test_place_where_nothing_can_be_written_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(CommandError, match="kan niet worden geschreven: "):
        render(tmp_path / place, "--peildatum", "2018-06-30")
    assert [path.name for path in tmp_path.iterdir()] == ["bestand"]


def test_what_is_there_and_no_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp")
    (tmp_path / "link").symlink_to(tmp_path / "pijp")
    for place in (tmp_path, tmp_path / "pijp", tmp_path / "link"):
        with pytest.raises(CommandError, match="is geen bestand"):
            render(place)
    assert (tmp_path / "pijp").is_fifo()
    assert not Entry.objects.filter(action="overzicht_gemaakt").exists()


def test_a_long_one_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(overview: Overview, target: Path, report: pdf.Report) -> None:
        report(400, 1_600)
        report(1_600, 1_600)

    monkeypatch.setattr(pdf, "make", make)
    said = render(tmp_path / "overzicht.pdf", "--json")
    assert said[1:3] == ["400 van 1.600 initiatieven.", "1.600 van 1.600 initiatieven."]


@pytest.mark.parametrize(
    ("fault", "raised"), [(Unavailable("PDF niet beschikbaar."), CommandError), (KeyError("x"), KeyError)]
)
def test_what_goes_wrong_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, raised: type[Exception]
) -> None:
    def fail(*_: Any) -> None:
        raise fault

    monkeypatch.setattr(pdf, "make", fail)
    target = tmp_path / "overzicht.pdf"
    target.write_bytes(b"oud")
    with pytest.raises(raised):
        render(target)
    assert target.read_bytes() == b"oud"
    assert [path.name for path in tmp_path.iterdir()] == ["overzicht.pdf"]
