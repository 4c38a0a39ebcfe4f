"""Which mapping a file is read with: the one that is given, or the shipped one whose columns it has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from deskcli.importing.api import Api, Json


class NoMapping(Exception):
    """No mapping fits; the text says what to do."""


@dataclass(frozen=True)
class Chosen:
    """`content` is what the desk gets: a name it knows, or the mapping itself."""

    name: str
    content: str | Json
    key: str | None


def choose(api: Api, header: tuple[str, ...], given: str | None) -> Chosen:
    """Raises NoMapping, or ApiError when the desk can't be asked."""
    if given and Path(given).is_file():
        return _own(Path(given), header)
    shipped = api.get("/import-mappings")["items"]
    if given:
        return _named(shipped, given, header)
    for mapping in shipped:
        if not _missing(mapping, header):
            return _shipped(mapping)
    names = ", ".join(mapping["name"] for mapping in shipped)
    raise NoMapping(f"no mapping fits this header (there are: {names}); write one and give it with --map.")


def _own(path: Path, header: tuple[str, ...]) -> Chosen:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise NoMapping(f"{path} is not a mapping in JSON ({error}); see ./desk import --help.") from error
    if not isinstance(content, dict):
        raise NoMapping(f"{path} holds no JSON object; a mapping begins with {{.")
    _check(content, header, str(path))
    key = content.get("key")
    return Chosen(str(content.get("name") or path.stem), content, key if isinstance(key, str) else None)


def _named(shipped: list[Json], name: str, header: tuple[str, ...]) -> Chosen:
    found = next((mapping for mapping in shipped if mapping["name"] == name), None)
    if found is None:
        names = ", ".join(mapping["name"] for mapping in shipped)
        raise NoMapping(f"'{name}' is neither a file nor a mapping that ships with the desk ({names}).")
    _check(found, header, name)
    return _shipped(found)


def _shipped(mapping: Json) -> Chosen:
    return Chosen(mapping["name"], mapping["name"], mapping.get("key"))


def _check(mapping: Json, header: tuple[str, ...], name: str) -> None:
    missing = _missing(mapping, header)
    if missing:
        raise NoMapping(f"the file has no column '{missing[0]}', which the mapping {name} reads.")


def _missing(mapping: Json, header: tuple[str, ...]) -> list[str]:
    columns = mapping.get("columns")
    return [column for column in columns if column not in header] if isinstance(columns, list) else []
