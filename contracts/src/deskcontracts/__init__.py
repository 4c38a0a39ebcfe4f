"""The contracts folder, readable from code.

`contracts/<producer>/<event>.v<version>.schema.json` describes the `data` of an event, and the
`.example.json` beside it is one realistic instance. `contracts/permissions.json` is the one table of who
may do what.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker


def folder() -> Path:
    """Where the contracts lie: inside the wheel when installed, else the `contracts/` folder of the
    checkout.
    """
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


@cache
def permissions() -> dict[str, frozenset[str]]:
    """Permission name -> the roles that hold it."""
    table = json.loads((folder() / "permissions.json").read_text(encoding="utf-8"))
    return {name: frozenset(row["roles"]) for name, row in table.items()}


@cache
def schema(event: str, version: int = 1) -> dict[str, Any]:
    """The JSON Schema of `event` ("intake.request_accepted"). Raises FileNotFoundError for an unknown one."""
    return _read(event, version, "schema")


@cache
def example(event: str, version: int = 1) -> dict[str, Any]:
    """The example of `event`; treat it as read-only, it is shared."""
    return _read(event, version, "example")


def events() -> Iterator[tuple[str, int]]:
    """Every (event, version) under contract, in alphabetical order."""
    for path in sorted(folder().glob("*/*.schema.json")):
        name, version = path.name.removesuffix(".schema.json").rsplit(".v", 1)
        yield f"{path.parent.name}.{name}", int(version)


@cache
def _validator(event: str, version: int) -> Draft202012Validator:
    return Draft202012Validator(schema(event, version), format_checker=FormatChecker())


def violations(event: str, version: int, data: Any) -> list[str]:
    """What is wrong with `data` as the body of `event`, one readable line each; empty when it is right."""
    found = _validator(event, version).iter_errors(data)
    return [f"{'/'.join(map(str, error.absolute_path)) or '(body)'}: {error.message}" for error in found]


def _read(event: str, version: int, part: str) -> dict[str, Any]:
    producer, _, name = event.partition(".")
    path = folder() / producer / f"{name}.v{version}.{part}.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
