"""What a file is by its content, whatever it is called."""

import io

import pytest

from bodycams.tests import files
from bodycams.uploads import kinds
from bodycams.uploads.kinds import BROKEN, EMPTY, LOCKED, MACROS, UNKNOWN, FileKind, Unfit, recognise


@pytest.mark.parametrize(("ending", "content"), files.SAMPLES.items())
def test_each_kind_is_known_by_its_content(ending: str, content: bytes) -> None:
    file = io.BytesIO(content)
    file.seek(3)
    assert recognise(file).extension == ending
    assert file.tell() == 0


def entities() -> bytes:
    return files.zipped({kinds.CONTENT_TYPES: '<!DOCTYPE a [<!ENTITY b "c">]><Types/>'})


def password() -> bytes:
    """Every part says that it is encrypted, in the flags of the file's list of parts."""
    content = bytearray(files.SAMPLES["docx"])
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (files.PROGRAM, UNKNOWN),
        (files.PAGE, UNKNOWN),
        (b"GIF89a" + bytes(20), UNKNOWN),
        (b" " + files.PDF, UNKNOWN),
        (files.zipped({"a.txt": "a"}), UNKNOWN),
        (files.open_document("application/vnd.oasis.opendocument.presentation"), UNKNOWN),
        (files.microsoft("application/vnd.openxmlformats-officedocument.presentationml.presentation"), UNKNOWN),
        (files.zipped({f"{number}.xml": "" for number in range(kinds.MOST_PARTS + 1)}), UNKNOWN),
        (files.zipped({kinds.CONTENT_TYPES: b"<" + b"a" * kinds.LONGEST_LIST}), UNKNOWN),
        (files.PDF[:-7], BROKEN),
        (files.PNG[:-4], BROKEN),
        (files.JPEG[:-2], BROKEN),
        (files.SAMPLES["docx"][:-8], BROKEN),
        (files.zipped({kinds.CONTENT_TYPES: "<Types"}), BROKEN),
        (files.zipped({"mimetype": kinds.ODT.mime}), BROKEN),
        (entities(), BROKEN),
        (files.OLD_OFFICE, LOCKED),
        (password(), LOCKED),
        (files.open_document(kinds.ODT.mime, '<a><manifest:encryption-data xmlns:manifest="b"/></a>'), LOCKED),
        (files.microsoft(kinds.DOCX.mime, **{"word/vbaProject.bin": b"a"}), MACROS),
        (files.microsoft(kinds.XLSX.mime, **{"xl/macrosheets/sheet1.xml": b"a"}), MACROS),
        (files.microsoft("application/vnd.ms-word.document.macroEnabled"), MACROS),
        (files.open_document(kinds.ODT.mime, **{"Basic/Standard/script-lb.xml": "a"}), MACROS),
        (files.open_document(kinds.ODS.mime, **{"Scripts/python/a.py": "a"}), MACROS),
    ],
)
def test_what_is_not_taken_in_is_told_why(content: bytes, sentence: str) -> None:
    with pytest.raises(Unfit, match=f"^{sentence.split('(')[0]}"):
        recognise(io.BytesIO(content))


def test_as_many_parts_as_may_be_is_no_fault() -> None:
    most = {f"{number}.xml": "" for number in range(kinds.MOST_PARTS - 3)}
    assert recognise(io.BytesIO(files.microsoft(kinds.DOCX.mime, **most))) is kinds.DOCX


@pytest.mark.parametrize(
    ("kind", "given", "name"),
    [
        (kinds.PDF, "notulen.pdf", "notulen.pdf"),
        (kinds.PDF, "Notulen.PDF", "Notulen.PDF"),
        (kinds.PDF, "notulen.exe", "notulen.pdf"),
        (kinds.PDF, "notulen", "notulen.pdf"),
        (kinds.PDF, ".pdf", ".pdf.pdf"),
        (kinds.JPEG, "kaart.jpeg", "kaart.jpeg"),
        (kinds.PNG, "kaart.jpeg", "kaart.png"),
    ],
)
def test_a_name_ends_as_the_content_says(kind: FileKind, given: str, name: str) -> None:
    assert kind.name(given) == name
