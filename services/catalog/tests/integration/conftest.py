from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from catalog.storage.unit_of_work import CatalogWork


@pytest.fixture
def work(work_factory: Callable[..., Any]) -> Callable[..., Any]:
    """`with work() as w:` is one transaction of the catalogue, committed at the end, its facts checked."""
    return work_factory(CatalogWork, "catalog")
