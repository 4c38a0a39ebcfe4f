"""Saving contracts and calendars, and who may read clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from monitoring import messages
from monitoring.handlers import agreements
from monitoring.handlers.reading import get_clocks, list_clocks
from monitoring.handlers.sweep import sweep
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound

from ..samples import at  # noqa: TID252  samples of this service alone
from .conftest import contract
from .stories import HOURS, LEVELS, Story, tell

Work = Callable[..., Any]
NEW_CONTRACT = {
    "name": "OLA Huisdienst",
    "levels": [{"priority": "P3", "resolve": {"amount": 2, "unit": "working_days"}}],
}


def test_a_calendar_is_published_with_every_change_and_only_then(
    work: Work, published: Callable[..., list[dict[str, Any]]]
) -> None:
    for closings in ([], [], [{"first": "2026-12-24", "last": "2026-12-24", "name": "Kerst"}]):
        with work() as w:
            saved = agreements.save_calendar(w, "organisation", {**HOURS, "closings": closings})
    with work() as w:
        events = [row["data"] for row in published(w.connection)]
    assert [event["version"] for event in events] == [1, 2]
    assert saved["version"] == 2
    assert events[1]["calendar"]["closings"][0]["name"] == "Kerst"
    assert events[0]["calendar_id"] == events[1]["calendar_id"]


def test_a_contract_gets_a_version_with_every_change_and_only_then(agreed: Work) -> None:
    levels = [messages.LevelMessage().load({"priority": "P3", "respond": {"amount": 1, "unit": "minutes"}})]
    versions = []
    for name, terms in (("DVO", levels), ("DVO", levels), ("DVO", levels * 1 + LEVELS[2:]), ("OLA", levels)):
        with agreed() as w:
            saved = agreements.save_contract(w, name, **contract(terms))
            versions.append((name, saved["version"]))
    assert versions == [("DVO", 1), ("DVO", 1), ("DVO", 2), ("OLA", 1)]


def test_a_command_over_the_wire_needs_only_a_name_and_levels(agreed: Work) -> None:
    with agreed() as w:
        saved = agreements.save_contract(w, **messages.SaveContract().load(NEW_CONTRACT))
    assert (saved["party_kind"], saved["calendar"]) == ("customer", "organisation")
    assert saved["levels"][0]["warn_percent"] == 75


def test_norms_are_what_every_customer_is_promised_and_nothing_else(agreed: Work) -> None:
    own = {"priority": "P3", "resolve": {"amount": 1, "unit": "working_days"}}
    for name, party_kind, party in (("OLA", "team", None), ("Een klant", "customer", "someone")):
        given = {"name": name, "party_kind": party_kind, "party": party, "levels": [own]}
        with agreed() as w:
            agreements.save_contract(w, **messages.SaveContract().load(given))
    with agreed() as w:
        norms = agreements.list_norms(w)
        general = agreements.list_contracts(w, "DVO", None, 10)["items"][0]
    assert norms["items"] == [
        {name: level[name] for name in ("kind", "priority", "respond", "restore", "resolve")}
        for level in general["levels"]
        if level["product_id"] is None
    ]
    assert {day: hours for day, hours in norms["opening_hours"].items() if hours} == HOURS["weekly"]


def test_without_a_contract_for_everybody_there_are_no_norms(work: Work) -> None:
    with work() as w:
        assert agreements.list_norms(w) == {
            "items": [],
            "opening_hours": None,
            "kept": None,
            "kept_days": 90,
        }


def test_norms_say_how_often_they_were_kept_lately(agreed: Work) -> None:
    """One answered in time, one late; what was decided longer ago does not count any more."""
    kept, missed = Story(), Story()
    tell(agreed, kept.accepted(), kept("intake.request_ready", "Mon 10:00"), missed.accepted())
    with agreed(now=at("Mon 13:01")) as w:
        sweep(w)
    with agreed(now=at("Mon 14:00")) as w:
        found = {each["clock"]: each for each in agreements.list_norms(w, kept=True)["kept"]}
    assert found["respond"] == {"priority": "P3", "clock": "respond", "met": 1, "late": 1}
    assert found["resolve"] == {"priority": "P3", "clock": "resolve", "met": 1, "late": 0}
    with agreed(now=at("Mon 14:00") + timedelta(days=91)) as w:
        assert agreements.list_norms(w, kept=True)["kept"] == []


def test_hours_may_be_written_as_pairs(work: Work) -> None:
    given = {
        "zone": "Europe/Amsterdam",
        "weekly": {"monday": [["08:00", "12:00"], {"from": "13:00", "until": "17:00"}]},
    }
    with work() as w:
        saved = agreements.save_calendar(w, **messages.SaveCalendar().load({"name": "x", "calendar": given}))
    assert saved["calendar"]["weekly"]["monday"] == [
        {"from": "08:00", "until": "12:00"},
        {"from": "13:00", "until": "17:00"},
    ]


WRONG_CALENDARS: list[tuple[dict[str, Any], str]] = [
    ({"zone": "Mars/Olympus"}, "invalid_calendar"),
    ({"weekly": {}}, "invalid_calendar"),
    ({"country": "XX"}, "invalid_calendar"),
    ({"optional_holidays": ["Pancake Day"]}, "invalid_calendar"),
    ({"closings": [{"first": "tomorrow"}]}, "invalid_calendar"),
    ({"weekly": {"monday": [["08:00"]]}}, "invalid"),
    ({"weekly": {"maandag": []}}, "invalid"),
    ({"colour": "red"}, "invalid"),
]


def test_a_calendar_that_cannot_be_meant_is_refused(work: Work) -> None:
    def save(wrong: dict[str, Any]) -> None:
        command = messages.SaveCalendar().load({"name": "x", "calendar": {**HOURS, **wrong}})
        with work() as w:
            agreements.save_calendar(w, **command)

    for wrong, code in WRONG_CALENDARS:
        with pytest.raises(Invalid) as refused:
            save(wrong)
        assert (wrong, refused.value.code) == (wrong, code)
        assert refused.value.errors


WRONG_CONTRACTS: list[tuple[dict[str, Any], str]] = [
    ({"calendar": "nowhere"}, "calendar"),
    ({"levels": []}, "levels"),
    ({"levels": [{"priority": "P9"}]}, "levels.0.priority"),
    ({"levels": [{"resolve": {"amount": 1, "unit": "moons"}}]}, "levels.0.resolve.unit"),
    ({"levels": [{"priority": "P1"}, {"priority": "P1"}]}, "levels.0"),
    ({"valid_from": "2026-02-02", "valid_until": "2026-01-01"}, "valid_until"),
    ({"party_kind": "neighbour"}, "party_kind"),
]


def test_a_contract_that_cannot_be_meant_is_refused(agreed: Work) -> None:
    def save(wrong: dict[str, Any]) -> None:
        command = messages.SaveContract().load({**NEW_CONTRACT, **wrong})
        with agreed() as w:
            agreements.save_contract(w, **command)

    for wrong, field in WRONG_CONTRACTS:
        with pytest.raises(Invalid) as refused:
            save(wrong)
        assert field in refused.value.errors


def test_contracts_are_listed_with_their_calendars(agreed: Work) -> None:
    with agreed() as w:
        agreements.save_contract(w, "Bezemwijs", **contract(LEVELS, party_kind="supplier", party="bezemwijs"))
    with agreed() as w:
        first = agreements.list_contracts(w, q=None, cursor=None, limit=1)
        rest = agreements.list_contracts(w, q=None, cursor=first["next_cursor"], limit=1)
        found = agreements.list_contracts(w, q="meer", cursor=None, limit=25)
    assert [each["name"] for each in first["items"] + rest["items"]] == ["Bezemwijs", "DVO Meerwal"]
    assert rest["next_cursor"] is None
    assert [each["name"] for each in found["items"]] == ["DVO Meerwal"]
    assert [each["name"] for each in found["calendars"]] == ["organisation"]


OWN = "01926f00-1000-7a02-8b11-5c6d7e8f9a02"  # the requester in the examples of intake's events


STRANGER = "01926f00-1000-7a02-8b11-5c6d7e8f9aff"
READERS = [
    (Actor("person", "its requester", roles=frozenset({"requester"}), person_id=OWN), True),
    (Actor("person", "another requester", roles=frozenset({"requester"}), person_id=STRANGER), False),
    (Actor("person", "an account without a person", roles=frozenset({"requester"})), False),
    (Actor("person", "a team", roles=frozenset({"team"}), person_id=STRANGER), False),
    (Actor("person", "an agent", roles=frozenset({"agent"})), True),
    (Actor("person", "a manager", roles=frozenset({"manager"})), True),
    (Actor("service", "intake"), True),
]


def test_who_sees_the_clocks_of_a_request(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.accepted())
    for actor, sees in READERS:
        with agreed(now=at("Mon 10:00")) as w:
            if sees:
                assert len(get_clocks(w, actor, story.request_id)["clocks"]) == 3
            else:
                with pytest.raises(NotFound):
                    get_clocks(w, actor, story.request_id)


def test_who_turned_out_to_be_the_same_person_sees_its_clocks_until_that_is_undone(agreed: Work) -> None:
    story, (other, _sees) = Story(), READERS[1]
    tell(agreed, story.accepted())
    merged = {"person_id": UUID(STRANGER), "surviving_id": UUID(OWN), "sequence": 1}
    undone = {**merged, "surviving_id": UUID(STRANGER), "sequence": 2}
    with agreed() as w:
        w.people.hear([merged])
        assert len(get_clocks(w, other, story.request_id)["clocks"]) == 3
        w.people.hear([undone])
        w.people.hear([merged])  # once more, and late
        with pytest.raises(NotFound):
            get_clocks(w, other, story.request_id)


def test_a_request_that_is_not_there_is_not_found(agreed: Work) -> None:
    with agreed() as w, pytest.raises(NotFound):
        get_clocks(w, Actor("service", "x"), Story().request_id)


def test_clocks_are_listed_by_due_time_in_pages(agreed: Work) -> None:
    stories = [Story("Mon 09:00"), Story("Mon 11:00"), Story("Mon 10:00")]
    for story in stories:
        tell(agreed, story.accepted())
    tell(agreed, stories[0]("intake.request_waiting", "Mon 12:00"))
    seen: list[Any] = []
    cursor = None
    while True:
        with agreed() as w:
            query = messages.ListClocks().load({"cursor": cursor, "limit": 4})
            page = list_clocks(w, **query)
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len({(row["request_id"], row["clock"]) for row in seen}) == 9
    due = [row["due_at"] for row in seen if row["due_at"]]
    assert due == sorted(due)
    assert [row["state"] for row in seen[-2:]] == ["paused", "paused"]


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({"state": "running"}, 4),
    ({"state": "met"}, 1),
    ({"breached": True}, 0),
    ({"clock": "respond"}, 2),
    ({"due_before": "2026-03-02T13:00:00Z"}, 2),
    ({"clock": "respond", "state": "running"}, 1),
]


def test_clocks_are_filtered(agreed: Work) -> None:
    one, two = Story(), Story()
    tell(agreed, one.accepted(), two.received(priority="P1"))
    tell(agreed, one.order(2, "accepted", "Mon 10:00", "issued"))
    for query, count in FILTERS:
        with agreed() as w:
            found = list_clocks(w, **messages.ListClocks().load(query))
        assert (query, len(found["items"])) == (query, count)


def test_a_cursor_of_another_list_is_refused(agreed: Work) -> None:
    for cursor in ("nonsense", "W10", "WzEsMiwzXQ"):
        query = messages.ListClocks().load({"cursor": cursor})
        with agreed() as w, pytest.raises(Invalid, match="cursor"):
            list_clocks(w, **query)


def test_another_process_sees_what_was_saved(agreed: Work, fresh_database: Any) -> None:
    """A copy in memory is trusted for seconds; the sweep always looks."""
    engine = agreed.engine  # type: ignore[attr-defined]
    with agreed() as w:
        before = w.agreements.current()
        with engine.begin() as other:
            other.execute(sa.text("UPDATE agreements SET generation = generation + 1"))
        assert w.agreements.current() is before
    with agreed() as w:
        assert w.agreements.current(fresh=True).generation == before.generation + 1
