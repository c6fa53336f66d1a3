"""What goes wrong while everything is made ready: the last line of the log is a sentence."""

import errno
import os
from collections.abc import Callable

import pytest
from django.core.management import CommandError
from django.db import DatabaseError

from bodycams.embedded import prepare
from bodycams.embedded.prepare import attempt, side_by_side


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
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, refusal: Exception, sentence: str
) -> None:
    monkeypatch.setattr(prepare.django, "setup", refuses(refusal))
    assert prepare.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == sentence


def test_a_step_that_works_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert attempt(lambda: None) == ""
    assert capsys.readouterr().out == ""


def refuses(refusal: Exception) -> Callable[[], None]:
    def step() -> None:
        raise refusal

    return step


def dies() -> None:
    os._exit(1)


@pytest.mark.parametrize(
    ("first", "others", "said"),
    [
        (None, [None, CommandError("Dit klopt niet.")], "Dit klopt niet."),
        (CommandError("De database weigert."), [CommandError("Dit klopt niet.")], "De database weigert."),
        (None, [dies], "Het klaarzetten van de pagina's is afgebroken."),
        (None, [None, None], ""),
    ],
)
def test_what_the_copy_refuses_is_said_too(
    first: Exception | None, others: list[Exception | Callable[[], None] | None], said: str
) -> None:
    """It used to stand somewhere in the log, with all that was done meanwhile after it."""

    def step(one: Exception | Callable[[], None] | None) -> Callable[[], None]:
        return refuses(one) if isinstance(one, Exception) else one or (lambda: None)

    assert side_by_side(step(first), *map(step, others)) == said
