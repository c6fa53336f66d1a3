"""The journal after a backup was put back: it goes on from where the backup ends, and what was sealed after that, or in
a journal that went on from another backup, is no more. Seals of then stand in anchors outside, and no seal of now is
ever theirs, though it may have the same number. So the file of anchors is put aside under another name, never thrown
away, and a new one begins with what still holds; the journal says so itself.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from journal import anchors
from journal.models import Seal
from retention.backups import manifest


class Branch(NamedTuple):
    """Of all anchors that are known: the newest that is of no seal here, empty when there is none, and those that
    hold, in their order.
    """

    cut_off: str
    kept: Sequence[str]


def number_of(line: str) -> int:
    """Which seal an anchor is of; 0 for what is no anchor."""
    found = anchors.ANCHOR.match(line.strip().encode())
    return int(found[1]) if found else 0


def branch(folder: Path, here: str) -> Branch:
    """Hold every anchor, of the file, of the backup and `here`, the last one in the database that served, against the
    seals in the database of the block: by what they say, since a number may have been given twice.
    """
    lines = (*_lines(anchors.path()), *_lines(folder / manifest.ANCHORS), here)
    known = {line.strip() for line in lines if number_of(line)}
    sealed = Seal.objects.only("number", "first_seq", "count", "hash").order_by("number").iterator()
    kept = [anchor for anchor in map(anchors.anchor_of, sealed) if anchor in known]
    return Branch(max(known.difference(kept), key=lambda line: (number_of(line), line), default=""), kept)


def sentence(said: dict[str, Any], cut_off: str) -> str:
    """What the journal and its reader are told."""
    goes_on = f"Het journaal gaat verder na zegel {number_of(said['journal']['anchor'])}"
    if not cut_off:
        return f"{goes_on}."
    return (
        f"{goes_on}; zegels tot en met {number_of(cut_off)} die eerder zijn bekendgemaakt en hier niet in staan, zijn"
        " van het journaal dat er niet meer is."
    )


def branch_off(said: dict[str, Any], folder: Path, found: Branch) -> None:
    """Put the file of anchors aside and begin a new one, when it tells of seals that are no more. Twice is harmless."""
    place = anchors.path()
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        shutil.copyfile(folder / manifest.ANCHORS, place)
    elif {line.strip() for line in _lines(place) if number_of(line)}.difference(found.kept):
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
        aside = place.with_name(f"{place.stem}-tot-zegel-{number_of(found.cut_off)}-{digest[:8]}{place.suffix}")
        unfinished = place.with_name(f"{place.name}.unfinished")
        told = f"Teruggezet. {sentence(said, found.cut_off)} Zij staan in {aside.name}."
        unfinished.write_text("".join(f"{line}\n" for line in (*found.kept, told)))
        shutil.copyfile(place, aside)
        manifest.sync(aside)
        manifest.sync(unfinished)
        unfinished.rename(place)


def _lines(place: Path) -> list[str]:
    return place.read_text(errors="replace").splitlines() if place.exists() else []
