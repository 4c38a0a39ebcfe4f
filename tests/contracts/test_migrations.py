"""Migrations of each service are one line, so that every installation takes the same way."""

from __future__ import annotations

import warnings
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

SERVICES = ("catalog", "dispatch", "gateway", "intake", "monitoring", "notifications")


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_are_numbered_one_after_another(service: str) -> None:
    storage = import_module(f"{service}.storage").__file__
    assert storage
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # alembic's word on a number that is there twice
        script = ScriptDirectory(str(Path(storage).parent / "migrations"))
        line = [each.revision for each in script.walk_revisions()][::-1]
    assert len(line) > 1
    assert all(int(after) == int(before) + 1 for before, after in pairwise(line))
