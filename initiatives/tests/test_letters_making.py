"""The worker makes each letter once: whoever else is at it, whatever dies or fails; the bytes are kept and do not
change.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from bodycams.patience import FIRST, Patience
from bodycams.pdf.making import Unavailable
from initiatives.letters import making
from initiatives.letters.making import make_letters
from initiatives.models import Letter, LetterPaper
from initiatives.tests.factories import Cast, initiative
from journal.models import Entry
from workflow.clock import now

pytestmark = pytest.mark.django_db(transaction=True)

DIES = """
import os, signal, django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = {name!r}
from initiatives.letters import making
def write_pdf(html):
    print("busy", flush=True)
    signal.pause()
making.write_pdf = write_pdf
from workflow.clock import now
making.make_letters(now())
"""


@pytest.fixture(autouse=True)
def _no_failures_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "patience", Patience())


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Laying out is tried elsewhere; here it is only noted that it was done."""
    made: list[str] = []

    def write_pdf(html: str) -> bytes:
        made.append(html)
        time.sleep(0.05)
        return b"%PDF-" + hashlib.sha256(html.encode()).digest()

    monkeypatch.setattr(making, "write_pdf", write_pdf)
    return made


def test_paper_is_kept_with_its_digest_and_stands_in_the_journal(cast: Cast) -> None:
    initiative(cast, "afgewezen")
    assert make_letters(now()) == 1
    paper = LetterPaper.objects.select_related("letter").get()
    content = bytes(paper.content)
    assert content.startswith(b"%PDF-1.7")
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    entry = Entry.objects.get(action="brief_gemaakt")
    assert (entry.actor, entry.object_id, entry.data["sha256"]) == ("0000", str(paper.letter.pk), paper.sha256)


def test_what_was_made_is_not_made_again(cast: Cast, quick: list[str]) -> None:
    initiative(cast, "bezwaar")
    assert make_letters(now()) == 2
    before = list(LetterPaper.objects.values_list("letter", "sha256", "made_at"))
    assert make_letters(now()) == 0
    assert (len(quick), list(LetterPaper.objects.values_list("letter", "sha256", "made_at"))) == (2, before)


def test_newest_letter_is_made_first(cast: Cast, quick: list[str]) -> None:
    initiative(cast, "bezwaar")
    make_letters(now())
    assert ["Ontvangst van uw bezwaar" in html for html in quick] == [True, False]


def test_one_run_leaves_room_for_others(cast: Cast, quick: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    initiative(cast, "bezwaar")
    monkeypatch.setattr(making, "AT_ONCE", 1)
    assert [make_letters(now()), make_letters(now()), make_letters(now())] == [1, 1, 0]


def test_workers_at_once_make_each_letter_once(cast: Cast, quick: list[str]) -> None:
    for _ in range(3):
        initiative(cast, "bezwaar")

    def work(_: int) -> int:
        try:
            return make_letters(now())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 6
    assert len(quick) == len(set(quick)) == LetterPaper.objects.count() == 6


def test_worker_that_was_killed_is_made_up_for(cast: Cast, quick: list[str]) -> None:
    initiative(cast, "afgewezen")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bodycams.settings"}
    script = DIES.format(name=connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "busy\n"
    assert make_letters(now()) == 0
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    until = time.monotonic() + 20
    while not make_letters(now()):
        assert time.monotonic() < until, "the database still holds the lock of the dead"
        time.sleep(0.1)
    assert LetterPaper.objects.count() == 1


def test_one_that_fails_does_not_stop_the_rest_and_is_tried_again(
    cast: Cast, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    initiative(cast, "bezwaar")
    html = making.html

    def fails_for_the_receipt(letter: Letter) -> str:
        if letter.kind == Letter.Kind.RECEIPT:
            raise ValueError
        return html(letter)

    with monkeypatch.context() as patch:
        patch.setattr(making, "html", fails_for_the_receipt)
        assert make_letters(now()) == 1
    assert make_letters(now()) == 0
    assert make_letters(now() + FIRST) == 1


def test_machine_that_makes_no_pdfs_leaves_them_for_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    initiative(cast, "bezwaar")
    asked: list[str] = []

    def unavailable(html: str) -> bytes:
        asked.append(html)
        raise Unavailable

    monkeypatch.setattr(making, "write_pdf", unavailable)
    assert (make_letters(now()), len(asked), LetterPaper.objects.count()) == (0, 1, 0)
    assert (make_letters(now()), len(asked)) == (0, 1)
    assert (make_letters(now() + FIRST), len(asked)) == (0, 2)
