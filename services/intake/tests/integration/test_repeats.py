"""From non-standard to standard: repeats, what they cost, and the draft that is made of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from intake.domain.errors import NotAllowed
from servicekit.errors import NotFound, Stale

from .house import ANSWERS, House, person

Request = dict[str, Any]
BICYCLES = (
    "Wij willen de bakfiets lenen voor een markt.",
    "Kunnen we vrijdag de bakfiets lenen?",
    "Bakfiets reserveren voor donderdag, bel 06-12345678.",
)
LARS = person("Lars", "product_owner")


def ask_for(house: House, *texts: str) -> list[Request]:
    """Orders that the desk has to look at, and answers."""
    found = [house.receive(kind="order", text=text) for text in texts]
    return [house.answer(each) for each in found]


def repeats(house: House, **query: Any) -> list[Request]:
    house.call_timer("sort_repeats")
    items: list[Request] = house.call("list_repeats", LARS, **query)["items"]
    return items


def decide(house: House, what: str, repeat: Request, **said: Any) -> Request:
    which = {"repeat_id": str(repeat["repeat_id"]), "version": repeat["version"]}
    answer: Request = house.call(what, LARS, **which, **said)
    return answer


def test_what_keeps_coming_back_is_one_repeat_with_what_became_of_it(house: House) -> None:
    ask_for(house, *BICYCLES)
    ask_for(house, "Het aquarium in de hal is groen.")
    [repeat] = repeats(house)
    assert repeat["words"][0].casefold() == "bakfiets"
    assert (repeat["count"], repeat["ended"], repeat["suggestion"]) == (3, {"answered": 3}, "product")
    assert [each["count"] for each in repeats(house, least=1)] == [3, 1]


def test_only_what_the_desk_looked_at_and_is_not_standard_is_in_one(house: House) -> None:
    house.receive_standard()
    house.receive(kind="order", text=BICYCLES[0])  # still in triage
    house.receive(kind="wish", text="Mag er een bakfiets komen?")
    house.withdraw(house.receive(kind="order", text=BICYCLES[1]))
    assert repeats(house, least=1) == []


def test_what_comes_later_joins_and_a_second_run_counts_nothing_twice(house: House) -> None:
    ask_for(house, *BICYCLES[:2])
    assert [each["count"] for each in repeats(house, least=1)] == [2]
    ask_for(house, BICYCLES[2])
    repeats(house, least=1)
    assert [each["count"] for each in repeats(house)] == [3]


def test_where_the_desk_ends_at_one_product_its_words_are_to_be_mended(house: House) -> None:
    for text in ("De kachel is koud.", "Kachel geeft geen warmte.", "De kachel tikt."):
        house.triage(house.receive(text=text), kind="fault")
    [repeat] = repeats(house)
    assert repeat["suggestion"] == "words"
    assert repeat["product"]["product_id"] == str(house.radiator)


def test_where_most_are_questions_an_answer_would_help(house: House) -> None:
    for text in (
        "Hoe laat gaat de fietsenstalling dicht?",
        "Is de fietsenstalling open?",
        "Fietsenstalling?",
    ):
        house.answer(house.receive(kind="information", text=text))
    assert [each["suggestion"] for each in repeats(house)] == ["article"]


def test_a_proposal_goes_to_the_catalogue_without_numbers_of_people(house: House) -> None:
    ask_for(house, *BICYCLES)
    [repeat] = repeats(house)
    proposed = decide(house, "propose_repeat", repeat)
    fact = house.told_last("product_proposed")
    assert deskcontracts.violations("intake.product_proposed", 1, fact) == []
    assert fact["product_id"] == str(proposed["product_id"])
    said = [each["nl"] for each in fact["content"]["examples"]["yes"]]
    assert len(said) == 3
    assert not any("06-12345678" in each for each in said)
    assert fact["content"]["lead_time"] == {"amount": 1, "unit": "calendar_days"}


def test_after_the_proposal_it_is_followed(house: House) -> None:
    ask_for(house, *BICYCLES)
    proposed = decide(house, "propose_repeat", repeats(house)[0])
    assert (proposed["published"], proposed["since"]) == (False, {"standard": 0, "other": 0})
    house.clock.move(timedelta(days=1))
    product = house.publish_product(product_id=str(proposed["product_id"]))
    house.receive(product_id=str(product), answers=ANSWERS, text="De bakfiets graag.")
    ask_for(house, "Bakfiets lenen voor maandag?")
    [followed] = repeats(house, state="proposed")
    assert (followed["published"], followed["since"]) == (True, {"standard": 1, "other": 1})


def test_what_is_set_aside_says_why_and_can_be_taken_back(house: House) -> None:
    ask_for(house, *BICYCLES)
    [repeat] = repeats(house)
    aside = decide(house, "set_repeat_aside", repeat, reason="De bakfiets is van de buren.")
    assert repeats(house) == []
    [seen] = repeats(house, state="set_aside")
    assert (seen["reason"], seen["decided_by"]["name"]) == ("De bakfiets is van de buren.", "Lars")
    with pytest.raises(NotAllowed, match="take that back first"):
        decide(house, "propose_repeat", aside)
    assert decide(house, "take_repeat_back", aside)["state"] == "open"
    assert len(repeats(house)) == 1


def test_of_two_who_decide_at_once_one_looks_again(house: House) -> None:
    ask_for(house, *BICYCLES)
    [repeat] = repeats(house)
    decide(house, "set_repeat_aside", repeat, reason="Van de buren.")
    with pytest.raises(Stale):
        decide(house, "take_repeat_back", repeat)


def test_one_that_is_not_there(house: House) -> None:
    with pytest.raises(NotFound):
        house.call("get_repeat", LARS, repeat_id=str(UUID(int=7)))


def test_more_than_one_batch_is_sorted_in_one_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.entrypoints.repeats.BATCH", 2)
    ask_for(house, *BICYCLES)
    assert [each["count"] for each in repeats(house)] == [3]
