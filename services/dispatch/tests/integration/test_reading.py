from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.providers import Kind, Means
from dispatch.handlers.profiles import list_providers
from dispatch.handlers.providers import save_provider
from dispatch.handlers.reading import get_work_order, list_work_orders
from dispatch.storage.reading import Filter
from servicekit.actor import Actor
from servicekit.errors import Conflict, Invalid, NotFound

from ..samples import AGENT, OWNER, PORTAL, RPC, TEAM, executor_of, known_id, step  # noqa: TID252  own samples
from .conftest import House


@pytest.fixture
def busy(house: House) -> House:
    """Five requests with an order for a team and one for a supplier each."""
    house.publishes(step("move"), step("it", "vonk-val"))
    for number in range(5):
        house.hears_accepted(request=f"request {number}")
    return house


def numbers(house: House, actor: Actor, wanted: Filter | None = None) -> list[str]:
    with house.work(actor=actor) as work:
        return [one["number"] for one in list_work_orders(work, wanted or Filter(), None, 100)["items"]]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_double(busy: House, oldest_first: bool) -> None:
    seen: list[str] = []
    cursor, wanted = None, Filter(oldest_first=oldest_first)
    for _ in range(4):
        with busy.work(actor=AGENT) as work:
            page = list_work_orders(work, wanted, cursor, 3)
        seen += [one["number"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == numbers(busy, AGENT, wanted)
    assert len(set(seen)) == 10


def test_oldest_first_is_the_other_way_round(busy: House) -> None:
    assert numbers(busy, AGENT, Filter(oldest_first=True)) == numbers(busy, AGENT)[::-1]


def test_an_invented_cursor_is_refused(busy: House) -> None:
    with busy.work(actor=AGENT) as work, pytest.raises(Invalid):
        list_work_orders(work, Filter(), "WyJub3QgYSB1dWlkIl0", 3)


def test_a_team_sees_its_own_orders_whatever_it_asks_for(busy: House) -> None:
    assert len(numbers(busy, executor_of(TEAM))) == 5
    assert numbers(busy, executor_of(TEAM), Filter(provider_id=RPC.provider_id)) == []
    assert numbers(busy, executor_of(PORTAL)) == []


def test_a_list_says_whom_to_meet_on_site(busy: House) -> None:
    with busy.work(actor=executor_of(TEAM)) as work:
        shown = list_work_orders(work, Filter(), None, 1)["items"]
    assert shown[0]["contact"]["name"] == "Sanne de Wit"


def test_a_team_account_without_a_team_sees_nothing(busy: House) -> None:
    lost = Actor("person", "lost", "Lost", frozenset({"team"}))
    assert numbers(busy, lost) == []


def test_filters_narrow_the_list(busy: House) -> None:
    busy.does("move", "accept", "complete")
    assert len(numbers(busy, AGENT, Filter(open=True))) == 9
    assert len(numbers(busy, AGENT, Filter(state="technically_complete"))) == 1
    assert len(numbers(busy, AGENT, Filter(provider_id=RPC.provider_id))) == 5
    assert len(numbers(busy, AGENT, Filter(request_id=known_id("request 3")))) == 2
    assert numbers(busy, AGENT, Filter(delivery="failed")) == []
    assert len(numbers(busy, AGENT, Filter(delivery="pending"))) == 5
    assert len(numbers(busy, AGENT, Filter(delivery="none"))) == 5


def test_one_order_in_full(busy: House) -> None:
    order_id = busy.does("move", "accept", note="Komt goed")["work_order_id"]
    with busy.work(actor=AGENT) as work:
        shown = get_work_order(work, order_id)
    assert [(line["action"], line["note"]) for line in shown["history"]] == [("accept", "Komt goed")]
    assert shown["contact"]["name"] == "Sanne de Wit"
    assert shown["summary"] == "Radiator blijft koud"
    assert (shown["object"], shown["asset"]["code"]) == ("Radiator bij het raam", "RAD-2-14-1")
    assert shown["attempts"] == []
    assert {"schedule", "cancel"} <= set(shown["actions"])


def test_another_providers_order_does_not_exist(busy: House) -> None:
    order_id = busy.orders()["move"]["work_order_id"]
    with busy.work(actor=executor_of(PORTAL)) as work, pytest.raises(NotFound):
        get_work_order(work, order_id)


def test_who_only_reads_is_offered_nothing_to_do(busy: House) -> None:
    with busy.work(actor=OWNER) as work:
        items = list_work_orders(work, Filter(), None, 100)["items"]
    assert {tuple(one["actions"]) for one in items} == {()}


def test_an_executor_is_offered_what_it_may_do(busy: House) -> None:
    with busy.work(actor=executor_of(TEAM)) as work:
        items = list_work_orders(work, Filter(), None, 1)["items"]
    assert items[0]["actions"] == ["take", "assign", "hand_over", "accept", "refuse"]


def test_saving_a_provider_twice_changes_it(house: House) -> None:
    with house.work() as work:
        first = save_provider(work, "schilders", "Schilders", Kind.TEAM, Means.NONE)
    with house.work() as work:
        second = save_provider(work, "schilders", "De Schilders", Kind.SUPPLIER, Means.PORTAL)
        names = [one["name"] for one in list_providers(work)["items"]]
    assert first["provider_id"] == second["provider_id"]
    assert "De Schilders" in names
    assert "Schilders" not in names


@pytest.mark.parametrize(
    ("kind", "delivery", "address", "field"),
    [
        ("team", "rpc", "supplier_x", "delivery"),
        ("supplier", "none", None, "delivery"),
        ("supplier", "rpc", None, "address"),
        ("supplier", "rpc", "desk", "address"),
        ("supplier", "rpc", "supplier_x.y", "address"),
        ("supplier", "portal", "supplier_x", "address"),
        ("supplier", "webhook", "http://example.org", "address"),
    ],
)
def test_a_provider_must_be_reachable(
    house: House, kind: str, delivery: str, address: str | None, field: str
) -> None:
    with house.work() as work, pytest.raises(Invalid) as refusal:
        save_provider(work, "x", "X", Kind(kind), Means(delivery), address)
    assert list(refusal.value.errors) == [field]


def test_two_suppliers_never_share_a_broker_user(house: House) -> None:
    with house.work() as work, pytest.raises(Conflict):
        save_provider(work, "other", "Other", Kind.SUPPLIER, Means.RPC, RPC.address)


def test_a_supplier_reads_its_own_words_and_not_what_the_desk_noted(busy: House) -> None:
    supplier = Actor("supplier", "s", RPC.name, frozenset({"supplier"}), provider_id=str(RPC.provider_id))
    order_id = busy.does("it", "accept", actor=supplier, note="Morgen")["work_order_id"]
    assert _note_and_history(busy, supplier, order_id) == ("Morgen", [(RPC.name, "Morgen")])
    busy.does("it", "complete", actor=supplier, note="Klaar")
    busy.does("it", "check", note="Slordig werk, let op bij de volgende keer")
    assert _note_and_history(busy, supplier, order_id) == (
        None, [(RPC.name, "Morgen"), (RPC.name, "Klaar"), (None, None)],
    )  # fmt: skip
    assert _note_and_history(busy, AGENT, order_id)[0] == "Slordig werk, let op bij de volgende keer"


def _note_and_history(house: House, actor: Actor, order_id: Any) -> tuple[Any, list[tuple[Any, Any]]]:
    with house.work(actor=actor) as work:
        shown = get_work_order(work, order_id)
    return shown["note"], [(line["by"]["name"], line.get("note")) for line in shown["history"]]
