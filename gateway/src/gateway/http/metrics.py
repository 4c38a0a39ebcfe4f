"""How many answers of which status each route gave, and how long they took."""

from __future__ import annotations

from typing import Any

from prometheus_client import Counter, Histogram

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

_answers = Counter("gateway_http_answers_total", "Answers by route and status", ["route", "status"])
_seconds = Histogram("gateway_http_seconds", "Time to answer by route", ["route"], buckets=BUCKETS)


class Observer:
    """Keeps the labelled children at hand: looking them up costs more than counting."""

    def __init__(self) -> None:
        self._children: dict[tuple[str, int], tuple[Any, Any]] = {}

    def observe(self, route: str, status: int, seconds: float) -> None:
        children = self._children.get((route, status))
        if children is None:
            children = (_answers.labels(route, str(status)), _seconds.labels(route))
            self._children[route, status] = children
        counter, histogram = children
        counter.inc()
        histogram.observe(seconds)
