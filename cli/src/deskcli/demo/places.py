"""De Sluis and De Kade: buildings, floors and rooms as the API takes them, parents first."""

from __future__ import annotations

import re
import unicodedata

from deskcli.demo.data import load
from deskcli.importing.api import Json


def locations() -> list[Json]:
    found: list[Json] = []
    for building in load("buildings"):
        found.append({"key": building["key"], "name": building["name"]})
        for floor in building["floors"]:
            found.append({"key": floor["key"], "name": floor["name"], "parentKey": building["key"]})
            found += [
                {"key": room_key(floor["key"], room), "name": room, "parentKey": floor["key"]}
                for room in floor["rooms"]
            ]
    return found


def rooms() -> dict[str, str]:
    """The key of each room by its name."""
    return {
        room: room_key(floor["key"], room)
        for building in load("buildings")
        for floor in building["floors"]
        for room in floor["rooms"]
    }


def offices() -> list[str]:
    """Names of the rooms where people have their desks, such as 2.07 and K1.03."""
    return [room for room in rooms() if re.fullmatch(r"K?\d\.\d\d", room)]


def room_key(floor: str, room: str) -> str:
    plain = unicodedata.normalize("NFKD", room).encode("ascii", "ignore").decode().lower()
    return f"{floor}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}"
