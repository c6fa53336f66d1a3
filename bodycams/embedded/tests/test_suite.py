"""`script/test` itself, and the two things that it needs from the machine: libraries for PDFs and a browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bodycams.embedded import chromium, pango, suite
from bodycams.embedded.bootstrap import Failure

SET_TEXT = """
import pathlib, sys
from bodycams.embedded import pango
pango.prepare(pathlib.Path(sys.argv[1]))
import weasyprint
pdf = weasyprint.HTML(string="<p>Politie</p>").write_pdf()
sys.exit(0 if pdf.startswith(b"%PDF") else 1)
"""


def test_the_callers_own_database_is_out_of_reach_of_the_tests() -> None:
    own = {"DATABASE_URL": "x", "MIGRATE_DATABASE_URL": "x", "REDIS_URL": "x", "PATH": "/bin"}
    assert suite.clean(own) == {"PATH": "/bin"}


def test_databases_of_the_tests_are_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "MEMORY", tmp_path)
    monkeypatch.setattr(suite, "ROOM", 0)
    in_memory = suite.folder()
    assert in_memory.parent == tmp_path
    monkeypatch.setattr(suite, "ROOM", 1 << 62)
    assert suite.folder() == suite.ROOT / ".cache" / "test-home"
    in_memory.mkdir()  # of a run that was killed: the next one clears it away
    assert suite.folder() == in_memory
    monkeypatch.setattr(suite, "MEMORY", tmp_path / "nergens")
    assert suite.folder() == suite.ROOT / ".cache" / "test-home"


def test_everything_good_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.judge({"een": ["true"], "twee": ["true"]}, {}) == 0
    assert capsys.readouterr().out.endswith("Alles is in orde.\n")


def test_one_failure_ends_badly_and_the_rest_still_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.judge({"een": ["false"], "twee": ["true"]}, {}) == 1
    summary = capsys.readouterr().out
    assert "fout  een" in summary
    assert "goed  twee" in summary
    assert summary.endswith("Niet in orde: een.\n")


@pytest.mark.parametrize(("ends", "word"), [(0, "goed"), (1, "fout")])
def test_what_runs_meanwhile_begins_first_and_is_told_in_its_turn(
    ends: int, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite, "MEANWHILE", "twee")
    sign = tmp_path / "begun"
    waits = ["sh", "-c", f"until [ -e {sign} ]; do sleep 0.01; done; echo een"]
    meanwhile = ["sh", "-c", f"touch {sign}; echo twee; exit {ends}"]
    assert suite.judge({"een": waits, "twee": meanwhile, "drie": ["echo", "drie"]}, {"PATH": os.defpath}) == ends
    out, err = capfd.readouterr()
    assert "twee\n" in (out + err)
    assert out.index("een") < out.index("drie") < out.index(f"{word}  twee")


def test_arguments_go_to_pytest_alone() -> None:
    assert suite.checks(["-k", "een"]) == {"pytest": [sys.executable, "-m", "pytest", "-k", "een"]}
    assert list(suite.checks([]))[-1] == "pytest"


def test_weasyprint_finds_libraries_and_fonts(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", SET_TEXT, tmp_path / "pdf"], check=True)
    assert "static/fonts" in (tmp_path / "pdf" / "fonts.conf").read_text()


def test_missing_libraries_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "LIBRARIES", ("libnergens.so.0",))
    with pytest.raises(Failure, match=r"libnergens.so.0 ontbreekt.*apt-get install"):
        pango.prepare(tmp_path)


def test_a_browser_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chromium.ensure()
    monkeypatch.setenv("CHROMIUM_PATH", "/nergens/chromium")
    with pytest.raises(Failure, match=r"apt-get install .*chromium"):
        chromium.ensure()
