"""Whatever file somebody sends, what is inside is told or refused with a sentence, in time and by another process."""

import hashlib
import os
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bodycams.pdf import contents
from bodycams.pdf.contents import BROKEN, ENCRYPTED, TOO_MUCH, Unreadable, inside, row_digest
from bodycams.pdf.making import write_pdf
from bodycams.pdf.signing import sign

ZEROS = 1024**2
TIMES = 1_200
"""So many megabytes of zeros come out of one and a half."""


def written(pdf: pikepdf.Pdf, path: Path, **how: Any) -> Path:
    pdf.save(path, **how)
    return path


def blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def refusal_of(path: Path, seconds: int = contents.SECONDS) -> str:
    with pytest.raises(Unreadable) as refusal:
        inside(path, seconds)
    return str(refusal.value)


def bomb() -> bytes:
    """Much out of little: one compressed megabyte of zeros, over and over."""
    packer = zlib.compressobj()
    first = packer.compress(b"\0" * ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b"\0" * ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * TIMES + packer.flush()


def test_a_sound_file_of_another_is_told_of(tmp_path: Path) -> None:
    pdf = blank()
    pdf.attachments["los.txt"] = b"iets"
    found = inside(written(pdf, tmp_path / "een.pdf"))
    assert (found.pages, found.rows, found.signature) == (1, [], None)
    assert found.files == {"los.txt": hashlib.sha256(b"iets").hexdigest()}


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7\n" + b"x" * 5_000, b"%PDF-1.7\n1 0 obj\n<<" * 500])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "geen.pdf"
    path.write_bytes(content)
    assert refusal_of(path) == BROKEN


@pytest.mark.parametrize("user", ["", "geheim"])
def test_what_is_encrypted_is_refused(tmp_path: Path, user: str) -> None:
    lock = pikepdf.Encryption(owner="eigenaar", user=user)
    assert refusal_of(written(blank(), tmp_path / "slot.pdf", encryption=lock)) == ENCRYPTED


def test_what_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    pdf = blank()
    pdf.attachments["veel.bin"] = b"klein"
    file = pdf.attachments["veel.bin"].get_file().obj
    file.write(bomb(), filter=pikepdf.Name.FlateDecode)
    path = written(pdf, tmp_path / "bom.pdf", compress_streams=False)
    assert path.stat().st_size < 5 * ZEROS
    assert refusal_of(path) in (BROKEN, TOO_MUCH)


def test_what_goes_round_for_ever_is_refused_in_time(tmp_path: Path) -> None:
    pdf = blank()
    element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect))
    element.K = pikepdf.Array([element, element])
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([element]))
    assert refusal_of(written(pdf, tmp_path / "rond.pdf"), 1) == TOO_MUCH


def test_names_of_megabytes_are_cut(tmp_path: Path) -> None:
    pdf = blank()
    for letter in "ab":
        pdf.attachments[letter * 2_000_000] = letter.encode()
    found = inside(written(pdf, tmp_path / "namen.pdf"))
    assert sorted(found.files) == [letter * contents.MOST_LETTERS for letter in "ab"]


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    pdf = blank()
    for number in range(contents.MOST_FILES):
        pdf.attachments[f"{number}.txt"] = b"x"
    assert len(inside(written(pdf, tmp_path / "genoeg.pdf")).files) == contents.MOST_FILES
    pdf.attachments["een-te-veel.txt"] = b"x"
    assert refusal_of(written(pdf, tmp_path / "veel.pdf")) == TOO_MUCH


def test_what_the_process_says_is_read_no_further_than_it_may_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(blank(), tmp_path / "een.pdf")
    assert inside(path).pages == 1
    monkeypatch.setattr(contents, "MOST_SAID", 20)
    assert refusal_of(path) == TOO_MUCH


def test_the_process_gets_our_certificates_and_never_opens_the_key(tmp_path: Path, settings: Any) -> None:
    """It does not know where the file is; whose a signature is, it knows from the digests alone."""
    settings.HOME, settings.DEMO, settings.SIGNING_KEY_FILE = tmp_path, True, ""
    (tmp_path / "een.pdf").write_bytes(write_pdf("<!doctype html><title>Proef</title><p>Proef", is_to_be_signed=True))
    sign(tmp_path / "een.pdf", tmp_path / "twee.pdf", datetime(2026, 3, 10, 12, tzinfo=UTC))
    found = inside(tmp_path / "twee.pdf").signature
    assert found
    assert (found.is_sound, found.trusted) == (True, True)
    settings.HOME = tmp_path / "elders"
    found = inside(tmp_path / "twee.pdf").signature
    assert found
    assert (found.is_sound, found.trusted) == (True, False)


def test_the_process_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, str] = {}

    def start(command: list[str], *, env: dict[str, str], **more: Any) -> Any:
        told.update(env)
        raise Unreadable(TOO_MUCH)

    monkeypatch.setattr(contents.subprocess, "Popen", start)
    assert refusal_of(tmp_path) == TOO_MUCH
    assert "PATH" in told
    assert not set(told) & set(contents.KEPT_FROM_IT)
    assert set(os.environ) & set(contents.KEPT_FROM_IT)


def test_a_row_is_the_same_however_it_is_broken_into_lines() -> None:
    assert row_digest(["BC-2018-0001\n4 mei", "Twee  regels"]) == row_digest(["BC-2018-0001 4 mei", "Twee regels"])
    assert row_digest(["a", "b"]) != row_digest(["ab"]) != row_digest(["a", "c"])
