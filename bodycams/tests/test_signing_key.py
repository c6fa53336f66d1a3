"""The register's key: refused in a sentence when it is missing, weak or out of date; made once in a demonstration."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bodycams.pdf.signing_key import CannotSign, certificate_of, key_on, own_certificates

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
NAMES = {NameOID.COMMON_NAME: "Bodycamregister"}


def pem(private: Any) -> bytes:
    return bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def signed(private: Any, at: datetime = AT) -> bytes:
    """Its certificate, which holds from `at` for ten days."""
    return certificate_of(private, NAMES, at, at + timedelta(days=10)).public_bytes(Encoding.PEM)


def der(certificate: bytes) -> bytes:
    return x509.load_pem_x509_certificate(certificate).public_bytes(Encoding.DER)


def digest(certificate: bytes) -> str:
    return hashlib.sha256(certificate).hexdigest()


CURVE, OTHER, SMALL = (ec.generate_private_key(curve()) for curve in (ec.SECP256R1, ec.SECP256R1, ec.SECP224R1))


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO, settings.SIGNING_KEY_FILE = False, str(tmp_path / "key.pem")
    return tmp_path / "key.pem"


def test_key_is_read_with_its_certificate_and_all_that_came_before(key_file: Path) -> None:
    former, own = signed(OTHER), signed(CURVE)
    key_file.write_bytes(former + pem(CURVE) + own)
    key = key_on(AT)
    assert (key.certificate, key.chain) == (der(own), (der(former),))
    assert own_certificates() == {digest(der(own)), digest(der(former))}


def test_who_issues_to_others_too_is_not_the_register(key_file: Path) -> None:
    issuer = bare("Uitgever", "Uitgever", OTHER).add_extension(x509.BasicConstraints(True, None), critical=True)
    key_file.write_bytes(pem(CURVE) + signed(CURVE) + issuer.sign(OTHER, SHA256()).public_bytes(Encoding.PEM))
    assert own_certificates() == {digest(key_on(AT).certificate)}


def bare(subject: str, issuer: str, key: Any) -> x509.CertificateBuilder:
    """A certificate of a key that says nothing of what it is for."""
    by, of = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (issuer, subject))
    return x509.CertificateBuilder(by, of, key.public_key(), 1, AT, AT + timedelta(days=10))


def test_an_old_issuer_that_does_not_say_so_is_known_by_what_it_issued(key_file: Path) -> None:
    old = bare("Uitgever", "Uitgever", OTHER).sign(OTHER, SHA256()).public_bytes(Encoding.PEM)
    own = bare("Bodycamregister", "Uitgever", CURVE).sign(OTHER, SHA256()).public_bytes(Encoding.PEM)
    key_file.write_bytes(pem(CURVE) + own + old)
    assert own_certificates() == {digest(der(own))} == {digest(key_on(AT).certificate)}
    key_file.write_bytes(pem(CURVE) + signed(CURVE) + old)
    assert digest(der(old)) in own_certificates()  # then it is that of a former key


def test_key_that_issues_to_others_does_not_sign(key_file: Path) -> None:
    issuer = bare("Zelf", "Zelf", CURVE).add_extension(x509.BasicConstraints(True, None), critical=True)
    key_file.write_bytes(pem(CURVE) + issuer.sign(CURVE, SHA256()).public_bytes(Encoding.PEM))
    with pytest.raises(CannotSign, match="CA:TRUE"):
        key_on(AT)
    key_file.write_bytes(pem(CURVE) + signed(CURVE))
    assert key_on(AT).certificate


def test_of_two_certificates_of_one_key_the_valid_one_is_taken(key_file: Path) -> None:
    old, new = signed(CURVE, AT - timedelta(days=11)), signed(CURVE)
    key_file.write_bytes(pem(CURVE) + old + new)
    assert key_on(AT).certificate == der(new)
    assert key_on(AT - timedelta(days=5)).certificate == der(old)
    assert own_certificates() == {digest(der(old)), digest(der(new))}


def test_file_that_is_something_else_is_not_taken_for_one_without_certificates(key_file: Path) -> None:
    key_file.write_bytes(b"iets anders")
    with pytest.raises(OSError, match="geen certificaten"):
        own_certificates()
    key_file.write_bytes(signed(CURVE))
    assert len(own_certificates()) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "geen bruikbare sleutel"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "geen bruikbare sleutel"),
        (pem(CURVE), "geen bruikbare sleutel"),
        (pem(CURVE) + signed(OTHER), "dat bij de sleutel hoort"),
        (pem(SMALL) + signed(SMALL), "te zwak"),
        (pem(CURVE) + signed(CURVE, AT - timedelta(days=11)), "verlopen"),
        (pem(CURVE) + signed(CURVE, AT + timedelta(days=2)), "nog niet geldig"),
    ],
)
def test_key_that_cannot_be_used_is_refused_in_words(key_file: Path, content: bytes, sentence: str) -> None:
    key_file.write_bytes(content)
    with pytest.raises(CannotSign, match=sentence):
        key_on(AT)


def test_short_rsa_is_too_weak(key_file: Path) -> None:
    private = rsa.generate_private_key(65537, 2048)
    key_file.write_bytes(pem(private) + signed(private))
    with pytest.raises(CannotSign, match="te zwak"):
        key_on(AT)


def test_without_a_key_nothing_is_signed(settings: Any, key_file: Path) -> None:
    with pytest.raises(CannotSign, match="kan niet worden gelezen"):
        key_on(AT)
    assert own_certificates() == set()
    settings.SIGNING_KEY_FILE = ""
    with pytest.raises(CannotSign, match="Zet in SIGNING_KEY_FILE"):
        key_on(AT)
    assert own_certificates() == set()


def test_demonstration_makes_one_key_however_many_ask_at_once(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.DEMO, settings.SIGNING_KEY_FILE = tmp_path, True, ""
    keys: list[bytes] = []
    barrier = threading.Barrier(4)

    def ask() -> None:
        barrier.wait()
        keys.append(key_on(AT).certificate)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    (file,) = (tmp_path / "keys").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("signing.pem", 0o600)
    assert own_certificates() == set(map(digest, keys))
