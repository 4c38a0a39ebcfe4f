"""What the history of a request in another system adds up to."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake.domain.errors import Wrong
from intake.domain.history import MEANINGS, Recorded, meaning, outcome
from intake.domain.request_states import State

from .samples import after

LOG = Path(__file__).parents[5] / "shared" / "data" / "incident_event_log.csv"


def history(*states: str, groups: str = "") -> list[Recorded]:
    names = list(groups.ljust(len(states), groups[-1:] or " "))
    return [
        Recorded(after(minute), state, group=None if name == "?" else name)
        for minute, (state, name) in enumerate(zip(states, names, strict=True))
    ]


@pytest.mark.parametrize("spelling", ["Awaiting User Info", "awaiting_user_info", " AWAITING USER INFO "])
def test_a_state_is_known_in_any_spelling(spelling: str) -> None:
    assert meaning(spelling) == (State.IN_PROGRESS, "requester")


@pytest.mark.parametrize("state", sorted(MEANINGS))
def test_each_state_that_we_know_means_one_of_ours(state: str) -> None:
    assert outcome(history(state)).state in State


def test_a_state_that_we_do_not_know_is_refused() -> None:
    with pytest.raises(Wrong, match="State '-100' is not known"):
        outcome(history("New", "-100"))


@pytest.mark.parametrize(
    ("groups", "count"), [("AAA", 0), ("ABB", 1), ("ABA", 2), ("A?A", 2), ("??A", 1), ("???", 0)]
)
def test_every_change_of_group_is_a_reassignment(groups: str, count: int) -> None:
    assert outcome(history("New", "Active", "Closed", groups=groups)).reassignments == count


def test_a_hand_over_that_the_groups_do_not_show_counts_too() -> None:
    there_and_back = [
        Recorded(after(0), "New", group="A"),
        Recorded(after(1), "Active", group="A", handed_over=True),
    ]

    assert outcome(there_and_back).reassignments == 1


@pytest.mark.parametrize(
    ("states", "count"),
    [
        (("New", "Resolved", "Closed"), 0),
        (("New", "Resolved", "Active", "Resolved"), 1),
        (("Closed", "Active", "Closed", "New"), 2),
    ],
)
def test_every_return_from_done_is_a_reopening(states: tuple[str, ...], count: int) -> None:
    assert outcome(history(*states)).reopens == count


def test_waiting_is_counted_from_when_it_began() -> None:
    result = outcome(history("Active", "Awaiting User Info", "Awaiting User Info"))

    assert (result.waiting_on, result.waiting_since) == ("requester", after(1))


def test_it_was_ready_when_it_became_done_for_the_last_time() -> None:
    assert outcome(history("Resolved", "Active", "Resolved", "Closed")).ready_at == after(2)
    assert outcome(history("Resolved", "Active")).ready_at is None


@pytest.mark.skipif(not LOG.exists(), reason="the public log is not on this machine")
def test_counts_of_the_public_log_equal_its_own_for_every_incident() -> None:
    incidents: dict[str, list[dict[str, str]]] = defaultdict(list)
    with LOG.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            incidents[row["number"]].append(row)

    assert len(incidents) == 587
    for number, rows in incidents.items():
        ordered = sorted(rows, key=_position)
        found = outcome([_recorded(row, ordered[i - 1] if i else None) for i, row in enumerate(ordered)])
        reported = (max(_counts(row)[0] for row in rows), max(_counts(row)[1] for row in rows))
        assert (found.reassignments, found.reopens, found.state) == (*reported, State.CLOSED), number


def _counts(row: dict[str, str]) -> tuple[int, int]:
    return int(row["reassignment_count"]), int(row["reopen_count"])


def _position(row: dict[str, str]) -> tuple[int, ...]:
    """The log's counters only go up; its clock and its number of changes do not always."""
    state = row["incident_state"]
    return (*_counts(row), state in ("Resolved", "Closed"), int(row["sys_mod_count"]), state == "Closed")


def _recorded(row: dict[str, str], before: dict[str, str] | None) -> Recorded:
    return Recorded(
        datetime.strptime(row["sys_updated_at"], "%d-%m-%Y %H:%M").replace(tzinfo=UTC),
        row["incident_state"],
        group=None if row["assignment_group"] == "?" else row["assignment_group"],
        handed_over=before is not None and _counts(row)[0] > _counts(before)[0],
    )
