"""Two persons who are one: proposed, merged with all that is theirs, and undone without losing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.storage.relation_tables import (
    budgets,
    contact_moments,
    notes,
    people,
    person_emails,
    person_phones,
)
from intake.storage.tables import requests
from servicekit.errors import Conflict, Invalid, NotFound
from servicekit.ids import new_id

from .house import House, person

TABLES = (people, person_phones, person_emails, requests, contact_moments, notes, budgets)
# Counts how often who counts has changed: that goes on counting at an undo.
COUNTED = "merge_version"


def double(house: House, **more: Any) -> Any:
    """Sanne once more, as somebody who mailed from home, with an account of her own."""
    given = {"key": "mail:sanne@thuis", "name": "Sanne de Wit", "email": "sanne@thuis.example", **more}
    made = house.save_people(given)["items"][0]["person_id"]
    return person("Sanne thuis", "requester", person_id=str(made))


def merge(house: House, one: Any, into: Any) -> Any:
    return house.call("merge_people", house.amira, person_id=_id(one), into_id=_id(into))


def undo(house: House, merged: Any) -> Any:
    return house.call("undo_merge", house.amira, merge_id=str(merged["merge_id"]))


def get(house: House, who: Any) -> Any:
    return house.call("get_person", house.amira, person_id=_id(who))


def of(house: House, who: Any) -> set[Any]:
    """The requests on the person's page."""
    return {each["request_id"] for each in house.list(requester_id=_id(who), limit=100)["items"]}


def contacts(house: House, who: Any) -> list[str]:
    found = house.call("list_contact_moments", house.amira, person_id=_id(who), limit=100)["items"]
    return sorted(each["text"] for each in found if each["type"] == "noted")


def say(house: House, who: Any, text: str) -> None:
    house.call("note_contact", house.amira, person_id=_id(who), channel="phone", text=text)


def pairs(house: House, who: Any = None) -> list[Any]:
    asked = {"person_id": _id(who)} if who else {}
    return house.call("list_doubles", house.amira, **asked)["items"]  # type: ignore[no-any-return]


def everything(house: House) -> dict[str, list[Any]]:
    """Every row about people, as it stands."""
    with house.engine.connect() as connection:
        return {
            table.name: sorted(
                str({name: value for name, value in row.items() if name != COUNTED})
                for row in connection.execute(sa.select(table)).mappings()
            )
            for table in TABLES
        }


def _id(who: Any) -> str:
    return str(getattr(who, "person_id", who))


# --- proposing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"name": "S. Pieterse", "email": "Sanne@Meerwal.example"}, ["email"]),
        ({"name": "S. Pieterse", "phone": "+31 (0)20 555 0123"}, ["phone"]),
        ({"name": "S. de Wit"}, ["name"]),
        ({"name": "Wit, Sanne de", "phone": "0205550123"}, ["phone", "name"]),
    ],
)
def test_who_shares_a_number_an_address_or_a_name_is_proposed(
    house: House, more: Any, because: list[str]
) -> None:
    other = double(house, **more)
    [found] = pairs(house, house.sanne)
    assert str(found["people"][1]["person_id"]) == other.person_id
    assert found["because"] == because


def test_pairs_of_the_whole_house_are_proposed_the_surest_first(house: House) -> None:
    double(house)
    house.save_people({"key": "d2", "name": "D", "email": "daan@meerwal.example"})
    assert [each["because"] for each in pairs(house)] == [["email"], ["name"]]


def test_the_number_of_a_whole_department_makes_nobody_the_same(house: House) -> None:
    house.save_people(*({"key": f"k{n}", "name": f"Naam{n}", "phone": "020 555 77 77"} for n in range(8)))
    assert pairs(house) == []


def test_who_was_merged_is_proposed_no_more(house: House) -> None:
    other = double(house)
    merge(house, other, house.sanne)
    assert pairs(house) == pairs(house, house.sanne) == []


# --- merging -----------------------------------------------------------------------------------------------


def test_what_goes_along_is_shown_first_and_nothing_is_kept_of_looking(house: House) -> None:
    other = double(house)
    house.receive(other)
    house.withdraw(house.receive(other), other)
    say(house, other, "Belde")
    house.call("add_relation_note", house.amira, person_id=other.person_id, text="Alleen per mail")
    house.call(
        "save_budgets",
        None,
        items=[
            {"key": "k", "name": "K", "threshold_cents": 100, "holders": [{"person_key": "mail:sanne@thuis"}]}
        ],
    )
    before = everything(house)
    seen = house.call("preview_merge", house.amira, person_id=other.person_id, into_id=house.sanne.person_id)
    assert seen["moves"] == {
        "requests": 2, "open": 1, "going_along": 0, "contact_moments": 1, "notes": 1, "budgets": 1,
        "approvals": 0,
    }  # fmt: skip
    assert (seen["person"]["email"], seen["into"]["name"]) == ("sanne@thuis.example", "Sanne de Wit")
    assert everything(house) == before


def test_after_merging_both_have_one_page_one_list_and_one_history(house: House) -> None:
    other = double(house, phones=["06-12345678"])
    one, two = house.receive(), house.receive(other)
    say(house, other, "Belde")
    merge(house, other, house.sanne)

    both = {one["request_id"], two["request_id"]}
    assert of(house, house.sanne) == of(house, other) == both
    assert contacts(house, house.sanne) == ["Belde"]
    found = get(house, other)
    assert str(found["person_id"]) == house.sanne.person_id
    assert [each["address"] for each in found["emails"]] == ["sanne@meerwal.example", "sanne@thuis.example"]
    for q in ("sanne", "06 12345678", "sanne@thuis.example"):
        assert [str(each["person_id"]) for each in house.list_people(q=q)["items"]] == [house.sanne.person_id]


def test_both_accounts_see_and_decide_what_is_of_either(house: House) -> None:
    other = double(house)
    one, two = house.receive(), house.receive(other)
    merge(house, other, house.sanne)

    for actor, request in ((house.sanne, two), (other, one)):
        assert len(house.list(actor)["items"]) == 2
        assert house.reply(request, actor)["request_id"] == request["request_id"]
    house.withdraw(house.get(two), house.sanne)
    with pytest.raises(NotFound):
        house.get(one, house.daan)


def test_what_the_double_asks_is_for_the_department_of_who_counts(house: House) -> None:
    other = double(house)
    merge(house, other, house.sanne)
    requester = house.receive(other)["requester"]
    assert (requester.person_id, requester.department) == (other.person_id, "Communicatie")


def test_a_holder_who_was_merged_still_decides(house: House) -> None:
    holder = double(house)
    house.call(
        "save_budgets",
        None,
        items=[
            {
                "key": "k",
                "name": "K",
                "threshold_cents": 0,
                "departments": ["Communicatie"],
                "holders": [{"person_key": "mail:sanne@thuis"}],
            }
        ],
    )
    request = house.receive(house.sanne, channel="site")
    asked = house.triage(request, approval={"estimate_cents": 5000, "ask": True})
    merge(house, holder, house.daan)
    [seen] = house.call("list_approvals", house.daan)["items"]
    assert seen["approval"]["may_decide"]
    decided = house.call(
        "decide_approval", house.daan, request_id=str(asked["request_id"]), version=seen["version"],
        approved=True,
    )  # fmt: skip
    assert decided["state"] == "in_progress"


def test_others_hear_who_counts_now_and_how_often_that_was_said(house: House) -> None:
    other = double(house)
    merged = merge(house, other, house.sanne)
    undo(house, merged)
    told = [fact["data"]["people"][0] for fact in house.told() if fact["type"] == "intake.people_merged"]
    assert [(each["surviving_id"], each["sequence"]) for each in told] == [
        (house.sanne.person_id, 1), (other.person_id, 2),
    ]  # fmt: skip


def test_what_can_not_be_merged(house: House) -> None:
    other = double(house)
    with pytest.raises(Conflict):
        merge(house, house.sanne, house.sanne)
    for one, into in ((new_id(), house.sanne), (house.sanne, new_id())):
        with pytest.raises(Invalid):
            merge(house, one, into)
    merge(house, other, house.sanne)
    for one, into in ((other, house.sanne), (other, house.daan)):
        with pytest.raises(Conflict):
            merge(house, one, into)


# --- undoing -----------------------------------------------------------------------------------------------


def test_undone_everything_is_as_it_was(house: House) -> None:
    other = double(house, phones=["06-12345678"])
    house.receive(), house.receive(other)
    say(house, other, "Belde")
    house.call("add_relation_note", house.amira, person_id=other.person_id, text="Alleen per mail")
    before = everything(house)
    undo(house, merge(house, other, house.sanne))
    assert everything(house) == before
    assert len(of(house, other)) == len(of(house, house.sanne)) == 1


def test_what_came_since_stays_with_whom_it_names(house: House) -> None:
    other = double(house)
    merged = merge(house, other, house.sanne)
    by_desk = house.receive(house.amira, channel="phone", requester_id=house.sanne.person_id)
    by_themselves = house.receive(other)
    say(house, other, "Belde over de lamp")
    undo(house, merged)
    assert of(house, house.sanne) == {by_desk["request_id"]}
    assert of(house, other) == {by_themselves["request_id"]}
    assert contacts(house, house.sanne) == ["Belde over de lamp"]


def test_a_merge_is_undone_once_and_stays_in_the_list(house: House) -> None:
    merged = merge(house, double(house), house.sanne)
    undo(house, merged)
    with pytest.raises(Conflict):
        undo(house, merged)
    with pytest.raises(NotFound):
        house.call("undo_merge", house.amira, merge_id=str(new_id()))
    [listed] = house.call("list_merges", house.amira)["items"]
    assert (listed["undone_by"], listed["into_name"]) == ("Amira Haddad", "Sanne de Wit")
    assert get(house, house.sanne)["merged"] == []


def test_an_earlier_merge_can_be_undone_while_a_later_one_stands(house: House) -> None:
    other = double(house)
    first = merge(house, other, house.sanne)
    merge(house, house.sanne, house.daan)
    asked = house.receive(other)
    assert of(house, house.daan) == {asked["request_id"]}
    undo(house, first)
    assert of(house, house.daan) == set()
    assert str(get(house, house.sanne)["person_id"]) == house.daan.person_id
    assert str(get(house, other)["person_id"]) == other.person_id


# --- in any order ------------------------------------------------------------------------------------------

HOW_MANY = 5
who = st.integers(0, HOW_MANY - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), who, who),
        st.tuples(st.just("undo"), st.integers(0, 20), who),
        st.tuples(st.just("ask"), who, who),
        st.tuples(st.just("call"), who, who),
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_order_of_merging_and_undoing_loses_a_request_or_a_contact(
    house: House, steps: Sequence[tuple[str, int, int]]
) -> None:
    """By a model that knows only who points to whom, and whose id each thing was given."""
    keys = [f"{new_id()}" for _ in range(HOW_MANY)]
    saved = house.save_people(*({"key": key, "name": f"Naam {key}"} for key in keys))["items"]
    ids = [str(each["person_id"]) for each in saved]
    into: dict[int, int] = {}
    stands: list[tuple[int, Any]] = []
    asked: list[tuple[int, UUID]] = []
    said: list[tuple[int, str]] = []

    def root(one: int) -> int:
        return root(into[one]) if one in into else one

    for number, (step, one, other) in enumerate(steps):
        if step == "merge" and one not in into and root(other) != one:
            stands.append((one, merge(house, ids[one], ids[other])))
            into[one] = root(other)
        elif step == "undo" and stands:
            back, merged = stands.pop(one % len(stands))
            undo(house, merged)
            del into[back]
        elif step == "ask":
            actor = person("X", "requester", person_id=ids[one])
            asked.append((one, house.receive(actor)["request_id"]))
        elif step == "call":
            say(house, ids[one], f"Belde {number}")
            said.append((root(one), f"Belde {number}"))

    for one in range(HOW_MANY):
        assert of(house, ids[one]) == {each for given_to, each in asked if root(given_to) == root(one)}
        assert contacts(house, ids[one]) == sorted(t for given_to, t in said if root(given_to) == root(one))
        assert str(get(house, ids[one])["person_id"]) == ids[root(one)]
    for _one, merged in stands:
        undo(house, merged)
    for one in range(HOW_MANY):
        assert of(house, ids[one]) == {each for given_to, each in asked if given_to == one}
