"""Which lines are worth writing down, and what of an exception stands in them."""

import logging
from typing import Any

import pytest

from bodycams.logs import LONGEST, SEVERAL_TIMES_A_MINUTE, is_worth_a_line, mask_values


@pytest.mark.parametrize(
    ("level", "message", "worth"),
    [
        (logging.INFO, f"Task {SEVERAL_TIMES_A_MINUTE[0]}[1] succeeded in 0.01s: None", False),
        (logging.ERROR, f"Task {SEVERAL_TIMES_A_MINUTE[0]}[1] raised unexpected: OperationalError()", True),
        (logging.INFO, f"Task {SEVERAL_TIMES_A_MINUTE[-1]}[1] succeeded in 0.01s: None", False),
        (logging.INFO, "Task journal.tasks.check_journal[1] succeeded in 0.01s: None", True),
    ],
)
def test_that_what_is_always_done_went_well_is_no_news(level: int, message: str, worth: bool) -> None:
    record = logging.LogRecord("celery.app.trace", level, "", 0, "%s", (message,), None)
    assert is_worth_a_line(record) is worth


def written(message: str) -> str:
    event: Any = {"exc_info": (ValueError, ValueError(message), None)}
    return str(mask_values(None, "", event)["exception"]).removeprefix("ValueError: ")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("number 1021 of iemand@voorbeeld.nl is 'typed' here", "number … of … is … here"),
        ("relation organisation_person does not exist", "relation organisation_person does not exist"),
    ],
)
def test_of_an_exception_stands_all_but_what_somebody_typed(message: str, said: str) -> None:
    assert written(message) == said


@pytest.mark.parametrize(
    "value", ["'Iemand Naam uit Dam'", "iemand.naam@voorbeeld.nl", "1234", "“Iemand Naam”", 'x: "Iemand J"']
)
def test_value_on_which_a_long_line_is_cut_off_is_no_value_any_more(value: str) -> None:
    """The twin: the same line, that ends where it was cut off, is said to its end."""
    before = "word " * (LONGEST // 5)
    for fits in range(1, len(value)):
        said = written(f"{before[fits:]}{value} {'x' * 50_000}")
        assert (said.strip("word …x:"), len(said) <= LONGEST) == ("", True)
    assert written(before.strip()) == before.strip()
