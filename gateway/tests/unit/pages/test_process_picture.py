"""A process as a picture: where its steps stand, of a product and of one request."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.pages.desk.course import last_round, picture
from gateway.pages.process_picture import HEIGHT, LETTERS, WIDTH, Box, Node, draw
from gateway.pages.words import words
from hypothesis import given
from hypothesis import strategies as st


def box(key: str, *after: str) -> Box:
    return Box(key, f"Step {key}", "somebody", after)


@st.composite
def processes(draw_: st.DrawFn) -> list[Box]:
    boxes: list[Box] = []
    for number in range(draw_(st.integers(1, 9))):
        keys = [each.key for each in boxes]
        boxes.append(box(f"s{number}", *(draw_(st.sets(st.sampled_from(keys), max_size=3)) if keys else ())))
    return draw_(st.permutations(boxes))


def overlap(one: Node, other: Node) -> bool:
    return abs(one.x - other.x) < WIDTH and abs(one.y - other.y) < HEIGHT


@given(processes())
def test_every_step_stands_alone_and_right_of_what_it_waits_for(boxes: list[Box]) -> None:
    found = draw(boxes)
    assert found is not None
    nodes = {node.key: node for node in found.nodes}
    assert set(nodes) == {each.key for each in boxes}
    for each in boxes:
        assert all(nodes[before].x + WIDTH < nodes[each.key].x for before in each.after)
    assert not any(overlap(one, other) for one in found.nodes for other in found.nodes if one is not other)
    assert all(n.x >= 0 and n.x + WIDTH <= found.width and n.y + HEIGHT <= found.height for n in found.nodes)
    assert len(found.lines) == sum(len(each.after) for each in boxes)


@pytest.mark.parametrize("boxes", [[], [box("a", "b"), box("b", "a")], [box("a"), box("a")]])
def test_what_is_no_process_has_no_picture(boxes: list[Box]) -> None:
    assert draw(boxes) is None


def test_the_longest_path_is_marked_along_its_lines() -> None:
    found = draw([box("a"), box("b"), box("c", "a", "b")], ["a", "c"])
    assert found is not None
    assert [node.longest for node in found.nodes] == [True, False, True]
    assert [line.longest for line in found.lines] == [True, False]


def test_long_words_are_short_in_the_picture_and_whole_beside_it() -> None:
    found = draw([Box("a", "x" * 80, "who", ())])
    assert found is not None
    assert len(found.nodes[0].short) == LETTERS
    assert found.nodes[0].title == "x" * 80


def order(step: str, state: str = "issued", who: str = "Huisdienst", **more: Any) -> dict[str, Any]:
    return {
        "work_order_id": f"{step}-{who}",
        "step": step,
        "title": {"nl": step, "en": step},
        "state": state,
        "provider": {"name": who},
        "round": 1,
        **more,
    }


ORDERS = [order("pick", "technically_complete"), order("place", depends_on=["pick"])]


def test_the_picture_of_a_request_shows_each_step_with_its_state() -> None:
    found = picture(words("en"), ORDERS)
    assert found is not None
    assert [(node.tone, node.under) for node in found.nodes] == [
        ("good", "Technically complete, Huisdienst"),
        ("info", "Issued, Huisdienst"),
    ]
    assert picture(words("en"), ORDERS[:1]) is None


def test_only_the_last_round_is_drawn_and_what_was_taken_over_is_not() -> None:
    again = [*ORDERS, order("place", who="A", round=2, replaced_by="x"), order("place", who="B", round=2)]
    assert [each["provider"]["name"] for each in last_round(again)] == ["B"]
