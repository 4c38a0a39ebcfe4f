"""The mappings that ship with us, one JSON file each, recognised by the header row of a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from json import loads
from typing import Any

from gateway.imports.checking import checked
from gateway.imports.mapping import Mapping, MappingInvalid


@cache
def shipped() -> dict[str, Mapping]:
    """By name."""
    found = (
        checked(loads(file.read_text("utf-8")))
        for file in files(__name__).iterdir()
        if _is_mapping(file.name)
    )
    return {mapping.name: mapping for mapping in sorted(found, key=lambda mapping: mapping.name)}


def load(given: str | dict[str, Any]) -> Mapping:
    """The shipped mapping of that name, or the one that is given itself. Raises MappingInvalid."""
    if not isinstance(given, str):
        return checked(given)
    if given not in shipped():
        names = ", ".join(shipped())
        raise MappingInvalid(
            {"mapping": [f"There is no mapping '{given}'. Use one of: {names}, or send your own."]}
        )
    return shipped()[given]


def recognise(header: Iterable[str]) -> Mapping | None:
    """The shipped mapping whose columns are all in the header."""
    there = {column.strip() for column in header}
    return next((mapping for mapping in shipped().values() if there.issuperset(mapping.columns)), None)


def _is_mapping(name: str) -> bool:
    return name.endswith(".json")
