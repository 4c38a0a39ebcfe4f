"""One system for the faults that are aimed: durable data, and a ledger of all that was asked of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from deskcli.faults.play import EXTRA
from deskcli.system import System

from .house import House

THINKING = {"SUPPLIER_ANSWER_SECONDS": "0.6"}  # so that there is a moment in which to strike


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    extra = {**EXTRA, "supplier-vonk-val": {**EXTRA["supplier-vonk-val"], **THINKING}}
    with tempfile.TemporaryDirectory(prefix="desk-aimed-") as folder:
        Path(folder).chmod(0o711)
        with System(Path(folder) / "state", temporary=True, extra=extra) as system:
            yield House.of(system)
