from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from monitoring.handlers import agreements
from monitoring.storage.unit_of_work import MonitoringWork

from .stories import HOURS, LEVELS

Work = Callable[..., Any]


@pytest.fixture
def work(work_factory: Callable[..., Any]) -> Work:
    """`with work() as w:` is one transaction of monitoring, committed at the end, its facts checked."""
    return work_factory(MonitoringWork, "monitoring")


@pytest.fixture
def agreed(work: Work) -> Work:
    """With the calendar of the organisation and a contract that counts for everybody."""
    with work() as w:
        agreements.save_calendar(w, "organisation", HOURS)
    with work() as w:
        agreements.save_contract(w, "DVO Meerwal", **contract(LEVELS))
    return work


def contract(levels: list[dict[str, Any]], **content: Any) -> dict[str, Any]:
    general = {
        "party_kind": "customer",
        "party": None,
        "calendar": "organisation",
        "valid_from": None,
        "valid_until": None,
    }
    return {**general, "levels": levels, **content}
