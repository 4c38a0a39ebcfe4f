"""Finding people: by any spelling of any of their numbers, by address, personnel number or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake import telephone
from intake.domain.phones import looks_like_phone
from intake.storage.relation_tables import people, person_emails, person_phones

Condition = sa.ColumnElement[bool]
_p = people.c
# Whoever fits, of whom another may count.
_f = people.alias("fitting").c
# After every letter: a prefix is the range from itself to itself and this.
LAST = "\U0010ffff"


def keep(connection: sa.Connection, person_ids: Sequence[UUID]) -> None:
    """What these people can be found by, made anew from what is known of them."""
    for table in (person_phones, person_emails):
        connection.execute(sa.delete(table).where(table.c.person_id.in_(person_ids)))
    known = sa.select(_p.person_id, _p.email, _p.phones, _p.contacts).where(_p.person_id.in_(person_ids))
    numbers, addresses = [], []
    for row in connection.execute(known):
        kept = row.contacts
        spellings = [*row.phones, *(each["number"] for each in kept.get("phones", ()))]
        keys = set().union(*(telephone.search_keys(each) for each in spellings))
        numbers += [{"digits_reversed": key, "person_id": row.person_id} for key in sorted(keys)]
        emails = {row.email, *(each["address"] for each in kept.get("emails", ()))} - {None}
        lowered = sorted({each.lower() for each in emails})
        addresses += [{"address": each, "person_id": row.person_id} for each in lowered]
    _insert(connection, person_phones, numbers)
    _insert(connection, person_emails, addresses)


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table).values(list(rows)).on_conflict_do_nothing())


def matching(q: str) -> sa.CTE:
    """Who counts, for all who fit: (name, person_id), each once. Each way of finding reads an index of its
    own. Materialized: of a common name thousands fit, and the planner would else go through all people in
    the order of their names until a page is full.
    """
    found: sa.Select[Any] | sa.CompoundSelect[Any]
    if looks_like_phone(q):
        found = _counting(sa.union(_by_number(q), _by_personnel_number(q)))
    elif "@" in q:
        found = _counting(sa.union(_by_address(q), _by_words(q)))
    elif re.fullmatch(r"\S*\d\S*", q):
        found = _counting(sa.union(_by_personnel_number(q), _by_words(q)))
    else:
        found = _with_words(q)
    return found.cte("fitting").prefix_with("MATERIALIZED", dialect="postgresql")


def _counting(ids: sa.CompoundSelect[Any]) -> sa.Select[Any]:
    return sa.select(_p.name, _p.person_id).where(_p.person_id.in_(ids))


def _with_words(q: str) -> sa.CompoundSelect[Any]:
    """Read once: most are nobody else. For those who are, whoever counts for them, unless they fit too."""
    own = sa.select(_p.name, _p.person_id).where(words(q), _p.merged_root.is_(None))
    others = (
        sa.select(_p.name, _p.person_id)
        .join(_f.person_id.table, _f.root_id == _p.person_id)
        .where(_f.merged_root.is_not(None), words(q, _f.words), sa.not_(words(q)))
        .distinct()
    )
    return sa.union_all(own, others)


def _by_number(q: str) -> sa.Select[Any]:
    """A range, not LIKE: the planner then uses the index whatever the collation of the database."""
    reversed_ = person_phones.c.digits_reversed
    ranges = (sa.and_(reversed_ >= key, reversed_ < key + ":") for key in sorted(telephone.search_keys(q)))
    return _roots().join(person_phones, person_phones.c.person_id == _f.person_id).where(sa.or_(*ranges))


def _by_address(q: str) -> sa.Select[Any]:
    address = person_emails.c.address
    found = _roots().join(person_emails, person_emails.c.person_id == _f.person_id)
    return found.where(address >= q.lower(), address < q.lower() + LAST)


def _by_personnel_number(q: str) -> sa.Select[Any]:
    return _roots().where(sa.func.lower(_f.personnel_number) == q.lower())


def _by_words(q: str) -> sa.Select[Any]:
    return _roots().where(words(q, _f.words))


def _roots() -> sa.Select[Any]:
    return sa.select(_f.root_id)


def words(q: str, column: Any = _p.words) -> Condition:
    """Beginnings of words of a name or address."""
    said = re.findall(r"[^\W_]+", q)
    if not said:
        return sa.false()
    beginnings = " & ".join(f"{word}:*" for word in said)
    asked = sa.func.to_tsquery(sa.literal_column("'simple'::regconfig"), beginnings)
    found: Condition = column.bool_op("@@")(asked)
    return found
