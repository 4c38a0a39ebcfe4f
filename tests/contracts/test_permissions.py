"""The one table of permissions: every call asks for one of it, and each of it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import deskcontracts

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r'(?:@rpc\(|permission=|@?Rpc\.decorator\(|\.require\(|\.can\()\s*"([a-z_.]+)"')


def asked_for() -> dict[str, set[str]]:
    """Permission -> the files that ask for it."""
    found: dict[str, set[str]] = {}
    for folder in ("services", "gateway", "servicekit"):
        for path in (ROOT / folder).glob("**/src/**/*.py"):
            for name in ASKED.findall(path.read_text(encoding="utf-8")):
                found.setdefault(name, set()).add(str(path.relative_to(ROOT)))
    return found


def test_no_code_asks_for_a_permission_that_does_not_exist() -> None:
    unknown = {name: files for name, files in asked_for().items() if name not in deskcontracts.permissions()}
    assert unknown == {}


def test_no_permission_is_there_for_nothing() -> None:
    assert set(deskcontracts.permissions()) - set(asked_for()) == set()
