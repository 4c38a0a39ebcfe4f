from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from supplierkit import Order, Supplier

URL = "amqp://supplier_vonk_val:secret@localhost:1/suppliers"
ORDER = Order.from_wire(
    {
        "order_number": "SD-26-000001-1",
        "title": {"nl": "Lamp vervangen", "en": "Replace lamp"},
        "text": "Hij flikkert.",
        "location": {"name": "3.12", "path": "De Sluis / 3 / 3.12"},
        "object": "Lamp",
        "asset": {"code": "LAMP-1"},
        "contact": {"name": "Sanne", "phone": "+31 20 555 01 23"},
        "remark": "Nog steeds",
    }
)


class Desk:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.state = "told"

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        self.told.append((method, arguments))
        return {"state": self.state}

    def close(self) -> None: ...


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def supplier(desk: Desk, tmp_path: Path) -> Iterator[Supplier]:
    supplier = Supplier(URL, record=tmp_path / "record.sqlite3")
    supplier._desk = desk  # type: ignore[assignment]
    yield supplier
    supplier._record.close()


def test_its_name_is_that_of_its_broker_user(supplier: Supplier) -> None:
    assert supplier.user == "supplier_vonk_val"


def test_an_address_without_a_user_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="user name"):
        Supplier("amqp://localhost", record=tmp_path / "record.sqlite3")


def test_later_words_go_to_the_desk(supplier: Supplier, desk: Desk) -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    supplier.accept(ORDER, planned_from=at)
    supplier.progress("SD-26-000001-1", "schedule", planned_from=at)
    supplier.progress(ORDER, "pause", pause={"reason": "material", "counterparty": "supplier"})
    supplier.complete(ORDER, cost_cents=100, evidence=["bon 1"])
    number = {"order_number": "SD-26-000001-1"}
    assert desk.told == [
        ("accept", number | {"planned_from": "2026-11-24T09:00:00+00:00"}),
        ("progress", number | {"action": "schedule", "planned_from": "2026-11-24T09:00:00+00:00"}),
        (
            "progress",
            number | {"action": "pause", "pause": {"reason": "material", "counterparty": "supplier"}},
        ),
        ("report_completion", number | {"cost_cents": 100, "evidence": ["bon 1"]}),
    ]


def test_a_time_without_a_zone_is_refused_before_it_is_sent(supplier: Supplier, desk: Desk) -> None:
    with pytest.raises(ValueError, match="time zone"):
        supplier.accept(ORDER, planned_from=datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001  that is the point
    assert desk.told == []


def test_what_is_completed_is_not_unfinished(supplier: Supplier) -> None:
    supplier._record.begin(ORDER)
    supplier._record.answered(ORDER.number, {"answer": "accepted"})
    assert [one.number for one in supplier.unfinished()] == [ORDER.number]
    supplier.complete(ORDER)
    assert supplier.unfinished() == []


@pytest.mark.parametrize(
    ("state", "left"),
    [("in_progress", 1), ("technically_complete", 0), ("checked", 0), ("administratively_complete", 0)],
)
def test_a_completion_that_the_desk_heard_and_whose_answer_was_lost_is_found_out(
    supplier: Supplier, desk: Desk, state: str, left: int
) -> None:
    """The program died between the two; when it looks the order up again, it is done."""
    supplier._record.begin(ORDER)
    supplier._record.answered(ORDER.number, {"answer": "accepted"})
    desk.state = state
    supplier.look_up(ORDER)
    assert len(supplier.unfinished()) == left


def test_an_order_is_easy_to_read() -> None:
    assert (ORDER.title(), ORDER.title("en")) == ("Lamp vervangen", "Replace lamp")
    assert (ORDER.object, (ORDER.asset or {})["code"]) == ("Lamp", "LAMP-1")
    assert (ORDER.text, ORDER.remark, ORDER.contact["name"]) == ("Hij flikkert.", "Nog steeds", "Sanne")
    assert ORDER.location is not None
    assert ORDER.location["name"] == "3.12"


@pytest.mark.parametrize("raw", [None, [], {}, {"order_number": 5}])
def test_what_is_not_an_order_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match="order_number"):
        Order.from_wire(raw)
