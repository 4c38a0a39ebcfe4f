"""What other services tell: taken in once in effect, whatever the order. Database effects only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import NotYet

from intake.domain import direction
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.handlers import linking
from intake.handlers.approving import ask_next
from intake.handlers.correcting import answered, follow
from intake.handlers.joining import carry_along
from intake.handlers.linking import hold_or_complete
from intake.handlers.promising import due
from intake.storage.unit_of_work import IntakeWork

Fact = dict[str, Any]
ARTICLE = ("version", "slug", "title", "body", "product_ids")


def orders_planned(work: IntakeWork, fact: Fact) -> None:
    request = _request(work, fact)
    direction.orders_planned(request, fact, _at(fact["planned_at"]))
    _save(work, request)


def order_changed(work: IntakeWork, rules: Rules, fact: Fact) -> None:
    request = _request(work, fact)
    at = _at(fact["at"])

    def until() -> datetime:
        """As quickly as a first answer."""
        term = rules.norm(request.kind, request.priority).respond
        return due(max(at, work.now), term, work.lookups.calendar(rules.zone))

    news = direction.order_changed(request, fact, at, until)
    follow(work, request)
    ask_next(work, rules, request)
    _save(work, request, news)


def correction_answered(work: IntakeWork, fact: Fact) -> None:
    request = _request(work, fact)
    answered(work, request, fact, _at(fact["at"]))
    _save(work, request)


def process_completed(work: IntakeWork, rules: Rules, fact: Fact) -> None:
    """Ready since the work was done; the customer's time to decide begins when they can be told, now."""
    request = _request(work, fact)
    if fact["round"] > request.round:
        raise NotYet(f"round {fact['round']} of {request.reference} has not begun here")
    if direction.is_current(request, fact["round"]) and hold_or_complete(
        work, rules, request, fact["round"], _at(fact["completed_at"])
    ):
        carry_along(work, request)
    _save(work, request)


def part_done(work: IntakeWork, rules: Rules, fact: Fact) -> None:
    linking.part_done(work, rules, UUID(fact["request_id"]))


def process_unplannable(work: IntakeWork, fact: Fact) -> None:
    request = _request(work, fact)
    direction.unplannable(request, fact, _at(fact["at"]))
    _save(work, request)


def deadline_signalled(work: IntakeWork, which: str, fact: Fact) -> None:
    """`which`: warning or breached."""
    request = _request(work, fact)
    direction.deadline_signalled(request, which, fact, _at(fact["at"]))
    _save(work, request)


def product_published(work: IntakeWork, fact: Fact) -> None:
    work.published.keep_product(UUID(fact["product_id"]), fact, _at(fact["published_at"]))


def product_withdrawn(work: IntakeWork, fact: Fact) -> None:
    work.published.withdraw_product(UUID(fact["product_id"]), _at(fact["withdrawn_at"]))


def article_published(work: IntakeWork, fact: Fact) -> None:
    work.published.keep_article(
        {name: fact[name] for name in ARTICLE} | {"article_id": UUID(fact["article_id"])}
    )


def article_withdrawn(work: IntakeWork, fact: Fact) -> None:
    work.published.withdraw_article(UUID(fact["article_id"]), fact["version"])


def calendar_published(work: IntakeWork, fact: Fact) -> None:
    work.published.keep_calendar(
        {
            "calendar_id": UUID(fact["calendar_id"]),
            "name": fact["name"],
            "version": fact["version"],
            "content": fact["calendar"],
            "published_at": _at(fact["published_at"]),
        }
    )


def _request(work: IntakeWork, fact: Fact) -> Request:
    """Locked, so that facts about one request wait for each other."""
    request = work.requests.find_to_change(UUID(fact["request_id"]))
    if request is None:
        raise NotYet(f"request {fact['request_id']} is not known here")
    return request


def _save(work: IntakeWork, request: Request, news: bool = False) -> None:
    """What was known already, or has been overtaken, left no line and needs no writing, unless it is `news`
    that leaves none. Open pages heard the fact when it was told, maybe before it was taken in here.
    """
    if request.entries or news:
        work.save(request)
        work.touched(request)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
