"""Any file is told apart: an edition, a view, or neither; and whatever was done to one is found."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from bodycams.pdf.contents import Inside, Unreadable
from bodycams.pdf.signing import Signature
from initiatives.editions import making, verifying
from initiatives.editions.making import rows_of
from initiatives.editions.verifying import Refused, Verdict, verify
from initiatives.models import Edition, EditionPaper
from initiatives.overview.approved import overview_on
from initiatives.overview.data import as_json
from initiatives.tests.edition_samples import DAY, asked, confirmed, edition
from initiatives.tests.overview_rows import overview_of
from journal.models import Seal
from journal.write import record
from workflow.clock import now

pytestmark = pytest.mark.django_db
SIGNED = Signature(intact=True, valid=True, trusted=True, covers_whole_file=True, by="het register", at="")
NAMES = ["Uit dit register", "Ongewijzigd", "Handtekening", "Gegevens en bladzijden", "Zegel van het journaal"]


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The paper of an edition of a dozen initiatives, drawn and signed once for this module."""
    seal = Seal(number=1, first_seq=1, count=1, root=bytes(32), hash=bytes(32))
    made = Edition(number=1, seal=seal, data=as_json(overview_of(12)), published_at=timezone.now())
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        return making._made(made, made.published_at)


@pytest.fixture
def kept(columns: dict[str, Any]) -> bytes:
    """The same, published: what anybody could have taken away."""
    EditionPaper.objects.create(edition=edition(), made_at=now(), **columns)
    return bytes(columns["content"])


@pytest.fixture
def sound(columns: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Inside:
    """What the process that looks inside says of it; then none is started."""
    digests = [hashlib.sha256(columns[name]).hexdigest() for name in ("json", "csv")]
    found = Inside(12, columns["rows"], dict(zip(("overzicht.json", "overzicht.csv"), digests, strict=True)), SIGNED)
    say(found, monkeypatch)
    return found


def say(found: Inside | str, monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(path: Path) -> Inside:
        if isinstance(found, str):
            raise Unreadable(found)
        return found

    monkeypatch.setattr(verifying, "inside", inside)


def told_of(content: bytes, folder: Path) -> Verdict:
    path = folder / "bestand.pdf"
    path.write_bytes(content)
    return verify(path)


def marks(verdict: Verdict) -> dict[str, bool | None]:
    return {check.name: check.is_good for check in verdict.checks}


def test_an_edition_is_known_by_its_bytes(kept: bytes, tmp_path: Path) -> None:
    verdict = told_of(kept, tmp_path)
    assert marks(verdict) == dict.fromkeys(NAMES, True)
    assert (verdict.is_good, verdict.edition, verdict.peildatum) == (True, Edition.objects.get(), DAY)


def test_one_that_was_corrected_says_so_and_is_still_itself(kept: bytes, sound: Inside, tmp_path: Path) -> None:
    confirmed(asked(corrects=Edition.objects.get()))
    verdict = told_of(kept, tmp_path)
    assert (verdict.is_good, "verbeterd in editie 2" in verdict.checks[0].sentence) == (True, True)


def test_any_flipped_bit_is_found_and_shown_where_it_is(kept: bytes, sound: Inside, tmp_path: Path) -> None:
    for place in range(8, len(kept), len(kept) // 24):
        changed = bytearray(kept)
        changed[place] ^= 1 << place % 8
        verdict = told_of(bytes(changed), tmp_path)
        assert (verdict.is_good, verdict.edition) == (False, Edition.objects.get())
        assert f"voor het eerst bij byte {place + 1}." in verdict.checks[1].sentence


def test_a_change_breaks_the_signature_too(kept: bytes, tmp_path: Path) -> None:
    changed = bytearray(kept)
    changed[changed.index(b"%\xf0") + 2] ^= 1  # in a comment: everything still opens
    assert marks(told_of(bytes(changed), tmp_path))["Handtekening"] is False


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda content: content + b"\n%%EOF", "Achter editie 1 is iets toegevoegd: 6 bytes."),
        (lambda content: content[:-9], "Het einde van editie 1 ontbreekt: 9 bytes."),
    ],
)
def test_what_was_added_or_cut_off_is_shown(change: Any, why: str, kept: bytes, sound: Inside, tmp_path: Path) -> None:
    verdict = told_of(change(kept), tmp_path)
    assert (verdict.is_good, verdict.checks[1].sentence) == (False, why)


OTHERWISE: dict[str, tuple[dict[str, Any], str]] = {
    "Handtekening": ({"signature": None}, "geen handtekening"),
    "Gegevens en bladzijden": ({"rows": []}, "BC-"),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_is_not_as_it_should_be_is_said(
    name: str, kept: bytes, sound: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, why = OTHERWISE[name]
    assert told_of(kept, tmp_path).is_good
    say(sound._replace(**changed), monkeypatch)
    verdict = told_of(kept, tmp_path)
    assert (verdict.is_good, marks(verdict)[name], why in verdict.wrong[0]) == (False, False, True)


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("intact", "klopt niet"),
        ("valid", "klopt niet"),
        ("covers_whole_file", "dekt niet het hele"),
        ("trusted", "niet van dit register"),
    ],
)
def test_a_signature_must_be_sound_whole_and_ours(
    claim: str, why: str, kept: bytes, sound: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmed: Any = {claim: False}
    say(sound._replace(signature=SIGNED._replace(**harmed)), monkeypatch)
    assert why in told_of(kept, tmp_path).wrong[0]


def test_rows_and_files_are_those_that_were_made(
    kept: bytes, sound: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, digest = sound.rows[3]
    other = [*sound.rows[:3], (number, digest[::-1]), *sound.rows[4:]]
    say(sound._replace(rows=other), monkeypatch)
    assert told_of(kept, tmp_path).wrong == [f"De bladzijden zeggen van {number} iets anders dan de gegevens."]
    say(sound._replace(rows=[*sound.rows, ("BC-2099-0001", "x")]), monkeypatch)
    assert told_of(kept, tmp_path).wrong == ["Op de bladzijden staan 1 regels te veel."]
    say(sound._replace(files={}), monkeypatch)
    assert "niet die van deze editie" in told_of(kept, tmp_path).wrong[0]


def test_a_seal_that_no_longer_stands_is_said(
    kept: bytes, sound: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "why_not_standing", lambda anchor: "Zegel 1 is weg.")
    assert told_of(kept, tmp_path).wrong == ["Zegel 1 is weg."]


class TestViews:
    DAY = date(2018, 6, 30)

    @pytest.fixture
    def view(self) -> bytes:
        content = b"%PDF-1.7 een weergave"
        said = {"peildatum": self.DAY.isoformat(), "sha256": hashlib.sha256(content).hexdigest()}
        record("overzicht_gedownload", "Gedownload.", data=said)
        return content

    def test_it_is_known_by_what_the_journal_says(
        self, view: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = overview_on(self.DAY)
        inner = Inside(1, list(rows_of(found)), {"overzicht.json": hashlib.sha256(as_json(found)).hexdigest()}, None)
        say(inner, monkeypatch)
        verdict = told_of(view, tmp_path)
        assert list(marks(verdict).values()) == [True, True, None, True, None]
        assert (verdict.edition, "geen editie" in verdict.title) == (None, True)
        say(inner._replace(rows=[("BC-2099-0001", "x")]), monkeypatch)
        assert not told_of(view, tmp_path).is_good
        say(inner._replace(files={}), monkeypatch)
        check = told_of(view, tmp_path).checks[3]
        assert (check.is_good, "eerdere versie van het register, of op een dag die" in check.sentence) == (None, True)

    def test_another_file_with_the_same_content_is_not(self, view: bytes, sound: Inside, tmp_path: Path) -> None:
        assert told_of(view + b" ", tmp_path).title == "Dit bestand komt niet uit dit register."

    def test_what_the_journal_says_of_other_files_does_not_count(self, sound: Inside, tmp_path: Path) -> None:
        content = b"%PDF-1.7 een brief"
        record("brief_gemaakt", "Een brief.", data={"sha256": hashlib.sha256(content).hexdigest()})
        assert not told_of(content, tmp_path).is_good


@pytest.mark.parametrize(("content", "why"), [(b"", verifying.EMPTY), (b"GIF89a", verifying.NO_PDF)])
def test_what_is_no_pdf_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        told_of(content, tmp_path)
    assert str(refusal.value) == why


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "groot.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(100 * 1024**2)
    with pytest.raises(Refused) as refusal:
        verify(path)
    assert str(refusal.value) == verifying.TOO_LARGE


class TestTheCommand:
    def run(self, path: Path) -> Iterator[Any]:
        said = StringIO()
        try:
            call_command("verify_overview", str(path), "--json", stdout=said)
            yield ""
        except CommandError as error:
            yield str(error)
        yield json.loads(said.getvalue().splitlines()[-1])

    def test_it_says_which_edition_or_what_is_wrong(self, kept: bytes, sound: Inside, tmp_path: Path) -> None:
        path = tmp_path / "kopie.pdf"
        path.write_bytes(kept)
        error, said = self.run(path)
        assert (error, said["good"], said["edition"], said["wrong"]) == ("", True, 1, [])
        path.write_bytes(kept + b" ")
        error, said = self.run(path)
        assert ("is iets toegevoegd" in error, said["good"], said["edition"]) == (True, False, 1)

    def test_a_key_file_that_cannot_be_read_is_named_and_not_the_document(
        self, kept: bytes, tmp_path: Path, settings: Any
    ) -> None:
        path = tmp_path / "kopie.pdf"
        path.write_bytes(kept)
        settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
        (tmp_path / "key.pem").write_bytes(b"iets anders")
        error, said = self.run(path)
        assert (f"{tmp_path}/key.pem kan niet worden gelezen" in error, said["good"]) == (True, False)

    def test_a_file_that_is_not_there_is_no_crash(self, tmp_path: Path) -> None:
        error, said = self.run(tmp_path / "weg.pdf")
        assert ("kan niet worden gelezen" in error, said["good"]) == (True, False)
