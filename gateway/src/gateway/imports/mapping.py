"""A mapping: which columns of a file become which fields of ours.

    {
      "name": "incident-event-log",
      "title": {"nl": "...", "en": "..."},
      "target": "requests",                         requests, products or assets
      "columns": ["number", ...],                   the header by which the file is recognised
      "unknown": ["?"],                             cells that mean "not known", beside empty ones
      "dates": "%d-%m-%Y %H:%M",                    how moments are written; ISO 8601 when left out
      "key": "number",                              rows with the same key are one record (requests only)
      "order": ["sys_updated_at", ...],             and stand in this order, then in that of the file; the
                                                    column of the state sorts as open, ready, closed
      "fields": {"priority": RULE, ...},            see targets.py
      "states": {"at": RULE, "state": RULE, ...}    each row is also a state of the record (requests only)
    }

A RULE is one of {"value": V}, {"column": C}, {"columns": [C, ...], "join": ", "} (the known ones).
With a column it may also have "values": {"Phone": "phone"} (translates), "otherwise": V (when unknown, or not
in values), and "row": "first" (of a record of many rows; the last one counts when left out).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from servicekit.errors import Invalid


class MappingInvalid(Invalid):
    """The mapping itself is wrong; `errors` says per place (`mapping.fields.priority`) what to do."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("invalid_mapping", "The mapping can't be used as it is.", errors)


@dataclass(frozen=True)
class Rule:
    """Where the value of one field comes from. Without columns it is `value`, whatever the row says."""

    columns: tuple[str, ...] = ()
    value: Any = None
    join: str = ", "
    values: dict[str, Any] | None = None
    otherwise: Any = None
    first_row: bool = False


@dataclass(frozen=True)
class Mapping:
    """A checked mapping. `key` and `states` are only there for requests."""

    name: str
    target: str
    columns: tuple[str, ...]
    fields: dict[str, Rule]
    title: dict[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset({""})
    dates: str | None = None
    key: str | None = None
    order: tuple[str, ...] = ()
    states: dict[str, Rule] | None = None

    def summary(self) -> dict[str, Any]:
        """What a program needs to know to read a file for this mapping and cut it into pieces."""
        return {
            "name": self.name,
            "title": self.title,
            "target": self.target,
            "columns": list(self.columns),
            "key": self.key,
        }
