"""Which lines are worth writing down."""

import logging

import pytest

from bodycams.logs import SEVERAL_TIMES_A_MINUTE, is_worth_a_line


@pytest.mark.parametrize(
    ("level", "message", "worth"),
    [
        (logging.INFO, f"Task {SEVERAL_TIMES_A_MINUTE[0]}[1] succeeded in 0.01s: None", False),
        (logging.ERROR, f"Task {SEVERAL_TIMES_A_MINUTE[0]}[1] raised unexpected: OperationalError()", True),
        (logging.INFO, f"Task {SEVERAL_TIMES_A_MINUTE[-1]}[1] succeeded in 0.01s: None", False),
        (logging.INFO, "Task initiatives.tasks.mail_notices[1] succeeded in 0.01s: None", True),
    ],
)
def test_that_what_is_always_done_went_well_is_no_news(level: int, message: str, worth: bool) -> None:
    record = logging.LogRecord("celery.app.trace", level, "", 0, "%s", (message,), None)
    assert is_worth_a_line(record) is worth
