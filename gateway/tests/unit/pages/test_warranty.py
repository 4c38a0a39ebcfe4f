"""A warranty that runs is said with who gives it; one that is over is not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from gateway.pages.choosing_assets import with_warranty
from gateway.pages.moments import datetime


def visit(**answers: Any) -> Any:
    dispatch = SimpleNamespace(list_providers=lambda: {"items": [{"slug": "vonk-val", "name": "Vonk & Val"}]})
    return SimpleNamespace(
        moments=SimpleNamespace(today=datetime(2026, 11, 26).date()),
        can=lambda _permission: True,
        services=SimpleNamespace(dispatch=dispatch),
    )


@pytest.mark.parametrize(("until", "runs"), [("2026-11-26", True), ("2026-11-25", False), (None, False)])
def test_it_runs_up_to_and_including_its_last_day(until: str | None, runs: bool) -> None:
    asset = with_warranty(
        visit(), {"asset": {"code": "LIFT-1", "warranty_until": until, "supplier": "vonk-val"}}
    )
    assert asset is not None
    assert (asset["warranty"] is not None) is runs
    assert asset["supplier_name"] == ("Vonk & Val" if runs else None)


def test_a_request_about_no_object_has_no_warranty() -> None:
    assert with_warranty(visit(), {"asset": None}) is None
