"""The licence of every package that the locks name stands in docs/licences.md, as the package itself says it."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from bodycams.tests.building import ROOT
from bodycams.tests.test_consistency_docs import rows, section

PINNED = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
LOCKS = {"requirements.txt": "What runs", "requirements-dev.txt": "What tests and measures"}


def noted(lock: str) -> dict[str, str]:
    """Package -> licence, by the document."""
    _, *lines = rows(section((ROOT / "docs/licences.md").read_text(), LOCKS[lock]))
    return dict(lines)


def said(name: str) -> str:
    """What the package's own metadata calls its licence; nothing where it is not installed, for another platform."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    expression, free = ((found.get_all(field) or [""])[0] for field in ("License-Expression", "License"))
    kinds = [kind.rpartition(" :: ")[2] for kind in found.get_all("Classifier") or [] if kind.startswith("License ::")]
    return expression or free.partition("\n")[0].strip() or "; ".join(kinds)


def differences(names: list[str], licences: dict[str, str]) -> dict[str, str]:
    """What the lock and the packages say, where the document says otherwise."""
    gone = {name: "is in no lock" for name in licences if name not in names}
    return gone | {
        name: said(name) for name in names if said(name) not in ("", licences.get(name)) or name not in licences
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_noted_with_its_licence(lock: str) -> None:
    assert differences(PINNED.findall((ROOT / lock).read_text()), noted(lock)) == {}


def test_twin_another_licence_a_new_package_and_one_that_is_gone_are_found() -> None:
    found = differences(["django", "pytest"], {"django": "MIT", "ruff": "MIT"})
    assert found == {"django": "BSD-3-Clause", "pytest": "MIT", "ruff": "is in no lock"}
