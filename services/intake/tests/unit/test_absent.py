"""Nobody came at the agreed moment: the requester hears so, with a new promise; late words change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain import direction
from intake.domain.requests import Request

from .samples import after, changed, in_progress, is_ready, planned
from .test_pledges import saved, states

WINDOW = {"planned_from": "2026-03-03T09:00:00Z", "planned_until": "2026-03-03T11:00:00Z"}


def silence(of: str, step: str) -> dict[str, Any]:
    return {"of": of, "since": "2026-03-03T11:00:00Z", "step": step, "told_at": "2026-03-03T11:01:00Z"}


def hear(request: Request, minute: int, fact: dict[str, Any]) -> None:
    direction.order_changed(request, fact, after(minute), lambda: after(minute + 60))


def suspected(sequence: int = 4) -> dict[str, Any]:
    said = silence("no_show", "escalated")
    return changed(sequence, "suspect_no_show", "scheduled", silence=said, **WINDOW)


@pytest.fixture
def waiting() -> Request:
    request = in_progress()
    direction.orders_planned(request, planned(), after(1))
    hear(request, 10, changed(2, "accept", "accepted"))
    hear(request, 11, changed(3, "confirm_appointment", "scheduled", **WINDOW))
    return saved(request)


def test_the_requester_hears_it_and_by_when_they_hear_more(waiting: Request) -> None:
    waiting.entries.clear()
    waiting.facts.clear()
    hear(waiting, 200, suspected())
    assert [(entry.type, entry.public) for entry in waiting.entries] == [("nobody_came", True)]
    request = saved(waiting)

    assert states(request)[-1] == ("word", "open")
    assert request.promise.respond_by == after(260)
    told = dict(request.facts)["promise_made"]
    assert (told["what"], told["until"], told["nobody_came"]["provider"]) == (
        "word", after(260), "Technische Dienst"
    )  # fmt: skip
    assert request.attention == "no_show_suspected"


def test_a_start_that_is_told_late_clears_it_and_keeps_the_promise(waiting: Request) -> None:
    hear(waiting, 200, suspected())
    saved(waiting)
    hear(waiting, 220, changed(5, "start", "in_progress", silence=silence("wordless", "waiting"), **WINDOW))
    assert states(saved(waiting))[-1] == ("word", "kept")
    assert waiting.attention is None


def test_a_suspicion_that_comes_after_the_start_is_no_news(waiting: Request) -> None:
    hear(waiting, 220, changed(5, "start", "in_progress", **WINDOW))
    waiting.facts.clear()
    hear(waiting, 200, suspected())
    assert "promise_made" not in dict(waiting.facts)
    assert [entry.public for entry in waiting.entries][-1] is False
    assert waiting.attention is None


def test_told_twice_it_is_promised_once(waiting: Request) -> None:
    hear(waiting, 200, suspected())
    before = len(waiting.pledges)
    hear(waiting, 201, suspected())
    assert len(waiting.pledges) == before


def test_what_is_ready_already_promises_nothing() -> None:
    request = is_ready()
    request.facts.clear()
    hear(request, 3000, suspected(9))
    assert "promise_made" not in dict(request.facts)


@pytest.mark.parametrize("of", ["unanswered", "unplanned", "unstarted", "wordless"])
@pytest.mark.parametrize(
    ("step", "code"), [("waiting", None), ("reminded", None), ("escalated", "provider_silent")]
)
def test_only_what_was_escalated_stands_on_the_desks_list(
    waiting: Request, of: str, step: str, code: str | None
) -> None:
    hear(waiting, 200, changed(4, "escalate", "scheduled", silence=silence(of, step), **WINDOW))
    assert waiting.attention == code
