"""Structured logs: one JSON object a line on standard output, with the correlation id of what is being done.

Values are encoded as JSON, so that a newline in them can't forge a line. Bodies of messages are never logged.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from servicekit import json
from servicekit.explaining import explain, frames

QUIET = ("amqp", "kombu", "nameko", "sqlalchemy", "alembic", "urllib3")


def configure(service: str, level: str = "INFO") -> None:
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
        _named(service),
    ]
    structlog.configure(
        processors=[*shared, _render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=number, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL if name == "nameko" else logging.ERROR)


def logger(name: str = "") -> Any:
    return structlog.get_logger(part=name) if name else structlog.get_logger()


def bound(**values: Any) -> Any:
    """A context manager: every line logged inside it carries `values`."""
    return structlog.contextvars.bound_contextvars(**values)


def _without_values(_logger: Any, _method: str, event: Any) -> Any:
    """The way through the code instead of a traceback, whose last line quotes what could not be handled; and
    so for each exception that is logged as a value: write `error=error`, never its words.
    """
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exception() if given is True else given
    if isinstance(error, BaseException):
        event["exception"] = frames(error)
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = explain(value)
    return event


def _named(service: str) -> Any:
    def add(_logger: Any, _method: str, event: Any) -> Any:
        event["service"] = service
        return event

    return add


def _render(_logger: Any, _method: str, event: Any) -> str:
    try:
        return json.dumps(event).decode()
    except TypeError:
        return json.dumps({key: repr(value) for key, value in event.items()}).decode()
