"""What reaches no page gets an answer all the same: our words, our headers, and nothing of it in the log."""

import logging
from typing import Any

import pytest
from gunicorn.http import errors

from bodycams.webserver import Worker


class Line:
    """The other end of a connection: keeps what is sent to it."""

    def __init__(self, *, is_gone: bool = False) -> None:
        self.got, self.is_gone = b"", is_gone

    def sendall(self, sent: bytes) -> None:
        if self.is_gone:
            raise BrokenPipeError
        self.got += sent


def answer(raised: Exception, line: Line) -> str:
    worker: Any = Worker.__new__(Worker)
    worker.log = logging.getLogger("gunicorn.error.tried")
    worker.handle_error(None, line, ("127.0.0.1", 1), raised)
    return line.got.decode()


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (errors.LimitRequestLine(9000, 8190), 414, "Het adres is te lang"),
        (errors.LimitRequestHeaders("Jan"), 431, "Verwijder de cookies"),
        (errors.InvalidHeader("Jan: Jansen"), 400, "Wij begrijpen dit verzoek niet"),
        (errors.UnsupportedTransferCoding("Jan"), 501, "Wij begrijpen dit verzoek niet"),
        (errors.InvalidResponseHeader("Jan"), 500, "Er ging iets mis"),
        (RuntimeError("Jan"), 500, "Er ging iets mis"),
    ],
)
def test_answer_has_the_right_status_words_and_headers(
    raised: Exception, status: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    head, body = answer(raised, Line()).split("\r\n\r\n", 1)
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert words in body
    assert f"Fout {status}" in body
    assert f"Content-Length: {len(body.encode())}" in head
    assert "Content-Security-Policy: default-src 'self'" in head
    assert [record.getMessage() for record in caplog.records if "Jan" in record.getMessage()] == []
    assert len(caplog.records) == 1


def test_who_is_gone_gets_none() -> None:
    assert answer(errors.NoMoreData(), Line(is_gone=True)) == ""
