"""Bringing the promises of a request up to date with what happened to it, at each time that it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from intake.domain.pledges import GRADES, Grade, Outcome, What, last, make
from intake.domain.request_states import State
from intake.domain.values import By, Promise
from intake.domain.work_orders import GONE

if TYPE_CHECKING:
    from intake.domain.requests import Request

DESK = By("service", "intake")
RENEWS = frozenset({"reopened", "returned_to_triage"})
Move = Callable[[datetime, datetime, datetime], tuple[datetime, int]]
"""What was due at the second moment, and held from the first to the third, is due when? And how many
minutes were held."""


def keep_up(request: Request, move: Move) -> None:
    """What was heard, held, needed no more, and promised anew. `request.promise` is what now stands."""
    words = [
        (entry.at, GRADES[entry.type]) for entry in request.entries if entry.public and entry.type in GRADES
    ]
    for pledge in request.pledges:
        for at, grade in words:
            pledge.hear(at, grade)
    if request.waiting is None:
        _go_on(request, move)
    if request.state is State.CLOSED:
        for pledge in request.pledges:
            pledge.release(request.closed_at or request.received_at)
    elif request.announced and request.state is not State.READY:
        _promise(request, any(grade is Grade.DESK for _, grade in words))
    if request.waiting:
        _hold(request, request.waiting.since)
    _name_teams(request)
    request.promise = _standing(request)


def _go_on(request: Request, move: Move) -> None:
    """The wait is over. What was wanted for a certain moment stays so, unless that passed meanwhile."""
    for pledge in request.pledges:
        since = pledge.held_since
        if since is None or pledge.state is not Outcome.OPEN:
            continue
        at = max(request.updated_at or since, since)
        pledge.held_since = None
        fixed = request.wanted is not None and pledge.until == request.wanted.last_moment
        if not fixed or at >= pledge.until:
            pledge.until, minutes = move(since, pledge.until, at)
            pledge.held += minutes


def _hold(request: Request, since: datetime) -> None:
    for pledge in request.pledges:
        if pledge.state is Outcome.OPEN and pledge.held_since is None and pledge.in_time(since):
            pledge.held_since = since


def _promise(request: Request, heard: bool) -> None:
    """What was promised at receipt, in triage or at a reopening, and does not stand yet.

    Whoever has heard from the desk is not promised to hear from it, unless it is taken up again.
    """
    at, stood, promise = request.updated_at or request.received_at, request.stood, request.promise
    before = stood or promise
    first = stood is None or not request.pledges
    renewed = any(entry.type in RENEWS for entry in request.entries)
    word = last(request.pledges, What.WORD)
    hears = (stood is not None and heard) or (word is not None and word.state is not Outcome.OPEN)
    if (renewed or not hears) and (first or promise.respond_by != before.respond_by):
        _make(request, What.WORD, promise.respond_by, at)
    if promise.resolve_by and (first or promise.resolve_by != before.resolve_by):
        _make(request, What.RESULT, promise.resolve_by, at)


def _make(request: Request, what: What, until: datetime, at: datetime) -> None:
    standing = last(request.pledges, what)
    if standing is None or standing.until != until:
        make(request.pledges, what, until, at, DESK)


def _name_teams(request: Request) -> None:
    """What was promised last is in the hands of whoever has the last work order of the round."""
    orders = [o for o in request.orders.values() if o.round == request.round and o.state not in GONE]
    order = max(orders, key=lambda each: each.number, default=None)
    pledge = last(request.pledges, What.RESULT)
    if pledge and order:
        pledge.team = order.provider["name"]


def _standing(request: Request) -> Promise:
    word, result = last(request.pledges, What.WORD), last(request.pledges, What.RESULT)
    promise = request.promise
    if word:
        promise = replace(promise, respond_by=word.until)
    return replace(promise, resolve_by=result.until) if result else promise
