"""What comes from elsewhere is what it says it is, and nothing is loaded from elsewhere."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PACKAGES = tomllib.loads((ROOT / "static/vendor/VENDOR.toml").read_text())["package"]
FILES = [file for package in PACKAGES for file in package["files"]]
MARKS = "static/fonts/register-marks.woff2"  # drawn by script/marks
NAMESPACE = "http://www.w3.org/2000/svg"


def own(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from (path for path in ROOT.glob(pattern) if ".venv" not in path.parts)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_vendored_file_is_unchanged(file: dict[str, str]) -> None:
    assert hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_package_keeps_its_licence(package: dict[str, object]) -> None:
    assert package["licence"] in {"EUPL-1.2", "OFL-1.1", "MIT", "MPL-2.0"}
    assert any(re.search("LICENSE|OFL", file["path"]) for file in package["files"])  # type: ignore[attr-defined]


def test_vendor_folder_holds_nothing_that_is_not_listed() -> None:
    found = {str(path.relative_to(ROOT)) for path in own("static/vendor/**/*.*", "static/fonts/*")}
    assert found - {file["path"] for file in FILES} == {"static/vendor/VENDOR.toml", MARKS}


def test_nothing_is_loaded_from_another_host() -> None:
    for path in own("static/**/*.css", "static/**/*.js", "static/**/*.svg", "templates/**/*.html"):
        text = path.read_text().replace(NAMESPACE, "")
        assert not re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+""", text), path


def test_sprite_holds_the_icons_that_are_used_and_no_other() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    text = "\n".join(path.read_text() for path in own("templates/**/*.html", "*/*.py", "*/*/*.py"))
    named = set(re.findall(r"""icon[\w-]*(?:=|\s+)["']([\w-]+)["']""", text))
    quoted = set(re.findall(r"""["']([a-z0-9-]+)["']""", text))
    assert named <= drawn
    assert drawn <= quoted


def test_every_stylesheet_is_loaded_once() -> None:
    loaded = re.findall(r'url\("([^"]+)"\)', (ROOT / "static/css/site.css").read_text())
    styles = [path.relative_to(ROOT / "static/css") for path in own("static/css/**/*.css")]
    there = {str(path) for path in styles if path.parts[0] not in ("site.css", "mail.css", "pdf")}
    assert {name for name in loaded if not name.startswith("../vendor/")} == there
    assert len(loaded) == len(set(loaded))
