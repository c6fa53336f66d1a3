"""Small files of every kind that is taken in, and of some that are not, made here so that nobody has to trust them."""

import io
import zipfile
import zlib

from bodycams.uploads.arrival import Arrived
from bodycams.uploads.kinds import CONTENT_TYPES, DOCX, ODS, ODT, XLSX

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PROGRAM = b"MZ\x90\x00" + bytes(60)
PAGE = b"<!doctype html><script>alert(1)</script>"


def _part(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _part(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    + _part(b"IDAT", zlib.compress(b"\x00\xff"))
    + _part(b"IEND", b"")
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as to:
        for name, content in parts.items():
            to.writestr(name, content)
    return made.getvalue()


def microsoft(mime: str, **parts: bytes | str) -> bytes:
    types = f'<Types><Override PartName="/a.xml" ContentType="{mime}.main+xml"/></Types>'
    return zipped({CONTENT_TYPES: types, "a.xml": "<a/>", **parts})


def open_document(mime: str, manifest: str = "<manifest/>", **parts: bytes | str) -> bytes:
    return zipped({"mimetype": mime, "META-INF/manifest.xml": manifest, **parts})


SAMPLES: dict[str, bytes] = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "docx": microsoft(DOCX.mime),
    "xlsx": microsoft(XLSX.mime),
    "odt": open_document(ODT.mime),
    "ods": open_document(ODS.mime),
}
"""A file of each kind, by the ending of its name."""


def arrived(content: bytes, name: str = "notulen.pdf", refusal: str = "") -> Arrived:
    """A file as it stands in `request.FILES`."""
    one = Arrived(io.BytesIO(content), name, "application/x-anything", len(content))
    one.refusal = refusal
    return one
