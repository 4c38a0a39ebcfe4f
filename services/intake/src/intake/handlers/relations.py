"""People and places: saved in bulk by the organisation's own keys, again and again without harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Invalid, NotFound

from intake.domain.locations import Node, paths
from intake.storage.locations import node
from intake.storage.unit_of_work import IntakeWork

Item = dict[str, Any]
Result = dict[str, Any]
TOLD = ("location_id", "key", "parent_key", "name", "path")
TOLD_AT_ONCE = 300


def save_locations(work: IntakeWork, items: Sequence[Item]) -> Result:
    """A child may come before its parent, or its parent may be there already. A new name reaches all paths
    under it.
    """
    _unique(items)
    known = work.locations.tree_to_change()
    nodes = {key: node(row) for key, row in known.items()} | {item["key"]: Node(**item) for item in items}
    changed = []
    for key, path in paths(nodes).items():
        row = {**asdict(nodes[key]), "path": path}
        old = known.get(key)
        if old is None or any(old[name] != value for name, value in row.items()):
            changed.append({**row, "location_id": old["location_id"] if old else work.new_id()})
    work.locations.save(changed)
    _tell(work, changed)
    ids = {row["key"]: row["location_id"] for row in (*known.values(), *changed)}
    return _result(items, known, changed, "location_id", ids)


def _tell(work: IntakeWork, changed: Sequence[Item]) -> None:
    """Others keep the paths: who goes where is ruled by place."""
    for start in range(0, len(changed), TOLD_AT_ONCE):
        told = [{name: row[name] for name in TOLD} for row in changed[start : start + TOLD_AT_ONCE]]
        work.publish("locations_saved", {"locations": told, "saved_at": work.now})


def save_people(work: IntakeWork, items: Sequence[Item]) -> Result:
    _unique(items)
    department_ids = work.relations.departments(item["department"] for item in items if item["department"])
    customer_ids = work.relations.customers(item["customer"] for item in items if item["customer"])
    known = work.relations.people_by_key([item["key"] for item in items])
    changed = []
    for item in items:
        old = known.get(item["key"])
        row = {
            "person_id": old["person_id"] if old else work.new_id(),
            "key": item["key"],
            "name": item["name"],
            "email": item["email"],
            "phones": _phones(item),
            "language": item["language"],
            "department_id": department_ids.get(item["department"]),
            "customer_id": customer_ids.get(item["customer"]),
            "location_key": item["location_key"],
            "personnel_number": item["personnel_number"],
        }
        if row != old:
            changed.append(row)
    work.relations.save_people(changed)
    pairs = {(row["department_id"], row["customer_id"]) for row in changed}
    work.customers.adopt([(one, other) for one, other in pairs if one and other])
    work.customers.revive(list(customer_ids.values()), list(department_ids.values()))
    ids = {row["key"]: row["person_id"] for row in (*known.values(), *changed)}
    return _result(items, known, changed, "person_id", ids)


def save_budgets(work: IntakeWork, items: Sequence[Item]) -> Result:
    """Whole: the holders and departments that are given are all it has."""
    _unique(items)
    known = work.budgets.by_key([item["key"] for item in items])
    people = work.relations.people_by_key([key for item in items for key in _keys_of(item)])
    rows, paid_for = [], {}
    for item in items:
        budget_id = known[item["key"]]["budget_id"] if item["key"] in known else work.new_id()
        rows.append({
            "budget_id": budget_id, "key": item["key"], "name": item["name"],
            "threshold_cents": item["threshold_cents"], "rule": item["rule"],
            "holders": [_seat(people, holder) for holder in item["holders"]],
        })  # fmt: skip
        paid_for[budget_id] = list(work.relations.departments(item["departments"]).values())
    changed = [row for row in rows if row != known.get(row["key"])]
    work.budgets.save(changed, paid_for)
    ids = {row["key"]: row["budget_id"] for row in rows}
    return _result(items, known, changed, "budget_id", ids)


def list_budgets(work: IntakeWork) -> Result:
    return {"items": budget_views(work, work.budgets.all())}


def budget_views(work: IntakeWork, rows: Sequence[Any]) -> list[Item]:
    """With its holders by name, as they are known now."""
    ids = {UUID(each) for row in rows for seat in row.holders for each in seat.values() if each}
    names = {key: person.name for key, person in work.budgets.approvers(list(ids)).items()}
    return [{**row._asdict(), "holders": [_named(seat, names) for seat in row.holders]} for row in rows]


def _named(seat: Item, names: dict[str, str]) -> Item:
    return {**seat, "name": names.get(seat["person_id"]), "stand_in": names.get(seat["stand_in_id"])}


def _keys_of(item: Item) -> list[str]:
    return [
        key for holder in item["holders"] for key in (holder["person_key"], holder["stand_in_key"]) if key
    ]


def _seat(people: dict[str, Item], holder: Item) -> Item:
    for key in (holder["person_key"], holder["stand_in_key"]):
        if key and key not in people:
            text = f"Person '{key}' is not known. Save the person first."
            raise Invalid("invalid", text, {"items": [text]})
    stand_in = people.get(holder["stand_in_key"]) if holder["stand_in_key"] else None
    return {
        "person_id": str(people[holder["person_key"]]["person_id"]),
        "stand_in_id": str(stand_in["person_id"]) if stand_in else None,
    }


def list_people(work: IntakeWork, q: str | None, cursor: str | None, limit: int) -> Result:
    rows, next_cursor = work.relations.page(q, cursor, limit)
    return {"items": [_person(row) for row in rows], "next_cursor": next_cursor}


def get_own_person(work: IntakeWork) -> Item:
    """Who asks, as known here, with the place where they usually are and the keys of all that it lies in.
    Raises NotFound for who is nobody here: a program, or an account of somebody who was never saved.
    """
    person_id = work.actor.person_id
    row = work.relations.person(UUID(person_id)) if person_id else None
    if row is None:
        raise NotFound("no_such_person", "You are not known here as a person.")
    person = _person(row)
    key = person.pop("location_key")
    place = work.locations.by_key(key)
    lies_in = work.locations.lineage(key) if place else []
    return {**person, "location": {**place._asdict(), "lies_in": lies_in} if place else None}


def list_locations(work: IntakeWork, q: str | None, cursor: str | None, limit: int) -> Result:
    rows, next_cursor = work.locations.page(q, cursor, limit)
    return {"items": [row._asdict() for row in rows], "next_cursor": next_cursor}


def _person(row: sa.Row[Any]) -> Item:
    person = row._asdict()
    return {**person, "phone": person["phones"][0] if person["phones"] else None}


def _phones(item: Item) -> list[str]:
    """The preferred one first, each once."""
    return list(dict.fromkeys([*([item["phone"]] if item["phone"] else []), *item["phones"]]))


def _unique(items: Sequence[Item]) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item["key"] in seen:
            text = f"Key '{item['key']}' is in this list twice. Leave one of them out."
            raise Invalid("invalid", text, {f"items.{number}.key": [text]})
        seen.add(item["key"])


def _result(
    items: Sequence[Item], known: dict[str, Item], changed: Sequence[Item], id_name: str, ids: dict[str, Any]
) -> Result:
    """Counts are of the items given; their children that only got another path are not among them."""
    given = {item["key"] for item in items}
    touched = {row["key"] for row in changed} & given
    created = len(touched - known.keys())
    return {
        "created": created,
        "updated": len(touched) - created,
        "unchanged": len(given) - len(touched),
        "items": [{"key": item["key"], id_name: ids[item["key"]]} for item in items],
    }
