"""What a file is, by its content: its name and what the browser says of it are never believed.

The kinds are few and each is known by a few bytes, so they are looked at here instead of by a library that knows a
thousand. An Office file is a zip: it is opened, never unpacked, and refused when it carries macros or a password.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

MOST_PARTS = 5_000
"""How many parts an Office file may have; a document has some dozens."""

LONGEST_LIST = 1024**2
"""How long the list of parts of an Office file may be, unpacked."""

CONTENT_TYPES = "[Content_Types].xml"
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"

ALLOWED = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods) of een afbeelding (png, jpg)"
UNKNOWN = f"Dit soort bestand kunnen wij niet bewaren. Kies {ALLOWED}."
EMPTY = "Dit bestand is leeg. Kies een ander bestand."
BROKEN = "Dit bestand is niet heel. Open het, bewaar het opnieuw en kies het dan nog een keer."
MACROS = "In dit bestand staan macro’s. Bewaar het zonder macro’s en kies het dan opnieuw."
LOCKED = "Op dit bestand zit een wachtwoord, of het is een oud Office-bestand. Bewaar het zonder wachtwoord als docx."


class Unfit(Exception):
    """The file cannot be taken in; the message is a Dutch sentence for who sent it."""


class FileKind(NamedTuple):
    """A kind of file that is taken in. `extension` is how its name ends when it is given back."""

    extension: str
    mime: str
    label: str
    icon: str = "file-text"
    also: tuple[str, ...] = ()

    def name(self, given: str) -> str:
        """`given` with an ending that fits: a name never lies about what is in the file."""
        stem, _, ending = given.rpartition(".")
        if ending.lower() in (self.extension, *self.also) and stem:
            return given
        return f"{stem or given}.{self.extension}"


PDF = FileKind("pdf", "application/pdf", "PDF", "file-type-pdf")
PNG = FileKind("png", "image/png", "afbeelding")
JPEG = FileKind("jpg", "image/jpeg", "afbeelding", also=("jpeg",))
DOCX = FileKind("docx", f"{OOXML}.wordprocessingml.document", "Word")
XLSX = FileKind("xlsx", f"{OOXML}.spreadsheetml.sheet", "Excel")
ODT = FileKind("odt", f"{ODF}.text", "OpenDocument")
ODS = FileKind("ods", f"{ODF}.spreadsheet", "OpenDocument")
KINDS = {kind.mime: kind for kind in (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS)}


def recognise(file: IO[bytes]) -> FileKind:
    """What kind of file this is. Raises `Unfit`; the file is left at its beginning."""
    try:
        file.seek(0)
        first = file.read(16)
        file.seek(0)
        if not first:
            raise Unfit(EMPTY)
        for magic, look in LOOKS.items():
            if first.startswith(magic):
                return look(file)
        raise Unfit(UNKNOWN)
    finally:
        file.seek(0)


def _pdf(file: IO[bytes]) -> FileKind:
    return _ending(file, b"%%EOF", 1024, PDF)


def _png(file: IO[bytes]) -> FileKind:
    return _ending(file, b"IEND\xaeB`\x82", 12, PNG)


def _jpeg(file: IO[bytes]) -> FileKind:
    return _ending(file, b"\xff\xd9", 1024, JPEG)


def _locked(file: IO[bytes]) -> FileKind:
    raise Unfit(LOCKED)


def _ending(file: IO[bytes], mark: bytes, within: int, kind: FileKind) -> FileKind:
    """A file of this kind has `mark` in its last bytes; without it, it was cut off or is something else."""
    size = file.seek(0, 2)
    file.seek(max(0, size - within))
    if mark not in file.read(within):
        raise Unfit(BROKEN)
    return kind


def _office(file: IO[bytes]) -> FileKind:
    try:
        with zipfile.ZipFile(file) as parts:
            return _kind_of(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unfit(BROKEN) from error


def _kind_of(parts: zipfile.ZipFile) -> FileKind:
    there = parts.infolist()
    if len(there) > MOST_PARTS:
        raise Unfit(UNKNOWN)
    if any(part.flag_bits & 1 for part in there):
        raise Unfit(LOCKED)
    names = [part.filename for part in there]
    if any(_is_macro(name) for name in names):
        raise Unfit(MACROS)
    if CONTENT_TYPES in names:
        return _microsoft(set(_content_types(_read(parts, CONTENT_TYPES))))
    if "mimetype" in names:
        return _open_document(parts)
    raise Unfit(UNKNOWN)


def _is_macro(name: str) -> bool:
    lower = name.lower()
    return lower.endswith("vbaproject.bin") or "/macrosheets/" in lower or lower.startswith(("basic/", "scripts/"))


def _microsoft(types: set[str]) -> FileKind:
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise Unfit(MACROS)
    for kind in (DOCX, XLSX):
        if f"{kind.mime}.main+xml" in types:
            return kind
    raise Unfit(UNKNOWN)


def _open_document(parts: zipfile.ZipFile) -> FileKind:
    found = KINDS.get(_read(parts, "mimetype").decode("ascii", "replace").strip())
    if found not in (ODT, ODS):
        raise Unfit(UNKNOWN)
    if b"manifest:encryption-data" in _read(parts, "META-INF/manifest.xml"):
        raise Unfit(LOCKED)
    return found


def _read(parts: zipfile.ZipFile, name: str) -> bytes:
    """A small part, unpacked; one that says it is small and is not does not fill the memory."""
    try:
        with parts.open(name) as part:
            content = part.read(LONGEST_LIST + 1)
    except KeyError as error:
        raise Unfit(BROKEN) from error
    if len(content) > LONGEST_LIST:
        raise Unfit(UNKNOWN)
    return content


def _content_types(xml: bytes) -> Iterator[str]:
    """Every type that the list of parts names; a list that defines entities of its own is not read."""
    from xml.etree import ElementTree

    if b"<!" in xml:
        raise Unfit(BROKEN)
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314  # no entities, and no longer than LONGEST_LIST
    except ElementTree.ParseError as error:
        raise Unfit(BROKEN) from error
    yield from (one.get("ContentType", "") for one in root)


LOOKS: dict[bytes, Callable[[IO[bytes]], FileKind]] = {
    b"%PDF-": _pdf,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"PK\x03\x04": _office,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _locked,
}
"""The first bytes of each kind, and how to look further."""
