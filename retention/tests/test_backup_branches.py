"""The anchors of the journal when a backup is put back: they are held against its seals by what they say."""

from pathlib import Path
from typing import Any

import pytest

from journal import anchors, verify
from journal.anchors import anchor_of
from journal.tests.sealing import sealed
from retention.backups import branches, manifest

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """The file of anchors here."""
    settings.JOURNAL_ANCHORS = tmp_path / "anchors" / "journal.txt"
    anchors.path().parent.mkdir()
    return anchors.path()


@pytest.fixture
def chain(tmp_path: Path) -> list[str]:
    """The anchors of the journal that came back, all of which are in the backup too."""
    made = [anchor_of(sealed()) for _ in range(3)]
    (tmp_path / manifest.ANCHORS).write_text("".join(f"{line}\n" for line in made))
    return made


def put_back(chain: list[str], folder: Path, here: str = "") -> branches.Branch:
    """What restoring does with anchors, twice: as when it was killed in between."""
    said = {"journal": {"anchor": chain[-1]}}
    found = branches.branch(folder, here)
    branches.branch_off(said, folder, found)
    branches.branch_off(said, folder, branches.branch(folder, here))
    return found


def of_another(chain: list[str], number: int) -> str:
    """An anchor of a journal that went on from an older backup."""
    return f"zegel {number} {chain[-1].split()[2]} {'f' * 64}"


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_seal_of_another_branch_is_put_aside_whatever_its_number(
    chain: list[str], place: Path, tmp_path: Path, number: int
) -> None:
    """An older backup, something sealed, and then a newer one: its seals came before and after, with these numbers."""
    at_the_time = f"{chain[0]}\n{of_another(chain, number)}\n"
    place.write_text(at_the_time)
    found = put_back(chain, tmp_path)
    assert (found.cut_off, found.kept) == (of_another(chain, number), chain)
    assert place.read_text().splitlines()[:-1] == chain
    assert f"verder na zegel 3; zegels tot en met {number} die" in place.read_text()
    assert verify.check().finding == ""
    (aside,) = place.parent.glob("journal-*")
    assert aside.name.startswith(f"journal-tot-zegel-{number}-")
    assert aside.read_text() == at_the_time
    place.write_text(at_the_time)
    assert verify.check().finding, "the twin: with the anchors as they were, the journal is not in order"


def test_the_twin_anchors_that_hold_stay_where_they_are(chain: list[str], place: Path, tmp_path: Path) -> None:
    place.write_text(f"{chain[0]}\nZo was het.\n{chain[1]}\n")
    found = put_back(chain, tmp_path, here=chain[2])
    assert (found.cut_off, list(place.parent.iterdir())) == ("", [place])
    assert place.read_text() == f"{chain[0]}\nZo was het.\n{chain[1]}\n"
    assert branches.sentence({"journal": {"anchor": chain[-1]}}, "") == "Het journaal gaat verder na zegel 3."


def test_a_seal_that_was_in_no_file_yet_is_told_too(chain: list[str], place: Path, tmp_path: Path) -> None:
    """And on a new machine, where there is no file, the one of the backup is where it begins."""
    assert put_back(chain, tmp_path, here=of_another(chain, 3)).cut_off == of_another(chain, 3)
    assert place.read_text().splitlines() == chain
