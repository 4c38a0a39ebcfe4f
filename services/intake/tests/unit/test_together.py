"""A request as one of several: going along with another, linked, gathered in an incident, under a theme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from intake.domain.errors import DomainError, NotAllowed
from intake.domain.request_states import State
from intake.domain.requests import Request

from .samples import AMIRA, MONDAY, after, in_progress, in_triage, is_closed, is_ready

OTHER = {"request_id": UUID(int=2), "reference": "SD-26-000124"}
DESK_ONLY = False


def last(request: Request) -> tuple[str, Any, bool]:
    entry = request.entries[-1]
    return entry.type, entry.data or entry.internal, entry.public


def main(**changes: Any) -> Request:
    return in_progress(**OTHER, **changes)


def test_who_goes_along_is_handled_with_the_other_and_both_say_so_to_the_desk_alone() -> None:
    one, other = in_triage(), main()
    one.join(other, after(5), AMIRA)
    assert (one.follows, other.followers, other.updated_at) == (UUID(int=2), 1, after(5))
    assert one.entries[-1].internal == OTHER
    assert last(other) == ("joined_by", {"request_id": UUID(int=1), "reference": "SD-26-000123"}, DESK_ONLY)
    assert one.settled["respond"] == after(5).isoformat()  # somebody of the desk looked at it
    one.split(after(6), AMIRA)
    assert (one.follows, one.state) == (None, State.TRIAGE)


CHAIN: list[tuple[Callable[[], Request], Callable[[], Request], str]] = [
    (in_triage, lambda: main(follows=UUID(int=3)), "Choose one that is open and stands by itself"),
    (in_triage, lambda: is_ready(**OTHER), "Choose one that is open and stands by itself"),
    (in_triage, lambda: is_closed(**OTHER), "Choose one that is open and stands by itself"),
    (in_triage, in_progress, "Choose one that is open and stands by itself"),  # itself
    (lambda: in_triage(followers=1), main, "Join the other way around"),
]


@pytest.mark.parametrize(("made", "other", "says"), CHAIN)
def test_there_are_no_chains_and_nobody_goes_along_with_what_is_over(
    made: Any, other: Any, says: str
) -> None:
    one = made()
    with pytest.raises(NotAllowed, match=says):
        one.join(other(), after(5), AMIRA)
    assert one.follows is None


def test_what_goes_along_with_none_is_not_split() -> None:
    with pytest.raises(NotAllowed, match="goes along with none"):
        in_progress().split(after(5), AMIRA)


def test_a_link_and_its_end_are_seen_by_the_desk_alone_and_stay_counted() -> None:
    one = in_progress()
    one.link("blocks", "wait", main(), after(5), AMIRA)
    assert last(one) == ("linked", {"kind": "blocks", "rule": "wait", **OTHER}, DESK_ONLY)
    one.unlink("blocks", main(), after(6), AMIRA)
    assert last(one) == ("unlinked", {"kind": "blocks", **OTHER}, DESK_ONLY)
    assert (one.linked, one.updated_at) == (1, after(6))


def test_what_waits_for_its_children_says_for_which() -> None:
    one = in_progress()
    one.hold(1, after(5), ["SD-26-000124"], AMIRA)
    assert (one.held, one.updated_at) == ({"round": 1, "at": after(5)}, after(5))
    assert last(one) == ("held_up", {"references": ["SD-26-000124"]}, DESK_ONLY)


def test_word_from_the_desk_is_read_by_its_reporter_and_is_a_response() -> None:
    one = in_progress(signals={"requester_wrote": {}})
    one.inform("Morgen komt er iemand.", after(5), AMIRA)
    assert last(one) == ("informed", {"text": "Morgen komt er iemand."}, True)
    assert (one.signals, one.settled["respond"]) == ({}, after(5).isoformat())


def test_of_an_incident_the_desk_alone_reads_that_it_is_a_part() -> None:
    one = in_progress()
    one.join_incident(UUID(int=7), "Lift staat stil", after(5), AMIRA)
    assert last(one) == ("gathered", {"incident_id": UUID(int=7), "title": "Lift staat stil"}, DESK_ONLY)
    assert (one.incident_id, one.updated_at) == (UUID(int=7), after(5))
    one.leave_incident("Lift staat stil", after(6), AMIRA)
    assert last(one) == ("left_incident", {"title": "Lift staat stil"}, DESK_ONLY)
    assert (one.incident_id, one.updated_at) == (None, after(6))


GREEN, LIGHT = {"nl": "Groen", "en": "Green"}, {"nl": "Licht", "en": "Light"}


def a_wish(**changes: Any) -> Request:
    return in_triage(kind="wish", **changes)


def test_a_wish_is_taken_up_under_a_theme_and_may_move_to_another() -> None:
    wish = a_wish()
    wish.file_under(UUID(int=7), GREEN, after(5), AMIRA)
    assert (wish.state, wish.theme_id, wish.entries[-1].data) == (
        State.IN_PROGRESS,
        UUID(int=7),
        {"theme": GREEN},
    )
    assert wish.settled["respond"] == after(5).isoformat()
    version = wish.version
    wish.file_under(UUID(int=8), LIGHT, after(6), AMIRA)
    assert (wish.theme_id, wish.updated_at, wish.version) == (UUID(int=8), after(6), version + 1)
    assert last(wish) == ("taken_up", {"theme": LIGHT}, DESK_ONLY)


def test_what_is_worked_on_as_something_else_is_no_wish_to_collect() -> None:
    with pytest.raises(DomainError):
        in_progress().file_under(UUID(int=7), GREEN, after(5), AMIRA)


def test_not_now_is_a_decision_and_a_promise_to_come_back_to_it() -> None:
    wish = a_wish()
    wish.file_under(UUID(int=7), GREEN, after(5), AMIRA)
    until = MONDAY + timedelta(days=90)
    wish.defer_wish("Volgend jaar.", until, after(6), AMIRA)
    assert (wish.state, wish.promise.resolve_by, wish.updated_at) == (State.IN_PROGRESS, until, after(6))
    assert last(wish) == ("deferred", {"text": "Volgend jaar."}, True)


@pytest.mark.parametrize(
    ("granted", "line", "answer"),
    [(True, ("granted", {"text": "Ja"}, True), "Ja"), (False, ("declined", {"reason": "Ja"}, True), None)],
)
def test_a_yes_is_an_answer_and_a_no_has_a_reason(granted: bool, line: Any, answer: str | None) -> None:
    wish = a_wish()
    wish.file_under(UUID(int=7), GREEN, after(5), AMIRA)
    wish.decide_wish(granted, "Ja", after(6), AMIRA)
    assert wish.state is State.CLOSED
    assert line in [(each.type, each.data, each.public) for each in wish.entries]
    expected = {"text": answer, "article_id": None, "at": after(6), "by": AMIRA} if answer else None
    assert wish.answer == expected
