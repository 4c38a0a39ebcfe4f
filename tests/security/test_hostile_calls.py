"""A hostile supplier's calls to the desk: it is who the broker says, sees its own orders, and is answered
nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import eventlet
import pytest
from dispatch.domain.supplier_rights import RPC_EXCHANGE
from dispatch.testing import SuppliersBroker

from .conftest import HONEST, KABEL, VONK, Desk, Program, connected, waiting_in

UUID_KEY = "01a209ee-4bc0-7620-8f4b-58558f76c11b"


@pytest.fixture
def desk(unmoved_desk: Desk) -> Desk:
    return unmoved_desk


def test_it_calls_the_desk_about_its_own_order(program: Program, desk: Desk) -> None:
    number = desk.order_of(VONK)["number"]
    assert program.ask("get_order", {"order_number": number})["result"]["order_number"] == number


@pytest.mark.parametrize("method", ["get_order", "accept", "confirm_cancellation"])
def test_anothers_order_does_not_exist_for_it(program: Program, desk: Desk, method: str) -> None:
    theirs = desk.order_of(KABEL)["number"]
    answer = program.ask(method, {"order_number": theirs})["error"]
    unknown = program.ask(method, {"order_number": "SD-26-999999-1"})["error"]
    assert answer == unknown
    assert answer["exc_type"] == "NotFound"
    assert desk.order_of(KABEL)["state"] == "issued"


def test_without_its_user_id_it_is_nobody(program: Program, desk: Desk) -> None:
    number = desk.order_of(VONK)["number"]
    assert program.refused("accept", {"order_number": number}, user_id=None) == "Unauthenticated"
    assert desk.order_of(VONK)["state"] == "issued"


def test_what_the_body_says_about_who_it_is_counts_for_nothing(program: Program, desk: Desk) -> None:
    theirs = desk.order_of(KABEL)["number"]
    headers = {"actor": HONEST, "user_id": HONEST, "x-user-id": HONEST}
    assert program.refused("accept", {"order_number": theirs}, application_headers=headers) == "NotFound"
    assert program.refused("accept", {"order_number": theirs, "user_id": HONEST}) == "Invalid"


def test_what_it_says_is_checked(program: Program, desk: Desk) -> None:
    number = desk.order_of(VONK)["number"]
    assert program.refused("accept", {"order_number": number, "status": "done"}) == "Invalid"
    answer = program.ask("refuse", {"order_number": number})["error"]
    assert answer["errors"] == {"reason": ["Missing data for required field."]}
    assert program.refused("report_completion", {"order_number": number}) == "Conflict"
    assert program.refused("drop_table", {}) == "NotFound"
    assert desk.order_of(VONK)["state"] == "issued"


@pytest.fixture
def bait(broker: SuppliersBroker) -> Iterator[Callable[[], list[str]]]:
    """Hears whatever is written to the exchange that suppliers write to, and with which key."""
    with connected(broker.suppliers) as connection:
        ear = connection.channel()
        bait = ear.queue_declare("", exclusive=True).queue  # the one before may be there for a moment yet
        ear.queue_bind(bait, RPC_EXCHANGE, "#")

        def heard() -> list[str]:
            keys = []
            while message := ear.basic_get(bait, no_ack=True):
                keys.append(message.delivery_info["routing_key"])
            return keys

        yield heard


DIVERSIONS = [
    f"{HONEST}.receive_order",
    f"rpc-{HONEST}",
    "desk.accept",
    "dispatch.save_provider",
    UUID_KEY,
    "amq.rabbitmq.reply-to",
    "amq.rabbitmq.reply-to.",
    "amq.rabbitmq.reply-to.g1h2AAh\n.x",
    "amq.rabbitmq.reply-to/../rpc-desk",
    "",
    "#",
]


@pytest.mark.parametrize("reply_to", DIVERSIONS)
def test_the_desk_writes_its_answer_nowhere_else(
    program: Program, desk: Desk, bait: Callable[[], list[str]], broker: SuppliersBroker, reply_to: str
) -> None:
    """Else a supplier could have it write, with its own rights, what the supplier itself may not."""
    bait()
    asked = {"order_number": desk.order_of(VONK)["number"]}
    program.send("get_order", asked, reply_to=reply_to)
    assert program.ask("get_order", asked)["error"] is None  # whoever comes second is answered
    eventlet.sleep(0.3)  # an answer to the first would be written by now
    assert bait() == ["desk.get_order"] * 2
    assert waiting_in(broker, "rpc-desk") == 0
