"""Makes many requests of the few that the demo has: copies of their rows, further back in time, in the
databases themselves. For measuring alone: no service has heard of them.

Each copy gets ids of its own that sort by its time as the others do, another requester, a number of its own.
What is closed is spread over two years; what is open over the last weeks, and less of it. What would set
something going (a pending delivery, a deadline that is to be looked at) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg2

CLOSED_DAYS, OPEN_DAYS = 730, 60
OPEN_SHARE = 0.02

_TOOLS = """
CREATE TEMP TABLE templates (request_id uuid, open bool);
CREATE TEMP TABLE pool (n int, person_id uuid, name text);
CREATE FUNCTION pg_temp.hex(id uuid) RETURNS text LANGUAGE sql AS $$ SELECT replace(id::text, '-', '') $$;
CREATE FUNCTION pg_temp.anew(id uuid, k int, back interval) RETURNS uuid LANGUAGE sql AS $$
    SELECT (lpad(to_hex(greatest(0, ('x' || left(pg_temp.hex(id), 12))::bit(48)::bigint
                                    - (extract(epoch FROM back) * 1000)::bigint)), 12, '0')
            || substr(md5(id::text || k), 13))::uuid $$;
CREATE FUNCTION pg_temp.named(reference text, k int) RETURNS text LANGUAGE sql AS $$
    SELECT regexp_replace(reference, '^(SD-\\d+-)\\d+', '\\1')
        || (1000000 + k * 1000 + substring(reference FROM '^SD-\\d+-(\\d+)')::int)
        || coalesce(substring(reference FROM '^SD-\\d+-\\d+(.*)$'), '') $$;
CREATE FUNCTION pg_temp.anew_keys(given jsonb, k int, back interval) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_object_agg(pg_temp.anew(key::uuid, k, back)::text,
        CASE WHEN value ? 'work_order_id' THEN
            value || jsonb_build_object('work_order_id', pg_temp.anew(key::uuid, k, back)) ELSE value END),
        '{}') FROM jsonb_each(given) $$;
"""
_COPIES = """
CREATE TEMP TABLE copies AS
    SELECT t.request_id, k, p.person_id, p.name, t.open,
           make_interval(secs => (k - random()) * 86400.0
               * CASE WHEN open THEN %(open_days)s / %(open_each)s::float
                      ELSE %(closed_days)s / %(closed_each)s::float END) AS back
    FROM (SELECT *, row_number() OVER (ORDER BY request_id) AS i FROM templates) t
    CROSS JOIN LATERAL generate_series(1, CASE WHEN open THEN %(open_each)s ELSE %(closed_each)s END) k
    JOIN pool p ON p.n = (t.i * 31 + k * 7) %% (SELECT count(*) FROM pool);
CREATE INDEX ON copies (request_id);
"""
ID = "pg_temp.anew(t.{}, c.k, c.back)"


@dataclass(frozen=True)
class Copied:
    """A table: what its columns become; the others stay, moments move back. `of` joins a table that says of
    which request its rows are.
    """

    table: str
    becomes: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    where: str = "true"
    request: str = "t.request_id"


_ORDER = "JOIN work_orders w USING (work_order_id)"
ORDER_ID = {"work_order_id": ID.format("work_order_id")}
_PERSON = "CASE WHEN t.{0} IS NULL THEN NULL ELSE {1} END"

TABLES: Mapping[str, tuple[Copied, ...]] = {
    "intake": (
        Copied(
            "requests",
            {
                "request_id": ID.format("request_id"),
                "number": "1000000 + c.k * 1000 + t.number",
                "reference": "pg_temp.named(t.reference, c.k)",
                "requester_id": _PERSON.format("requester_id", "c.person_id"),
                "requester": "t.requester"
                " || jsonb_build_object('person_id', c.person_id, 'name', c.name)",
                "orders": "pg_temp.anew_keys(t.orders, c.k, c.back)",
                "external_key": "t.external_key || '/' || c.k",
                "closes_at": "CASE WHEN t.state = 'ready' THEN now() + interval '30 days'"
                " ELSE t.closes_at END",
            },
        ),
        Copied("timeline", {"request_id": ID.format("request_id")}),
    ),
    "dispatch": (
        Copied(
            "processes",
            {
                "request_id": ID.format("request_id"),
                "reference": "pg_temp.named(t.reference, c.k)",
                "waiting_since": "NULL",
            },
        ),
        Copied(
            "work_orders",
            {
                "work_order_id": ID.format("work_order_id"),
                "request_id": ID.format("request_id"),
                "number": "pg_temp.named(t.number, c.k)",
                "replaces": ID.format("replaces"),
                "replaced_by": ID.format("replaced_by"),
            },
        ),
        Copied("work_order_history", ORDER_ID, _ORDER, request="w.request_id"),
        Copied("deliveries", ORDER_ID, _ORDER, "t.state <> 'pending'", "w.request_id"),
        Copied("delivery_attempts", ORDER_ID, _ORDER, request="w.request_id"),
    ),
    "monitoring": (
        Copied(
            "requests",
            {
                "request_id": ID.format("request_id"),
                "reference": "pg_temp.named(t.reference, c.k)",
                "requester_id": _PERSON.format("requester_id", "c.person_id"),
                "next_look_at": "NULL",
            },
        ),
        Copied(
            "clocks",
            {"request_id": ID.format("request_id"), "reference": "pg_temp.named(t.reference, c.k)"},
        ),
    ),
    "notifications": (
        Copied(
            "messages",
            {
                "message_id": "gen_random_uuid()",
                "request_id": ID.format("request_id"),
                "person_id": "c.person_id",
                "reference": "pg_temp.named(t.reference, c.k)",
            },
            where="t.state = 'sent'",
        ),
    ),
}  # fmt: skip


def multiply(urls: Mapping[str, str], total: int) -> None:
    """Until there are about `total` requests. `urls` are those of a `System` that runs."""
    with psycopg2.connect(urls["intake database"]) as intake, intake.cursor() as cursor:
        cursor.execute("SELECT request_id, state <> 'closed' FROM requests")
        templates = cursor.fetchall()
        cursor.execute("SELECT row_number() OVER (ORDER BY person_id) - 1, person_id, name FROM people")
        people = cursor.fetchall()
    open_ones = sum(is_open for _, is_open in templates)
    each = {
        "open_each": max(1, round(total * OPEN_SHARE / max(1, open_ones))),
        "closed_each": max(1, round(total * (1 - OPEN_SHARE) / max(1, len(templates) - open_ones))),
        "open_days": OPEN_DAYS,
        "closed_days": CLOSED_DAYS,
    }
    for name, tables in TABLES.items():
        connection = psycopg2.connect(urls[f"{name} database"])
        try:
            with connection, connection.cursor() as cursor:
                _prepare(cursor, templates, people, each)
                for copied in tables:
                    cursor.execute(_statement(cursor, copied))
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        finally:
            connection.close()


def _prepare(cursor: Any, templates: list[Any], people: list[Any], each: Mapping[str, int]) -> None:
    cursor.execute("SELECT setseed(0.5)")  # the same moments in every database
    cursor.execute(_TOOLS)
    cursor.executemany("INSERT INTO templates VALUES (%s, %s)", templates)
    cursor.executemany("INSERT INTO pool VALUES (%s, %s, %s)", people)
    cursor.execute(_COPIES, each)
    cursor.execute("ANALYZE copies")


def _statement(cursor: Any, copied: Copied) -> str:
    """Columns that the database fills by itself are left to it; those that are not named here are copied."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position",
        (copied.table,),
    )
    columns = {name: copied.becomes.get(name) or _moved(name, kind) for name, kind in cursor.fetchall()}
    return (
        f"INSERT INTO {copied.table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
        f" FROM {copied.table} t {copied.of} JOIN copies c ON c.request_id = {copied.request}"
        f" WHERE {copied.where}"
    )


def _moved(column: str, kind: str) -> str:
    return f"t.{column} - c.back" if kind == "timestamp with time zone" else f"t.{column}"
