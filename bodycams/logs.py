"""What a line of the log looks like: one JSON object in production, one readable line in a demonstration.

Every line carries the id of the request or task that it belongs to. Personal data stays out: a log is read by others
than the journal. So no addresses, no numbers typed by people, and of an exception the place and the kind, with the
values in its message masked (a database names the row that it refuses, a mail server the person). Here is the form of a
line; who logs what is for the callers.
"""

import logging
import re
import traceback
from datetime import timedelta
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from bodycams.beat import SCHEDULE

VALUES = re.compile(r"\d{4,}|[^\s'\"<>()]+@[^\s'\"<>()]+|'[^']*'|“[^”]*”|(?<=: )\"[^\"]*\"")
"""What somebody may have typed: numbers, addresses of mail, what is quoted. Names of tables and constraints stay."""

LONGEST = 1000
"""Characters of what an exception says; to look for values in more takes the longer the more."""

CUT_OFF = re.compile(r"['“].*\Z|(?<=: )\".*\Z|\S+\Z")
"""The start of a value that goes on where it was cut off."""

CODE = (AttributeError, ImportError, NameError)
"""Exceptions that quote nothing but code."""


SEVERAL_TIMES_A_MINUTE = tuple(
    planned["task"] for planned in SCHEDULE.values() if planned["schedule"] < timedelta(minutes=1)
)


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Not: that what is done every few seconds went well once more."""
    said = record.getMessage()
    return record.levelno > logging.INFO or not any(task in said for task in SEVERAL_TIMES_A_MINUTE)


def mask_values(_: Any, __: str, event: EventDict) -> EventDict:
    """Replace an exception by where it was raised and the first line of what it said, without long numbers."""
    exc_info = event.pop("exc_info", None)
    if exc_info and exc_info[1] is not None:
        raised: BaseException = exc_info[1]
        event["exception"] = f"{type(raised).__name__}: {_said(raised)}"
        event["traceback"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(raised.__traceback__)
        ]
    return event


def _said(raised: BaseException) -> str:
    whole = (str(raised).splitlines() or [""])[0]
    message = whole[:LONGEST]
    if isinstance(raised, CODE):
        return message
    masked = VALUES.sub("…", message)
    return masked if message == whole else CUT_OFF.sub("…", masked)


def _own_exc_info(_: Any, __: str, event: EventDict) -> EventDict:
    """A record of the standard library keeps its exception on the record itself; its message may hold typed text."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.exc_info:
        event["exc_info"] = record.exc_info
    return event


def _own_words(_: Any, logger: str, event: EventDict) -> EventDict:
    """Of what a library says only its own words: Django adds the path or the host that somebody typed, Celery what an
    exception says. The request's line has its route, and the exception follows by itself.
    """
    said = str(event["event"])
    if event["logger"].startswith("django."):
        event["event"] = said.partition(": ")[0]
    if event["logger"].startswith("celery."):
        event["event"] = said.partition("(")[0].rstrip()
    return event


def shared() -> list[Processor]:
    """What happens to every line, ours and those of libraries."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def logging_for(*, people: bool) -> dict[str, Any]:
    """The setting `LOGGING`; also tells structlog to hand its lines to the standard library.

    `people` chooses readable lines instead of JSON.
    """
    structlog.configure(
        processors=[*shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _line(people=people)},
        "filters": {"worth": {"()": lambda: is_worth_a_line}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["worth"]}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
            "pikepdf": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }


def _line(*, people: bool) -> dict[str, Any]:
    last: Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if people else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared(),
        "processors": [_own_exc_info, remove_meta, _own_words, mask_values, last],
    }
