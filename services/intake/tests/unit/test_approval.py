"""Who must agree to what it costs: every rule with every way to vote, and what the request makes of it."""

from __future__ import annotations

from itertools import product as combinations

import pytest
from intake.domain.approval import Approval, Approver, Budget, Rule, Seat, Verdict
from intake.domain.errors import NotAllowed
from intake.domain.request_states import Resolution, State
from intake.domain.requests import Request
from intake.domain.values import By

from .samples import AMIRA, MONDAY, RADIATOR, SANNE, a_request, after, events, in_triage

KARIN, PIET, ANS = (Approver(name.lower(), name, f"{name}@x.example") for name in ("Karin", "Piet", "Ans"))
VOTES = (None, True, False)


def expected(rule: Rule, votes: tuple[bool | None, ...]) -> Verdict | None:
    """Said in another way than the table says it. FIRST knows no second vote."""
    given = [vote for vote in votes if vote is not None]
    if rule is Rule.ANY:
        return (
            Verdict.APPROVED
            if True in given
            else Verdict.REFUSED
            if list(votes) == [False] * len(votes)
            else None
        )
    if rule is Rule.ALL:
        return Verdict.REFUSED if False in given else Verdict.APPROVED if None not in votes else None
    return (Verdict.APPROVED if given[0] else Verdict.REFUSED) if given else None


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("votes", [*combinations(VOTES, repeat=1), *combinations(VOTES, repeat=2)])
def test_every_rule_with_every_way_to_vote(rule: Rule, votes: tuple[bool | None, ...]) -> None:
    if rule is Rule.FIRST and len([vote for vote in votes if vote is not None]) > 1:
        return
    seats = [Seat(each, approved=vote) for each, vote in zip((KARIN, PIET), votes, strict=False)]
    assert Approval(rule, seats, MONDAY).verdict is expected(rule, votes)


def submitted(rule: Rule = Rule.ANY, standard: bool = True, stand_in: Approver | None = None) -> Request:
    approval = Approval(
        rule, [Seat(KARIN, stand_in), Seat(PIET)], MONDAY, 85_000, "Drie offertes.", "Huisvesting"
    )
    request = a_request() if standard else in_triage()
    request.submit(RADIATOR, {"a": "b"}, approval, after(5), AMIRA)
    return request


def decide(
    request: Request, who: Approver, approved: bool, reason: str | None = None, minutes: int = 60
) -> None:
    request.decide_approval(who.person_id, approved, reason, after(minutes), By("person", who.name))


def test_while_the_budget_holder_thinks_the_customers_side_is_waited_for() -> None:
    request = submitted()
    assert request.state is State.AWAITING_APPROVAL
    assert request.waiting is not None
    assert (request.waiting.reason, request.waiting.counterparty) == ("awaiting_approval", "requester")
    assert events(request) == ["request_received", "request_waiting", "approval_asked"]
    assert request.round == 0


def test_an_agent_who_asks_for_it_has_taken_it_in_hand_and_it_is_received_once() -> None:
    request = submitted(standard=False)
    assert events(request) == ["request_received", "request_waiting", "approval_asked"]
    assert not request.standard


def test_a_yes_starts_the_work_and_the_clock_runs_again() -> None:
    request = submitted()
    decide(request, PIET, True)
    assert request.state is State.IN_PROGRESS
    assert (request.waiting, request.round, request.accepted_at) == (None, 1, after(60))
    assert events(request)[-2:] == ["request_resumed", "request_accepted"]
    assert (request.product, request.answers, request.standard) == (RADIATOR, {"a": "b"}, True)


def test_a_no_closes_it_with_the_reason_for_the_requester() -> None:
    request = submitted(Rule.FIRST)
    decide(request, KARIN, False, "Volgend jaar.")
    assert (request.state, request.resolution) == (State.CLOSED, Resolution.REJECTED)
    event, data = request.facts[-1]
    assert (event, data["answer"], data["resolution"]) == ("request_closed", "Volgend jaar.", "rejected")


def test_a_no_that_did_not_decide_is_not_told_to_the_requester() -> None:
    request = submitted(Rule.ANY)
    decide(request, KARIN, False, "Te duur.")
    decide(request, PIET, True)
    assert request.state is State.IN_PROGRESS
    assert "Te duur." not in str([entry.data for entry in request.entries if entry.public])


def test_half_of_the_votes_is_written_down_and_changes_its_version() -> None:
    request = submitted(Rule.ALL)
    before = request.version
    decide(request, KARIN, True)
    assert request.state is State.AWAITING_APPROVAL
    assert request.version == before + 1
    voted = request.entries[-1]
    assert (voted.type, voted.public, voted.internal["approved"]) == ("approval_voted", False, True)
    decide(request, PIET, True)
    assert request.state is State.IN_PROGRESS


def test_nobody_decides_twice_and_nobody_else_decides() -> None:
    request = submitted(Rule.ALL)
    decide(request, KARIN, True)
    for who in (KARIN, ANS):
        with pytest.raises(NotAllowed):
            decide(request, who, False, "x")


def test_a_stand_in_decides_in_the_seat_of_who_is_away() -> None:
    request = submitted(Rule.ALL, stand_in=ANS)
    decide(request, ANS, True)
    assert request.approval is not None
    seat = request.approval.seats[0]
    assert (seat.holder.name, seat.by, seat.approved) == ("Karin", "Ans", True)
    with pytest.raises(NotAllowed):
        decide(request, KARIN, False, "x")


def test_after_it_is_decided_nobody_decides() -> None:
    request = submitted()
    decide(request, PIET, True)
    with pytest.raises(NotAllowed):
        decide(request, KARIN, False, "x")


def test_a_question_meanwhile_gives_the_waiting_back_when_it_is_answered() -> None:
    request = submitted()
    request.ask("Voor hoeveel mensen?", after(10), AMIRA)
    assert request.waiting is not None
    assert request.waiting.reason == "awaiting_requester"
    request.reply("Twaalf.", after(20), SANNE, unread=True)
    assert request.waiting is not None
    assert (request.waiting.reason, request.waiting.since) == ("awaiting_approval", after(20))
    assert events(request)[-2:] == ["request_resumed", "request_waiting"]


def test_words_of_the_requester_do_not_end_the_waiting_for_approval() -> None:
    request = submitted()
    request.reply("Het mag ook volgende week.", after(20), SANNE, unread=True)
    assert request.waiting is not None
    assert request.waiting.since == after(5)


def test_a_reminder_goes_to_who_has_not_decided_and_to_who_stands_in() -> None:
    request = submitted(Rule.ALL, stand_in=ANS)
    decide(request, PIET, True)
    request.remind_approvers(after(9000), after(3000), AMIRA)
    event, data = request.facts[-1]
    assert (event, data["reminder"]) == ("approval_asked", 1)
    assert data["approvers"] == [KARIN, ANS]
    assert request.attention == "approval_late"
    decide(request, KARIN, True, minutes=3100)
    assert request.attention is None


def test_withdrawn_while_it_waits_it_is_no_longer_asked() -> None:
    request = submitted()
    request.withdraw("Niet nodig.", after(20), SANNE)
    assert (request.state, request.waiting) == (State.CLOSED, None)
    with pytest.raises(NotAllowed):
        decide(request, KARIN, True)


@pytest.mark.parametrize(("estimate", "asked"), [(None, True), (50_001, True), (50_000, False), (0, False)])
def test_what_is_dearer_than_the_budget_allows_is_asked(estimate: int | None, asked: bool) -> None:
    assert Budget("1", "Huis", 50_000, Rule.ANY).must_be_asked(estimate) is asked


@pytest.mark.parametrize(("rule", "asked"), [(Rule.ANY, False), (Rule.FIRST, False), (Rule.ALL, True)])
def test_a_holder_who_orders_has_agreed_already(rule: Rule, asked: bool) -> None:
    budget = Budget("1", "Huis", 0, rule, ((KARIN, None), (PIET, ANS)))
    approval = budget.ask(KARIN.person_id, KARIN.name, 900, None, MONDAY, after(60))
    assert (approval is not None) is asked
    if approval:
        assert approval.deciders == [PIET.person_id, ANS.person_id]
