"""What passes over the counter: every cell of every life, when things are due, who is reminded when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from intake.domain import ledger
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.ledger import Entry, Whom
from intake.domain.ledger_lives import LIVES, OVER, Action, Kind, State, move, offered
from intake.domain.values import By
from servicekit.ids import new_id

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
AMIRA = By("person", "Amira Haddad")
# Written down apart from the tables on purpose: whoever changes the one must mean the other.
LENT = {
    ("none", "hand_out"): "out",
    ("out", "extend"): "out",
    ("out", "take_back"): "returned",
    ("out", "lose"): "lost",
    ("out", "remind"): "out",
    ("lost", "report"): "lost",
    ("lost", "take_back"): "returned",
}
CELLS: dict[str, dict[tuple[str, str], str]] = {
    "key": LENT,
    "badge": LENT,
    "loan": LENT,
    "parcel": {
        ("none", "receive"): "received",
        ("received", "tell"): "told",
        ("received", "remind"): "told",
        ("received", "collect"): "collected",
        ("received", "send_back"): "sent_back",
        ("told", "remind"): "told",
        ("told", "collect"): "collected",
        ("told", "send_back"): "sent_back",
    },
    "found": {
        ("none", "find"): "kept",
        ("kept", "claim"): "claimed",
        ("kept", "collect"): "collected",
        ("kept", "pass_on"): "passed_on",
        ("claimed", "release"): "kept",
        ("claimed", "collect"): "collected",
    },
    "visitor": {
        ("none", "announce"): "announced",
        ("none", "arrive"): "inside",
        ("announced", "arrive"): "inside",
        ("announced", "miss"): "not_come",
        ("announced", "cancel"): "cancelled",
        ("inside", "leave"): "left",
    },
}


def after(day: date, days: int) -> date:
    """Working days, in a week without holidays."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def handed_out(kind: Kind = Kind.KEY, **changes: Any) -> Entry:
    whom = changes.pop("whom", Whom(new_id()))
    entry = Entry(new_id(), 42, kind, "Sleutel archief", NOW, whom=whom, due_on=TODAY, **changes)
    entry.act(Action.HAND_OUT, NOW, AMIRA)
    ledger.tell_first(entry, TODAY, after)
    return entry


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
def test_each_cell_leads_where_it_should_or_is_forbidden(kind: Kind, state: State) -> None:
    for action in Action:
        expected = CELLS[kind].get((state.value, action.value))
        if expected is None:
            with pytest.raises(NotAllowed, match=r"\.$"):
                move(kind, state, action)
        else:
            assert move(kind, state, action) == expected


@pytest.mark.parametrize("kind", Kind)
def test_what_is_over_stays_so_and_nothing_else_is_a_dead_end(kind: Kind) -> None:
    reached = {State(to) for to in CELLS[kind].values()}
    assert {state for state in reached if not offered(kind, state)} == reached & OVER


def test_nobody_is_offered_what_the_house_does_by_itself() -> None:
    assert offered(Kind.KEY, State.OUT) == [Action.TAKE_BACK, Action.EXTEND, Action.LOSE]


def test_a_line_says_who_did_what_and_when() -> None:
    entry = handed_out()
    entry.act(Action.TAKE_BACK, NOW + timedelta(hours=1), AMIRA, remark="Ring kapot", due_on=None)

    assert [(line.sequence, line.action, line.by) for line in entry.lines] == [
        (1, "hand_out", AMIRA),
        (2, "take_back", AMIRA),
    ]
    assert entry.lines[-1].data == {"remark": "Ring kapot"}
    assert entry.closed_at == NOW + timedelta(hours=1)


def test_a_key_is_due_back_today_and_a_loan_in_a_week_unless_it_is_said_otherwise() -> None:
    assert ledger.due(Kind.KEY, TODAY, None) == TODAY
    assert ledger.due(Kind.LOAN, TODAY, None) == date(2026, 3, 9)
    assert ledger.due(Kind.KEY, TODAY, date(2026, 3, 31)) == date(2026, 3, 31)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_a_day_that_passed_or_is_far_away_is_refused(day: date) -> None:
    with pytest.raises(Wrong) as refused:
        ledger.due(Kind.LOAN, TODAY, day)
    assert list(refused.value.errors) == ["due_on"]


def test_what_should_be_back_is_overdue_the_day_after() -> None:
    entry = handed_out()
    assert not entry.is_overdue(TODAY)
    assert entry.is_overdue(TODAY + timedelta(days=1))
    entry.act(Action.LOSE, NOW, AMIRA)
    assert not entry.is_overdue(TODAY + timedelta(days=1))


def test_the_holder_is_reminded_three_times_and_then_left_alone() -> None:
    entry = handed_out()
    days = []
    day = TODAY
    while entry.told_on:
        if ledger.reminded(entry, day, after):
            days.append(day)
        day += timedelta(days=1)
    # The working day after, then each five working days.
    assert days == [date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17)]


def test_of_what_came_back_nobody_is_reminded() -> None:
    entry = handed_out()
    entry.act(Action.TAKE_BACK, NOW, AMIRA)
    assert not ledger.reminded(entry, date(2026, 3, 31), after)


def test_somebody_whom_the_house_does_not_know_is_not_reminded() -> None:
    assert handed_out(whom=Whom(name="Monteur Jansen")).told_on is None


def test_a_parcel_is_told_of_again_after_three_working_days() -> None:
    friday = date(2026, 3, 6)
    parcel = Entry(new_id(), 42, Kind.PARCEL, "Doos", NOW, whom=Whom(new_id()))
    ledger.tell_first(parcel, friday, after)
    assert parcel.told_on == date(2026, 3, 11)


def test_what_was_found_is_kept_for_its_owner_until_its_term_is_over() -> None:
    found = Entry(new_id(), 42, Kind.FOUND, "Paraplu", NOW, due_on=ledger.due(Kind.FOUND, TODAY, None))
    with pytest.raises(NotAllowed, match="kept for its owner"):
        ledger.check_keeping(found, Action.PASS_ON, date(2026, 6, 1))
    ledger.check_keeping(found, Action.PASS_ON, date(2026, 6, 2))
    ledger.check_keeping(found, Action.COLLECT, TODAY)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("k-101", "K-101"), (" k 101 ", "K-101"), ("A.2-b", "A.2-B"), ("", None), ("K--1", None),
     ("K" * 25, None), ("<b>", None)],
)  # fmt: skip
def test_a_number_is_kept_in_one_spelling(said: str, kept: str | None) -> None:
    assert ledger.number_of(said) == kept


@pytest.mark.parametrize(
    ("media_type", "size", "fits"),
    [("image/png", 12_000, True), ("image/jpeg", 12_000, True), ("application/pdf", 12_000, False),
     ("image/png", 400_000, False)],
)  # fmt: skip
def test_a_signature_is_a_small_picture(media_type: str, size: int, fits: bool) -> None:
    file = SimpleNamespace(media_type=media_type, size=size)
    if fits:
        ledger.check_signature(file)
        return
    with pytest.raises(Wrong):
        ledger.check_signature(file)


def test_names_of_visitors_go_sooner_than_those_of_others() -> None:
    assert LIVES[Kind.VISITOR].kept_days == 30
    assert LIVES[Kind.KEY].kept_days == 365
