"""What a backup consists of: `manifest.json` names every file with its size and SHA-256, and says of which register and
moment it is. Its own digest stands in `manifest.sha256`, so that a bit that fell over anywhere is found.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
DATABASE, DOCUMENTS, ANCHORS = "database.dump", "documents.tar", "anchors.txt"
PARTS = (DATABASE, DOCUMENTS, ANCHORS)
SHAPE = {
    "register": str, "at": str, "postgresql": str, "keep_until": str, "tables": dict, "migrations": list,
    "journal": dict, "ledger": dict, "files": dict,
}  # fmt: skip
"""What has to stand in it before anything is done with it."""
PIECE = 1024 * 1024


class Damaged(Exception):
    """This is no backup, or no longer the one that was written; a sentence."""


def write(folder: Path, said: dict[str, Any]) -> str:
    """Write the manifest of what is in the folder; answers with its digest. Everything is on the disk afterwards."""
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": digest_of(folder / name)} for name in PARTS}
    text = json.dumps({"format": FORMAT, **said, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / MANIFEST).write_bytes(text.encode())
    (folder / SEAL).write_text(f"{digest}  {MANIFEST}\n")
    for name in (*PARTS, MANIFEST, SEAL, ""):
        sync(folder / name)
    return digest


def read(folder: Path) -> dict[str, Any]:
    """The manifest, when it and every file that it names are as they were written. Raises `Damaged`."""
    said = _manifest(folder)
    for name in PARTS:
        expected = said["files"].get(name) or {}
        if not (folder / name).is_file():
            raise Damaged(f"De reservekopie is niet volledig: {name} ontbreekt. Neem een andere kopie.")
        if digest_of(folder / name) != expected.get("sha256"):
            raise Damaged(f"De reservekopie is beschadigd: {name} is niet wat er is geschreven. Neem een andere kopie.")
    return said


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        text, seal = (folder / MANIFEST).read_bytes(), (folder / SEAL).read_text(errors="replace")
    except OSError as error:
        raise Damaged(f"In {folder} staat geen volledige reservekopie. Geef de map van een reservekopie.") from error
    if seal.split() != [hashlib.sha256(text).hexdigest(), MANIFEST]:
        raise Damaged(f"De reservekopie is beschadigd: {MANIFEST} is niet wat er is geschreven. Neem een andere kopie.")
    return _understood(text)


def _understood(text: bytes) -> dict[str, Any]:
    """Whole is not yet ours: anybody can seal anything again."""
    unknown = Damaged(f"{MANIFEST} is niet van een reservekopie van dit register. Neem een andere kopie.")
    try:
        said = json.loads(text)
    except ValueError as error:
        raise unknown from error
    if not isinstance(said, dict) or "format" not in said:
        raise unknown
    if said["format"] != FORMAT:
        raise Damaged(
            f"Deze reservekopie is van een andere soort ({said['format']}). Gebruik de versie die haar maakte."
        )
    if not all(isinstance(said.get(name), kind) for name, kind in SHAPE.items()):
        raise unknown
    if not {"anchor", "last_entry"} <= said["journal"].keys() or "last" not in said["ledger"]:
        raise unknown
    return said


def digest_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Until the disk has it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
