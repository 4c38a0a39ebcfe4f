"""What went wrong, in words that may be kept, shown and logged: never a value that a person gave.

The text of an exception quotes what it could not handle (a name, an address, a row of a table). Only our
own sentences are repeated, with what looks like an address or a telephone number taken out; of all others
the class and the place in our code are told.
"""

from __future__ import annotations

import re
import traceback
from pathlib import PurePath

import sqlalchemy as sa
from marshmallow import ValidationError

from servicekit.errors import NotYet, Permanent, ServiceError
from servicekit.schemas import flatten

LONGEST = 500
MASK = "(hidden)"
# References, ids and times stay; whatever stands around an @, and seven digits or more, however spaced, go.
_PERSONAL = re.compile(
    r"(\b[A-Z]{2,4}-\d\d-\d{6}(?:-\d+)?\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?)"
    r"|\S+@\S+|\(?\+?\d(?:[\s()./-]{0,2}\d){6,}",
    re.ASCII,
)
_NAME = re.compile(r"[a-z_][a-z_.]{0,60}", re.IGNORECASE | re.ASCII)
_OF_STATEMENT = ("table_name", "column_name", "constraint_name")


def explain(error: BaseException) -> str:
    """One sentence on one line, at most LONGEST characters."""
    text = _own_words(error)
    return masked(text if text is not None else f"{type(error).__name__}{_place(error)}")


def masked(text: str) -> str:
    """On one line, without what looks like an address or a telephone number."""
    return _PERSONAL.sub(lambda found: found.group(1) or MASK, " ".join(text.split()))[:LONGEST]


def frames(error: BaseException) -> str:
    """The way to the error through the code, without the words of any exception."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        lines += traceback.format_tb(current.__traceback__)
        lines.append(f"{type(current).__name__}: {explain(current)}\n")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "".join(lines)


def _own_words(error: BaseException) -> str | None:
    if isinstance(error, ServiceError):
        return " ".join([error.detail, *_fields(error.errors)])
    if isinstance(error, Permanent | NotYet):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(["Some fields are not right.", *_fields(flatten(error.messages))])
    if isinstance(error, sa.exc.DBAPIError):
        return _of_database(error)
    if isinstance(error, KeyError) and error.args and _NAME.fullmatch(str(error.args[0])):
        return f"'{error.args[0]}' is missing{_place(error)}"
    return None


def _fields(errors: dict[str, list[str]]) -> list[str]:
    return [f"{field}: {' '.join(texts)}" for field, texts in errors.items()]


def _of_database(error: sa.exc.DBAPIError) -> str:
    """Its message quotes the row; class, code and names of the schema do not."""
    told = getattr(error.orig, "diag", None)
    names = [name for field in _OF_STATEMENT if (name := getattr(told, field, None))]
    code = getattr(error.orig, "pgcode", None)
    return " ".join([type(error.orig).__name__, *([f"({code})"] if code else []), *names])


def _place(error: BaseException) -> str:
    """The last line of code that it went through."""
    trace = traceback.extract_tb(error.__traceback__)
    return f" in {PurePath(trace[-1].filename).name}, line {trace[-1].lineno}" if trace else ""
