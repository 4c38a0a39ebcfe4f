"""The one table of permissions: every call asks for one of it, and each of it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import deskcontracts

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r'(?:@rpc\(|permission=|@?Rpc\.decorator\(|\.require\(|\.can\()\s*"([a-z_.]+)"')


def sources() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in ("services", "gateway", "servicekit")
        for path in (ROOT / folder).glob("**/src/**/*.py")
    }


def asked_for() -> dict[str, set[str]]:
    """Permission -> the files that ask for it."""
    found: dict[str, set[str]] = {}
    for file, text in sources().items():
        for name in ASKED.findall(text):
            found.setdefault(name, set()).add(file)
    return found


def test_no_code_asks_for_a_permission_that_does_not_exist() -> None:
    unknown = {name: files for name, files in asked_for().items() if name not in deskcontracts.permissions()}
    assert unknown == {}


def test_no_permission_is_there_for_nothing() -> None:
    everything = "".join(sources().values())
    assert [name for name in deskcontracts.permissions() if f'"{name}"' not in everything] == []
