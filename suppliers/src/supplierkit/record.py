"""What this supplier answered to which order: a small SQLite file, so that no order is carried out twice."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from supplierkit.orders import Order

BEGUN, ANSWERED, REFUSED, DONE, CANCELLED = "begun", "answered", "refused", "done", "cancelled"

_TABLE = """
CREATE TABLE IF NOT EXISTS orders (
    number TEXT PRIMARY KEY,
    order_id TEXT,
    offer INTEGER NOT NULL,
    stage TEXT NOT NULL,
    raw TEXT NOT NULL,
    answer TEXT,
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
_CHANGED = "changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


class Record:
    """Safe to use from several threads."""

    def __init__(self, path: str | Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(_TABLE)

    def begin(self, order: Order) -> tuple[Order, dict[str, Any] | None]:
        """Note that `order` is being dealt with; answers what was answered to it before, if anything.

        A refused order that is offered again is new; so is one with a known number of a desk that was set up
        anew.
        """
        row = self._row(order.number)
        if row is None or _is_new(order, row):
            self._write(
                "INSERT OR REPLACE INTO orders (number, order_id, offer, stage, raw) VALUES (?, ?, ?, ?, ?)",
                (order.number, order.order_id, order.offer, BEGUN, json.dumps(dict(order.raw))),
            )
            return order, None
        if row["stage"] == CANCELLED:
            return order, {"answer": "refused", "reason": "cancelled by the desk"}
        if row["answer"] is None:
            return replace(order, begun_before=True), None
        return order, json.loads(row["answer"])

    def answered(self, number: str, answer: dict[str, Any]) -> None:
        """Keep what goes back, before it goes."""
        stage = REFUSED if answer["answer"] == "refused" else ANSWERED
        self._write(
            f"UPDATE orders SET answer = ?, stage = ?, {_CHANGED} WHERE number = ? AND stage = ?",
            (json.dumps(answer), stage, number, BEGUN),
        )

    def finished(self, number: str) -> None:
        """The desk knows that it is completed."""
        self._write(f"UPDATE orders SET stage = ?, {_CHANGED} WHERE number = ?", (DONE, number))

    def refused(self, number: str) -> None:
        """The desk knows that it is refused, though it was accepted or received before."""
        self._write(f"UPDATE orders SET stage = ?, {_CHANGED} WHERE number = ?", (REFUSED, number))

    def cancelled(self, number: str) -> None:
        """Also for an order that was never seen: it may still be on its way, and must then not be taken."""
        self._write(
            "INSERT INTO orders (number, offer, stage, raw) VALUES (?, 0, ?, '{}')"
            f" ON CONFLICT (number) DO UPDATE SET stage = excluded.stage, {_CHANGED}",
            (number, CANCELLED),
        )

    def unfinished(self) -> list[Order]:
        """Orders that were received or accepted and are neither completed nor cancelled, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT raw FROM orders WHERE stage = ? ORDER BY changed_at", (ANSWERED,)
            ).fetchall()
        return [Order.from_wire(json.loads(raw)) for (raw,) in rows]

    def stage(self, number: str) -> str | None:
        """None when it was never seen."""
        row = self._row(number)
        return row["stage"] if row else None

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _row(self, number: str) -> dict[str, Any] | None:
        columns = ("order_id", "offer", "stage", "answer")
        with self._lock:
            row = self._connection.execute(
                f"SELECT {', '.join(columns)} FROM orders WHERE number = ?", (number,)
            ).fetchone()
        return dict(zip(columns, row, strict=True)) if row else None

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        with self._lock:
            self._connection.execute(statement, values)


def _is_new(order: Order, row: dict[str, Any]) -> bool:
    known_ids = row["order_id"] is not None and order.order_id is not None
    if known_ids and row["order_id"] != order.order_id:
        return True
    return row["stage"] == REFUSED and order.offer > int(row["offer"])
