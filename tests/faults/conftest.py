"""One system for the faults that are aimed: durable data, and a ledger of all that was asked of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deskcli.faults.play import EXTRA
from deskcli.testing.whole import whole_system

from .house import House

THINKING = {"SUPPLIER_ANSWER_SECONDS": "0.6"}  # so that there is a moment in which to strike


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    extra = {**EXTRA, "supplier-vonk-val": {**EXTRA["supplier-vonk-val"], **THINKING}}
    with whole_system("aimed", extra=extra) as system:
        yield House.of(system)
