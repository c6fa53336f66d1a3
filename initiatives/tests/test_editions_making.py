"""The worker makes the paper of each edition once: whoever else is at it, whatever dies, fails or is full."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from bodycams.patience import FIRST, Patience
from bodycams.pdf.contents import Inside
from bodycams.pdf.making import Unavailable
from bodycams.pdf.signing import Signature
from bodycams.tests.pdf_reader import Pdf
from initiatives.editions import making
from initiatives.editions.asking import overview_of
from initiatives.editions.making import NotSound, make_editions, make_paper
from initiatives.editions.verifying import verify
from initiatives.models import Edition, EditionPaper
from initiatives.overview import files
from initiatives.overview.data import as_csv, as_json
from initiatives.tests.edition_samples import DAY, columns, edition
from initiatives.tests.factories import Cast, initiative
from journal.anchors import anchor_of
from journal.models import Entry
from workflow.clock import local_date, now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]

DIES = """
import signal, django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = {name!r}
from initiatives.editions import making
def made(edition, at):
    print("busy", flush=True)
    signal.pause()
making._made = made
from workflow.clock import now
making.make_editions(now())
"""


@pytest.fixture(autouse=True)
def _no_failures_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "patience", Patience())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Drawing and signing is tried once, below; here it is only noted that it was done."""
    made: list[int] = []

    def quickly(edition: Edition, at: Any) -> dict[str, Any]:
        made.append(edition.pk)
        return columns(b"%%PDF-%d" % edition.pk)

    monkeypatch.setattr(making, "_made", quickly)
    return made


def test_a_real_one_says_what_was_confirmed_and_is_known_again(tmp_path: Any) -> None:
    subject = initiative(Cast(), "goedgekeurd", title="Bodycams voor bikers")
    made = edition(local_date(now()))
    initiative(Cast("AM"), "goedgekeurd", title="Kwam later")
    assert make_editions(now()) == 1
    paper = EditionPaper.objects.get()
    content, overview = bytes(paper.content), overview_of(Edition.objects.get())
    text = Pdf(content).root.text
    assert str(subject.number) in text
    assert "Kwam later" not in text
    assert "".join(anchor_of(made.seal).split()) in "".join(text.split())
    assert (bytes(paper.json), bytes(paper.csv)) == (as_json(overview), as_csv(overview))
    entry = Entry.objects.get(action="editie_gemaakt")
    assert (entry.actor, entry.object_id, entry.data["sha256"]) == ("0000", "1", hashlib.sha256(content).hexdigest())
    assert list(files.folder().iterdir()) == []
    copy = tmp_path / "kopie.pdf"
    copy.write_bytes(content)
    verdict = verify(copy)
    assert [check.is_good for check in verdict.checks] == [True] * 5
    assert verdict.title.startswith("Dit is editie 1,")


def test_each_is_made_once_in_the_order_of_numbers(quick: list[int]) -> None:
    edition()
    edition(DAY.replace(year=2018))
    assert (make_editions(now()), make_editions(now()), quick) == (2, 0, [1, 2])


def test_one_that_fails_does_not_stop_the_rest_and_is_tried_again(
    quick: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition()
    edition(DAY.replace(year=2018))
    whole = making._made

    def full(edition: Edition, at: Any) -> dict[str, Any]:
        if edition.pk == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(edition, at)

    monkeypatch.setattr(making, "_made", full)
    assert make_editions(now()) == 1
    assert list(EditionPaper.objects.values_list("edition", flat=True)) == [2]
    monkeypatch.setattr(making, "_made", whole)
    assert make_editions(now()) == 0
    assert make_editions(now() + FIRST) == 1


def test_a_disk_that_is_full_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(overview: Any, target: Any, *others: Any) -> None:
        target.write_bytes(b"%PDF-1.7 half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making.pdf, "make", make)
    with pytest.raises(OSError, match="No space left"):
        make_paper(edition(), now())
    assert (EditionPaper.objects.count(), list(files.folder().iterdir())) == (0, [])


def test_a_machine_without_pdfs_says_so_and_waits(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def make(*others: Any) -> None:
        raise Unavailable("PDF niet beschikbaar: Pango ontbreekt.")

    monkeypatch.setattr(making.pdf, "make", make)
    edition()
    assert make_editions(now()) == 0
    assert "Pango ontbreekt" in caplog.text


def test_without_a_key_nothing_is_drawn_and_it_is_said_now_and_then(
    monkeypatch: pytest.MonkeyPatch, caplog: Any, settings: Any, tmp_path: Any
) -> None:
    """Beat comes by every five seconds, for as long as nobody puts a key there."""
    drawn: list[Any] = []

    def make(*others: Any) -> None:
        drawn.append(others)
        raise Unavailable

    monkeypatch.setattr(making.pdf, "make", make)
    edition()
    edition(DAY.replace(year=2018))
    at = now()
    settings.SIGNING_KEY_FILE = str(tmp_path / "weg.pem")
    for second in range(0, 600, 5):
        assert make_editions(at + timedelta(seconds=second)) == 0
    assert (drawn, len(caplog.records)) == ([], 6)
    settings.SIGNING_KEY_FILE = ""
    make_editions(at + timedelta(hours=1))
    assert len(drawn) == 1


SIGNED = Signature(intact=True, valid=True, trusted=True, covers_whole_file=True, by="ik", at="")
SOUND = Inside(1, [("BC-2018-0001", "a")], {}, SIGNED)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (SOUND._replace(rows=[]), "the pages do not say"),
        (SOUND._replace(rows=[("BC-2018-0001", "b")]), "the pages do not say"),
        (SOUND._replace(rows=[*SOUND.rows, ("BC-2018-0002", "c")]), "the pages do not say"),
        (SOUND._replace(signature=None), "the signature does not hold"),
        (SOUND._replace(signature=SIGNED._replace(intact=False)), "the signature does not hold"),
    ],
)
def test_what_is_not_sound_is_not_kept(found: Inside, why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(making, "inside", lambda path, seconds: SOUND)
    assert making._looked_into(tmp_path, SOUND.rows) == "ik"
    monkeypatch.setattr(making, "inside", lambda path, seconds: found)
    with pytest.raises(NotSound, match=why):
        making._looked_into(tmp_path, SOUND.rows)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def busy(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
        """One that waits in the middle of making: the first says that it began, the second lets it go on."""
        began, go_on = threading.Event(), threading.Event()

        def made(edition: Edition, at: Any) -> dict[str, Any]:
            began.set()
            assert go_on.wait(60)
            return columns(b"%PDF-1.7 proef")

        monkeypatch.setattr(making, "_made", made)
        yield began, go_on
        go_on.set()

    def test_the_second_of_two_workers_leaves_it_to_the_first(self, busy: Any) -> None:
        began, go_on = busy
        edition()
        answers: list[int] = []

        def work() -> None:
            answers.append(make_editions(now()))
            connection.close()

        first = threading.Thread(target=work)
        first.start()
        assert began.wait(60)
        assert make_editions(now()) == 0
        go_on.set()
        first.join(60)
        assert (answers, EditionPaper.objects.count()) == ([1], 1)

    def test_one_that_a_killed_worker_was_making_is_made_again(self, quick: list[int]) -> None:
        edition()
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bodycams.settings"}
        script = DIES.format(name=connection.settings_dict["NAME"])
        worker = subprocess.Popen(
            [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "busy\n"
        assert make_editions(now()) == 0
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        made = Edition.objects.get()
        assert make_paper(made, now(), wait=True)
        assert (quick, EditionPaper.objects.count()) == ([1], 1)
