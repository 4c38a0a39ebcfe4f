"""Orders for suppliers with a webhook go the same way as those over the broker: claimed, kept, repaired."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.providers import Kind, Means
from dispatch.domain.supplier_access import invited
from dispatch.handlers.acting import redeliver_work_order
from dispatch.handlers.providers import save_provider
from dispatch.storage.delivery_tables import supplier_access
from servicekit.errors import Invalid
from servicekit.outbound.targets import Targets

from ..samples import AGENT, NOW, WEBHOOK, step  # noqa: TID252  samples of this service alone
from .conftest import House


@pytest.fixture
def out(house: House) -> House:
    """An order for Lepel & Lade is to be posted."""
    house.has(WEBHOOK)
    house.publishes(step("lunch", "lepel-lade"))
    house.hears_accepted()
    return house


def delivery(house: House) -> dict[str, Any]:
    shown: dict[str, Any] = house.orders()["lunch"]["delivery"]
    return shown


def redeliver(house: House) -> None:
    with house.work(actor=AGENT) as work:
        redeliver_work_order(work, house.orders()["lunch"]["work_order_id"])


def test_it_is_claimed_with_all_that_the_message_needs(out: House) -> None:
    (parcel,) = out.claims()
    order = out.orders()["lunch"]
    brought = parcel.consignment
    assert (brought.provider, brought.errand, brought.access) == (WEBHOOK, Errand.ORDER, None)
    assert brought.order == {
        "order_number": order["number"],
        "order_id": order["work_order_id"],
        "version": order["version"],
    }
    assert brought.arguments["order"]["order_number"] == order["number"]
    assert out.claims() == []


def test_its_access_comes_along(out: House) -> None:
    access = invited(WEBHOOK.provider_id, None, None, NOW, "Karin")
    with out.work() as work:
        work.connection.execute(sa.insert(supplier_access).values(**vars(access)))
    (parcel,) = out.claims()
    assert parcel.consignment.access == access


def test_an_acceptance_accepts(out: House) -> None:
    out.delivers({"answer": "accepted"})
    assert out.states() == {"lunch": "accepted"}
    assert delivery(out)["state"] == "delivered"


def test_attempts_share_a_key_and_a_redelivery_has_a_new_one(out: House) -> None:
    keys = []
    for _ in range(2):
        keys.append(out.delivers(NoAnswer(Failure.NO_ANSWER, "Silence."), delays=(60,)).consignment.key)
        out.time_passes()
    assert delivery(out)["state"] == "failed"
    redeliver(out)
    keys.append(out.delivers({"answer": "received"}).consignment.key)
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize("failure", [Failure.NOT_SET_UP, Failure.GONE])
def test_what_asking_again_would_not_help_fails_at_once_and_can_be_repaired(
    out: House, failure: Failure
) -> None:
    out.delivers(NoAnswer(failure, "Invite it."))
    assert (delivery(out)["state"], delivery(out)["error"]) == ("failed", "Invite it.")
    assert out.changes() == [("delivery_failed", "issued")]
    redeliver(out)
    out.delivers({"answer": "accepted"})
    assert out.states() == {"lunch": "accepted"}


def test_who_asks_for_time_is_left_alone_for_as_long(out: House) -> None:
    out.delivers(NoAnswer(Failure.BUSY, "Later.", retry_after=300), delays=(0.001, 0.001))
    with out.work() as work:
        seconds = work.deliveries.seconds_to_next()
    assert seconds is not None
    assert 290 < seconds <= 300


def test_a_withdrawal_is_posted_and_acknowledged(out: House) -> None:
    out.delivers({"answer": "accepted"})
    out.hears_closed()
    recall = out.delivers({"answer": "cancelled"}, Errand.CANCELLATION)
    assert recall.consignment.order["order_number"] == out.orders()["lunch"]["number"]
    assert out.states() == {"lunch": "cancelled"}


def test_a_late_acceptance_of_a_cancelled_order_is_kept_and_changes_nothing(out: House) -> None:
    (parcel,) = out.claims()
    out.hears_closed()
    out.delivers({"answer": "cancelled"}, Errand.CANCELLATION)
    out.brings(parcel, {"answer": "accepted"})
    assert out.states() == {"lunch": "cancelled"}


def save(house: House, address: str | None, targets: Targets = Targets()) -> None:  # noqa: B008  immutable
    with house.work() as work:
        save_provider(work, "x", "X", Kind.SUPPLIER, Means.WEBHOOK, address, targets)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "http://orders.example.com/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://localhost/",
        "https://desk@orders.example.com/",
        "https://orders.example.com:25/",
        "https://orders.example.com/\nX-More: 1",
    ],
)
def test_an_address_that_must_not_be_posted_to_is_not_even_saved(house: House, address: str | None) -> None:
    with pytest.raises(Invalid) as refusal:
        save(house, address)
    assert list(refusal.value.errors) == ["address"]


def test_the_operations_team_may_list_an_exception(house: House) -> None:
    save(house, "http://127.0.0.1:9000/orders", Targets(["127.0.0.1:9000"]))
    with pytest.raises(Invalid):
        save(house, "http://127.0.0.1:9001/orders", Targets(["127.0.0.1:9000"]))
