"""Promises are kept or broken by what the requester heard and when, not by when we heard of that."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.domain import direction
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.keeping import keep_up
from intake.domain.pledges import Grade, Outcome, Pledge, What, following, make, unanswered
from intake.domain.requests import Request
from intake.domain.values import Wanted

from .samples import AMIRA, MONDAY, SANNE, after, changed, in_progress, in_triage, is_closed, planned


def move(since: datetime, until: datetime, at: datetime) -> tuple[datetime, int]:
    """Every minute counts."""
    return at + (until - since), int((at - since).total_seconds() // 60)


def saved(request: Request) -> Request:
    keep_up(request, move)
    request.entries, request.stood, request.loaded_version = [], request.promise, request.version
    return request


def states(request: Request) -> list[tuple[str, str]]:
    return [(each.what.value, each.state.value) for each in request.pledges]


def test_a_receipt_promises_a_word_and_a_result() -> None:
    request = saved(in_triage())

    assert [(each.what, each.until) for each in request.pledges] == [
        (What.WORD, after(240)), (What.RESULT, after(3000)),
    ]  # fmt: skip
    assert following(request.pledges) is request.pledges[0]


def test_what_was_answered_at_once_needed_no_promise() -> None:
    request = in_triage()
    request.give_answer("Tot vijf uur.", None, MONDAY, AMIRA)

    assert saved(request).pledges == []


def test_who_hears_from_the_desk_in_time_was_promised_rightly() -> None:
    request = saved(in_triage())
    request.ask("Welke kamer?", after(240), AMIRA)

    assert states(saved(request)) == [("word", "kept"), ("result", "open")]


def test_what_the_requester_writes_is_no_word_of_ours() -> None:
    request = saved(in_triage())
    request.reply("Nog steeds koud", after(10), SANNE, unread=True)

    assert states(saved(request))[0] == ("word", "open")


def test_a_promise_that_passes_is_missed_once_and_asks_attention_until_there_is_a_word() -> None:
    request = saved(in_triage())
    word = request.pledges[0]

    assert not word.miss(after(240) + timedelta(seconds=59))
    assert word.miss(after(241))
    assert not word.miss(after(242))
    assert request.attention == "promise_missed"

    request.ask("Welke kamer?", after(300), AMIRA)
    saved(request)
    assert (word.state, word.ended_at, word.answered_at) == (Outcome.BROKEN, after(240), after(300))
    assert unanswered(request.pledges) == []
    assert request.attention is None


def test_work_that_was_done_in_time_keeps_the_promise_also_when_it_is_heard_too_late() -> None:
    request = saved(in_progress())
    assert request.pledges[1].miss(after(3100))
    request.complete(after(2900), after(9000), AMIRA)

    assert states(saved(request)) == [("word", "broken"), ("result", "kept")]
    assert request.attention is None


def test_progress_of_the_work_is_a_word_and_no_result() -> None:
    request = saved(in_progress())
    direction.orders_planned(request, planned(), after(1))
    direction.order_changed(request, changed(2, "accept", "accepted"), after(20), lambda: after(80))

    assert states(saved(request)) == [("word", "kept"), ("result", "open")]
    assert request.pledges[1].team == "Technische Dienst"


def test_a_new_promise_replaces_the_one_of_its_kind_and_the_requester_is_told() -> None:
    request = saved(in_triage())
    request.pledge(What.WORD, after(600), "Het onderdeel is besteld.", after(60), AMIRA)
    saved(request)

    assert states(request) == [("word", "replaced"), ("result", "open"), ("word", "open")]
    assert request.promise.respond_by == after(600)
    told = dict(request.facts)["promise_made"]
    assert (told["what"], told["until"], told["text"]) == ("word", after(600), "Het onderdeel is besteld.")


def test_a_new_promise_does_not_undo_that_the_old_one_was_broken() -> None:
    request = saved(in_triage())
    request.pledge(What.WORD, after(600), None, after(300), AMIRA)

    assert states(saved(request))[0] == ("word", "broken")
    assert unanswered(request.pledges) == []


def test_the_past_is_not_promised_and_not_without_end() -> None:
    request = saved(in_triage())
    with pytest.raises(Wrong, match="still to come"):
        request.pledge(What.WORD, after(60), None, after(60), AMIRA)
    for number in range(98):
        request.pledge(What.WORD, after(600 + number), None, after(61), AMIRA)
    with pytest.raises(NotAllowed, match="100 promises"):
        request.pledge(What.WORD, after(900), None, after(61), AMIRA)


def test_time_in_which_the_requester_has_the_word_does_not_count() -> None:
    request = saved(in_triage())
    request.ask("Welke kamer?", after(100), AMIRA)
    result = saved(request).pledges[1]
    assert not result.miss(after(9000))

    request.reply("Kamer 2.14", after(9100), SANNE, unread=True)
    saved(request)

    assert result.until == after(9000 + 3000)
    assert request.promise.resolve_by == after(12000)
    assert not result.miss(after(9200))
    assert [each.what for each in request.pledges] == [What.WORD, What.RESULT]


def test_what_is_wanted_for_a_moment_stays_so_unless_the_wait_outlasted_it() -> None:
    for answered, until in ((after(500), after(3000)), (after(4000), after(4000 + 2900))):
        request = saved(in_triage(wanted=Wanted(after(3000))))
        request.ask("Voor hoeveel?", after(100), AMIRA)
        saved(request)
        request.reply("Voor tien", answered, SANNE, unread=True)
        assert saved(request).pledges[1].until == until


def test_what_was_missed_before_the_wait_began_stays_missed() -> None:
    request = saved(in_triage())
    request.ask("Welke kamer?", after(300), AMIRA)
    request.reply("Kamer 2.14", after(900), SANNE, unread=True)

    assert states(saved(request))[0] == ("word", "broken")


def test_who_withdraws_needs_the_promise_no_more() -> None:
    request = saved(in_triage())
    request.withdraw("Niet nodig.", after(20), SANNE)

    assert states(saved(request)) == [("word", "released"), ("result", "released")]


def test_a_reopening_is_promised_anew() -> None:
    request = saved(is_closed())
    count = len(request.pledges)
    request.reopen("Weer koud.", None, after(200), SANNE)
    request.promise = type(request.promise)(after(440), after(3200))

    assert states(saved(request))[count:] == [("word", "open"), ("result", "open")]


def test_an_imported_request_was_promised_nothing_here() -> None:
    request = in_triage(announced=False)

    assert saved(request).pledges == []


WORDS = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from(Grade)), min_size=1, max_size=4, unique_by=lambda w: w[0]
)


@given(words=WORDS, what=st.sampled_from(What))
def test_words_come_to_the_same_in_any_order_doubled_and_after_the_timer(
    words: list[tuple[int, Grade]], what: What
) -> None:
    found = set()
    for order in permutations(words):
        for timer in (False, True):
            pledge = Pledge(1, what, MONDAY, AMIRA, after(200))
            if timer:
                pledge.miss(after(500))
            for minute, grade in (*order, order[0]):
                pledge.hear(after(minute), grade)
            pledge.miss(after(500))
            found.add((pledge.state, pledge.ended_at, pledge.answered_at))
    assert len(found) == 1
    state = found.pop()[0]
    enough = Grade.WORK if what is What.WORD else Grade.RESULT
    in_time = any(minute <= 200 and grade >= enough for minute, grade in words)
    assert (state is Outcome.KEPT) is in_time


def test_the_next_promise_is_the_first_to_pass() -> None:
    pledges: list[Pledge] = []
    make(pledges, What.RESULT, after(100), MONDAY, AMIRA)
    make(pledges, What.WORD, after(300), MONDAY, AMIRA)

    assert following(pledges) is pledges[0]
