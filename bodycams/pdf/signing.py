"""Signs a PDF with the register's key, and judges a signature: the one room of pyHanko, which is imported inside
functions, like the key, since that costs half a second.

A signature (PAdES, ETSI EN 319 142) stands behind the bytes that it is of: the signed file begins with exactly the
unsigned one, whose archive form and tags it leaves as they were. Not here: the key (`signing_key.py`), the place in the
PDF that is kept free for it (`archive.py`).
"""

import hashlib
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.clock import now

if TYPE_CHECKING:
    from bodycams.pdf.signing_key import Key

SIGNATURE_FIELD = "Register"
"""The name of the place for a signature in a PDF that will be signed."""
REASON = "Uitgegeven door het Bodycamregister"


class Signature(NamedTuple):
    """What can be said of the signature in a file. `intact`: no byte that it covers, nor of itself, was changed since.
    `valid`: it was made with the key of its certificate. `trusted`: that is one of the register's own. `by` is who
    that certificate names, in words that can be shown and kept; `at` when the file says that it was signed (RFC 3339).
    """

    intact: bool
    valid: bool
    trusted: bool
    covers_whole_file: bool
    by: str
    at: str

    @property
    def is_sound(self) -> bool:
        """Whether the file is as somebody signed it. Whether that was the register is `trusted`."""
        return self.intact and self.valid and self.covers_whole_file


BROKEN = Signature(intact=False, valid=False, trusted=False, covers_whole_file=False, by="", at="")
"""What nothing can be said of."""
TOO_MUCH = (MemoryError, RecursionError)
"""Says something of the file too, but not what it is."""
MOST_BYTES = 256 * 1024
"""How large a signature may be: ours takes a few thousand bytes, and a name of megabytes takes minutes to compare."""
MOST_LETTERS = 100


def sign(path: Path, target: Path, at: datetime | None = None) -> None:
    """Writes the file to `target` with a signature behind it; `at` is the database's moment unless told. The file has
    a place for it: `write_pdf(…, is_to_be_signed=True)`. Raises `signing_key.CannotSign`, or ValueError for another
    file; then `target` is as it was.
    """
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    from bodycams.pdf.signing_key import key_on

    moment = at or now()
    key = key_on(moment)
    writer, signer = _tools(moment)
    about = PdfSignatureMetadata(
        SIGNATURE_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=REASON
    )
    half = target.with_name(f"{target.name}.half")
    try:
        with path.open("rb") as unsigned, half.open("wb") as signed:
            _aside(signer(about, _signer(key)).sign_pdf, writer(unsigned), existing_fields_only=True, output=signed)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _aside(work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """In a thread of its own: pyHanko runs a loop for what it does, which is refused where one is running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments, **named).result()


def _tools(moment: datetime) -> tuple[Any, Any]:
    """pyHanko's own would write its name over the metadata, and with that the archive form, and ask this machine's
    clock.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leaves them alone."""

    class Signer(PdfSigner):
        def init_signing_session(self, *arguments: Any, **named: Any) -> Any:
            session = super().init_signing_session(*arguments, **named)
            session.system_time = moment
            return session

    return Writer, Signer


def _signer(key: "Key") -> Any:
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = SimpleCertificateStore.from_certs(map(Certificate.load, key.chain))
    return SimpleSigner(Certificate.load(key.certificate), PrivateKeyInfo.load(key.private), chain)


def judge(path: Path, own: Collection[str] | None = None) -> Signature | None:
    """The signature in the register's place, else the first one in the file; None when there is none.

    Whose a signature is follows from its certificate alone, not from who issued that; so nothing is asked of the
    network. `own` are the register's, if the caller knows them (`own_certificates`). Raises ValueError for what cannot
    be read as a PDF, OSError when the register's cannot be read. What a hostile file costs is for the caller to bound.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    from bodycams.pdf.signing_key import own_certificates

    ours = own_certificates() if own is None else own
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file)
            is_form = "/AcroForm" in reader.root
        except TOO_MUCH:
            raise
        except Exception as error:  # whatever a file can bring a parser to
            raise ValueError(f"not a PDF that can be read: {error}") from None
        return _judged(reader, file, ours) if is_form else None


def _judged(reader: Any, file: Any, ours: Collection[str]) -> Signature | None:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = sorted(reader.embedded_signatures, key=lambda each: each.field_name != SIGNATURE_FIELD)
        if not signatures:
            return None
        if len(signatures[0].pkcs7_content) > MOST_BYTES:
            return BROKEN
        certificate = signatures[0].signer_cert
        context = ValidationContext(trust_roots=[certificate])
        status = _aside(validate_pdf_signature, signatures[0], context, skip_diff=True)
        return Signature(
            intact=status.intact and _is_as_written(file, signatures[0]),
            valid=status.valid,
            trusted=status.valid and hashlib.sha256(certificate.dump()).hexdigest() in ours,
            covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            by=_plain(_whose(certificate.subject.native)),
            at=status.signer_reported_dt.isoformat() if status.signer_reported_dt else "",
        )
    except TOO_MUCH:
        raise
    except Exception:  # as above
        return BROKEN


def _whose(subject: dict[str, Any]) -> str:
    """What a certificate calls its owner. An organisation's need not have a name of its own."""
    names = (str(subject.get(kind) or "").strip() for kind in ("common_name", "organization_name"))
    return next(filter(None, names), "een certificaat zonder naam")


def _plain(name: str) -> str:
    """Without what no database keeps and no page shows; somebody else wrote it."""
    return "".join(letter for letter in name[: 10 * MOST_LETTERS] if letter.isprintable())[:MOST_LETTERS]


def _is_as_written(file: Any, found: Any) -> bool:
    """Whether the signature itself is, which covers all but itself: in large hexadecimals, with zeros behind it."""
    from asn1crypto.cms import ContentInfo

    _, before, after, _ = found.byte_range
    file.seek(before)
    written = file.read(after - before)
    content = ContentInfo.load(found.pkcs7_content)
    plain = content.dump().hex().upper().encode()
    return bool(written == b"<" + plain.ljust(after - before - 2, b"0") + b">") and _says_what_ours_say(content, found)


def _says_what_ours_say(content: Any, found: Any) -> bool:
    """Whether those few bytes that no digest covers and no reader minds are as they were: lengths, versions, which
    digest, and the letters of the name of who issued the certificate.
    """
    from asn1crypto.algos import DigestAlgorithm

    said = content["content"]
    (signer,) = said["signer_infos"]
    digest = DigestAlgorithm({"algorithm": "sha256"}).dump()
    return bool(
        content.contents == content["content_type"].dump() + said.dump()
        and said["version"].dump() == signer["version"].dump() == b"\x02\x01\x01"
        and signer["sid"].chosen["issuer"].dump() == found.signer_cert.issuer.dump()
        and [each.dump() for each in said["digest_algorithms"]] == [signer["digest_algorithm"].dump()] == [digest]
    )
