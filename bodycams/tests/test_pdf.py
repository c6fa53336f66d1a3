"""HTML in, PDF out: nothing is fetched but our own files, and the same goes in as comes out."""

import gc
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bodycams.embedded import pango
from bodycams.embedded.bootstrap import Failure
from bodycams.pdf import making
from bodycams.tests.pdf_checks import faults, read
from bodycams.tests.pdf_reader import Pdf

PLAIN = (
    '<!doctype html><html lang="nl"><head><title>Proef</title><link rel="stylesheet" href="css/fonts.css"></head>'
    "<body><h1>Proef</h1>{}</body></html>"
)


class Listener(HTTPServer):
    """Notes who comes by."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.visits.append(self.path)  # type: ignore[attr-defined]
        self.send_response(404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keeps silent."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "geheim.txt"
    path.write_text("niemand mag dit weten")
    return path


def hostile(listener: Listener, secret: Path) -> str:
    """Everything by which HTML can ask for something from elsewhere."""
    there = f"http://127.0.0.1:{listener.server_port}"
    return f"""<!doctype html><html lang="nl"><head><title>Proef</title>
    <link rel="stylesheet" href="{there}/a.css"><link rel="attachment" href="{secret.as_uri()}" title="x">
    <style>@import "{there}/b.css"; body {{ background: url({there}/c.png) }}
    @font-face {{ font-family: x; src: url({there}/d.woff2) }}
    h1 {{ font-family: x; content: url({there}/e.png) }}</style>
    </head><body><h1>Proef</h1>
    <img src="{there}/f.png" alt="f"><img src="//127.0.0.1:{listener.server_port}/g.png" alt="g">
    <object data="{there}/h.svg"></object><embed src="{there}/i.svg"><iframe src="{there}/j"></iframe>
    <svg width="9" height="9"><title>k</title><image href="{there}/k.png" width="9" height="9"/></svg>
    <a href="{secret.as_uri()}" rel="attachment">l</a></body></html>"""


def test_hostile_html_fetches_nothing(listener: Listener, secret: Path) -> None:
    made = read(making.write_pdf(hostile(listener, secret)))
    assert listener.visits == []
    assert dict(made.attachments) == {}


def test_twin_without_our_fetcher_it_fetches_everything(listener: Listener, secret: Path) -> None:
    html = hostile(listener, secret)
    made = read(making.library().HTML(string=html, base_url=making.BASE).write_pdf(pdf_variant="pdf/ua-1"))
    assert {"/a.css", "/b.css", "/c.png", "/d.woff2", "/f.png", "/k.png"} <= set(listener.visits)
    assert secret.read_bytes() in {file.get_file().read_bytes() for file in made.attachments.values()}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "ftp://127.0.0.1/",
        "https://example.org/css/tokens.css",
        "https://static.invalid.example.org/css/tokens.css",
        "https://static.invalid/../manage.py",
        "https://static.invalid/%2e%2e/manage.py",
        "https://static.invalid/css/..%2f..%2fmanage.py",
        "https://static.invalid//etc/passwd",
        "https://static.invalid/%2Fetc/passwd",
        "/etc/passwd",
        "",
    ],
)
def test_other_address_is_none_of_our_files(address: str) -> None:
    with pytest.raises(ValueError):
        making.static_file(address)


def test_our_own_file_is_found() -> None:
    assert making.static_file(f"{making.BASE}css/tokens.css").read_text().startswith("/*")


def test_link_out_of_the_static_files_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out.css").symlink_to("/etc/passwd")
    monkeypatch.setattr(making, "STATIC", tmp_path)
    with pytest.raises(ValueError):
        making.static_file(f"{making.BASE}out.css")


def test_it_is_sound_and_brings_its_fonts() -> None:
    made = making.write_pdf(PLAIN.format("<p>Fryslân, €, Łódź</p>"))
    assert faults(made) == []
    assert "Fryslân, €, Łódź" in Pdf(made).root.text


def test_same_html_gives_the_same_bytes_and_other_html_others() -> None:
    first, again, other = (making.write_pdf(PLAIN.format(text)) for text in ("<p>een</p>", "<p>een</p>", "<p>twee</p>"))
    assert first == again != other


def test_it_does_not_say_when_it_was_made() -> None:
    assert {"/CreationDate", "/ModDate"} & set(read(making.write_pdf(PLAIN.format(""))).docinfo.keys()) == set()


def test_styles_may_come_along() -> None:
    small, usual = (read(making.write_pdf(PLAIN.format(""), css)) for css in ("@page { size: A6 }", ""))
    assert small.pages[0].mediabox[2] < usual.pages[0].mediabox[2]


def test_garbage_is_collected_as_usual_afterwards_also_when_it_failed() -> None:
    usual = gc.get_threshold()
    with suppress(ZeroDivisionError), making.little_garbage_collection():
        assert gc.get_threshold() == making.RARELY
        raise ZeroDivisionError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, 0)


def test_machine_without_the_libraries_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise Failure("libpango ontbreekt. Daarvoor is nodig: apt-get install libpango")

    monkeypatch.setattr(pango, "prepare", fail)
    making.library.cache_clear()
    with pytest.raises(making.Unavailable, match=r"^PDF niet beschikbaar: .* apt-get install"):
        making.write_pdf("")
    making.library.cache_clear()
