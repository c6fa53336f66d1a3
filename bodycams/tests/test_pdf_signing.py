"""Signatures: by the register's key, behind bytes that stay as they were; every change is seen, by others too."""

import asyncio
import hashlib
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from bodycams.pdf import signing, signing_key
from bodycams.pdf.making import write_pdf
from bodycams.pdf.signing import BROKEN, MOST_LETTERS, Signature, judge, sign
from bodycams.pdf.signing_key import CannotSign
from bodycams.tests.pdf_checks import faults, read

HTML = (
    '<!doctype html><html lang="nl"><head><title>Proef</title><link rel="stylesheet" href="css/fonts.css"></head>'
    '<body><h1>Proef</h1><p>Lees <a href="#verder">verder</a>.</p><h2 id="verder">Verder</h2></body></html>'
)
AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
SOUND = Signature(
    intact=True,
    valid=True,
    trusted=True,
    covers_whole_file=True,
    by="Bodycamregister (demonstratie)",
    at="2026-03-10T12:00:00+00:00",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_key(settings: Any, home: Path) -> None:
    """The key of a demonstration, which is made when it is first needed."""
    settings.HOME, settings.DEMO, settings.SIGNING_KEY_FILE = home, True, ""


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return write_pdf(HTML, is_to_be_signed=True)


@pytest.fixture
def signed(unsigned: bytes, home: Path) -> bytes:
    """Signed once for all tests."""
    target = home / "signed.pdf"
    if not target.exists():
        (home / "unsigned.pdf").write_bytes(unsigned)
        sign(home / "unsigned.pdf", target, AT)
    return target.read_bytes()


def judged(content: bytes, folder: Path) -> Signature | None:
    path = folder / "judged.pdf"
    path.write_bytes(content)
    return judge(path)


def test_it_is_sound_and_says_by_whom_and_when(signed: bytes, tmp_path: Path) -> None:
    assert judged(signed, tmp_path) == SOUND


def test_the_signed_file_begins_with_the_unsigned_one(signed: bytes, unsigned: bytes) -> None:
    assert signed.startswith(unsigned)


def test_archive_form_tags_and_metadata_stay_as_they_were(signed: bytes, unsigned: bytes) -> None:
    assert faults(signed) == faults(unsigned) == []
    before, after = read(unsigned), read(signed)
    assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
    assert dict(after.docinfo) == dict(before.docinfo)


def test_the_certificate_of_a_demonstration_says_that_it_is_one(signed: bytes) -> None:
    said = signature_in(signed)[0]["certificates"][0].chosen.subject.native
    assert said["organization_name"] == "Zelf gemaakt voor een demonstratie, geen sleutel van de politie"


def signature_in(content: bytes) -> tuple[Any, list[int]]:
    """What stands in the field, and what it covers, by readers of their own."""
    with read(content) as file:
        value = file.Root.AcroForm.Fields[0].V
        assert str(value.SubFilter) == "/ETSI.CAdES.detached"
        return ContentInfo.load(bytes(value.Contents))["content"], list(map(int, value.ByteRange))


def test_others_find_it_sound_too(signed: bytes, home: Path) -> None:
    """By the standard, step by step; and by `pdfsig` where that is installed."""
    said, (first, length, second, rest) = signature_in(signed)
    assert (first, second + rest) == (0, len(signed))
    (signer,) = said["signer_infos"]
    attributes = {each["type"].native: each["values"][0] for each in signer["signed_attrs"]}
    covered = hashlib.sha256(signed[:length] + signed[second:]).digest()
    assert attributes["message_digest"].native == covered
    certificate = x509.load_der_x509_certificate(said["certificates"][0].dump())
    key: Any = certificate.public_key()
    key.verify(signer["signature"].native, signer["signed_attrs"].untag().dump(), ec.ECDSA(SHA256()))
    if pdfsig := shutil.which("pdfsig"):
        told = subprocess.run([pdfsig, "-nocert", home / "signed.pdf"], capture_output=True, text=True).stdout
        assert "Signature Validation: Signature is Valid." in told
        assert "Total document signed" in told


def test_it_signs_and_judges_where_a_loop_runs_already(unsigned: bytes, home: Path, tmp_path: Path) -> None:
    """As behind a browser's driver, or an asynchronous server. Without the thread pyHanko refuses."""
    path, target = tmp_path / "unsigned.pdf", tmp_path / "signed.pdf"
    path.write_bytes(unsigned)

    async def within() -> Signature | None:
        sign(path, target, AT)
        return judge(target)

    with ThreadPoolExecutor(1) as thread:  # in this one a browser's loop may run
        assert thread.submit(lambda: asyncio.run(within())).result() == SOUND


def test_without_a_signature_there_is_none(unsigned: bytes, tmp_path: Path) -> None:
    assert judged(unsigned, tmp_path) is None


@trying(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_flipped_bit_is_seen(signed: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Also in the signature itself, which covers all but itself."""
    gap = signed.rindex(b"/Contents <")
    place = data.draw(st.integers(0, len(signed) - 1) | st.integers(gap, signed.index(b">", gap)))
    bit = data.draw(st.integers(0, 7))
    harmed = bytearray(signed)
    harmed[place] ^= 1 << bit
    try:
        found = judged(bytes(harmed), tmp_path)
    except ValueError:
        return  # no PDF any more
    assert found is None or not found.is_sound


def test_what_no_digest_covers_in_the_signature_is_seen_too(signed: bytes, tmp_path: Path) -> None:
    """Lengths, versions and names of digests; the start of the signature is full of them."""
    start = signed.rindex(b"/Contents <") + 11
    assert judged(signed, tmp_path) == SOUND
    for place in range(start, start + 100):
        harmed = bytearray(signed)
        harmed[place] ^= 1
        found = judged(bytes(harmed), tmp_path)
        assert found is None or not found.is_sound, place - start


def test_name_of_the_issuer_in_other_letters_is_seen_too(signed: bytes, tmp_path: Path) -> None:
    """It stands in the certificate, twice; with who signed, which no digest covers; and in what is signed."""
    name = b"Bodycamregister".hex().upper().encode()
    assert signed.count(name) == 4
    place = signed.rindex(name, 0, signed.rindex(name))
    harmed = bytearray(signed)
    harmed[place] ^= 2  # `B` becomes `b`
    found = judged(bytes(harmed), tmp_path)
    assert found is not None
    assert (found.intact, found.valid) == (False, True)


def test_small_and_large_hexadecimals_are_not_the_same(signed: bytes, tmp_path: Path) -> None:
    place = next(place for place in range(signed.rindex(b"/Contents <") + 11, len(signed)) if signed[place] >= ord("A"))
    harmed = bytearray(signed)
    harmed[place] |= ord("a") - ord("A")
    found = judged(bytes(harmed), tmp_path)
    assert found is not None
    assert (found.intact, found.valid) == (False, True)


def test_what_is_added_afterwards_is_not_covered(signed: bytes, tmp_path: Path) -> None:
    added = signed + b"\n% erbij\n"
    found = judged(added, tmp_path)
    assert found is not None
    assert (found.valid, found.covers_whole_file) == (True, False)


def test_signature_by_somebody_else_is_valid_but_not_trusted(
    unsigned: bytes, signed: bytes, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "unsigned.pdf").write_bytes(unsigned)
    sign(tmp_path / "unsigned.pdf", tmp_path / "signed.pdf", AT)
    assert judge(tmp_path / "signed.pdf") == SOUND
    assert judged(signed, tmp_path) == SOUND._replace(trusted=False)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("Vals\0 \x1b[2J\u202eRegister", "Vals [2JRegister"),
        ("x" * 15_000, "x" * MOST_LETTERS),
        (" ", "een certificaat zonder naam"),
        ("Bodycamregister", "Bodycamregister"),
    ],
    ids=["letters", "length", "blank", "sound"],
)
@pytest.mark.filterwarnings("ignore:Attribute's length")
def test_name_that_somebody_chose_can_be_shown_and_kept(
    name: str, by: str, unsigned: bytes, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_somebody_called(name, unsigned, tmp_path, settings, monkeypatch) == SOUND._replace(by=by)


def test_signature_that_takes_minutes_to_read_is_not_read(
    signed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged(signed, tmp_path) == SOUND
    monkeypatch.setattr(signing, "MOST_BYTES", 1000)
    assert judged(signed, tmp_path) == BROKEN


def by_somebody_called(name: str, unsigned: bytes, home: Path, settings: Any, patch: Any) -> Signature | None:
    """Anybody can make a key, and a certificate of it with any name."""
    settings.HOME = home
    patch.setattr(signing_key, "DEMONSTRATION", {NameOID.COMMON_NAME: name})
    patch.setattr(x509, "NameAttribute", partial(x509.NameAttribute, _validate=False))
    (home / "unsigned.pdf").write_bytes(unsigned)
    sign(home / "unsigned.pdf", home / "signed.pdf", AT)
    return judge(home / "signed.pdf")


@pytest.mark.parametrize("content", [b"", b"geen PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"9" * 10_000])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ValueError):
        judged(content, tmp_path)


def test_field_with_nonsense_in_it_is_no_sound_signature(unsigned: bytes, tmp_path: Path) -> None:
    file = read(unsigned)
    nonsense = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"\x30\x03abc", ByteRange=[0, 1, 2, 3])
    nonsense.SubFilter = pikepdf.Name("/ETSI.CAdES.detached")
    file.Root.AcroForm.Fields[0].V = file.make_indirect(nonsense)
    file.save(tmp_path / "nonsense.pdf")
    found = judge(tmp_path / "nonsense.pdf")
    assert found is not None
    assert not any(found[:4])


def test_what_cannot_be_signed_leaves_the_target_as_it_was(
    unsigned: bytes, signed: bytes, tmp_path: Path, settings: Any
) -> None:
    source, target = tmp_path / "unsigned.pdf", tmp_path / "signed.pdf"
    target.write_bytes(b"van eerder")
    for content, why in ((write_pdf(HTML), "does not contain a form"), (signed, "filled already")):
        source.write_bytes(content)
        with pytest.raises(ValueError, match=why):
            sign(source, target, AT)
        assert target.read_bytes() == b"van eerder"
    source.write_bytes(unsigned)
    settings.SIGNING_KEY_FILE = str(tmp_path / "weg.pem")
    with pytest.raises(CannotSign):
        sign(source, target, AT)
    assert target.read_bytes() == b"van eerder"
    settings.SIGNING_KEY_FILE = ""
    sign(source, target, AT)
    assert target.read_bytes().startswith(unsigned)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["signed.pdf", "unsigned.pdf"]


def test_genuine_file_is_not_called_broken_when_our_certificates_cannot_be_read(
    signed: bytes, tmp_path: Path, settings: Any
) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "key.pem")
    (tmp_path / "key.pem").write_bytes(b"iets anders")
    with pytest.raises(OSError, match="geen certificaten"):
        judged(signed, tmp_path)
    settings.SIGNING_KEY_FILE = ""
    assert judged(signed, tmp_path) == SOUND


@pytest.mark.parametrize("claim", ["intact", "valid", "covers_whole_file"])
def test_sound_is_all_of_it(claim: str) -> None:
    assert SOUND.is_sound
    assert SOUND._replace(trusted=False).is_sound
    harmed: Any = {claim: False}
    assert not SOUND._replace(**harmed).is_sound


@pytest.mark.django_db
def test_unless_told_it_is_signed_at_the_moment_of_the_database(unsigned: bytes, tmp_path: Path) -> None:
    (tmp_path / "unsigned.pdf").write_bytes(unsigned)
    sign(tmp_path / "unsigned.pdf", tmp_path / "signed.pdf")
    found = judge(tmp_path / "signed.pdf")
    assert found is not None
    assert abs(datetime.fromisoformat(found.at) - datetime.now(UTC)) < timedelta(hours=1)
