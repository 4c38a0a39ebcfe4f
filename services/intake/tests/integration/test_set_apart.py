"""Two who look alike and are not one: said once, not proposed again, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from .house import House
from .test_merging import double, merge, pairs


def apart(house: House, one: Any, other: Any) -> Any:
    given = {"person_id": str(one.person_id), "other_id": str(other.person_id)}
    return house.call("set_apart", house.amira, **given)


def listed(house: House) -> Any:
    return house.call("list_set_apart", house.amira)["items"]


def test_a_pair_that_was_set_apart_does_not_come_back(house: House) -> None:
    other = double(house)
    assert len(pairs(house)) == 1
    said = apart(house, other, house.sanne)
    assert (said["by"], said["at"]) == ("Amira Haddad", house.clock.now())
    assert pairs(house) == pairs(house, other) == pairs(house, house.sanne) == []
    assert [each["pair_id"] for each in listed(house)] == [said["pair_id"]]


def test_another_who_is_alike_is_still_proposed(house: House) -> None:
    apart(house, double(house), house.sanne)
    third = double(house, key="mail:sanne@elders", email="sanne@elders.example")
    assert len(pairs(house, third)) == 2


def test_taken_back_they_are_proposed_again(house: House) -> None:
    said = apart(house, double(house), house.sanne)
    house.call("undo_set_apart", house.amira, pair_id=str(said["pair_id"]))
    assert len(pairs(house)) == 1
    assert listed(house) == []
    with pytest.raises(NotFound):
        house.call("undo_set_apart", house.amira, pair_id=str(said["pair_id"]))


def test_saying_it_twice_in_either_order_says_it_once(house: House) -> None:
    other = double(house)
    assert apart(house, other, house.sanne)["pair_id"] == apart(house, house.sanne, other)["pair_id"]


def test_it_holds_for_whoever_they_are_merged_into(house: House) -> None:
    other = double(house)
    third = double(house, key="mail:sanne@elders", email="sanne@elders.example")
    apart(house, other, house.sanne)
    merge(house, other, third)
    assert pairs(house) == []


def test_one_person_is_not_set_apart_from_themselves(house: House) -> None:
    other = double(house)
    merge(house, other, house.sanne)
    with pytest.raises(Invalid):
        apart(house, other, house.sanne)
    stranger = type(other)("person", "x", "Nobody", frozenset(), str(new_id()))
    with pytest.raises(Invalid):
        apart(house, stranger, house.sanne)
