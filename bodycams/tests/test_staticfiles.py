"""What `collectstatic` makes: one stylesheet, names with hashes, nothing that points nowhere; and how it is served."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from bodycams.staticfiles import Files


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


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Files:
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "css" / "site.css").write_text("body {}")
    (tmp_path / "secret.txt").write_text("geheim")
    return Files(lambda _: HttpResponse(status=404))


def test_file_is_looked_at_when_it_is_asked_for(files: Files, rf: RequestFactory) -> None:
    assert files.files == {}
    answer: Any = files(rf.get("/static/css/site.css"))
    assert b"".join(answer) == b"body {}"
    answer.close()
    assert list(files.files) == ["/static/css/site.css"]


@pytest.mark.parametrize("name", ["weg.css", "css", "css/", "", "../secret.txt", "css/../../secret.txt", "%00"])
def test_nothing_but_a_collected_file_is_served(files: Files, rf: RequestFactory, name: str) -> None:
    assert files(rf.get(f"/static/{name}")).status_code == 404
    assert files.files == {}
