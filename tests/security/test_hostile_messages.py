"""Messages that nobody agreed upon: each is answered with an error or dropped, the desk lives, and nothing of
what was in them is written down."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import amqp
import eventlet
import pytest
from dispatch.testing import SuppliersBroker

from servicekit import json

from .conftest import CANARY, HONEST, HOSTILE, VONK, Bomb, Desk, Program, connected

NESTED = b'{"args": [], "kwargs": {"order_number": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
ACCEPT = json.dumps({"args": [], "kwargs": {"order_number": CANARY}})


BODIES: dict[str, tuple[bytes, str]] = {
    "a pickle": (pickle.dumps(Bomb()), "Invalid"),
    "no JSON": (b'{"args": [], "kwargs": ' + CANARY.encode(), "Invalid"),
    "nothing": (b"", "Invalid"),
    "bytes that are no UTF-8": (b'{"args": [], "kwargs": {"x": "\xff' + CANARY.encode(), "Invalid"),
    "a list": (f'["{CANARY}"]'.encode(), "Invalid"),
    "kwargs that are a list": (f'{{"args": [], "kwargs": ["{CANARY}"]}}'.encode(), "Invalid"),
    "arguments without names": (f'{{"args": ["{CANARY}"], "kwargs": {{}}}}'.encode(), "Invalid"),
    "a field too many": (
        f'{{"args": [], "kwargs": {{"order_number": "1", "{CANARY}": 1}}}}'.encode(), "Invalid"),
    "a number for a text": (b'{"args": [], "kwargs": {"order_number": 7}}', "Invalid"),
    "a number without end": (b'{"args": [], "kwargs": {"order_number": ' + b"9" * 5000 + b"}}", "Invalid"),
    "NaN": (b'{"args": [], "kwargs": {"order_number": NaN}}', "Invalid"),
    "a hundred thousand levels": (NESTED[: 64 * 1024 - 1], "Invalid"),
    "more than 64 kB": (NESTED, "Invalid"),
    "five megabytes": (b'{"args": [], "kwargs": {"x": "' + CANARY.encode() * 350_000 + b'"}}', "Invalid"),
    "the character NUL": (b'{"args": [], "kwargs": {"order_number": "\\u0000"}}', "Invalid"),
    "a time before Christ": (
        b'{"args": [], "kwargs": {"order_number": "x", "planned_from": "0001-01-01T00:00:00+23:00"}}',
        "Invalid",
    ),
    "half a character": (f'{{"args": [], "kwargs": {{"x": "{CANARY}\\ud800"}}}}'.encode(), "Invalid"),
    "nobody's order": (ACCEPT, "NotFound"),
}  # fmt: skip

PROPERTIES: dict[str, dict[str, Any]] = {
    "the type of a pickle": {"content_type": "application/x-python-serialize"},
    "an encoding that unpacks": {"content_encoding": "zlib"},
    "an encoding that is slow": {"content_encoding": "punycode"},
    "an encoding that is none": {"content_encoding": "x" * 200},
    "a correlation id with line ends": {"correlation_id": f'1\r\n{{"event": "{CANARY}"}}'},
    "a priority, a type, a time": {"priority": 255, "type": CANARY, "timestamp": 2**62, "app_id": CANARY},
}

HEADERS: dict[str, dict[str, Any]] = {
    "a deadline that is a word": {"deadline": CANARY},
    "a deadline that is no number": {"deadline": "nan"},
    "a deadline without end": {"deadline": "inf"},
    "a gigantic deadline": {"deadline": "1e400"},
    "a deadline of long ago": {"deadline": "-1e300"},
    "a deadline that is a table": {"deadline": {CANARY: 1}},
    "a deadline that is a list": {"deadline": [1, 2]},
    "a chain with line ends": {"correlation_id": f'x\n{{"event": "{CANARY}"}}'},
    "a chain that is a table": {"correlation_id": {"a": CANARY}},
    "a chain of 60 kB": {"correlation_id": CANARY * 4000},
    "a trace that is a number": {"traceparent": 7},
    "a key that is a table": {"idempotency_key": {"a": CANARY}},
    "a key of 60 kB": {"idempotency_key": CANARY * 4000},
    "an actor of its own": {"actor": CANARY},
    "tables in tables": {"x": {"y": {"z": [{"deep": CANARY}] * 50}}},
    "a death that never was": {"x-death": [{"queue": "dispatch.errors", "count": 9}], "x-attempt": 9},
}


@pytest.fixture
def desk(unmoved_desk: Desk) -> Desk:
    return unmoved_desk


@pytest.fixture(autouse=True)
def lives(program: Program, desk: Desk, written: Callable[[], str]) -> Iterator[None]:
    """After every message the desk answers as before, and nothing of the message is in the logs."""
    yield
    number = desk.order_of(VONK)["number"]
    assert program.ask("get_order", {"order_number": number})["result"]["order_number"] == number
    assert CANARY not in written()


@pytest.mark.parametrize("what", BODIES)
def test_a_body(program: Program, what: str) -> None:
    body, refusal = BODIES[what]
    error = program.ask("accept", body)["error"]
    assert (error["exc_type"], CANARY in error["value"]) == (refusal, False)


@pytest.mark.parametrize("what", PROPERTIES)
def test_properties(program: Program, what: str) -> None:
    """They change nothing: what is in the body is JSON, or it is refused."""
    assert program.ask("accept", ACCEPT, **PROPERTIES[what])["error"]["exc_type"] == "NotFound"


@pytest.mark.parametrize("what", HEADERS)
def test_headers(program: Program, what: str) -> None:
    error = program.ask("accept", ACCEPT, application_headers=HEADERS[what])["error"]
    assert error["exc_type"] in {"NotFound", "Invalid", "DeadlineExceeded"}


def test_a_method_that_it_names_itself_makes_no_figure_of_its_own(program: Program) -> None:
    from prometheus_client import REGISTRY, generate_latest

    assert program.refused("kanarie_of_its_own", {}) == "NotFound"
    assert b"kanarie_of_its_own" not in generate_latest(REGISTRY)


def test_a_word_in_the_method_is_not_repeated_in_the_log(
    program: Program, written: Callable[[], str]
) -> None:
    program.send("kanarie_of_its_own", {}, reply_to=None)
    program.ask("accept", ACCEPT)
    assert "kanarie_of_its_own" not in written()


def test_a_hundred_megabytes_are_refused_by_the_broker(program: Program, broker: SuppliersBroker) -> None:
    with (
        connected(broker.urls[HOSTILE], confirm_publish=True) as connection,
        pytest.raises((amqp.PreconditionFailed, OSError)),
    ):
        connection.channel().basic_publish(
            amqp.Message(CANARY.encode() * (100_000_000 // len(CANARY)), user_id=HOSTILE),
            "nameko-rpc",
            "desk.accept",
        )
    with connected(broker.urls[HONEST]) as other:
        other.channel()


def test_text_that_is_no_text_where_the_protocol_wants_some(broker: SuppliersBroker, desk: Desk) -> None:
    """Bytes that are no UTF-8, in a property and in a header. The broker passes them on as they are."""
    with connected(broker.urls[HOSTILE]) as connection:
        hostile = Program(connection)
        for properties in (
            {"correlation_id": b"\xff\xfe"},
            {"type": b"\xff\xfe"},
            {"application_headers": {"deadline": b"\xff"}},
            {"application_headers": {"correlation_id": b"\xff\xfe"}},
        ):
            _publish_raw(hostile, properties)
    eventlet.sleep(0.5)  # dealt with by now; that the desk lives is looked at after each test


def _publish_raw(program: Program, properties: dict[str, Any]) -> None:
    """amqp would encode text; a hostile client need not."""
    message = amqp.Message(ACCEPT, user_id=HOSTILE, reply_to="amq.rabbitmq.reply-to", **properties)
    program.channel.basic_publish(message, "nameko-rpc", "desk.accept")
