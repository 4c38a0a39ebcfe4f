"""What goes back for what came in, without a broker."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from supplierkit import Answer, Order
from supplierkit.answering import Answering
from supplierkit.record import Record

ORDER = {"order_number": "SD-26-000001-1", "offer": 1, "order_id": "a", "title": {"nl": "Lamp", "en": "Lamp"}}


class Code:
    """A supplier's own code, as the test wants it."""

    def __init__(self) -> None:
        self.seen: list[Order] = []
        self.cancelled: list[tuple[str, str | None]] = []
        self.receives: Callable[[Order], Any] = lambda order: Answer("accepted")
        self.may_cancel: bool | None = True
        self.reminded: list[tuple[str, str, str]] = []

    def receive_order(self, order: Order) -> Answer | None:
        self.seen.append(order)
        answer: Answer | None = self.receives(order)
        return answer

    def cancel_order(self, order_number: str, reason: str | None) -> bool | None:
        self.cancelled.append((order_number, reason))
        return self.may_cancel

    def remind_order(self, order_number: str, about: str, since: str) -> None:
        self.reminded.append((order_number, about, since))


@pytest.fixture
def code() -> Code:
    return Code()


@pytest.fixture
def answering(code: Code, tmp_path: Path) -> Iterator[Answering]:
    record = Record(tmp_path / "record.sqlite3")
    yield Answering(code, record)
    record.close()


def call(answering: Answering, method: str, **arguments: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(
        answering.reply_to(method, json.dumps({"args": [], "kwargs": arguments}))
    )
    return reply


def receive(answering: Answering, **changed: Any) -> Any:
    return call(answering, "receive_order", order={**ORDER, **changed})["result"]


def test_an_answer_goes_back(answering: Answering) -> None:
    assert receive(answering) == {"answer": "accepted"}


def test_nothing_means_received(answering: Answering, code: Code) -> None:
    code.receives = lambda order: None
    assert receive(answering) == {"answer": "received"}


def test_an_answer_that_was_given_but_not_returned_counts(answering: Answering, code: Code) -> None:
    code.receives = lambda order: answering.answer(order.number, Answer("refused", "full")) and None
    assert receive(answering) == {"answer": "refused", "reason": "full"}


def test_outside_of_receiving_there_is_nothing_to_answer(answering: Answering) -> None:
    assert not answering.answer("SD-26-000001-1", Answer("accepted"))


def test_twice_delivered_once_carried_out(answering: Answering, code: Code) -> None:
    assert receive(answering) == receive(answering)
    assert len(code.seen) == 1


def test_delivered_again_while_it_is_being_dealt_with_it_waits_for_the_same_answer(
    answering: Answering, code: Code
) -> None:
    def slowly(order: Order) -> Answer:
        time.sleep(0.2)
        return Answer("accepted")

    code.receives = slowly
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(receive(answering))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"answer": "accepted"}] * 3
    assert len(code.seen) == 1


def test_an_exception_is_told_and_the_order_may_come_again(answering: Answering, code: Code) -> None:
    def fails(order: Order) -> Answer:
        raise RuntimeError("no planning system")

    code.receives = fails
    reply = call(answering, "receive_order", order=ORDER)
    assert (reply["result"], reply["error"]["exc_type"]) == (None, "RuntimeError")
    assert reply["error"]["value"] == "no planning system"
    code.receives = lambda order: Answer("accepted")
    assert receive(answering) == {"answer": "accepted"}
    assert code.seen[-1].begun_before


def test_a_word_that_was_not_agreed_upon_is_a_fault_here_and_not_kept(
    answering: Answering, code: Code
) -> None:
    code.receives = lambda order: Answer("perhaps")
    assert call(answering, "receive_order", order=ORDER)["error"]["exc_type"] == "ValueError"
    code.receives = lambda order: Answer("accepted")
    assert receive(answering) == {"answer": "accepted"}


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[]", b"{}", b'{"kwargs": []}', b'{"kwargs": {}}', b'{"kwargs": {"order": 5}}'],
)
def test_what_is_no_call_gets_an_error_and_harms_nothing(answering: Answering, body: bytes) -> None:
    reply = json.loads(answering.reply_to("receive_order", body))
    assert reply["result"] is None
    assert reply["error"]["exc_type"]


def test_an_unknown_method_is_said_to_be_unknown(answering: Answering) -> None:
    assert "make_coffee" in call(answering, "make_coffee")["error"]["value"]


def cancel(answering: Answering) -> Any:
    return call(answering, "cancel_order", order_number=ORDER["order_number"], reason="withdrawn")["result"]


def test_a_cancellation_is_agreed_to_once(answering: Answering, code: Code) -> None:
    receive(answering)
    assert cancel(answering) == {"answer": "cancelled"}
    assert cancel(answering) == {"answer": "cancelled"}
    assert code.cancelled == [("SD-26-000001-1", "withdrawn")]


def test_a_cancellation_may_be_refused(answering: Answering, code: Code) -> None:
    code.may_cancel = False
    receive(answering)
    assert cancel(answering)["answer"] == "refused"
    assert receive(answering) == {"answer": "accepted"}


def test_an_order_whose_cancellation_came_first_is_not_taken(answering: Answering, code: Code) -> None:
    assert cancel(answering) == {"answer": "cancelled"}
    assert receive(answering)["answer"] == "refused"
    assert code.seen == []


def test_a_refused_order_may_always_be_cancelled(answering: Answering, code: Code) -> None:
    code.receives = lambda order: Answer("refused", "full")
    code.may_cancel = False
    receive(answering)
    assert cancel(answering) == {"answer": "cancelled"}


def test_a_reminder_reaches_the_suppliers_code_and_is_no_answer_to_the_order(
    code: Code, answering: Answering
) -> None:
    since = "2026-11-23T09:00:00Z"
    told = {"order_number": "SD-26-000001-1", "about": "unanswered", "since": since}
    assert answering.call("remind_order", told) == {"answer": "received"}
    assert code.reminded == [("SD-26-000001-1", "unanswered", since)]
    assert code.seen == []
