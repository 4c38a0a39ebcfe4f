"""Doing once what the gateway does by itself, however often it is asked under the same idempotency key."""

from __future__ import annotations

from collections.abc import Callable

from servicekit.storage.scope import fingerprint

from gateway.api.call import Call
from gateway.clients import Json
from servicekit import json


def once(call: Call, name: str, act: Callable[[], Json]) -> Json:
    """The answer of `act`, or the one it gave before. What fails is not remembered and may be tried again."""
    key, actor_id = call.idempotency_key, call.actor.id
    if key is None:
        return act()
    call.idempotency_key = None  # it stands for the whole, not for each thing that is asked of a service
    print_ = fingerprint(name, call.body)
    with call.house.work() as work:
        before = work.answers.claim(actor_id, key, print_)
        if before is not None:
            return dict(before)
        answer = json.plain(act())
        work.answers.keep(actor_id, key, print_, answer)
        return dict(answer)
