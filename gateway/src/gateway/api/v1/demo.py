"""The demo's clock, mailbox and suppliers. These routes do not exist outside demo mode."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.remembering import once
from gateway.api.schemas.demo import Advance, ClockFace, MailAnswer, Mailbox, ProgramList, Switch
from gateway.api.schemas.mails import MailOutcome
from gateway.clients import Json
from gateway.demo.answering import answer_mail
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


@resources.route(
    "POST", "/v1/demo/mailbox", permission="demo.use", body=MailAnswer, answer=MailOutcome, demo_only=True,
    refuses=(404,),
)  # fmt: skip
def answer_demo_mail(call: Call) -> Json:
    """Answer a mail as its reader: the answer comes in as any mail does."""
    body = call.body
    return answer_mail(call.house, body["message_id"], body["text"], call.correlation_id)


@resources.route("GET", "/v1/demo/suppliers", permission="demo.use", answer=ProgramList, demo_only=True)
def read_demo_suppliers(call: Call) -> Json:
    """The programs of the demo's suppliers: whether each runs, and how it behaves."""
    return {"items": call.house.switches.programs()}


@resources.route(
    "POST", "/v1/demo/suppliers/<name>", permission="demo.use", body=Switch, answer=ProgramList,
    demo_only=True,
)  # fmt: skip
def switch_demo_supplier(call: Call, name: str) -> Json:
    """Stop the program of a supplier or start it: {"running": false}; have it behave otherwise: {"mode":
    "manual"}.
    """
    switches = call.house.switches
    if (mode := call.body.get("mode")) is not None:
        switches.set_mode(name, mode)
    if (running := call.body.get("running")) is not None:
        (switches.start if running else switches.stop)(name)
    return read_demo_suppliers(call)
