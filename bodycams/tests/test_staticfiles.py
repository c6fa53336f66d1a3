"""What `collectstatic` makes: one stylesheet, names with hashes, nothing that points nowhere."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from pytest_django import Settings


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "bodycams.staticfiles.Storage"}}
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "md", "svg", "toml", "txt"]
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def stylesheet(collected: Path) -> str:
    return (collected / staticfiles_storage.url("css/site.css").removeprefix("/static/")).read_text()


def test_stylesheet_is_one_file_with_every_layer_and_hashed_fonts(collected: Path) -> None:
    css = stylesheet(collected)
    assert "@import" not in css
    assert css.index(".voorbeeld-theme {") < css.index("--blue: #004682") < css.index(".badge--open {")
    assert css.count("{") == css.count("}")
    fonts = re.findall(r'url\("(\.\./fonts/[^"]+)"\)', css)
    assert len(fonts) == 6
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (collected / "css" / font).is_file()


def test_collecting_again_gives_the_same_names(collected: Path) -> None:
    before = sorted(path.name for path in (collected / "css").iterdir())
    call_command("collectstatic", interactive=False, verbosity=0)
    assert sorted(path.name for path in (collected / "css").iterdir()) == before
