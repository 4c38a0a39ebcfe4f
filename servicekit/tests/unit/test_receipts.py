"""A receipt is good for its bearer, for a day, and for nothing else."""

from __future__ import annotations

import pytest
from servicekit.actor import Actor
from servicekit.errors import Invalid
from servicekit.receipts import (
    GOOD_FOR_HOURS,
    HOUR_SECONDS,
    Receipts,
    StoredFile,
    bearer_of,
    of_provider,
)

PHOTO = StoredFile("ab" * 32, "radiator.jpg", "image/jpeg", 1234, scanned=False)


class Hours:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.passed = 500_000.5

    def __call__(self) -> float:
        return self.passed * HOUR_SECONDS


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def receipts(hours: Hours) -> Receipts:
    return Receipts("secret", hours)


def test_its_bearer_gets_the_file(receipts: Receipts) -> None:
    assert receipts.read(receipts.make(PHOTO, "sanne"), "sanne") == PHOTO


def test_the_same_file_twice_gives_the_same_receipt(receipts: Receipts) -> None:
    assert receipts.make(PHOTO, "sanne") == receipts.make(PHOTO, "sanne")


def test_another_cannot_use_it(receipts: Receipts) -> None:
    with pytest.raises(Invalid):
        receipts.read(receipts.make(PHOTO, "sanne"), "daan")


def test_it_is_good_for_a_whole_day_and_not_much_longer(receipts: Receipts, hours: Hours) -> None:
    receipt = receipts.make(PHOTO, "sanne")
    hours.passed += GOOD_FOR_HOURS
    assert receipts.read(receipt, "sanne") == PHOTO
    hours.passed += 2
    with pytest.raises(Invalid):
        receipts.read(receipt, "sanne")


@pytest.mark.parametrize("forged", ["", "x", "x" * 5000, "W10.x", None])
def test_what_we_did_not_sign_is_none(forged: str | None, receipts: Receipts) -> None:
    given = forged if forged is not None else Receipts("another secret").make(PHOTO, "sanne")
    with pytest.raises(Invalid) as refused:
        receipts.read(given, "sanne")
    assert "attachments" in refused.value.errors


def test_a_provider_from_outside_is_one_bearer_by_whatever_way_it_comes() -> None:
    by_link = Actor("supplier", "link:1", roles=frozenset({"supplier"}), provider_id="p-1")
    by_account = Actor("person", "planning", roles=frozenset({"supplier"}), provider_id="p-1")
    assert bearer_of(by_link) == bearer_of(by_account) == of_provider("p-1")
    team = Actor("person", "tom", roles=frozenset({"team"}), provider_id="p-1")
    nobody = Actor("person", "x", roles=frozenset({"supplier"}))
    assert (bearer_of(team), bearer_of(nobody)) == ("tom", "x")
