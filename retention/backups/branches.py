"""The journal after a backup was put back: it goes on from where the backup ends, and what was sealed after that is no
more. Seals of then stand in anchors outside, and no seal of now is ever theirs. So the file of anchors is put aside
under another name, never thrown away, and a new one begins with what still holds; the journal says so itself.
"""

import shutil
from pathlib import Path
from typing import Any

from journal import anchors
from retention.backups import manifest


def number_of(line: str) -> int:
    """Which seal an anchor is of; 0 for what is no anchor."""
    found = anchors.ANCHOR.match(line.strip().encode())
    return int(found[1]) if found else 0


def cut_off_by(said: dict[str, Any], here: str) -> str:
    """The newest anchor of a seal that the backup does not have: of the file, or `here`, the last one in the database
    that served. Empty when there is none.
    """
    later = [line for line in (*_lines(), here) if number_of(line) > number_of(said["journal"]["anchor"])]
    return max(later, key=number_of).strip() if later else ""


def sentence(said: dict[str, Any], cut_off: str) -> str:
    """What the journal and its reader are told."""
    end = said["journal"]["anchor"]
    if not cut_off:
        return f"Het journaal gaat verder na zegel {number_of(end)}."
    return (
        f"Het journaal gaat verder na zegel {number_of(end)}; de zegels {number_of(end) + 1} tot en met"
        f" {number_of(cut_off)} die eerder zijn bekendgemaakt, zijn van het journaal dat er niet meer is."
    )


def branch_off(said: dict[str, Any], folder: Path, cut_off: str) -> None:
    """Put the file of anchors aside and begin a new one, when it tells of seals that are no more. Twice is harmless."""
    place = anchors.path()
    place.parent.mkdir(parents=True, exist_ok=True)
    last = number_of(said["journal"]["anchor"])
    if not place.exists():
        shutil.copyfile(folder / manifest.ANCHORS, place)
    elif any(number_of(line) > last for line in _lines()):
        kept = [line for line in _lines() if 0 < number_of(line) <= last]
        aside = place.with_name(f"{place.stem}-tot-zegel-{number_of(cut_off)}-{cut_off[-8:]}{place.suffix}")
        unfinished = place.with_name(f"{place.name}.unfinished")
        unfinished.write_text("".join(kept) + f"Teruggezet. {sentence(said, cut_off)} Zij staan in {aside.name}.\n")
        shutil.copyfile(place, aside)
        manifest.sync(aside)
        manifest.sync(unfinished)
        unfinished.rename(place)


def _lines() -> list[str]:
    place = anchors.path()
    return place.read_text(errors="replace").splitlines(keepends=True) if place.exists() else []
