"""Customers, cost centres and people as they are kept: what is refused, why, and what to do first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from intake.domain import ages, begun
from intake.domain.contacts import DIRECTIONS, MOMENTS, Line, came_over
from intake.domain.cost_centres import Holder, Valid, check_holders, check_order, still_charged
from intake.domain.customers import DEEPEST, InUse, check_parent, in_the_way
from intake.domain.doubles import Because, Known, is_like, reasons, spelled
from intake.domain.errors import Wrong
from intake.domain.values import Entry

from .samples import AMIRA, MONDAY

ONE, TWO, THREE, NOBODY = (UUID(int=number) for number in (1, 2, 3, 99))
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
NOT_KNOWN = "This person is not known. Choose somebody of the list of people."


@pytest.mark.parametrize(
    ("holders", "field", "says"),
    [
        ([Holder(NOBODY)], "holders.0.person_id", NOT_KNOWN),
        ([Holder(ONE), Holder(TWO, NOBODY)], "holders.1.stand_in_id", NOT_KNOWN),
        (
            [Holder(ONE), Holder(ONE)],
            "holders.1.person_id",
            "This person holds it already. Leave one of the two out.",
        ),
        (
            [Holder(ONE), Holder(THREE)],
            "holders.1.person_id",
            "This person holds it already. Leave one of the two out.",
        ),
        (
            [Holder(ONE, ONE)],
            "holders.0.stand_in_id",
            "Nobody stands in for themselves. Choose somebody else, or nobody.",
        ),
        (
            [Holder(ONE, THREE)],
            "holders.0.stand_in_id",
            "Nobody stands in for themselves. Choose somebody else, or nobody.",
        ),
    ],
)
def test_who_holds_a_cost_centre_is_known_once_and_stands_in_for_somebody_else(
    holders: list[Holder], field: str, says: str
) -> None:
    """THREE is a double of ONE: the same person."""
    counts_for = {ONE: ONE, TWO: TWO, THREE: ONE}
    with pytest.raises(Wrong) as refused:
        check_holders(holders, counts_for)
    assert (str(refused.value), refused.value.errors) == (says, {field: [says]})


def test_two_may_hold_it_and_stand_in_for_each_other() -> None:
    check_holders([Holder(ONE, TWO), Holder(TWO, ONE)], {ONE: ONE, TWO: TWO})


@pytest.mark.parametrize(
    ("first", "last", "goes_on"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),  # not yet
        (None, TODAY + 99 * DAY, False),  # an end is in sight
        (TODAY - DAY, None, True),
    ],
)
def test_what_departments_charge_day_after_day_goes_on(
    first: date | None, last: date | None, goes_on: bool
) -> None:
    valid = Valid(first, last)
    assert valid.goes_on(TODAY) is goes_on
    assert still_charged(valid, [], TODAY) is None
    says = "Departments are charged to it: A, B, C, D, E. Give those another cost centre first, or none."
    assert still_charged(valid, list("ABCDEF"), TODAY) == (None if goes_on else says)


@pytest.mark.parametrize(
    ("first", "last", "fine"),
    [(TODAY, TODAY, True), (TODAY, TODAY - DAY, False), (None, TODAY, True), (TODAY, None, True)],
)
def test_the_last_day_does_not_come_before_the_first(
    first: date | None, last: date | None, fine: bool
) -> None:
    if fine:
        check_order(Valid(first, last))
        return
    with pytest.raises(Wrong) as refused:
        check_order(Valid(first, last))
    assert refused.value.errors == {"valid_until": ["The last day comes before the first."]}


def chain(length: int) -> dict[UUID, UUID | None]:
    """Departments in each other, the first the deepest."""
    return {UUID(int=n): UUID(int=n + 1) if n < length else None for n in range(1, length + 1)}


@pytest.mark.parametrize(
    ("parent", "parents", "says"),
    [
        (ONE, {ONE: None}, "A department can't be a part of itself."),
        (TWO, {TWO: THREE, THREE: ONE, ONE: None}, "A department can't be a part of itself."),
        (TWO, {ONE: None}, "This department is not one of the same customer."),
        (TWO, chain(DEEPEST + 1), "Departments lie at most 8 deep in each other."),
    ],
)
def test_departments_lie_in_each_other_as_a_tree(parent: UUID, parents: Any, says: str) -> None:
    with pytest.raises(Wrong) as refused:
        check_parent(ONE, parent, parents)
    assert (str(refused.value), refused.value.errors) == (says, {"parent_id": [says]})


def test_a_department_may_lie_as_deep_as_is_allowed_or_in_none() -> None:
    check_parent(ONE, TWO, chain(DEEPEST))
    check_parent(ONE, None, {})


@pytest.mark.parametrize(
    ("use", "found"),
    [
        (InUse(0, 0), None),
        (
            InUse(2, 1, 1),
            ("has_people", "2 people belong to it. Let the list of people say where they are now."),
        ),
        (
            InUse(0, 1, 1),
            ("has_open_requests", "1 requests of it are still open. Finish or withdraw those first."),
        ),
        (InUse(0, 0, 3), ("has_departments", "3 departments are still in it. End those first.")),
    ],
)
def test_what_hangs_on_it_is_in_the_way_of_its_end(use: InUse, found: Any) -> None:
    assert in_the_way(use) == found


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Sanne de Wit", "Wit, Sanne de", True),
        ("Sanne de Wit", "sanne DE wit", True),
        ("José Müller", "Jose Muller", True),
        ("S. de Wit", "Sanne de Wit", True),
        ("Sanne Wit", "S Wit", True),
        ("Saskia de Wit", "Sanne de Wit", False),  # two people with one letter in common
        ("P. de Wit", "Sanne de Wit", False),
        ("S. Jansen", "Sanne de Wit", False),
        ("", "Sanne de Wit", False),
        ("Sanne de Wit", " - ", False),
    ],
)
def test_names_are_alike_however_they_are_written(name: str, other: str, alike: bool) -> None:
    assert is_like(name, other) is alike
    assert is_like(other, name) is alike


def test_a_name_is_compared_in_small_letters_and_without_marks() -> None:
    assert spelled("O'Brien-Müller, José") == ["jose", "o", "brien", "muller"]


def known(name: str, numbers: tuple[str, ...] = (), emails: tuple[str, ...] = ()) -> Known:
    return Known(name, name, numbers, emails)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            known("Ann", ("31205550123",), ("a@x",)),
            known("Ann", ("31205550123",), ("a@x",)),
            ["email", "phone", "name"],
        ),
        (known("Ann", ("205550123",)), known("Bob", ("205550123", "1")), ["phone"]),
        (known("Ann", ("20555012",)), known("Bob", ("20555012",)), []),  # an extension is everybody's
        (known("Ann", (), ("a@x", "b@x")), known("Bob", (), ("b@x",)), ["email"]),
        (known("Ann"), known("Bob"), []),
    ],
)
def test_what_speaks_for_one_person_is_said_the_surest_first(
    one: Known, other: Known, found: list[str]
) -> None:
    assert reasons(one, other) == [Because(each) for each in found]


@pytest.mark.parametrize(
    ("line", "over", "said"),
    [
        (Line("received", {}, "phone", True, "Koud"), "phone", "Koud"),
        (Line("received", {"channel": "counter"}, "phone", True, "Koud"), "counter", "Koud"),
        (Line("mail_noted", {"text": "Nog koud"}, "site", False, "Koud"), "email", "Nog koud"),
        (Line("replied", {"text": "Ja"}, "phone", True, "Koud"), "site", "Ja"),
        (Line("asked", {"question": "Waar?"}, "site", True, "Koud"), "email", "Waar?"),
        (Line("asked", {"question": "Waar?"}, "site", False, "Koud"), "site", "Waar?"),
        (Line("declined", {"reason": "Te duur"}, "site", True, "Koud"), "email", "Te duur"),
        (Line("ready", {}, "site", True, "Koud"), "email", ""),
    ],
)
def test_a_contact_moment_says_over_what_and_in_which_words(line: Line, over: str, said: str) -> None:
    assert (line.over, line.said) == (over, said)
    assert line.direction == MOMENTS[line.type]
    assert line.direction in DIRECTIONS


def entry(type_: str) -> Entry:
    return Entry(MONDAY, type_, AMIRA)


def test_the_channel_stands_with_the_newest_line_by_which_they_came_to_us() -> None:
    lines = [entry("received"), entry("replied"), entry("asked"), entry("priority_changed")]
    came_over(lines, "phone")
    assert [line.data for line in lines] == [{}, {"channel": "phone"}, {}, {}]
    came_over([entry("asked")], "phone")


def test_what_is_open_is_of_one_age_and_no_moment_is_of_none() -> None:
    spans = [ages.received(age, MONDAY) for age in ages.AGES]
    days = [MONDAY - n * DAY for n in (1, 3, 7, 30)]
    assert spans == [
        (days[0], None),
        (days[1], days[0]),
        (days[2], days[1]),
        (days[3], days[2]),
        (None, days[3]),
    ]
    assert ages.borders(MONDAY) == days[::-1]
    assert [(age.from_days, age.until_days) for age in ages.AGES] == [
        (0, 1),
        (1, 3),
        (3, 7),
        (7, 30),
        (30, None),
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("CDF-GHJ", "CDFGHJ"), (" cdf ghj ", "CDFGHJ"), ("CDFGH", None), ("CDFGHJK", None), ("ABCDEF", None)],
)
def test_a_code_is_understood_however_it_is_read_out(said: str, kept: str | None) -> None:
    assert begun.plain(said) == kept
    if kept:
        assert begun.shown(kept) == "CDF-GHJ"


@pytest.mark.parametrize(
    ("filled", "says"),
    [
        ({}, False),
        ({"text": " "}, False),
        ({"location": "2.14", "phone": "1234"}, False),  # a place or a number alone says nothing
        ({"text": "Koud"}, True),
        ({"object": "Radiator"}, True),
        ({"product_id": "p"}, True),
        ({"asset_id": "a"}, True),
        ({"answers.smell": "yes"}, True),
        ({"answers.smell": ""}, False),
    ],
)
def test_a_report_is_begun_when_it_says_something(filled: dict[str, str], says: bool) -> None:
    assert begun.says_something(filled) is says
