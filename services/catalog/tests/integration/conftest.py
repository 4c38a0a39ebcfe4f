from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from catalog.service import CatalogService
from catalog.storage.unit_of_work import CatalogWork

from servicekit import json


@pytest.fixture
def work(work_factory: Callable[..., Any]) -> Callable[..., Any]:
    """`with work() as w:` is one transaction of the catalogue, committed at the end, its facts checked."""
    return work_factory(CatalogWork, "catalog")


@pytest.fixture
def ask(work: Any) -> Any:
    """ask("get_product", ...) runs the entry point as servicekit would, and answers what the caller sees."""

    def call(method: str, **arguments: Any) -> Any:
        return json.plain(getattr(CatalogService, method)(SimpleNamespace(work=work), None, **arguments))

    return call
