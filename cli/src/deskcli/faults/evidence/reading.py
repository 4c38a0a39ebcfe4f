"""Reads the evidence of a quiet system."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extras
from servicekit.clock import ShiftedClock

from deskcli.faults.evidence.evidence import Evidence, Row
from deskcli.faults.evidence.logs import read_errors, read_taken
from deskcli.layout import Layout
from deskcli.mailbox import Mailbox

SUPPLIERS = ("vonk-val", "lepel-lade")  # by RPC, by webhook
SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications")
LISTENERS = ("intake", "dispatch", "monitoring", "notifications")
ALL = "SELECT * FROM "
ORDERS = """
    SELECT work_orders.*, providers.slug, providers.kind, providers.address
    FROM work_orders JOIN providers USING (provider_id)
"""
# Table of the evidence -> database and question.
TABLES: Mapping[str, tuple[str, str]] = {
    "requests": ("intake", ALL + "requests"),
    "timeline": ("intake", ALL + "timeline"),
    "orders": ("dispatch", ORDERS),
    "history": ("dispatch", ALL + "work_order_history"),
    "deliveries": ("dispatch", ALL + "deliveries"),
    "processes": ("dispatch", ALL + "processes"),
    "products": ("dispatch", ALL + "products"),
    "messages": ("notifications", ALL + "messages"),
    "timed": ("monitoring", ALL + "requests"),
    "clocks": ("monitoring", ALL + "clocks"),
}
_FAILURES = "SELECT kind, type, reason_type, reason, attempts, times, state, failed_at FROM failures"


def gather(urls: Mapping[str, str], layout: Layout, before: Mapping[str, int]) -> Evidence:
    """`before`: what `count_inboxes` answered when the load began."""
    now = ShiftedClock(layout.clock).now()
    evidence = Evidence(now=now)
    for table, (database, question) in TABLES.items():
        setattr(evidence, table, rows(urls, database, question))
    evidence.failures = [{**row, "service": name} for name in SERVICES for row in rows(urls, name, _FAILURES)]
    evidence.agreements = _agreements(urls["monitoring database"])
    evidence.inboxes = {name: count - before[name] for name, count in count_inboxes(urls).items()}
    for slug in SUPPLIERS:
        evidence.supplier |= _recorded(layout.data / f"supplier-{slug}.sqlite3", slug)
        evidence.taken |= read_taken(layout.logs, f"supplier-{slug}")
    evidence.mails, evidence.repeats = _mails(layout.mailbox)
    evidence.errors = list(read_errors(layout.logs))
    return evidence


def count_inboxes(urls: Mapping[str, str]) -> dict[str, int]:
    """How many facts each service has heard."""
    return {name: rows(urls, name, "SELECT count(*) FROM inbox")[0]["count"] for name in LISTENERS}


def failed_deliveries(urls: Mapping[str, str]) -> list[str]:
    """Orders whose delivery was given up and waits for somebody to try again."""
    question = "SELECT work_order_id FROM deliveries WHERE state = 'failed'"
    return [str(row["work_order_id"]) for row in rows(urls, "dispatch", question)]


def busy_supplier(urls: Mapping[str, str]) -> int:
    """Orders that the supplier has in hand and will move on by itself."""
    question = f"""
        SELECT count(*) FROM ({ORDERS}) AS orders WHERE address IS NOT NULL
        AND state IN ('accepted', 'scheduled', 'in_progress')
    """
    return int(rows(urls, "dispatch", question)[0]["count"])


def overdue(urls: Mapping[str, str], now: datetime) -> int:
    """Requests of which a timer has still to close the silence, or to tell the deadline."""
    silent = "SELECT count(*) FROM requests WHERE state = 'ready' AND closes_at <= %s"
    due = "SELECT count(*) FROM requests WHERE next_look_at <= %s"
    counts = [rows(urls, *each, now)[0]["count"] for each in (("intake", silent), ("monitoring", due))]
    return sum(counts)


def rows(urls: Mapping[str, str], database: str, question: str, *values: Any) -> list[Row]:
    """What one service's database answers to one question."""
    with contextlib.closing(psycopg2.connect(urls[f"{database} database"])) as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
            cursor.execute(question, values or None)
            return [dict(row) for row in cursor.fetchall()]


def _agreements(url: str) -> Any:
    import sqlalchemy as sa
    from monitoring.storage.agreements import AgreementStore
    from servicekit.database import driver_url

    engine = sa.create_engine(driver_url(url), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        return AgreementStore(connection).current(fresh=True)


def _recorded(record: Path, slug: str) -> dict[str, Row]:
    if not record.exists():
        return {}
    with contextlib.closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT number, order_id, offer, stage, answer FROM orders").fetchall()
    return {row["number"]: {**dict(row), "slug": slug} for row in found}


def _mails(folder: Path) -> tuple[dict[str, Row], dict[str, int]]:
    kept = Mailbox(folder).messages()
    mails: dict[str, Row] = {mail["message_id"]: mail for mail in kept}
    return mails, {mail["message_id"]: mail["duplicates"] for mail in kept if mail["duplicates"]}
