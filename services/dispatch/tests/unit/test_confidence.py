"""A confidential request: its words for who carries it out, a veil for everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.confidence import (
    SAID,
    SEALED,
    VEIL,
    for_executor,
    for_others,
    is_sealed,
    of_correction,
    of_round,
    put_away,
    reads,
    remark_for_executor,
    veiled,
    with_said,
)
from dispatch.domain.work_order_states import State

from ..samples import PORTAL, RPC, known_id, order  # noqa: TID252  samples of this service alone

PLAIN: dict[str, Any] = {
    "summary": "Melding over een collega",
    "text": "Hij schreeuwt.",
    "object": "Kamer 2.14",
    "answers": {"who": "Piet"},
    "priority": "P2",
    "contact": {"name": "Sanne"},
    "said_by": "Sanne",
    "requested_for": {"name": "Yusuf"},
}
SEAL = {name: PLAIN[name] for name in ("summary", "text", "object", "answers")}
SEALED_UP = {**PLAIN, "summary": VEIL, "text": VEIL, "object": None, "answers": {}, SEALED: SEAL}


def test_its_words_are_put_away_and_nothing_else_of_it() -> None:
    assert put_away(PLAIN) == SEALED_UP
    assert put_away(None) is None


def test_what_has_been_put_away_is_not_put_away_again() -> None:
    assert put_away(SEALED_UP) == SEALED_UP


def test_who_carries_it_out_reads_its_words() -> None:
    read = for_executor(SEALED_UP)
    assert {name: read[name] for name in PLAIN} == PLAIN
    assert for_executor(PLAIN) == PLAIN


def test_others_do_not_read_whom_it_is_about_either() -> None:
    assert for_others(SEALED_UP) == {**SEALED_UP, "contact": None, "said_by": None, "requested_for": None}
    assert for_others(PLAIN) == PLAIN


@pytest.mark.parametrize(("request_", "sealed"), [(SEALED_UP, True), (PLAIN, False), (None, False)])
def test_it_is_known_whether_a_request_is_confidential(request_: Any, sealed: bool) -> None:
    assert is_sealed(request_) is sealed


@pytest.mark.parametrize(
    ("provider_id", "more", "may"),
    [
        (str(RPC.provider_id), {}, True),
        (str(RPC.provider_id), {"state": State.TECHNICALLY_COMPLETE}, True),  # it did it
        (str(PORTAL.provider_id), {}, False),
        (None, {}, False),
        (str(RPC.provider_id), {"state": State.REFUSED}, False),
        (str(RPC.provider_id), {"state": State.CANCELLED}, False),
        (str(RPC.provider_id), {"replaced_by": known_id("other")}, False),
        (str(RPC.provider_id), {"corrected_by": known_id("correction")}, False),
    ],
)
def test_only_who_carries_it_out_or_did_reads_it(provider_id: str | None, more: Any, may: bool) -> None:
    assert reads(provider_id, order(**{"provider": RPC, **more})) is may


CORRECTION = known_id("correction")
HEARD = with_said(SEALED_UP, {of_correction(CORRECTION): "Piet, not Kees", of_round(2): "He did it again"})


@pytest.mark.parametrize(
    ("request_", "more", "read"),
    [
        (HEARD, {"remark": VEIL, "correction_id": CORRECTION}, "Piet, not Kees"),
        (HEARD, {"remark": VEIL, "round": 2}, "He did it again"),
        (HEARD, {"remark": VEIL, "round": 3}, VEIL),  # it has not been heard yet
        (HEARD, {"remark": "No capacity", "round": 2}, "No capacity"),  # nobody said that in confidence
        (HEARD, {"remark": None, "round": 2}, None),
        (SEALED_UP, {"remark": VEIL, "round": 2}, VEIL),
        (PLAIN, {"remark": VEIL, "round": 2}, VEIL),
    ],
)
def test_who_carries_it_out_reads_why_it_is_done_again(request_: Any, more: Any, read: str | None) -> None:
    assert remark_for_executor(order(**more), request_) == read


def test_what_was_said_is_kept_with_a_confidential_request_alone() -> None:
    assert with_said(SEALED_UP, {"round 2": "Again"})[SEALED] == {**SEAL, SAID: {"round 2": "Again"}}
    assert with_said(PLAIN, {"round 2": "Again"}) == PLAIN
    assert with_said(None, {"round 2": "Again"}) is None


# What is known of an order, and what of that somebody else sees.
SHOWN = [
    ({"number": "SD-26-000123-1"}, {"number": "SD-26-000123-1"}),
    ({"note": "At Piet's desk"}, {"note": None}),
    ({"evidence": ""}, {"evidence": None}),
    ({"files": ["photo"]}, {"files": []}),
    ({"files": []}, {"files": []}),
    ({"record": {"note": "Piet", "minutes": 20}}, {"record": {"note": None, "minutes": 20}}),
    ({"record": None}, {"record": None}),
    ({"stops": [{"number": 1, "note": "Piet"}]}, {"stops": [{"number": 1, "note": None}]}),
    ({"material": [{"name": "Lock", "quantity": "1"}]}, {"material": [{"name": VEIL, "quantity": "1"}]}),
    ({"record": {"material": [{"name": "Lock"}]}}, {"record": {"material": [{"name": VEIL}]}}),
]


@pytest.mark.parametrize(("whole", "rest"), SHOWN)
def test_others_see_the_work_without_what_was_written_about_it(whole: Any, rest: Any) -> None:
    assert veiled(whole) == rest
