"""Files stay whole under a random name, or not at all."""

import hashlib
import io
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.test import RequestFactory

from bodycams.tests import files
from bodycams.uploads import arrival, store
from bodycams.uploads.arrival import MOST_BYTES, MOST_FILES, NO_ROOM, TOO_LARGE, TOO_MANY
from bodycams.uploads.fields import Files, OneFile
from bodycams.uploads.kinds import UNKNOWN, Unfit
from bodycams.uploads.store import NotKept, accept, give, keeping, path_of


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def kept(columns: dict[str, Any]) -> Any:
    return SimpleNamespace(**columns)


def test_a_file_is_kept_whole_under_a_random_name(media: Path) -> None:
    with keeping([accept(files.arrived(files.PDF, "Notulen  OR.pdf"))]) as rows:
        row = rows[0]
    path = path_of(row["pk"])  # type: ignore[arg-type]
    assert on_disk(media) == [path]
    assert "Notulen" not in str(path)
    assert path.read_bytes() == files.PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert row["name"] == "Notulen OR.pdf"
    assert (row["mime"], row["size"]) == ("application/pdf", len(files.PDF))
    assert row["sha256"] == hashlib.sha256(files.PDF).hexdigest()


def test_nothing_stays_when_its_row_was_not_made(media: Path) -> None:
    with pytest.raises(ValueError, match="no row"), keeping([accept(files.arrived(files.PDF))]):
        raise ValueError("no row")
    assert on_disk(media) == []


class FullDisk(io.BytesIO):
    """A file that cannot be read to its end stands for a disk that cannot be written to its end: both are OSError."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(28, "No space left on device")
        return super().read(3)


def test_a_full_disk_is_told_and_leaves_nothing(media: Path) -> None:
    good, bad = accept(files.arrived(files.PDF)), accept(files.arrived(files.PNG, "kaart.png"))
    full = store.Accepted(FullDisk(files.PNG), bad.name, bad.kind)
    with pytest.raises(NotKept, match="storing met de opslag"), keeping([good, full]):
        pass
    assert on_disk(media) == []


def test_a_folder_that_cannot_be_made_is_told(media: Path) -> None:
    (media / "files").write_text("in the way")
    with pytest.raises(NotKept), keeping([accept(files.arrived(files.PDF))]):
        pass


def test_a_file_is_given_to_be_saved_and_not_to_be_shown() -> None:
    with keeping([accept(files.arrived(files.PDF, "één.pdf"))]) as rows:
        response = give(kept(rows[0]))
    assert response.content == files.PDF
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("meanwhile", ["gone", "changed"])
def test_a_file_that_is_not_what_it_was_is_not_given(meanwhile: str) -> None:
    with keeping([accept(files.arrived(files.PDF))]) as rows:
        path = path_of(rows[0]["pk"])  # type: ignore[arg-type]
    if meanwhile == "gone":
        path.unlink()
    else:
        path.write_bytes(files.PDF.replace(b"Catalog", b"catalog"))
    with pytest.raises(Http404):
        give(kept(rows[0]))


def test_a_long_name_keeps_its_ending() -> None:
    name = accept(files.arrived(files.PDF, "a" * 300 + ".pdf")).name
    assert len(name) == store.LONGEST_NAME
    assert name.endswith("a.pdf")


def test_a_name_has_no_control_characters() -> None:
    assert accept(files.arrived(files.PDF, "a\x00b\x1f.pdf")).name == "ab.pdf"


# --- how they come in -----------------------------------------------------------------------------


def sent(*contents: bytes) -> WSGIRequest:
    uploads = [io.BytesIO(content) for content in contents]
    for number, upload in enumerate(uploads):
        upload.name = f"{number}.pdf"
    return RequestFactory().post("/", {"title": "Blijft staan", "files": uploads})


def refusals(request: WSGIRequest) -> list[str]:
    return [one.refusal for one in request.FILES.getlist("files")]  # type: ignore[attr-defined]


def test_what_is_too_large_is_let_go_by_and_the_form_stays() -> None:
    with closing(sent(files.PDF, bytes(MOST_BYTES + 1), bytes(MOST_BYTES))) as request:
        assert refusals(request) == ["", TOO_LARGE, ""]
        assert request.POST["title"] == "Blijft staan"


def test_what_is_too_many_is_let_go_by_and_the_form_stays() -> None:
    with closing(sent(*[files.PDF] * (MOST_FILES + 1))) as request:
        assert refusals(request) == [*[""] * MOST_FILES, TOO_MANY]
        assert request.POST["title"] == "Blijft staan"


def test_a_full_disk_while_it_comes_in_loses_no_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing can be written down where files wait."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with closing(sent(bytes(arrival.IN_MEMORY + 1), files.PDF)) as request:
        assert refusals(request) == [NO_ROOM, ""]
        assert request.POST["title"] == "Blijft staan"


# --- how a form asks ------------------------------------------------------------------------------


def test_a_field_for_one_file_says_what_is_wrong() -> None:
    field = OneFile(required=False)
    assert field.clean(None) is None
    assert field.clean(files.arrived(files.PDF)).name == "notulen.pdf"  # type: ignore[union-attr]
    with pytest.raises(Exception, match="Dit soort bestand"):
        field.clean(files.arrived(files.PAGE))


def test_a_field_for_several_files_keeps_the_good_ones() -> None:
    field = Files()
    found = field.clean([files.arrived(files.PDF), files.arrived(files.PAGE, "x.pdf"), files.arrived(files.PNG)])
    assert [one.name for one in found] == ["notulen.pdf", "notulen.png"]
    assert field.refusals == [f"‘x.pdf’ is niet bewaard. {UNKNOWN}"]
    assert field.clean([]) == []


def test_what_was_let_go_by_is_refused_with_its_reason() -> None:
    with pytest.raises(Unfit, match="groter dan 10 MB"):
        accept(files.arrived(b"", refusal=TOO_LARGE))
