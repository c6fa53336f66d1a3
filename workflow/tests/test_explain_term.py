"""The command `explain_term`: one question, many lines, bad ones, and as a process that answers while it reads."""

import io
import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from workflow.management.commands.explain_term import LONGEST_LINE
from workflow.terms import KINDS

pytestmark = pytest.mark.django_db
ASCENSION = {
    "kind": "objection_decision",
    "start": "2015-04-02",
    "last_day": "2015-05-18",
    "why": "Zes weken na het einde van de bezwaartermijn op donderdag 2 april 2015 is donderdag 14 mei 2015. "
    "Dat is Hemelvaartsdag. Daarna komen een dag die met een feestdag is gelijkgesteld, een zaterdag en een zondag. "
    "Volgens de Algemene termijnenwet wordt het de eerste werkdag: maandag 18 mei 2015. "
    "Dit is naar analogie van de Awb, artikel 7:10.",
}


@pytest.fixture
def answers(monkeypatch):
    """The answers to the bytes of an input, one per line."""

    def asked(given: bytes) -> list[dict[str, str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        call_command("explain_term", "-", stdout=(out := io.StringIO()))
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return asked


def test_one_question_is_answered_for_people(capsys):
    call_command("explain_term", "objection_decision", "2015-04-02")
    assert capsys.readouterr().out == f"last_day: 2015-05-18\nwhy: {ASCENSION['why']}\n"


def test_one_question_is_answered_for_machines(capsys):
    call_command("explain_term", "objection_decision", "2015-04-02", "--json")
    assert json.loads(capsys.readouterr().out) == ASCENSION


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked(kind, answers):
    (answer,) = answers(f"{kind} 2018-06-04".encode())
    assert answer["kind"] == kind
    assert answer["why"].endswith(KINDS[kind].basis)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (["bezwaar", "2015-04-02"], "Deze soort bestaat niet. Kies uit first_decision, objection, "),
        (["-", "2015-04-02"], "Deze soort bestaat niet."),
        (["objection"], "Schrijf een soort en een dag"),
        (["objection", ""], "JJJJ-MM-DD"),
        (["objection", "2015-02-30"], "JJJJ-MM-DD"),
        (["objection", "20150402"], "JJJJ-MM-DD"),
        (["objection", "9999-12-31"], "te ver weg"),
    ],
)
def test_one_wrong_question_is_refused_with_a_sentence(question, sentence, capsys):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("explain_term", *question)
    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match=sentence):
        call_command("explain_term", *question, "--json")
    assert sentence in json.loads(capsys.readouterr().out)["error"]


def test_each_line_gets_one_object_also_a_bad_one(answers):
    given = [
        b"objection_decision 2015-04-02",
        b"",
        b"objection",
        b"objection 2015-04-02 2015-04-02",
        b"objection 2015-02-29",
        b"bezwaar 2015-04-02",
        b"\xff\xfe\x00",
        b"objection\x00 2015-04-02",
        b"objection 9999-12-31",
        b'{"kind": "objection"}',
        b"\tobjection_decision   2015-04-02 \r",
        b"objection_decision 2015-04-02",  # without a line feed behind it
    ]
    found = answers(b"\n".join(given))
    assert [set(answer) == {"error"} for answer in found] == [False, *[True] * 9, False, False]
    assert found[0] == found[-2] == found[-1] == ASCENSION


def test_empty_input_gets_no_answer(answers):
    assert answers(b"") == []


@pytest.mark.parametrize(("extra", "good"), [(0, True), (1, False), (10 * LONGEST_LINE, False)])
def test_line_that_is_too_long_is_one_bad_line_and_spoils_nothing(extra, good, answers):
    question = b"objection_decision 2015-04-02"
    padded = question + b" " * (LONGEST_LINE - 1 - len(question) + extra)
    first, second, third = answers(b"\n".join([question, padded, question]))
    assert (second == ASCENSION) is good
    assert ("error" in second) is not good
    assert first == third == ASCENSION


def start(*, port: str | int | None = None) -> subprocess.Popen[bytes]:
    """The command as a process of its own, on this test's database unless another port is given."""
    at = connection.settings_dict
    who, host = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}", quote(at["HOST"], safe="")
    return subprocess.Popen(
        [sys.executable, "manage.py", "explain_term", "-"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{who}@{host}:{port or at['PORT']}/{at['NAME']}",
            "PYTHONUNBUFFERED": "",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def process():
    with start() as running:
        yield running
        running.kill()


def test_process_answers_each_line_before_the_next_and_ends_with_its_input(process):
    for _ in range(3):
        process.stdin.write(b"objection_decision 2015-04-02\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == ASCENSION
    process.stdin.write(b"x" * 5_000_000 + b"\n")
    process.stdin.flush()
    assert "error" in json.loads(process.stdout.readline())
    rest, errors = process.communicate()
    assert (rest, process.returncode) == (b"", 0)
    assert b"Traceback" not in errors


def test_process_ends_quietly_when_its_reader_has_gone(process):
    process.stdin.write(b"objection_decision 2015-04-02\n")
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"objection_decision 2015-04-02\n" * 10)
    process.stdin.close()
    assert process.wait(30) == 0
    errors = process.stderr.read()
    assert b"Error" not in errors
    assert b"Traceback" not in errors


def test_process_says_in_a_sentence_that_there_is_no_database():
    answers, errors = start(port=1).communicate(b"objection_decision 2015-04-02\n", timeout=30)  # nobody listens there
    assert answers == b""
    assert b"De database antwoordt niet: " in errors
    assert b"Traceback" not in errors
