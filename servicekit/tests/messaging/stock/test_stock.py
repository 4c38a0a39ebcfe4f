"""Why stock nameko is not used: each fault is shown on nameko as it is, and that ours is without it.

When a row of the first test fails, nameko has mended something: look whether our code for it can go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import amqp
import pytest
from servicekit.settings import Settings

from ..nodes import Broker  # noqa: TID252  own helpers
from .rows import ROWS, Row
from .stage import Stage
from .web_rows import WEB_ROWS, WebRow, WebStage


@pytest.fixture
def stage(
    settings: Settings,
    unique: str,
    channel: amqp.Channel,
    start: Any,
    spawn: Any,
    call: Any,
    noted: Any,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Stage]:
    def borrow() -> Broker:
        broker: Broker = request.getfixturevalue("broker")
        return broker

    made = Stage(settings, unique, channel, start, spawn, call, noted, monkeypatch, borrow)
    with made.stack:
        yield made


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.scenario)
def test_stock_nameko_shows_the_fault(row: Row, stage: Stage) -> None:
    assert row.stock(stage) == row.fault


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.scenario)
def test_ours_does_not(row: Row, stage: Stage) -> None:
    assert row.ours(stage) == row.mended


@pytest.fixture(scope="module")
def web_stage(broker_url: str) -> Iterator[WebStage]:
    with WebStage(broker_url) as made:
        yield made


@pytest.mark.parametrize("row", WEB_ROWS, ids=lambda row: row.scenario)
def test_stock_web_entrypoints_show_the_fault(row: WebRow, web_stage: WebStage) -> None:
    assert row.play(web_stage.stock_port) == row.fault


@pytest.mark.parametrize("row", WEB_ROWS, ids=lambda row: row.scenario)
def test_the_gateway_does_not(row: WebRow, web_stage: WebStage) -> None:
    assert row.play(web_stage.our_port) == row.mended
