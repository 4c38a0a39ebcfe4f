"""The demo's clock and mailbox. These routes do not exist outside demo mode."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.remembering import once
from gateway.api.schemas.demo import Advance, ClockFace, Mailbox
from gateway.clients import Json
from gateway.demo.clock import parse_duration
from gateway.demo.mailbox import read_messages

resources = Resources()


@resources.route("GET", "/v1/demo/clock", permission="demo.use", answer=ClockFace, demo_only=True)
def read_demo_clock(call: Call) -> Json:
    """What time it is in the demo."""
    clock = call.house.demo_clock
    return {"now": clock.now(), "offset_seconds": clock.offset_seconds()}


@resources.route(
    "POST", "/v1/demo/clock", permission="demo.use", body=Advance, answer=ClockFace, idempotent=True,
    demo_only=True,
)  # fmt: skip
def advance_demo_clock(call: Call) -> Json:
    """Move the time of the whole demo on: {"advance": "PT8H"}."""

    def advance() -> Json:
        call.house.demo_clock.advance(parse_duration(call.body["advance"]))
        return read_demo_clock(call)

    return once(call, "demo-clock", advance)


@resources.route("GET", "/v1/demo/mailbox", permission="demo.use", answer=Mailbox, demo_only=True)
def read_mailbox(call: Call) -> Json:
    """The mails that the desk has sent."""
    return read_messages(call.house.settings.mailbox_url)
