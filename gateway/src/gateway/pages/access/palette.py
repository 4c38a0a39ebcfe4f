"""The palette: one box that finds places, requests and people."""

from __future__ import annotations

from functools import partial
from typing import Any

import eventlet
from servicekit.errors import ServiceError

from gateway.pages.navigation import navigation
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

MOST = 6
LEAST_LETTERS = 2


@pages.get("/palette", "sessions.own")
def find(visit: Visit) -> Outcome:
    """What the words may mean: places to go, requests by number or words, people by name or number."""
    words = visit.query.text("q") or ""
    places = [place for place in navigation(visit) if words.lower() in visit.words(place.word).lower()]
    asked = {name: eventlet.spawn(partial(_asked, ask)) for name, ask in _questions(visit, words)}
    found = {name: greenlet.wait() for name, greenlet in asked.items()}
    return visit.show(
        "access/palette.html",
        words=words,
        places=places,
        requests=found.get("requests", []),
        people=found.get("people", []),
    )


def _questions(visit: Visit, words: str) -> list[tuple[str, Any]]:
    if len(words) < LEAST_LETTERS:
        return []
    questions: list[tuple[str, Any]] = []
    if visit.can("requests.read"):
        questions.append(("requests", partial(visit.services.intake.list_requests, q=words, limit=MOST)))
    if visit.can("relations.read_people"):
        questions.append(("people", partial(visit.services.intake.list_people, q=words, limit=MOST)))
    return questions


def _asked(ask: Any) -> list[dict[str, Any]]:
    """A palette without people is better than none."""
    try:
        items: list[dict[str, Any]] = ask()["items"]
    except ServiceError:
        return []
    return items
