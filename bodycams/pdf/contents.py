"""What is inside a PDF that somebody sent, told by a process of its own with little memory and little time.

`inside` starts that process and waits; the lower half of this module is what runs in it. Whatever the file does, the
caller gets its answer or a sentence within seconds. Here: rows of tables as they are drawn, files inside, the
signature. Not here: what any of it should be (`initiatives/editions/verifying.py`).
"""

import hashlib
import json
import os
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bodycams.pdf.signing import Signature, judge

SECONDS = 30
"""So long it may take."""
MEMORY = 1024**3
MOST_ROWS = 200_000
MOST_FILES, MOST_LETTERS = 100, 200
"""How many files inside are told of, and how much of their names."""
MOST_BYTES = 64 * 1024**2
"""How large a file inside may be."""
MOST_SAID = 16 * 1024**2
"""How much the process may say: the most rows fit in it."""
KEPT_FROM_IT = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "SIGNING_KEY_FILE")
"""What the process need not know: if a file ever takes it over, there is nothing to be found."""

TOO_MUCH = "Dit bestand is te ingewikkeld om te controleren. Het komt niet uit dit register."
BROKEN = "Dit is geen PDF die wij kunnen lezen: het bestand is beschadigd of is iets anders."
ENCRYPTED = "Dit bestand is versleuteld. Wat uit dit register komt, is dat nooit."
PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
SPACE = re.compile(r"\s+")


class Unreadable(Exception):
    """Nothing can be said of what is inside; the message is a Dutch sentence."""


class Inside(NamedTuple):
    """`rows`: of each row of a table its first words, and a digest of all it says (`row_digest`).
    `files`: the SHA-256 of each file inside, by the first letters of its name.
    """

    pages: int
    rows: list[tuple[str, str]]
    files: dict[str, str]
    signature: Signature | None


def inside(path: Path, seconds: int = SECONDS) -> Inside:
    """Looks into a file. Raises `Unreadable`; OSError when the register's certificates cannot be read."""
    from bodycams.pdf.signing_key import own_certificates

    said = json.loads(_said([str(path.absolute()), str(seconds), *own_certificates()], seconds))
    if "refusal" in said:
        raise Unreadable(said["refusal"])
    rows = [(label, digest) for label, digest in said["rows"]]
    signature = Signature(**said["signature"]) if said["signature"] else None
    return Inside(said["pages"], rows, said["files"], signature)


def _said(words: list[str], seconds: int) -> bytes:
    """What the process says, which is read no further than it may say. It gets the register's certificates as digests,
    so that it need not open the file in which the key is too.
    """
    environment = {name: value for name, value in os.environ.items() if name not in KEPT_FROM_IT}
    command = [sys.executable, "-m", "bodycams.pdf.contents", *words]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        end = threading.Timer(seconds, process.kill)
        end.start()
        try:
            said = process.stdout.read(MOST_SAID + 1) if process.stdout else b""
            if len(said) > MOST_SAID:
                process.kill()
            process.wait()
        finally:
            end.cancel()
            process.kill()
    if process.returncode or len(said) > MOST_SAID:
        raise Unreadable(TOO_MUCH)  # the limits ended it, or we did
    return said


def row_digest(cells: list[str]) -> str:
    """Of what a row says, however it is broken into lines."""
    plain = "\n".join(SPACE.sub("", cell) for cell in cells)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# --- in the process -------------------------------------------------------------------------------


def main(path: str, seconds: int, own: list[str]) -> None:
    """Says what is inside, or why that cannot be said, as one object on the last line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pikepdf

    try:
        said = look(path, own)
    except pikepdf.PasswordError:
        said = {"refusal": ENCRYPTED}
    except (MemoryError, RecursionError, _TooMuch):
        said = {"refusal": TOO_MUCH}
    except Exception:  # whatever a file can bring a parser to
        said = {"refusal": BROKEN}
    sys.stdout.write(json.dumps(said))


class _TooMuch(Exception):
    pass


def look(path: str, own: list[str]) -> dict[str, Any]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        if pdf.is_encrypted:
            return {"refusal": ENCRYPTED}
        return {
            "pages": len(pdf.pages),
            "files": _files(pdf),
            "rows": _or_nothing(lambda: list(_rows(pdf)), []),
            "signature": _or_nothing(lambda: _signature(path, own), None),
        }


def _or_nothing(tell: Callable[[], Any], nothing: Any) -> Any:
    """A sound file that is drawn or signed in other ways than ours is no broken one."""
    try:
        return tell()
    except (MemoryError, RecursionError, _TooMuch):
        raise
    except Exception:
        return nothing


def _files(pdf: Any) -> dict[str, str]:
    if len(pdf.attachments) > MOST_FILES:
        raise _TooMuch
    return {name[:MOST_LETTERS]: _digest(file) for name, file in pdf.attachments.items()}


def _digest(file: Any) -> str:
    content = file.get_file().read_bytes()
    if len(content) > MOST_BYTES:
        raise _TooMuch
    return hashlib.sha256(content).hexdigest()


def _signature(path: str, own: list[str]) -> dict[str, Any] | None:
    if b"/ByteRange" not in Path(path).read_bytes():
        return None  # what every signature says of itself in plain letters; judging takes a second
    found = judge(Path(path), own)
    return found._asdict() if found else None


def _rows(pdf: Any) -> Iterator[tuple[str, str]]:
    """The rows of all tables, in the order of the tree of tags."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    texts: dict[tuple[Any, int], str] = {}
    for page in pdf.pages:
        for number, text in _pieces(page):
            texts[page.obj.objgen, number] = texts.get((page.obj.objgen, number), "") + text
    for count, row in enumerate(_elements(pdf.Root.StructTreeRoot, "/TR")):
        if count == MOST_ROWS:
            raise _TooMuch
        cells = [_text(cell, texts) for cell in _kids(row)]
        yield (cells[0] if cells else "")[:40], row_digest(cells)


def _pieces(page: Any) -> Iterator[tuple[int, str]]:
    """The text that is drawn in each marked piece of a page."""
    import pikepdf

    fonts: dict[str, dict[int, str]] = {}
    font: dict[int, str] = {}
    inside: list[int | None] = []
    words: Any = pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ")
    for operands, operator in words:
        match str(operator):
            case "BDC" | "BMC":
                mark: Any = operands[1] if len(operands) > 1 else {}
                inside.append(int(mark["/MCID"]) if isinstance(mark, pikepdf.Dictionary) and "/MCID" in mark else None)
            case "EMC":
                inside.pop()
            case "Tf":
                name = str(operands[0])
                font = fonts[name] = fonts.get(name) or _letters(page.obj.Resources.Font[name])
            case _:
                number = next((one for one in reversed(inside) if one is not None), None)
                if number is not None:
                    yield number, _shown(operands[0], font)


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    tables = re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
    pairs = [pair for table in tables for pair in PAIR.findall(table)]
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _shown(operand: Any, font: dict[int, str]) -> str:
    import pikepdf

    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(font[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))


def _elements(top: Any, tag: str) -> Iterator[Any]:
    """The elements with this tag, in the order of reading."""
    waiting = [top]
    seen = 0
    while waiting:
        element = waiting.pop()
        seen += 1
        if seen > 20 * MOST_ROWS:
            raise _TooMuch  # a tree that goes round
        if element.get("/S") == tag:
            yield element
        else:
            waiting.extend(reversed(_kids(element)))


def _kids(element: Any) -> list[Any]:
    """The elements right below."""
    import pikepdf

    content = element.get("/K", [])
    kids = list(content) if isinstance(content, pikepdf.Array) else [content]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR"]


def _text(element: Any, texts: dict[tuple[Any, int], str], depth: int = 0) -> str:
    import pikepdf

    if depth > 20:
        raise _TooMuch
    content = element.get("/K", [])
    said = []
    for kid in list(content) if isinstance(content, pikepdf.Array) else [content]:
        if isinstance(kid, int):
            said.append(texts.get((element.Pg.objgen, kid), ""))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR":
            said.append(_text(kid, texts, depth + 1))
    return " ".join(said)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
