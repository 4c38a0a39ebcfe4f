"""What people see of a message that failed. Its body holds what others wrote, so only values of harmless
forms (ids, times, references, counts), and codes that the contracts of the house know, are shown, each under
names that are known to hold such. All else is hidden: free text, names, addresses, numbers that somebody
typed, and keys that are no names of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import deskcontracts

from servicekit import json
from servicekit.explaining import MASK

KEPT_BYTES = 1_000_000  # a larger body is not kept, and can't be replayed: none of ours comes near
SHOWN_BYTES = 64_000
DEPTH, WIDTH = 6, 50

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]{5,15}(Z|[+-]\d\d:\d\d)?)?")
_REFERENCE = re.compile(r"[A-Z]{2,4}-\d\d-\d{6}(-\d{1,4})?")

# A name that matches -> the form that its text must have to be shown.
_FORMS = (
    (re.compile(r"(\w+_)?ids?|replaces|replaced_by"), _UUID),
    (re.compile(r"(\w+_)?(at|by|from|until|since)"), _MOMENT),
    (re.compile(r"reference|number"), _REFERENCE),
)
_COUNTS = re.compile(
    r"version|sequence|round|quantity|attempts?|amount|offer|(\w+_)?(count|version|sequence)"
)
_FLAGS = re.compile(r"standard|notify|check_required|public|late")
_LINKS = re.compile(r"[a-z_]{1,40}_id|reference|number")
# Of what is said in confidence not even the forms are shown: a moment, or a name of a field, tells something.
_SEALED = "sealed"
_HEADERS = ("version", "occurred_at", "causation_id", "x-attempt", "x-replayed")


def readable(body: bytes | None) -> Any:
    """What is not JSON, or too large, is only measured."""
    if body is None:
        return "(too large to be kept)"
    if len(body) > SHOWN_BYTES:
        return f"({len(body)} bytes: too large to show)"
    try:
        return _shown("", json.loads(body), DEPTH)
    except ValueError:
        return f"(not JSON, {len(body)} bytes)"


def readable_headers(headers: dict[str, Any]) -> dict[str, Any]:
    return {name: str(headers[name])[:100] for name in _HEADERS if name in headers}


def links(body: bytes) -> dict[str, str]:
    """The ids at the top of a message, and what people call its subject."""
    shown = readable(body)
    if not isinstance(shown, dict):
        return {}
    return {name: value for name, value in shown.items() if _LINKS.fullmatch(name) and _told(value)}


def _told(value: Any) -> bool:
    return isinstance(value, str) and value != MASK


def _shown(name: str, value: Any, depth: int) -> Any:
    if name == _SEALED and value is not None:
        return MASK
    if isinstance(value, dict | list):
        return _inside(name, value, depth - 1) if depth else "(...)"
    if isinstance(value, str):
        formed = any(form.fullmatch(value) for names, form in _FORMS if names.fullmatch(name))
        return value if formed or value in _vocabulary().codes.get(name, ()) else MASK
    if isinstance(value, bool):
        return value if _FLAGS.fullmatch(name) else MASK
    if isinstance(value, int):
        return value if _COUNTS.fullmatch(name) and abs(value) < 100_000 else MASK
    return None if value is None else MASK


def _inside(name: str, value: Any, depth: int) -> Any:
    if isinstance(value, list):
        more = [f"({len(value) - WIDTH} more)"] if len(value) > WIDTH else []
        return [_shown(name, inner, depth) for inner in value[:WIDTH]] + more
    pairs = list(value.items())[:WIDTH]
    return {_key(key): _shown(key, inner, depth) for key, inner in pairs}


def _key(key: str) -> str:
    return key if key in _vocabulary().names else MASK


@dataclass(frozen=True)
class _Vocabulary:
    """The names of fields, and per name its codes, that the contracts of the house know."""

    names: set[str]
    codes: dict[str, set[str]]


@cache
def _vocabulary() -> _Vocabulary:
    found = _Vocabulary(set(), {})
    for event, version in deskcontracts.events():
        _learn(found, "", deskcontracts.schema(event, version))
    return found


def _learn(found: _Vocabulary, name: str, schema: Any) -> None:
    if isinstance(schema, list):
        for each in schema:
            _learn(found, name, each)
    if not isinstance(schema, dict):
        return
    words = [word for word in (*schema.get("enum", ()), schema.get("const")) if isinstance(word, str)]
    found.codes.setdefault(name, set()).update(words)
    for inner_name, inner in schema.get("properties", {}).items():
        found.names.add(inner_name)
        _learn(found, inner_name, inner)
    for keyword, inner in schema.items():
        if keyword not in ("properties", "enum", "const"):
            _learn(found, name, inner)
