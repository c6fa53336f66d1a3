"""The key with which the register signs: in the file that `SIGNING_KEY_FILE` names; a demonstration makes one itself,
which says so.

The file is PEM: a private key, its certificate, and the certificates of whoever issued that. Certificates of keys that
were used before may stand in it too: what they signed stays ours. Not here: signing and judging (`signing.py`);
this is imported when that is done, since a web process seldom needs it.
"""

import errno
import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from bodycams.embedded.bootstrap import because

RSA_BITS, CURVE_BITS = 3072, 256
"""The least that is strong enough to trust for years."""
DEMONSTRATION = {
    NameOID.COMMON_NAME: "Bodycamregister (demonstratie)",
    NameOID.ORGANIZATION_NAME: "Zelf gemaakt voor een demonstratie, geen sleutel van de politie",
}
ALWAYS = (datetime(2015, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""A demonstration may be about any day."""
MISSING = "Er is geen sleutel om mee te ondertekenen. Zet in SIGNING_KEY_FILE waar die staat, en start opnieuw."


class CannotSign(Exception):
    """There is no key that can be used; the message is the Dutch sentence that says why."""


class Key(NamedTuple):
    """All in DER. `chain`: the other certificates of the file."""

    private: bytes
    certificate: bytes
    chain: tuple[bytes, ...]


def key_on(at: datetime) -> Key:
    """The key to sign with at a moment. Raises `CannotSign` when there is none, or it is weak or out of date."""
    content = _content()
    try:
        private: Any = load_pem_private_key(content, None)
        certificates = x509.load_pem_x509_certificates(content)
    except (ValueError, TypeError) as error:
        raise CannotSign(f"In SIGNING_KEY_FILE staat geen bruikbare sleutel met certificaat: {error}.") from None
    mine = [each for each in certificates if _public(each) == _public(private)]
    if not mine:
        raise CannotSign("In SIGNING_KEY_FILE staat geen certificaat dat bij de sleutel hoort.")
    if not _is_strong(private):
        raise CannotSign(f"De sleutel is te zwak: neem RSA van {RSA_BITS} bits of meer, of een kromme als P-256.")
    own = next((each for each in mine if each.not_valid_before_utc <= at <= each.not_valid_after_utc), None)
    if own is None:
        raise CannotSign("Het certificaat van de sleutel is verlopen, of nog niet geldig.")
    if _issues(own, certificates):
        raise CannotSign("Het certificaat van de sleutel is er een om certificaten mee uit te geven (CA:TRUE).")
    chain = tuple(each.public_bytes(Encoding.DER) for each in certificates if each is not own)
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Key(der, own.public_bytes(Encoding.DER), chain)


def own_certificates() -> set[str]:
    """The SHA-256 of those with which the register signs or signed. An issuer's is not ours, since it issues to others
    too. Raises OSError when the file cannot be read, or is something else.
    """
    path = place()
    if not path or not path.is_file():
        return set()
    try:
        certificates = x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError:
        raise OSError(errno.EINVAL, "daarin staan geen certificaten", str(path)) from None
    return {
        hashlib.sha256(each.public_bytes(Encoding.DER)).hexdigest()
        for each in certificates
        if not _issues(each, certificates)
    }


def place() -> Path | None:
    """Where the key stands, or would stand; None when there is no place for one."""
    if settings.SIGNING_KEY_FILE:
        return Path(settings.SIGNING_KEY_FILE)
    return settings.HOME / "keys" / "signing.pem" if settings.DEMO else None


def _content() -> bytes:
    path = place()
    if not path:
        raise CannotSign(MISSING)
    if not settings.SIGNING_KEY_FILE and not path.exists():
        _make_for_demonstration(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotSign(f"SIGNING_KEY_FILE kan niet worden gelezen: {because(error)}.") from None


def _make_for_demonstration(path: Path) -> None:
    """Two who make one at once end with the same: the first that is whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    half.touch(mode=0o600)
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    half.write_bytes(pem + certificate_of(private, DEMONSTRATION, *ALWAYS).public_bytes(Encoding.PEM))
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def certificate_of(
    private: Any, names: dict[x509.ObjectIdentifier, str], begins: datetime, ends: datetime
) -> x509.Certificate:
    """One that the key issues to itself: for signatures that cannot be denied, and not to issue more."""
    name = x509.Name([x509.NameAttribute(kind, words) for kind, words in names.items()])
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
    usage |= dict.fromkeys(("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(private, hashes.SHA256())
    )


def _public(of: Any) -> bytes:
    key = of.public_key()
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _is_strong(private: Any) -> bool:
    if isinstance(private, rsa.RSAPrivateKey):
        return private.key_size >= RSA_BITS
    return isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.key_size >= CURVE_BITS


def _issues(certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> bool:
    """What an old certificate does not say itself is seen from those that it issued."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return any(_is_issued_by(certificate, each) for each in others if each != certificate)


def _is_issued_by(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
