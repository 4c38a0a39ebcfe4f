"""Whatever a supplier's program does, the desk gets an outcome that it can keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from dispatch.channels.supplier_rpc import SupplierCalls
from dispatch.domain.deliveries import Answer, Errand, Failure, NoAnswer
from dispatch.domain.supplier_access import Access, invited, revoked, suspended
from servicekit.errors import DeadlineExceeded, Forbidden, Internal, Unavailable

from ..samples import NOW, RPC, consignment  # noqa: TID252  samples of this service alone

GRANTED = invited(RPC.provider_id, None, "hash", NOW, "Amira")


class Line:
    """Answers or raises what the test says, and keeps what was asked."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.made: list[str] = []
        self.forgotten: list[str] = []

    def call(self, target: str, *, timeout: float, **arguments: Any) -> Any:
        self.asked.append((target, arguments))
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def ensure(self, addresses: Iterable[str]) -> None:
        self.made += addresses

    def forget(self, address: str) -> None:
        self.forgotten.append(address)


def bring(line: Line, errand: Errand = Errand.ORDER) -> Any:
    return SupplierCalls(line, line, timeout=2).bring(consignment(RPC, errand))


def test_an_answer_is_understood() -> None:
    line = Line({"answer": "accepted"})
    assert isinstance(bring(line), Answer)
    assert line.asked == [("supplier_vonk_val.receive_order", {"order": {}})]
    assert line.made == ["supplier_vonk_val"]


@pytest.mark.parametrize(
    ("access", "to_do"),
    [
        (suspended(GRANTED, NOW, "It flooded us."), "resume"),
        (revoked(GRANTED, NOW, "Amira"), "invite it again"),
    ],
)
def test_one_that_is_shut_out_is_not_called_and_the_desk_reads_what_to_do(access: Access, to_do: str) -> None:
    line = Line({"answer": "accepted"})
    outcome = SupplierCalls(line, line, timeout=2).bring(consignment(RPC, access=access))
    assert isinstance(outcome, NoAnswer)
    assert outcome.failure is Failure.NOT_SET_UP
    assert to_do in outcome.detail
    assert line.asked == []


def test_one_that_is_let_in_is_called() -> None:
    line = Line({"answer": "accepted"})
    outcome = SupplierCalls(line, line, timeout=2).bring(consignment(RPC, access=GRANTED))
    assert isinstance(outcome, Answer)


def test_a_cancellation_goes_to_its_own_method() -> None:
    line = Line({"answer": "cancelled"})
    bring(line, Errand.CANCELLATION)
    assert line.asked[0][0] == "supplier_vonk_val.cancel_order"


@pytest.mark.parametrize(
    ("raised", "failure"),
    [
        (DeadlineExceeded("no_answer"), Failure.NO_ANSWER),
        (Unavailable("service_away"), Failure.AWAY),
        (Internal("bad_reply", "not a reply"), Failure.GARBAGE),
        (Internal("remote_error", "KeyError: 'x'"), Failure.ERROR),
        (Forbidden("no"), Failure.ERROR),
        (AttributeError("a reply that breaks the client"), Failure.GARBAGE),
    ],
)
def test_every_way_to_fail_has_a_name(raised: Exception, failure: Failure) -> None:
    outcome = bring(Line(raised))
    assert isinstance(outcome, NoAnswer)
    assert outcome.failure is failure
    assert outcome.detail


def test_a_broker_that_cannot_be_reached_is_no_garbage() -> None:
    class Away(Line):
        def ensure(self, addresses: Iterable[str]) -> None:
            raise OSError("connection refused")

    outcome = bring(Away({"answer": "accepted"}))
    assert isinstance(outcome, NoAnswer)
    assert outcome.failure is Failure.AWAY


def test_a_queue_that_is_not_there_is_made_again_next_time() -> None:
    line = Line(Unavailable("service_away"))
    bring(line)
    assert line.forgotten == ["supplier_vonk_val"]
