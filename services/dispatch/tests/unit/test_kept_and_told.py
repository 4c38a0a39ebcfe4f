"""What is kept as data, or told to others: each name stands where whoever reads it looks for it."""

from __future__ import annotations

import pytest
from dispatch.domain import deviations
from dispatch.domain.deliveries import (
    Delivery,
    DeliveryState,
    Errand,
    delay_after,
    errand_key,
    is_near,
    understand,
)
from dispatch.domain.deviations import Deviation, Kind
from dispatch.domain.errors import PlanConflicts
from dispatch.domain.processes import Process
from dispatch.domain.supplier_rights import NOTHING, ROUTING_KEYS, permission, topic_permission
from dispatch.domain.terms import Terms
from dispatch.domain.work_orders import Author

from ..samples import NOW, RPC, TEAM, known_id, order  # noqa: TID252  samples of this service alone

AMIRA = Author("person", "Amira", "amira")
PRODUCT = {"product_id": "p", "version": 2, "name": {"nl": "Lamp", "en": "Lamp"}}


@pytest.mark.parametrize("request_", [{"product": PRODUCT}, {}, None])
def test_a_deviation_says_of_which_step_of_which_product_by_whom_and_why(
    request_: dict[str, object] | None,
) -> None:
    process = Process(known_id("request"), "SD-26-000123", request=request_)
    told = deviations.of_order(
        known_id("deviation"), Kind.OTHER_PROVIDER, process, order("paint"), "No capacity", AMIRA, NOW,
        **{"from": "Huisdienst", "to": "Vonk & Val"},
    )  # fmt: skip
    assert told == Deviation(
        deviation_id=known_id("deviation"),
        kind=Kind.OTHER_PROVIDER,
        request_id=known_id("request"),
        reference="SD-26-000123",
        product=PRODUCT if request_ else None,
        cause="No capacity",
        by=AMIRA,
        at=NOW,
        step="paint",
        title={"nl": "paint", "en": "paint"},
        work_order_id=known_id("order paint"),
        details={"from": "Huisdienst", "to": "Vonk & Val"},
    )


def test_a_provider_stands_in_events_without_its_address() -> None:
    assert RPC.as_fact() == {
        "provider_id": RPC.provider_id,
        "slug": "vonk-val",
        "name": "Vonk & Val",
        "kind": "supplier",
    }
    assert TEAM.as_fact()["kind"] == "team"


@pytest.mark.parametrize(("state", "next_"), [(DeliveryState.PENDING, NOW), (DeliveryState.FAILED, None)])
def test_a_delivery_is_told_with_its_next_attempt_while_there_is_one(
    state: DeliveryState, next_: object
) -> None:
    told = Delivery(
        known_id("order"), state, attempts=3, error="It does not answer.", next_attempt_at=NOW
    ).as_fact()
    assert told == {"state": state, "attempts": 3, "error": "It does not answer.", "next_attempt_at": next_}


def test_the_key_of_an_errand_has_its_number_and_the_end_of_the_orders_identifier() -> None:
    assert (
        errand_key("SD-26-000123-1", known_id("order"), 2)
        == f"SD-26-000123-1_2_{str(known_id('order'))[-8:]}"
    )


@pytest.mark.parametrize(("year", "near"), [(1969, False), (1970, True), (2200, True), (2201, False)])
def test_a_time_of_another_age_is_none_of_our_work(year: int, near: bool) -> None:
    assert is_near(NOW.replace(year=year)) is near


def test_what_nobody_asked_time_for_is_tried_again_as_set() -> None:
    delay = delay_after(1, [0.5], jitter=0)
    assert delay is not None
    assert delay.total_seconds() == 0.5


def test_an_answer_brings_the_end_of_its_plan_and_no_sign_that_cannot_be_kept() -> None:
    times = {"planned_from": "2026-11-24T09:00:00+01:00", "planned_until": "2026-11-24T11:00:00+01:00"}
    answer = understand(Errand.ORDER, {"answer": "accepted", "reason": "By\x00 bike", **times})
    assert (answer.reason, answer.planned_until.isoformat()) == ("By bike", times["planned_until"])  # type: ignore[union-attr]


def test_a_suppliers_user_makes_nothing_writes_to_the_exchange_of_calls_and_reads_its_own_queue() -> None:
    assert permission("supplier_x") == {
        "configure": NOTHING,
        "write": "^nameko-rpc$",
        "read": "^rpc-supplier_x$",
    }
    assert topic_permission() == {"exchange": "nameko-rpc", "write": ROUTING_KEYS, "read": NOTHING}


def test_the_terms_of_the_house_are_kept_and_read_again_and_what_is_not_known_is_passed_over() -> None:
    terms = Terms(
        cost_margin_percent=5, version=3, travel=({"between": ["De Sluis", "De Kade"], "minutes": 9},)
    )
    kept = terms.values()
    assert "version" not in kept
    assert Terms.from_values({**kept, "invented_later": 1, "version": 9}, 3) == terms


def test_what_is_against_a_moment_is_said_once() -> None:
    against = PlanConflicts(["Bas is away.", "Bas is away.", "They are closed."])
    assert against.errors == {"anyway": ["Bas is away.", "They are closed."]}
    assert str(against) == "Something is against that moment. Choose another, or plan it anyway."


def test_who_did_something_stands_in_events_by_kind_and_name() -> None:
    assert AMIRA.as_fact() == {"kind": "person", "name": "Amira"}
