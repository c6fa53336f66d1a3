"""Letters to who asked: what they say, and their paper, made once and kept byte for byte."""

import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bodycams.tests.pdf_checks import faults
from bodycams.tests.pdf_reader import Pdf
from retention.clock import now
from retention.models import Recording, RequestLetter, RequestPaper
from retention.requests import letters
from retention.requests.letters import html, make_letters
from retention.requests.services import link
from retention.tests.factories import recording
from retention.tests.hold_samples import officer
from retention.tests.request_samples import NAME, asked, decided, step
from retention.tests.test_holds import begin_destruction

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proef"


def paper_of(letter: RequestLetter, content: bytes) -> RequestPaper:
    digest = hashlib.sha256(content).hexdigest()
    return RequestPaper.objects.create(letter=letter, content=content, sha256=digest, made_at=now())


def letter_of(kind: str = "kennisneming", **typed: Any) -> RequestLetter:
    return decided(kind, **typed).letters.get()


def letter_about(found: Recording, **typed: Any) -> RequestLetter:
    """On a removal, with a recording."""
    request = step(asked("verwijdering"), "identiteit_vaststellen")
    link(request, [found], person=officer(), at=now())
    return step(request, "besluiten", **typed).letters.get()


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("kennisneming", {}, ("Ik wijs uw verzoek toe.", "verzoek om kennisneming", NAME, "1000 AA Voorbeeldstad")),
        ("verwijdering", {"ends_in": "vernietigen"}, ("Er is niets om te vernietigen", "Er is nu geen opname waar")),
        (
            "aanpassing",
            {"outcome": "afgewezen", "ground": "juist_en_nodig", "reasons": "Het klopt."},
            ("Ik wijs uw verzoek af.", "de gegevens zijn juist", "Het klopt."),
        ),
    ],
)
def test_a_decision_says_what_was_decided_and_how_to_object(kind: str, typed: dict[str, Any], says: tuple[str]) -> None:
    text = html(letter_of(kind, **typed))
    for words in (*says, "U kunt bezwaar maken tot en met", "in beroep bij de rechtbank", "Algemene wet bestuursrecht"):
        assert words in text
    assert "collega" not in text


@pytest.mark.parametrize(
    ("ends_in", "says"),
    [
        ("verwijderen", ("gaat vanaf dit besluit uit gebruik", "zodra haar bewaartermijn om is")),
        ("vernietigen", ("De opname wordt vernietigd, maar niet zolang u bezwaar kunt maken", "Alleen het bewijs")),
    ],
)
def test_a_removal_says_what_is_done_and_when(ends_in: str, says: tuple[str, str]) -> None:
    text = " ".join(html(letter_about(recording(), ends_in=ends_in)).split())
    for words in (*says, f"Wat ‘{ends_in}’ betekent", "Om welke opnamen het gaat"):
        assert words in text


def test_what_is_not_there_any_more_is_said() -> None:
    gone = recording(days_ago=27)
    begin_destruction(gone)
    text = html(letter_about(gone, ends_in="vernietigen"))
    for words in ("Wat er niet meer is", "het vernietigen is begonnen", "Er is niets om te vernietigen"):
        assert words in text
    assert "De opname wordt vernietigd, maar" not in text


def test_an_adjournment_says_until_when_and_why_it_may() -> None:
    request = step(asked(), "verdagen", days=42, several_units=True, reasons="Drie eenheden zoeken.")
    text = html(request.letters.get())
    for words in ("komt later", "Drie eenheden zoeken.", "artikel 25", "Meer onderdelen van de politie"):
        assert words in text


def test_what_was_typed_is_text_and_nothing_else() -> None:
    text = html(letter_of(reasons="<script>alert(1)</script>{{ x }}"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_the_paper_is_for_everybody_made_once_and_kept() -> None:
    request, found = step(asked(), "identiteit_vaststellen"), recording()
    link(request, [found], person=officer(), at=now())
    letter = step(request, "besluiten").letters.get()
    assert make_letters(now()) == 1
    paper = RequestPaper.objects.get(letter=letter)
    content = bytes(paper.content)
    assert faults(content) == []
    said = Pdf(content).root.text
    assert "Besluit op uw verzoek om kennisneming" in said
    assert "Opname van" in said
    assert make_letters(now()) == 0
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        RequestPaper.objects.filter(pk=paper.pk).update(content=PDF)


def test_a_letter_that_cannot_be_made_stops_no_other_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = letter_of(), letter_of()

    def write(text: str) -> bytes:
        if str(second) in text:
            raise ValueError("geen letters")
        return PDF

    monkeypatch.setattr(letters, "write_pdf", write)
    at = now()
    assert make_letters(at) == 1
    assert RequestPaper.objects.get().letter == first
    monkeypatch.setattr(letters, "write_pdf", lambda text: PDF)
    assert make_letters(at) == 0
    letters.patience.worked(second.pk)
    assert make_letters(at) == 1


def test_bytes_that_are_not_those_of_the_digest_are_refused() -> None:
    letter = letter_of()
    with pytest.raises(IntegrityError, match="bytes_of_its_digest"), transaction.atomic():
        RequestPaper.objects.create(letter=letter, content=PDF, sha256="0" * 64, made_at=now())
    paper_of(letter, PDF)
