"""The counter's ledger as the counter and an employee meet it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from intake.domain.errors import NotAllowed, Wrong
from servicekit.actor import Actor
from servicekit.errors import Conflict, Forbidden, Invalid, NotFound, ServiceError, Stale
from servicekit.receipts import StoredFile

from .house import RECEIPTS, House, person
from .test_races import at_once

View = dict[str, Any]
DRAWN = StoredFile("ab" * 32, "handtekening.png", "image/png", 9_000, True)


@pytest.fixture
def key(house: House) -> View:
    given = {"kind": "key", "number": "k 101", "name": "Sleutel archief", "place": "Sleutelkast 2"}
    added: View = house.call("add_counter_item", house.amira, **given)
    return added


def hand_out(house: House, item: View, **given: Any) -> View:
    whom = {} if "name" in given else {"person_id": house.sanne.person_id}
    which = {"item_id": str(item["item_id"]), "version": item["version"]}
    out: View = house.call("hand_out_item", house.amira, **{**whom, **which, **given})
    return out


def act(house: House, entry: View, action: str, **given: Any) -> View:
    which = {"entry_id": str(entry["entry_id"]), "version": entry["version"]}
    done: View = house.call("act_on_counter_entry", house.amira, **which, action=action, **given)
    return done


def own(house: House, who: Any) -> list[str]:
    return [each["what"] for each in house.call("list_own_counter_entries", who)["items"]]


def facts(house: House, kind: str) -> list[View]:
    return [each["data"] for each in house.told() if each["type"] == kind]


def found(house: House, which: str) -> list[str]:
    listed = house.call("list_counter_entries", house.amira, which=which)["items"]
    assert len(listed) == house.call("get_counter", house.amira)["counts"].get(which, len(listed))
    return [each["what"] for each in listed]


@pytest.mark.parametrize("code", ["k-101", " K 101"])
def test_a_finder_reads_of_a_tag_that_it_is_a_key_and_not_which_door_or_who_had_it(
    house: House, key: View, code: str
) -> None:
    hand_out(house, key)
    finder = Actor("anonymous", "visitor", roles=frozenset({"visitor"}))
    assert house.call("find_counter_tag", finder, number=code) == {"number": "K-101", "kind": "key"}


@pytest.mark.parametrize("code", ["K-999", "../geheim"])
def test_a_tag_that_nobody_knows_is_none(house: House, key: View, code: str) -> None:
    with pytest.raises(NotFound):
        house.call("find_counter_tag", house.sanne, number=code)


def test_a_key_goes_out_with_a_signature_and_comes_back(house: House, key: View) -> None:
    receipt = RECEIPTS.make(DRAWN, house.amira.id)
    out = hand_out(house, key, signature=receipt, signed_by="Sanne de Wit", remark="Voor de loodgieter")
    assert (out["state"], out["whom"]["name"], out["item"]["number"]) == ("out", "Sanne de Wit", "K-101")
    assert house.call("find_counter_item", house.amira, number="K-101")["out"]["whom"] == "Sanne de Wit"
    assert own(house, house.sanne) == ["Sleutel archief"]
    signature = {"entry_id": str(out["entry_id"]), "sequence": 1}
    assert house.call("get_counter_signature", house.amira, **signature)["digest"] == DRAWN.digest
    known = house.call("list_known_files", house.amira, digests=[DRAWN.digest, "cd" * 32])
    assert known == {"digests": [DRAWN.digest]}

    back = act(house, out, "take_back")
    assert (back["state"], back["actions"]) == ("returned", [])
    assert [(line["action"], line["by"]["name"], line["signed_by"]) for line in back["lines"]] == [
        ("hand_out", "Amira Haddad", "Sanne de Wit"),
        ("take_back", "Amira Haddad", None),
    ]
    assert own(house, house.sanne) == []
    again = house.call("get_counter_item", house.amira, item_id=str(key["item_id"]))
    assert again["out"] is None
    assert hand_out(house, again, name="Monteur Jansen", company="Vonk & Val")["state"] == "out"


def test_of_two_who_hand_out_the_same_key_exactly_one_succeeds(house: House, key: View) -> None:
    for _ in range(5):
        item = house.call("get_counter_item", house.amira, item_id=str(key["item_id"]))
        outcomes = at_once(partial(hand_out, house, item), partial(hand_out, house, item, name="Jansen"))
        (won,) = [each for each in outcomes if not isinstance(each, Exception)]
        (lost,) = [each for each in outcomes if isinstance(each, Exception)]
        assert isinstance(lost, Stale)
        act(house, won, "take_back")


def test_what_is_not_right_is_said_at_its_field(house: House, key: View) -> None:
    nobody = "01926f00-2000-7a01-8e44-8f9a0b1c2d01"
    wrong: list[tuple[View, str]] = [
        ({"name": "Jansen", "person_id": nobody}, "name"),
        ({"name": None, "person_id": None}, "name"),
        ({"person_id": nobody}, "person_id"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"signature": "nonsense", "signed_by": "Sanne"}, "signature"),
        ({"signature": RECEIPTS.make(DRAWN, "account-of-another"), "signed_by": "Sanne"}, "signature"),
    ]
    for given, field in wrong:
        with pytest.raises((ServiceError, Wrong)) as refused:
            hand_out(house, key, **given)
        assert list(refused.value.errors) == [field]
    assert house.call("get_counter", house.amira)["counts"]["out"] == 0


def test_what_does_not_go_with_an_action_is_refused_and_not_dropped(house: House, key: View) -> None:
    out = hand_out(house, key)
    with pytest.raises(Invalid, match="does not go with"):
        act(house, out, "take_back", due_on="2027-01-01")
    with pytest.raises(Stale):
        act(house, {**out, "version": 7}, "take_back")
    with pytest.raises(NotAllowed):
        act(house, out, "collect")


def test_an_overdue_key_stands_on_the_counter_and_its_holder_is_told_once(
    house: House, key: View, clock: Any
) -> None:
    hand_out(house, key)
    house.call_timer("keep_counter")
    assert facts(house, "intake.counter_told") == []
    clock.move(timedelta(days=1))
    for _ in range(2):
        house.call_timer("keep_counter")
    (told,) = facts(house, "intake.counter_told")
    assert (told["news"], told["item_number"], told["person"]["name"]) == ("overdue", "K-101", "Sanne de Wit")
    assert found(house, "overdue") == found(house, "out") == ["Sleutel archief"]


def test_a_lost_key_makes_a_fault_once_and_can_turn_up(house: House, key: View) -> None:
    lost = act(house, hand_out(house, key), "lose")
    item = house.call("get_counter_item", house.amira, item_id=str(key["item_id"]))
    with pytest.raises(Stale):
        hand_out(house, item)
    which = {"entry_id": str(lost["entry_id"]), "version": lost["version"]}
    reported = house.call("report_counter_loss", house.amira, **which)
    request = house.get({"request_id": reported["request_id"]})
    assert (request["kind"], request["channel"]) == ("fault", "counter")
    assert request["requester"].name == "Sanne de Wit"
    assert "K-101 Sleutel archief" in request["text"]
    with pytest.raises(Conflict, match="already"):
        house.call("report_counter_loss", house.amira, **{**which, "version": reported["version"]})
    assert act(house, reported, "take_back")["state"] == "returned"


def test_a_parcel_is_told_at_once_reminded_and_collected(house: House, clock: Any) -> None:
    given = {"what": "Doos van Bol", "place": "Rek B", "person_id": house.sanne.person_id}
    parcel = house.call("receive_parcel", house.amira, **given)
    assert parcel["state"] == "told"
    assert own(house, house.sanne) == ["Doos van Bol"]
    clock.move(timedelta(days=7))
    house.call_timer("keep_counter")
    told = facts(house, "intake.counter_told")
    assert [(each["news"], each["reminder"]) for each in told] == [("parcel", 0), ("parcel", 1)]
    waiting = house.call("get_counter_entry", house.amira, entry_id=str(parcel["entry_id"]))
    assert act(house, waiting, "collect", signed_by="Sanne de Wit")["state"] == "collected"


def test_a_parcel_for_an_unknown_name_waits_until_it_is_known_whose_it_is(house: House) -> None:
    parcel = house.call("receive_parcel", house.amira, what="Envelop", name="Afd. Com.")
    assert parcel["state"] == "received"
    told = act(house, parcel, "tell", person_id=house.daan.person_id)
    assert (told["state"], told["whom"]["name"]) == ("told", "Daan Smit")
    assert [each["person"]["language"] for each in facts(house, "intake.counter_told")] == ["en"]


def test_what_was_found_is_claimed_released_and_passed_on_after_its_term(house: House, clock: Any) -> None:
    umbrella = house.call("keep_found", house.amira, what="Paraplu", place="Kast", remark="In de hal")
    with pytest.raises(Invalid, match="whose"):
        act(house, umbrella, "claim")
    claimed = act(house, umbrella, "claim", person_id=house.sanne.person_id)
    released = act(house, claimed, "release")
    assert released["whom"] is None
    with pytest.raises(NotAllowed, match="kept for its owner"):
        act(house, released, "pass_on")
    clock.move(timedelta(days=92))
    assert found(house, "overdue") == ["Paraplu"]
    assert act(house, released, "pass_on")["state"] == "passed_on"


def announce(house: House, who: Any, **changes: Any) -> View:
    at = (house.clock.now() + timedelta(hours=1)).isoformat()
    given = {"name": "Mw. Postma", "company": "Gemeente", "expected_at": at, "what": "Overleg", **changes}
    announced: View = house.call("announce_own_visitor", who, **given)
    return announced


def test_a_visitor_is_announced_signed_in_told_of_signed_out_and_forgotten(house: House, clock: Any) -> None:
    announced = announce(house, house.sanne, plate="XX-123-Y")
    assert found(house, "expected") == ["Overleg"]
    inside = act(house, announced, "arrive")
    (told,) = facts(house, "intake.counter_told")
    assert (told["news"], told["visitor"]["name"], told["person"]["name"]) == (
        "visitor", "Mw. Postma", "Sanne de Wit",
    )  # fmt: skip
    assert found(house, "inside") == ["Overleg"]
    act(house, inside, "leave", remark="Pas ingeleverd")

    clock.move(timedelta(days=29))
    house.call_timer("keep_counter")
    assert facts(house, "intake.counter_forgotten") == []
    clock.move(timedelta(days=1))
    house.call_timer("keep_counter")
    gone = house.call("get_counter_entry", house.amira, entry_id=str(announced["entry_id"]))
    assert (gone["whom"], gone["plate"], gone["what"]) == (None, None, "")
    assert [(line["action"], line["remark"]) for line in gone["lines"]] == [
        ("announce", None), ("arrive", None), ("leave", None),
    ]  # fmt: skip
    (forgotten,) = facts(house, "intake.counter_forgotten")
    assert forgotten["entry_ids"] == [str(announced["entry_id"])]


def test_whoever_did_not_come_is_not_expected_the_day_after(house: House, clock: Any) -> None:
    announce(house, house.sanne)
    clock.move(timedelta(days=1))
    house.call_timer("keep_counter")
    assert found(house, "expected") == []
    assert found(house, "over") == ["Overleg"]


def test_an_employee_has_their_own_alone_and_a_supplier_nothing(house: House, key: View) -> None:
    out = hand_out(house, key)
    visit = announce(house, house.sanne)
    assert own(house, house.daan) == []
    which = {"entry_id": str(visit["entry_id"]), "version": visit["version"]}
    with pytest.raises(NotFound):
        house.call("cancel_own_visitor", house.daan, **which)
    with pytest.raises(NotFound):
        house.call("cancel_own_visitor", house.sanne, **{**which, "entry_id": str(out["entry_id"])})
    assert house.call("cancel_own_visitor", house.sanne, **which)["state"] == "cancelled"
    assert not {"plate", "actions", "lines"} & set(visit)


def test_reception_keeps_the_counter_without_reading_requests(house: House, key: View) -> None:
    ria = person("Ria Postma", "team", "reception")
    assert ria.can("ledger.keep")
    assert not ria.can("requests.read_all")
    people = house.call("find_counter_people", ria, q="sanne")["items"]
    assert [sorted(each) for each in people] == [["department", "name", "person_id"]]
    for role in ("supplier", "visitor", "follower", "program", "operator"):
        assert not person("X", role).can("ledger.keep")
    with pytest.raises(Forbidden):
        person("X", "supplier").require("ledger.own")
