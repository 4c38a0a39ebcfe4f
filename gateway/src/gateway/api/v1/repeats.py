"""From non-standard to standard: what keeps coming back, and making a product of it."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.repeats import RepeatFilter, RepeatList, SetRepeatAside, WholeRepeat
from gateway.clients import Json

resources = Resources()
ONE = "/v1/repeats/<uuid:repeat_id>"


@resources.route("GET", "/v1/repeats", permission="repeats.read", query=RepeatFilter, answer=RepeatList)
def list_repeats(call: Call) -> Json:
    """Requests that were not standard, put together by their words: how many, their cost, what would help.

    The largest first. Requests are sorted in within half a minute after the desk has looked at them."""
    return call.services.intake.list_repeats(**call.query)


@resources.route("GET", ONE, permission="repeats.read", answer=WholeRepeat)
def get_repeat(call: Call, repeat_id: str) -> Json:
    """One of them with its requests, and what a draft would begin with."""
    return call.services.intake.get_repeat(repeat_id)


@resources.route(
    "POST", f"{ONE}/propose", permission="repeats.decide", answer=WholeRepeat, idempotent=True, versioned=True
)
def propose_repeat(call: Call, repeat_id: str) -> Json:
    """Propose a product: the catalogue makes a draft under `productId`, within seconds."""
    return call.services.intake.propose_repeat(repeat_id, call.version)


@resources.route(
    "POST", f"{ONE}/set-aside", permission="repeats.decide", body=SetRepeatAside, answer=WholeRepeat,
    idempotent=True, versioned=True,
)  # fmt: skip
def set_repeat_aside(call: Call, repeat_id: str) -> Json:
    """Say that no product will come of it, and why."""
    return call.services.intake.set_repeat_aside(repeat_id, call.version, call.body["reason"])


@resources.route(
    "POST", f"{ONE}/take-back", permission="repeats.decide", answer=WholeRepeat, idempotent=True,
    versioned=True,
)  # fmt: skip
def take_repeat_back(call: Call, repeat_id: str) -> Json:
    """Take back what was decided; a draft that was made stays where it is."""
    return call.services.intake.take_repeat_back(repeat_id, call.version)
