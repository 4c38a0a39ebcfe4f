"""What the desk keeps of its people: further numbers, notes, a contact, and somebody who is there twice."""

from __future__ import annotations

from deskcli.demo.data import load
from deskcli.demo.staff import people
from deskcli.importing.api import Api, Json


def doubles() -> list[Json]:
    """As they came in: by a mail from home."""
    found: list[Json] = load("relations")["doubles"]
    return found


def confide(api: Api) -> int:
    """Who reads what is reported in confidence."""
    keys = load("relations")["confidants"]
    ids = _ids_of(api, set(keys))
    api.post("/confidants", {"personIds": [ids[key] for key in keys]})
    return len(keys)


def put_in(desk: Api) -> None:
    """By who works at the desk. What is kept already stays as it is."""
    known = load("relations")
    ids = _ids_of(desk, {each["person"] for each in known["contacts"]})
    for each in known["contacts"]:
        person_id = ids[each.pop("person")]
        version = desk.get(f"/people/{person_id}")["contactsVersion"]
        if version == 0:
            desk.post(f"/people/{person_id}/contacts", each, version=version)
    for what, path in (("notes", "notes"), ("moments", "contact-moments")):
        for each in known[what]:
            desk.post(f"/people/{ids[each.pop('person')]}/{path}", each)


def _ids_of(desk: Api, keys: set[str]) -> dict[str, str]:
    names = {each["key"]: each["name"] for each in people() if each["key"] in keys}
    found = {key: desk.get("/people", q=name, limit=10)["items"] for key, name in names.items()}
    return {key: next(row["personId"] for row in rows if row["key"] == key) for key, rows in found.items()}
