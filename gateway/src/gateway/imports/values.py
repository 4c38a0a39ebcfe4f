"""From the text in a cell to a value. Every refusal is a sentence about that text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from gateway.imports.targets import Field

# Only to show what a date of a format looks like.
A_MOMENT = datetime(2026, 11, 23, 14, 30, 5, tzinfo=UTC)
YES = frozenset({"true", "yes", "y", "1", "ja", "j", "waar"})
NO = frozenset({"false", "no", "n", "0", "nee", "onwaar"})
MAX_TEXT = 10_000
QUOTED = 80
# Also a moment before year 1 or after 9999 in UTC.
NO_MOMENT = (ValueError, OverflowError)


class NotReadable(ValueError):
    """The text is not a value of the field's type."""


class Reader:
    """Reads cells of one file: its date format, and the zone its clock times are in."""

    def __init__(self, date_format: str | None, zone: tzinfo) -> None:
        self._date_format = date_format
        self._zone = zone
        self._read: dict[str, Callable[[str, Field], object]] = {
            "text": _text,
            "whole": _whole,
            "yes_no": _yes_no,
            "choice": _choice,
            "time": lambda raw, _field: self.time(raw),
            "day": lambda raw, _field: self.day(raw),
        }

    def value(self, raw: str, field: Field) -> object:
        """Raises NotReadable."""
        return self._read[field.type](raw, field)

    def time(self, raw: str) -> datetime:
        """In UTC. A time that the clock showed twice in autumn is taken as the first of the two."""
        try:
            read = self._parse(raw)
            local = read if read.tzinfo else read.replace(tzinfo=self._zone)
            return local.astimezone(UTC)
        except NO_MOMENT:
            like = A_MOMENT.strftime(self._date_format) if self._date_format else "2026-11-23T14:30:05"
            raise NotReadable(f"{quoted(raw)} is not a moment written like {like}") from None

    def day(self, raw: str) -> str:
        """As 2026-11-23: it is the day that is written, in whatever zone."""
        try:
            return self._parse(raw).date().isoformat()
        except NO_MOMENT:
            like = A_MOMENT.strftime(self._date_format) if self._date_format else "2026-11-23"
            raise NotReadable(f"{quoted(raw)} is not a day written like {like}") from None

    def _parse(self, raw: str) -> datetime:
        if self._date_format is None:
            return datetime.fromisoformat(raw)
        return datetime.strptime(raw, self._date_format)  # noqa: DTZ007  `time` gives it its zone

    def sortable(self, raw: str) -> tuple[int, float, str]:
        """Moments by time, numbers by size, anything else by its letters."""
        try:
            return (0, self.time(raw).timestamp(), "")
        except NotReadable:
            pass
        try:
            return (1, float(raw), "")
        except ValueError:
            return (2, 0.0, raw)


def quoted(raw: str) -> str:
    """As a reason of refusal says it: enough to find the cell by, however much is in it."""
    return f"'{raw if len(raw) <= QUOTED else raw[:QUOTED] + '…'}'"


def _text(raw: str, _field: Field) -> str:
    if len(raw) > MAX_TEXT:
        raise NotReadable(f"the text is longer than {MAX_TEXT} characters")
    return raw


def _whole(raw: str, _field: Field) -> int:
    try:
        return int(raw)
    except ValueError:
        raise NotReadable(f"{quoted(raw)} is not a whole number") from None


def _yes_no(raw: str, _field: Field) -> bool:
    word = raw.casefold()
    if word in YES or word in NO:
        return word in YES
    raise NotReadable(f"{quoted(raw)} is neither yes nor no")


def _choice(raw: str, field: Field) -> str:
    if raw in field.choices:
        return raw
    raise NotReadable(
        f"{quoted(raw)} is not one of {', '.join(field.choices)}; give the mapping a value for it"
    )
