"""The same, reported by more than one: each keeps a request of their own that goes along with one of them.

What becomes of that one reaches all: ready, answered, rejected. Nobody sees another's words.
"""

from __future__ import annotations

from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.errors import NotAllowed
from intake.domain.links import BY_THEMSELVES, OVER, Kind, Link, Rule, check_link
from intake.domain.request_states import Action, Resolution, allows
from intake.domain.requests import Request
from intake.handlers import views
from intake.handlers.access import READ_ALL, is_own, to_change
from intake.handlers.proposing import SHARED
from intake.storage.unit_of_work import IntakeWork


def join_request(work: IntakeWork, request_id: UUID, version: int, main_id: UUID) -> views.View:
    """The other is locked first, as everybody does who changes both."""
    main = _main(work, main_id)
    request = to_change(work, request_id, version)
    if request.linked and main_id != request_id:
        work.links.take_turn()
        known = work.links.together(request_id, main_id)
        check_link(Link(request_id, main_id, Kind.DUPLICATE_OF), known, request, main)
    request.join(main, work.now, work.by)
    work.save(request)
    work.save(main)
    return views.summary(request, work.actor)


def split_request(work: IntakeWork, request_id: UUID, version: int) -> views.View:
    request = to_change(work, request_id, version)
    request.split(work.now, work.by)
    work.save(request)
    return views.summary(request, work.actor)


def join_new(work: IntakeWork, request: Request, main_id: UUID) -> Request:
    """A request that is being received, by whoever reports it. Answers the other, to be saved after it."""
    main = _main(work, main_id)
    if not (work.actor.can(READ_ALL) or is_own(work, main) or main.kind in SHARED):
        raise _not_there()
    try:
        request.join(main, work.now, work.by)
    except NotAllowed as error:
        raise _not_there() from error
    return main


def carry_along(work: IntakeWork, main: Request, words: str | None = None) -> None:
    """What became of `main` becomes of those that go along with it. `words`: why it was rejected, or what was
    done.

    When it ended without being done or answered, they stand by themselves again: a person looks.
    """
    if main.state not in OVER:
        return
    for follower in work.requests.followers_to_change(main.request_id) if main.followers else ():
        _as(main, follower, work, words)
        work.save(follower)
        carry_along(work, follower, words)
    for child_id in work.links.children(main.request_id, Rule.COMPLETES) if main.linked else ():
        child = work.requests.find_to_change(child_id, whoever=True)
        if child and _done_with(main, child, work, words):
            work.save(child)
            carry_along(work, child, words)


def _as(main: Request, follower: Request, work: IntakeWork, words: str | None) -> None:
    if main.ready_at and main.closes_at:
        follower.complete(main.ready_at, main.closes_at, work.by, words)
        return
    rejected = main.resolution is Resolution.REJECTED and bool(words)
    follower.split(work.now, work.by, public=not main.answer and not rejected)
    if main.answer:
        follower.give_answer(main.answer["text"], main.answer["article_id"], work.now, work.by)
    elif main.resolution is Resolution.REJECTED and words:
        follower.reject(words, work.now, work.by)


def _done_with(main: Request, child: Request, work: IntakeWork, words: str | None) -> bool:
    """What is under way for the child itself is waited for; when the other ended without being done, it goes
    on by itself. Whether it is done now.
    """
    busy = any(order.is_open for order in child.orders.values())
    if child.state in OVER or child.kind in BY_THEMSELVES or busy or work.links.blockers(child.request_id):
        return False
    if main.answer and allows(child.state, Action.ANSWER):
        child.give_answer(main.answer["text"], main.answer["article_id"], work.now, work.by)
        return True
    if main.ready_at and main.closes_at and allows(child.state, Action.COMPLETE):
        child.complete(main.ready_at, main.closes_at, work.by, words)
        return True
    return False


def _main(work: IntakeWork, main_id: UUID) -> Request:
    main = work.requests.find_to_change(main_id)
    if main is None:
        raise _not_there()
    return main


def _not_there() -> Invalid:
    text = "There is nothing open to go along with (any more). Leave this out."
    return Invalid("invalid", text, {"follows": [text]})
