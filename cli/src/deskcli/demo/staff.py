"""The 420 people of Meerwal. Nobody exists: names are put together from lists, always in the same way.

Telephone numbers ring nowhere: Dutch subscriber numbers never begin with 0, and +44 20 7946 0xxx is what the
British regulator keeps free for drama. Mail goes to meerwal.example, a domain that can't exist.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from deskcli.demo.data import load
from deskcli.demo.places import offices, rooms
from deskcli.importing.api import Json

HOW_MANY = 420
ORIGINS = ("dutch", "english", "world")
WAREHOUSE = "Logistiek & Magazijn"
CUSTOMER = "Stichting Meerwal"


def people() -> list[Json]:
    """As the API takes them: the people of the demo accounts first, then everybody else."""
    names = load("names")
    places = rooms()
    known = [_demo_person(person, number, places) for number, person in enumerate(names["demo"])]
    departments = _departments(names)
    desks = {"office": cycle(_offices_of("sluis", places)), "warehouse": cycle(_offices_of("kade", places))}
    for number, (first, last, language) in enumerate(_names(names), len(known)):
        department = next(departments)
        desk = next(desks["warehouse" if department == WAREHOUSE else "office"])
        known.append(
            {
                "key": _login(first, last),
                "personnelNumber": _personnel_number(number),
                "name": f"{first} {last}",
                "email": f"{_login(first, last)}@meerwal.example",
                "phone": _phone(number, language),
                "language": language,
                "department": department,
                "customer": CUSTOMER,
                "locationKey": places[desk],
            }
        )
    return known


def _demo_person(person: dict[str, str], number: int, places: dict[str, str]) -> Json:
    room = person.pop("location")
    more = {"customer": CUSTOMER, "personnelNumber": _personnel_number(number), "locationKey": places[room]}
    return {**person, "phone": _phone(number, person["language"]), **more}


def _names(names: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """First name, last name and language, each full name once, until there are enough."""
    wanted = HOW_MANY - len(names["demo"])
    shares = [origin for origin in ORIGINS for _ in range(names[origin]["share"])]
    seen: set[str] = set()
    attempt = 0
    while len(seen) < wanted:
        attempt += 1
        origin = names[_pick(shares, attempt, "origin")]
        first, last = _pick(origin["first"], attempt, "first"), _pick(origin["last"], attempt, "last")
        if _login(first, last) not in seen:
            seen.add(_login(first, last))
            yield first, last, origin["language"]


def _departments(names: dict[str, Any]) -> Iterator[str]:
    """Departments in turn, each until it is full; those of the demo accounts have their place already."""
    left = {
        name: size - sum(one["department"] == name for one in names["demo"])
        for name, size in names["departments"]
    }
    while any(left.values()):
        for name in left:
            if left[name]:
                left[name] -= 1
                yield name


def _offices_of(building: str, places: dict[str, str]) -> list[str]:
    return [room for room in offices() if places[room].startswith(building)]


def _pick(options: list[Any], attempt: int, purpose: str) -> Any:
    """Looks random and is the same on every machine and Python, which `random` does not promise."""
    digest = hashlib.sha256(f"meerwal {attempt} {purpose}".encode()).digest()
    return options[int.from_bytes(digest[:6], "big") % len(options)]


def _phone(number: int, language: str) -> str:
    return f"+44 20 7946 0{number:03}" if language == "en" else f"+31 20 000 {1000 + number}"


def _personnel_number(number: int) -> str:
    return f"M-{2000 + number}"


def _login(first: str, last: str) -> str:
    spelled = f"{first}.{last}".lower().replace("ı", "i").replace(" ", "")
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
