"""A confidential request: its words are for who carries it out. Everybody else gets a veil in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dispatch.domain.work_order_states import State

if TYPE_CHECKING:
    from dispatch.domain.products import Localised
    from dispatch.domain.work_orders import WorkOrder

Request = dict[str, Any]
Shown = dict[str, Any]
# In every language.
VEIL = "Vertrouwelijk / Confidential"
VEILED_TITLE = {"nl": VEIL, "en": VEIL}
WORDS: Request = {"summary": VEIL, "text": VEIL, "object": None, "answers": {}}
# Who it is about, and what was written about its work, says as much.
PEOPLE = ("contact", "said_by", "requested_for")
WRITTEN = ("note", "reason", "remark", "instructions", "evidence", "detail", "decision", "wish")
# What of an order has such words in it: parts, and lists of parts.
PARTS = ("routing", "appointment", "cost_standing", "came_back", "record", "extra_work")
LISTS = ("stops", "history", "attempts")
SEALED, SAID = "sealed", "said"
# With this the key of a step begins that somebody added to the process by hand.
ADDED = "added-"
# Who had it and has it no more needs no word of it any more.
OVER = frozenset({State.REFUSED, State.CANCELLED})


def put_away(request: Request | None) -> Request | None:
    """Its words where only its executors look; of one that has been put away nothing changes."""
    if request is None or request.get(SEALED):
        return request
    return {**request, **WORDS, SEALED: {name: request.get(name) for name in WORDS}}


def with_said(request: Request | None, said: Mapping[str, str]) -> Request | None:
    """`said`: with corrections and reopenings, by what `of_correction` and `of_round` answer."""
    if request is None or not request.get(SEALED):
        return request
    return {**request, SEALED: {**request[SEALED], SAID: dict(said)}}


def of_correction(correction_id: UUID | None) -> str:
    return f"correction {correction_id}"


def of_round(round_: int) -> str:
    return f"round {round_}"


def is_sealed(request: Request | None) -> bool:
    return bool((request or {}).get(SEALED))


def reads(provider_id: str | None, order: WorkOrder) -> bool:
    """Whether this provider carries it out, or did."""
    mine = provider_id == str(order.provider.provider_id)
    return mine and order.is_live and order.state not in OVER


def for_executor(request: Request) -> Request:
    return {**request, **(request.get(SEALED) or {})}


def for_others(request: Request) -> Request:
    return {**request, **dict.fromkeys(PEOPLE)} if is_sealed(request) else request


def title_for_others(order: WorkOrder, request: Request | None) -> Localised:
    """The titles of the process say what anybody may know; one that was added by hand somebody wrote."""
    return VEILED_TITLE if is_sealed(request) and order.step.startswith(ADDED) else order.title


def remark_for_executor(order: WorkOrder, request: Request) -> str | None:
    """Why it exists beside the plan, in the words that were said in confidence."""
    if order.remark != VEIL:
        return order.remark
    said = (request.get(SEALED) or {}).get(SAID) or {}
    own = said.get(of_correction(order.correction_id)) or said.get(of_round(order.round))
    return own or order.remark


def veiled(shown: Shown) -> Shown:
    """An order, or a line of its history, without what anybody wrote about its work."""
    return {name: _veiled(name, value) for name, value in shown.items()}


def _veiled(name: str, value: Any) -> Any:
    if not value or name in WRITTEN:
        return None if name in WRITTEN else value
    if name in PARTS:
        return veiled(value)
    if name in LISTS:
        return [veiled(each) for each in value]
    if name == "material":
        return [{**line, "name": VEIL} for line in value]
    return [] if name == "files" else value
