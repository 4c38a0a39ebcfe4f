"""The register of objects: saved in bulk by their codes, again and again without harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from intake.storage.assets import KEPT, Wanted
from intake.storage.unit_of_work import IntakeWork

Item = dict[str, Any]
Read = Callable[[Any], Item]


def save_assets(work: IntakeWork, items: Sequence[Item]) -> Item:
    """All of them or none. Raises Invalid with what is wrong with which."""
    wrong = dict(_wrong(work, items))
    if wrong:
        raise Invalid("invalid", next(iter(wrong.values()))[0], wrong)
    known, changed = _save(work, items)
    created = sum(row["code"] not in known for row in changed)
    ids = {row["code"]: row["asset_id"] for row in changed}
    ids = {code: row.asset_id for code, row in known.items()} | ids
    return {
        "created": created,
        "updated": len(changed) - created,
        "unchanged": len(items) - len(changed),
        "items": [{"code": item["code"], "asset_id": ids[item["code"]]} for item in items],
    }


def import_assets(work: IntakeWork, read: Read, records: Sequence[Any]) -> Item:
    """From a file: each is taken whole or refused with its line and reason. One that is there already stays
    as it is: the register may know better than the file.
    """
    items: list[Item] = []
    refused: list[Item] = []
    for record in records:
        line, code = (record.get("line"), record.get("code"))
        try:
            item = read(record)
            item.pop("line")
            wrong = dict(_wrong(work, [item], {each["code"] for each in items}))
            if wrong:
                raise Invalid("invalid", next(iter(wrong.values()))[0], wrong)
            items.append(item)
        except Invalid as error:
            refused.append({"line": line, "key": code, "reason": _reason(error)})
    known = work.assets.by_code(item["code"] for item in items)
    new = [item for item in items if item["code"] not in known]
    _save(work, new)
    return {"new": len(new), "existing": len(items) - len(new), "refused": refused}


def list_assets(work: IntakeWork, cursor: str | None, limit: int, **wanted: Any) -> Item:
    rows, next_cursor = work.assets.page(Wanted(**wanted), cursor, limit)
    return {"items": [view(row) for row in rows], "next_cursor": next_cursor}


def list_asset_kinds(work: IntakeWork) -> Item:
    return {"items": work.assets.kinds()}


def get_asset(work: IntakeWork, asset_id: UUID) -> Item:
    return view(to_see(work, asset_id))


def to_see(work: IntakeWork, asset_id: UUID) -> Any:
    """Its row. Raises NotFound."""
    row = work.assets.one(asset_id)
    if row is None:
        raise NotFound("no_such_asset", "There is no such object.")
    return row


def view(row: Any) -> Item:
    named = ("asset_id", "code", "name", "kind", "warranty_until", "supplier", "product", "withdrawn",
             "changed_at")  # fmt: skip
    place = {"location_id": row.location_id, "key": row.location_key, "name": row.location_name,
             "path": row.path}  # fmt: skip
    return {**{name: getattr(row, name) for name in named}, "location": place}


def _save(work: IntakeWork, items: Sequence[Item]) -> tuple[dict[str, Any], list[Item]]:
    """What was known, and what is another now."""
    known = work.assets.by_code(item["code"] for item in items)
    places = work.assets.places(item["location_key"] for item in items)
    changed = []
    for item in items:
        old = known.get(item["code"])
        row = {**item, "location_id": places[item["location_key"]]}
        del row["location_key"]
        if old is None or any(getattr(old, name) != row[name] for name in KEPT):
            asset_id = old.asset_id if old else work.new_id()
            changed.append({**row, "asset_id": asset_id, "changed_at": work.now})
    work.assets.save(changed)
    return known, changed


def _wrong(
    work: IntakeWork, items: Sequence[Item], before: set[str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """By field, what these cannot be saved for."""
    places = work.assets.places(item["location_key"] for item in items)
    offered = work.assets.offered(item["product"] for item in items if item["product"])
    seen = set(before or ())
    for number, item in enumerate(items):
        if item["code"] in seen:
            yield f"items.{number}.code", [f"Code '{item['code']}' is given twice. Leave one of them out."]
        seen.add(item["code"])
        if item["location_key"] not in places:
            text = f"There is no location with key '{item['location_key']}'. Save the location first."
            yield f"items.{number}.location_key", [text]
        if item["product"] and item["product"] not in offered:
            text = f"No product '{item['product']}' is published. Choose another, or none."
            yield f"items.{number}.product", [text]


def _reason(error: Invalid) -> str:
    """One sentence for the list of what was refused."""
    field, texts = next(iter(error.errors.items()), ("", [str(error)]))
    name = field.removeprefix("items.0.")
    return f"{name}: {texts[0]}" if name else texts[0]
