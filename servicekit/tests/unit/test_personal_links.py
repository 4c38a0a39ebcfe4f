"""A link is good for one person, one thing and some time; and only as long as its key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from servicekit.personal_links import Link, LinkEnded, PersonalLinks

THING, PERSON = UUID(int=7), UUID(int=8)
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=90)
LINKS = PersonalLinks(["first"], "follow")


@given(some.uuids(), some.uuids())
def test_a_link_says_who_and_what(thing: UUID, person: UUID) -> None:
    assert LINKS.read(LINKS.make(thing, person, UNTIL), NOW) == Link(thing, person, UNTIL)


@given(some.integers(0, 2**32 - 1))
def test_a_link_may_carry_the_serial_by_which_its_maker_takes_it_back(serial: int) -> None:
    assert LINKS.read(LINKS.make(THING, PERSON, UNTIL, serial), NOW) == Link(THING, PERSON, UNTIL, serial)


@pytest.mark.parametrize("serial", [0, 1, 2**32 - 1])
def test_a_link_may_stand_in_an_address(serial: int) -> None:
    assert (
        LINKS.make(THING, PERSON, UNTIL, serial).replace("-", "").replace("_", "").replace(".", "").isalnum()
    )


def test_a_link_ends_at_its_date() -> None:
    token = LINKS.make(THING, PERSON, UNTIL)
    assert LINKS.read(token, UNTIL)
    with pytest.raises(LinkEnded):
        LINKS.read(token, UNTIL + timedelta(minutes=1))


@pytest.mark.parametrize("place", [0, 20, 45, 60, -1])
def test_a_changed_link_is_none(place: int) -> None:
    token = LINKS.make(THING, PERSON, UNTIL)
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "E"
    with pytest.raises(LinkEnded):
        LINKS.read("".join(letters), NOW)


@pytest.mark.parametrize("token", ["", ".", "a.b", "é", "x" * 10_000, "AAAA" * 12])
def test_what_is_no_link_is_refused(token: str) -> None:
    with pytest.raises(LinkEnded):
        LINKS.read(token, NOW)


def test_a_link_of_another_purpose_is_none() -> None:
    with pytest.raises(LinkEnded):
        PersonalLinks(["first"], "order").read(LINKS.make(THING, PERSON, UNTIL), NOW)


def test_a_key_can_be_replaced_and_then_taken_away() -> None:
    token = LINKS.make(THING, PERSON, UNTIL)
    both = PersonalLinks(["second", "first"], "follow")
    assert both.read(token, NOW)
    assert PersonalLinks(["second"], "follow").read(both.make(THING, PERSON, UNTIL), NOW)
    with pytest.raises(LinkEnded):
        PersonalLinks(["second"], "follow").read(token, NOW)
