"""The shape of the evidence. Checks get this and the ledger, and nothing else: so a test can doctor it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Row = Mapping[str, Any]
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class LogLine:
    """A line that says error, or a report of several as one."""

    process: str
    text: str


@dataclass
class Evidence:
    """Rows as the databases have them, by the name of their table.

    supplier: what suppliers themselves have recorded, by order number; taken: by (number, answer) how often
    one took an order for the first time. mails: by Message-ID; repeats: by Message-ID how often a
    mail came again. inboxes: facts heard since the load began, by service. left: what still waits, by place.
    agreements: monitoring's contracts and calendars (its domain's `Agreements`).
    """

    now: datetime = BEGINNING
    requests: list[Row] = field(default_factory=list)
    timeline: list[Row] = field(default_factory=list)
    orders: list[Row] = field(default_factory=list)
    history: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)
    processes: list[Row] = field(default_factory=list)
    products: list[Row] = field(default_factory=list)
    supplier: dict[str, Row] = field(default_factory=dict)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    messages: list[Row] = field(default_factory=list)
    mails: dict[str, Row] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)
    timed: list[Row] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    agreements: Any = None
    failures: list[Row] = field(default_factory=list)
    inboxes: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    errors: list[LogLine] = field(default_factory=list)

    def timelines(self) -> dict[str, list[Row]]:
        """Per request, in the order in which the lines were written."""
        return grouped(sorted(self.timeline, key=lambda row: row["entry_id"]), "request_id")

    def histories(self) -> dict[str, list[Row]]:
        """Per work order, in the order of its versions."""
        return grouped(sorted(self.history, key=lambda row: row["version"]), "work_order_id")


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row[key]), []).append(row)
    return found
