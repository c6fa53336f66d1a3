"""What goes wrong while everything is made ready: its last line is a sentence."""

import errno

import pytest
from django.core.management import CommandError
from django.db import DatabaseError

from bodycams.embedded.prepare import attempt


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (CommandError("De database is van een nieuwere versie."), "De database is van een nieuwere versie."),
        (OSError(errno.ENOSPC, "No space", "/x/static"), "De schijf is vol: /x/static."),
        (DatabaseError("could not extend file\nHINT: x"), "De database weigert: could not extend file"),
        (LookupError("bug\nof two lines"), "Wij hebben een fout gemaakt: LookupError: bug of two lines"),
    ],
)
def test_a_step_that_fails_ends_with_a_sentence(
    capsys: pytest.CaptureFixture[str], refusal: Exception, sentence: str
) -> None:
    def step() -> None:
        raise refusal

    assert attempt(step) == 1
    assert capsys.readouterr().out.splitlines()[-1] == sentence


def test_a_step_that_works_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(lambda: None) == 0
    assert capsys.readouterr().out == ""
