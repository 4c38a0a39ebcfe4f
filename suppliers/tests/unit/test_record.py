from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from supplierkit import Order
from supplierkit.record import Record

ACCEPTED = {"answer": "accepted"}
REFUSED = {"answer": "refused", "reason": "full"}


def order(number: str = "SD-26-000001-1", offer: int = 1, order_id: str | None = "a") -> Order:
    raw: dict[str, Any] = {"order_number": number, "offer": offer, "order_id": order_id}
    return Order.from_wire(raw)


@pytest.fixture
def open_record(tmp_path: Path) -> Iterator[Callable[[], Record]]:
    """Each call opens the same file anew, as a restart does."""
    opened: list[Record] = []

    def make() -> Record:
        opened.append(Record(tmp_path / "record.sqlite3"))
        return opened[-1]

    yield make
    for record in opened:
        record.close()


@pytest.fixture
def record(open_record: Callable[[], Record]) -> Record:
    return open_record()


def test_an_order_is_new_once(record: Record, open_record: Callable[[], Record]) -> None:
    assert record.begin(order()) == (order(), None)
    record.answered(order().number, ACCEPTED)
    assert record.begin(order())[1] == ACCEPTED
    assert open_record().begin(order())[1] == ACCEPTED


def test_an_order_that_was_begun_and_never_answered_says_so(record: Record) -> None:
    record.begin(order())
    again, answer = record.begin(order())
    assert (again.begun_before, answer) == (True, None)


def test_a_refused_order_may_be_offered_again(record: Record) -> None:
    record.begin(order())
    record.answered(order().number, REFUSED)
    assert record.begin(order(offer=1))[1] == REFUSED
    assert record.begin(order(offer=2)) == (order(offer=2), None)


def test_an_accepted_order_is_not_taken_twice_however_it_is_offered(record: Record) -> None:
    record.begin(order())
    record.answered(order().number, ACCEPTED)
    assert record.begin(order(offer=2))[1] == ACCEPTED


def test_the_same_number_of_a_desk_that_was_set_up_anew_is_another_order(record: Record) -> None:
    record.begin(order())
    record.answered(order().number, ACCEPTED)
    assert record.begin(order(order_id="b"))[1] is None


def test_a_cancelled_order_is_not_taken_any_more_even_if_the_cancellation_came_first(record: Record) -> None:
    record.cancelled(order().number)
    answer = record.begin(order())[1]
    assert answer is not None
    assert answer["answer"] == "refused"


def test_what_is_unfinished_is_known_after_a_restart(
    record: Record, open_record: Callable[[], Record]
) -> None:
    for number in ("taken", "done", "cancelled", "refused", "begun"):
        record.begin(order(number))
    for number in ("taken", "done", "cancelled"):
        record.answered(number, ACCEPTED)
    record.answered("refused", REFUSED)
    record.finished("done")
    record.cancelled("cancelled")
    assert [one.number for one in open_record().unfinished()] == ["taken"]


def test_handing_back_what_was_taken_makes_it_open_for_a_new_offer(record: Record) -> None:
    record.begin(order())
    record.answered(order().number, ACCEPTED)
    record.refused(order().number)
    assert record.unfinished() == []
    assert record.begin(order(offer=2))[1] is None
