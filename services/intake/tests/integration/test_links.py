"""Requests that hang together: what a link holds up, completes and reaches, from both ends."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain.errors import NotAllowed, Wrong
from servicekit.errors import Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import House

Request = dict[str, Any]


def state(house: House, request: Request) -> str:
    return str(house.get(request)["state"])


def links(house: House, request: Request) -> list[tuple[str, str]]:
    return [(each["kind"], each["reference"]) for each in house.get(request)["links"]]


def heard(house: House, request: Request, event: str) -> int:
    which = str(request["request_id"])
    return sum(f["type"] == f"intake.{event}" and f["data"].get("request_id") == which for f in house.told())


@pytest.fixture
def parent(house: House) -> Request:
    request: Request = house.receive_standard(kind="fault")
    return request


@pytest.fixture
def child(house: House) -> Request:
    request: Request = house.receive_standard(house.daan, kind="fault")
    return request


def test_a_link_stands_in_both_dossiers_and_in_no_requesters(
    house: House, parent: Request, child: Request
) -> None:
    house.link(child, parent, "child_of", "blocks")
    assert links(house, child) == [("child_of", parent["reference"])]
    assert links(house, parent) == [("parent_of", child["reference"])]
    for request, person in ((parent, house.sanne), (child, house.daan)):
        seen = house.get(request, person)
        assert "links" not in seen
        assert not any(line["type"] == "linked" for line in seen["timeline"])


def test_a_child_holds_its_parent_up_until_it_is_done(house: House, parent: Request, child: Request) -> None:
    house.link(child, parent, "child_of", "blocks")
    house.complete(parent)
    assert state(house, parent) == "in_progress"
    assert house.get(parent)["held"]
    assert "held_up" in [line["type"] for line in house.get(parent)["timeline"]]
    house.complete(child)
    house.hear_own()
    assert state(house, parent) == "ready"
    assert heard(house, parent, "request_ready") == 1


def test_the_last_of_several_children_lets_it_go(house: House, parent: Request, child: Request) -> None:
    other = house.receive(house.daan, kind="fault")
    for each in (child, other):
        house.link(each, parent, "child_of", "blocks")
    house.complete(parent)
    house.complete(child)
    house.hear_own()
    assert state(house, parent) == "in_progress"
    house.answer(house.get(other))
    house.hear_own()
    assert state(house, parent) == "ready"


def test_a_child_that_is_done_first_holds_nothing_up(house: House, parent: Request, child: Request) -> None:
    house.link(child, parent, "child_of", "blocks")
    house.complete(child)
    house.hear_own()
    assert state(house, parent) == "in_progress"
    house.complete(parent)
    assert state(house, parent) == "ready"


def test_what_is_held_up_goes_on_when_the_link_is_removed(
    house: House, parent: Request, child: Request
) -> None:
    house.link(child, parent, "child_of", "blocks")
    house.complete(parent)
    house.unlink(child, parent, "child_of")
    assert state(house, parent) == "ready"
    assert links(house, parent) == links(house, child) == []


def test_nothing_is_answered_over_an_open_child(house: House, child: Request) -> None:
    parent = house.receive()
    house.link(child, parent, "child_of", "blocks")
    with pytest.raises(NotAllowed, match=child["reference"]):
        house.answer(house.get(parent))


def test_a_held_parent_that_is_withdrawn_stays_withdrawn(
    house: House, parent: Request, child: Request
) -> None:
    house.link(child, parent, "child_of", "blocks")
    house.complete(parent)
    house.withdraw(house.get(parent))
    house.complete(child)
    house.hear_own()
    assert state(house, parent) == "closed"


def test_a_parents_completion_completes_its_children_and_theirs(house: House, parent: Request) -> None:
    """From the top down through several, each told once; whoever goes along with a child too."""
    child = house.receive(house.daan, kind="fault")
    grandchild = house.receive(house.daan, kind="fault")
    house.link(child, parent, "child_of", "completes")
    house.link(grandchild, child, "child_of", "completes")
    house.complete(parent)
    house.complete(parent)
    for each in (parent, child, grandchild):
        assert state(house, each) == "ready"
        assert heard(house, each, "request_ready") == 1


def test_a_child_with_work_of_its_own_goes_on_with_that(
    house: House, parent: Request, child: Request
) -> None:
    house.link(child, parent, "child_of", "completes")
    house.tell("dispatch.work_orders_planned", request_id=str(child["request_id"]), round=1)
    house.complete(parent)
    assert state(house, child) == "in_progress"
    house.complete(child)
    assert state(house, child) == "ready"


def test_an_answer_reaches_children_that_wait_for_one(house: House) -> None:
    parent, child = house.receive(), house.receive(house.daan)
    house.link(child, parent, "child_of", "completes")
    house.answer(house.get(parent))
    assert house.get(child)["resolution"] == "answered"


def test_what_is_withdrawn_completes_nothing(house: House, parent: Request) -> None:
    child = house.receive(house.daan)
    house.link(child, parent, "child_of", "completes")
    house.withdraw(house.get(parent))
    assert state(house, child) == "triage"


def test_circles_are_refused_by_every_way(house: House) -> None:
    a, b, c = (house.receive(kind="fault") for _ in range(3))
    house.link(b, a, "child_of", "blocks")
    house.link(c, b, "child_of", "completes")
    for one, other, kind, rule in (
        (a, c, "child_of", "blocks"), (a, b, "child_of", "completes"), (b, a, "duplicate_of", None),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            house.link(one, other, kind, rule)
    house.link(a, b, "caused_by")
    with pytest.raises(NotAllowed):
        house.link(b, a, "caused_by")


def test_the_same_link_again_changes_nothing(house: House, parent: Request, child: Request) -> None:
    house.link(child, parent, "child_of", "blocks")
    house.link(child, parent, "child_of", "blocks")
    assert len(house.get(parent)["links"]) == 1
    assert [line["type"] for line in house.get(parent)["timeline"]].count("linked") == 1


def test_duplicates_are_linked_and_split_by_the_same_door(house: House, parent: Request) -> None:
    same = house.receive(house.daan, kind="fault")
    house.link(same, parent, "duplicate_of")
    assert links(house, same) == [("duplicate_of", parent["reference"])]
    assert links(house, parent) == [("duplicated_by", same["reference"])]
    house.unlink(same, parent, "duplicate_of")
    assert state(house, same) == "triage"


def test_what_is_not_there_is_said(house: House, parent: Request, child: Request) -> None:
    with pytest.raises(Invalid):
        house.link(child, {"request_id": new_id()}, "caused_by")
    with pytest.raises(NotFound):
        house.unlink(child, parent, "caused_by")
    with pytest.raises(Wrong):
        house.link(child, parent, "complaint_about")
    with pytest.raises(Stale):
        house.call("link_requests", house.amira, request_id=str(child["request_id"]), version=99,
                   other_id=str(parent["request_id"]), kind="caused_by")  # fmt: skip


def test_word_from_the_desk_reaches_all_who_wait_once_each(house: House, parent: Request) -> None:
    along = house.receive(house.daan, kind="fault", follows=str(parent["request_id"]))
    child, grandchild = house.receive(house.daan, kind="fault"), house.receive(house.daan, kind="fault")
    house.link(child, parent, "child_of", "completes")
    house.link(grandchild, child, "child_of", "completes")
    house.link(grandchild, parent, "child_of", "completes")
    outside = house.receive(house.daan)
    assert house.update(parent)["reached"] == 4
    for each in (parent, along, child, grandchild):
        assert heard(house, each, "request_updated") == 1
        lines = house.get(each, house.daan if each is not parent else house.sanne)["timeline"]
        assert [line["data"]["text"] for line in lines if line["type"] == "informed"] == [
            "De pomp is besteld."
        ]
    assert heard(house, outside, "request_updated") == 0


def test_word_to_one_reaches_one(house: House, parent: Request) -> None:
    along = house.receive(house.daan, kind="fault", follows=str(parent["request_id"]))
    assert house.update(parent, reach="requester")["reached"] == 1
    assert heard(house, along, "request_updated") == 0


def test_children_that_are_over_are_not_told(house: House, parent: Request) -> None:
    child = house.receive(house.daan)
    house.link(child, parent, "child_of", "completes")
    house.withdraw(house.get(child), house.daan)
    assert house.update(parent)["reached"] == 1
    with pytest.raises(NotAllowed):
        house.update(child)
