"""Confidential requests: who reads their words, and that nobody else comes by one of them."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.actor import Actor, service_actor
from servicekit.errors import Conflict, Invalid, NotFound
from servicekit.ids import new_id

from .house import ANSWERS, House, person

View = dict[str, Any]
SECRET = "Mijn leidinggevende intimideert mij bij de kopieerkamer"
KARIN = {"key": "karin", "name": "Karin Post", "email": "karin@meerwal.example"}


@pytest.fixture
def karin(house: House) -> Actor:
    """The confidant of the house, who also manages the desk."""
    saved = house.save_people(KARIN)["items"][0]
    actor = person("Karin Post", "manager", person_id=str(saved["person_id"]))
    house.call("save_confidants", actor, person_ids=[str(saved["person_id"])])
    return actor


@pytest.fixture
def told_in_confidence(house: House, karin: Actor) -> View:
    """Reported by Sanne on the form."""
    given: View = house.receive(text=SECRET, confidential=True, kind="complaint")
    return given


def ids(found: View) -> set[str]:
    return {str(each["request_id"]) for each in found["items"]}


def test_its_requester_and_its_reader_read_it(house: House, karin: Actor, told_in_confidence: View) -> None:
    for who in (house.sanne, karin):
        read = house.get(told_in_confidence, who)
        assert (read["text"], read["confidential"]) == (SECRET, True)
        assert str(read["request_id"]) in ids(house.list(who))
        assert SECRET[:20] in str(house.list(who))


def test_to_anybody_else_it_is_not_there(house: House, told_in_confidence: View) -> None:
    others = (house.amira, house.daan, house.program, person("Beheer", "administrator"))
    for who in others:
        with pytest.raises(NotFound):
            house.get(told_in_confidence, who)
        assert str(told_in_confidence["request_id"]) not in ids(house.list(who))


def test_it_is_found_by_no_search_but_counted(house: House, told_in_confidence: View) -> None:
    for query in ("intimideert", told_in_confidence["reference"], "Vertrouwelijk"):
        assert ids(house.list(house.amira, q=query)) == set()
    assert house.count({"open": {"open": True}})["open"] == 1


def test_who_opened_it_is_written_down_and_shown(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    house.get(told_in_confidence, karin)
    house.get(told_in_confidence, house.sanne)
    confidence = house.get(told_in_confidence, karin)["confidence"]
    assert [each["name"] for each in confidence["readers"]] == ["Karin Post"]
    assert [each["name"] for each in confidence["openings"]] == ["Karin Post"]


def test_nothing_that_is_told_of_it_has_a_word_of_it(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    asked = house.call(
        "ask_requester", karin, request_id=str(told_in_confidence["request_id"]), version=1,
        question="Wie zag de kopieerkamer?",
    )  # fmt: skip
    house.reply(asked, house.sanne)
    for fact in house.told():
        assert "kopieerkamer" not in str(fact)
    assert house.told_last("request_waiting")["question"].startswith("Vertrouwelijk: lees het op de site")


def test_only_those_who_carry_it_out_are_told_its_words(house: House, karin: Actor) -> None:
    house.receive_standard(text=SECRET, confidential=True)
    told = house.told_last("request_accepted")
    assert told["sealed"]["text"] == SECRET
    assert SECRET not in str({**told, "sealed": None})


def test_without_confidants_a_reporter_hears_that_it_can_not_be(house: House) -> None:
    with pytest.raises(Conflict) as refused:
        house.receive(text=SECRET, confidential=True)
    assert refused.value.code == "no_confidants"


def test_it_does_not_go_along_with_another(house: House, karin: Actor) -> None:
    other = house.receive(kind="fault")
    with pytest.raises(Invalid):
        house.receive(house.daan, confidential=True, follows=str(other["request_id"]))


# --- made so later -------------------------------------------------------------------------------------


def confide(house: House, request: View, by: Actor, *readers: str) -> View:
    which = {"request_id": str(request["request_id"]), "version": request["version"]}
    made: View = house.call("confide_request", by, **which, reader_ids=list(readers))
    return made


def test_what_was_open_is_put_away_when_the_desk_makes_it_confidential(house: House, karin: Actor) -> None:
    request = house.receive(text=SECRET)
    assert ids(house.list(house.amira, q="intimideert"))
    confide(house, request, house.amira)
    assert ids(house.list(house.amira, q="intimideert")) == set()
    assert house.get(request, house.amira)["text"] == SECRET  # who did so goes on
    with pytest.raises(NotFound):
        house.get(request, person("Joost", "agent", person_id=str(new_id())))
    assert SECRET not in str(house.told_last("request_confided"))
    with house.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT summary, text, object, answers FROM requests").all()
    assert "kopieerkamer" not in str(kept)


def test_a_reader_passes_it_on_and_who_is_not_named_any_more_is_out(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    daan = house.daan.person_id or ""
    made = confide(house, told_in_confidence, karin, daan)
    agent = person("Daan Smit", "agent", person_id=daan)
    assert house.get(made, agent)["text"] == SECRET
    made = confide(house, made, agent, daan)
    with pytest.raises(NotFound):
        house.get(made, karin)


def test_somebody_who_can_not_read_it_makes_himself_no_reader(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    with pytest.raises(NotFound):
        confide(house, told_in_confidence, house.amira, house.amira.person_id or "")


# --- ways around ---------------------------------------------------------------------------------------


WAYS: dict[str, View] = {
    "triage_request": {"product_id": str(new_id()), "answers": {}},
    "answer_request": {"text": "x"},
    "reject_request": {"reason": "x"},
    "ask_requester": {"question": "x"},
    "confirm_request": {},
    "withdraw_request": {"reason": "x"},
    "post_update": {"text": "x", "reach": "all"},
    "set_priority": {"priority": "P1", "reason": "x"},
    "acknowledge_complaint": {"text": "x"},
    "correct_request": {"what": "kind", "cause": "misunderstood", "kind": "wish"},
    "make_promise": {"what": "word", "until": "2099-01-01T10:00:00Z"},
}


@pytest.mark.parametrize("way", WAYS)
def test_no_command_reaches_it(house: House, told_in_confidence: View, way: str) -> None:
    which = {"request_id": str(told_in_confidence["request_id"]), "version": told_in_confidence["version"]}
    with pytest.raises(NotFound):
        house.call(way, house.amira, **which, **WAYS[way])


def test_a_note_a_file_and_a_contact_do_not_reach_it(house: House, told_in_confidence: View) -> None:
    which = {"request_id": str(told_in_confidence["request_id"])}
    with pytest.raises(NotFound):
        house.call("add_note", house.amira, **which, text="x")
    with pytest.raises(NotFound):
        house.call("get_attachment", house.amira, **which, attachment_id=str(new_id()))
    with pytest.raises(Invalid):
        house.call(
            "note_contact", house.amira, **which, person_id=house.sanne.person_id, channel="phone",
            direction="in", text="x",
        )  # fmt: skip


def test_the_persons_page_has_none_of_it(house: House, karin: Actor, told_in_confidence: View) -> None:
    asked = house.call(
        "ask_requester",
        karin,
        request_id=str(told_in_confidence["request_id"]),
        version=1,
        question="Wanneer?",
    )
    house.reply(asked, house.sanne)
    moments = house.call("list_contact_moments", house.amira, person_id=house.sanne.person_id)
    assert told_in_confidence["reference"] not in str(moments)
    whole = house.call("get_person", house.amira, person_id=house.sanne.person_id)
    assert "intimideert" not in str(whole)
    mine = house.call("list_contact_moments", karin, person_id=house.sanne.person_id)
    assert told_in_confidence["reference"] in str(mine)


def test_it_is_nobodys_duplicate(house: House, karin: Actor) -> None:
    house.save_locations({"key": "sluis", "name": "De Sluis", "kind": "building"})
    place = str(house.list_locations()["items"][0]["location_id"])
    house.receive(text=SECRET, confidential=True, kind="fault", location_id=place)
    for who in (house.daan, house.amira):
        found = house.call("get_proposals", who, text=SECRET, location_id=place)
        assert found["duplicates"] == []


def test_it_can_not_be_followed_by_its_id(house: House, told_in_confidence: View) -> None:
    with pytest.raises((NotFound, Invalid)):
        house.receive(house.daan, kind="fault", follows=str(told_in_confidence["request_id"]))


def test_it_is_linked_gathered_and_complained_about_by_nobody_else(
    house: House, told_in_confidence: View
) -> None:
    other = house.receive(kind="fault")
    with pytest.raises((NotFound, Invalid)):
        house.link(other, told_in_confidence, "caused_by")
    which = str(told_in_confidence["request_id"])
    made = house.call("open_incident", house.amira, title="Storing", request_ids=[str(other["request_id"])])
    gathered = house.call(
        "gather_requests", house.amira, incident_id=str(made["incident_id"]), version=made["version"],
        request_ids=[which],
    )  # fmt: skip
    assert [each["outcome"] for each in gathered["outcomes"]] == ["unknown"]
    with pytest.raises((NotFound, Invalid)):
        house.complain(told_in_confidence, house.daan)


def test_among_what_was_gathered_its_words_are_veiled(house: House, karin: Actor) -> None:
    request = house.receive(text=SECRET, kind="fault")
    made = house.call("open_incident", house.amira, title="Lek", request_ids=[str(request["request_id"])])
    confide(house, house.get(request), karin)
    which = {"incident_id": str(made["incident_id"])}
    agent = person("Joost", "agent", person_id=str(new_id()))
    assert "kopieerkamer" not in str(house.call("get_incident", agent, **which))
    assert "kopieerkamer" in str(house.call("get_incident", karin, **which))


def test_corrections_of_it_are_listed_to_its_readers_alone(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    house.call(
        "correct_request", karin, request_id=str(told_in_confidence["request_id"]),
        version=told_in_confidence["version"], what="kind", cause="misunderstood", kind="wish",
        note="de kopieerkamer",
    )  # fmt: skip
    assert house.call("list_corrections", house.amira)["items"] == []
    assert len(house.call("list_corrections", karin)["items"]) == 1


def test_it_is_corrected_by_itself_and_not_together_with_others(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    wish = {"what": "kind", "cause": "misunderstood", "kind": "wish"}
    ids_ = [str(told_in_confidence["request_id"])]
    for who in (house.amira, karin):
        found = house.call("preview_corrections", who, request_ids=ids_, **wish)
        assert "intimideert" not in str(found)
        assert found["items"][0]["problem"]


def test_promises_of_it_are_listed_to_its_readers_alone(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    which = {"request_id": str(told_in_confidence["request_id"]), "version": told_in_confidence["version"]}
    until = (house.clock.now().replace(microsecond=0)).isoformat()
    del until
    house.call("make_promise", karin, **which, what="word", until="2099-01-04T10:00:00Z", text="Ik bel u")
    assert told_in_confidence["reference"] not in str(house.call("list_promises", house.amira))
    assert told_in_confidence["reference"] in str(house.call("list_promises", karin))


def test_the_house_itself_goes_on_with_it(house: House, karin: Actor) -> None:
    request = house.receive_standard(text=SECRET, confidential=True)
    at = house.clock.now().isoformat().replace("+00:00", "Z")
    which = {"request_id": str(request["request_id"]), "round": 1, "completed_at": at}
    house.tell("dispatch.process_completed", **which)
    ready = house.get(request, karin)
    assert (ready["state"], ready["text"]) == ("ready", SECRET)
    assert house.get(request, service_actor("intake"))["text"] == SECRET


# --- by its product --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("karin")
def test_what_is_asked_for_with_a_confidential_product_is_confidential(house: House) -> None:
    product = house.publish_product(slug="vertrouwenspersoon", confidential=True)
    made = house.receive(text=SECRET, product_id=str(product), answers=ANSWERS)
    assert made["confidential"] is True
    with pytest.raises(NotFound):
        house.get(made)


@pytest.mark.usefixtures("karin")
def test_what_turns_out_to_be_of_a_confidential_product_is_put_away(house: House) -> None:
    product = house.publish_product(slug="vertrouwenspersoon", confidential=True)
    made = house.triage(house.receive(text=SECRET), product_id=str(product))
    assert made["confidential"] is True
    assert "request_confided" in house.told_types()
    joost = person("Joost", "agent", person_id=str(new_id()))
    assert ids(house.list(joost, q="intimideert")) == set()
    assert house.told_last("request_accepted")["sealed"]["text"] == SECRET


# --- by a correction --------------------------------------------------------------------------------------


@pytest.fixture
def confidential_product(house: House, karin: Actor) -> str:
    return str(house.publish_product(slug="vertrouwenspersoon", confidential=True))


def to_product(house: House, request: View, product: str, **more: Any) -> View:
    which = {"request_id": str(request["request_id"]), "version": house.get(request)["version"]}
    wish = {"what": "product", "cause": "chosen-wrongly", "product_id": product, "answers": ANSWERS, **more}
    made: View = house.call("correct_request", house.amira, **which, **wish)
    return made


def test_what_is_corrected_to_a_confidential_product_is_put_away(
    house: House, confidential_product: str
) -> None:
    request = house.receive_standard(text=SECRET)
    made = to_product(house, request, confidential_product, note="Het gaat over de kopieerkamer")
    assert made["confidential"] is True
    with pytest.raises(NotFound):
        house.get(request, person("Joost", "agent", person_id=str(new_id())))
    assert ids(house.list(person("Joost", "agent", person_id=str(new_id())), q="intimideert")) == set()
    told = house.told_last("request_corrected")
    assert told["sealed"]["note"] == "Het gaat over de kopieerkamer"
    assert "kopieerkamer" not in str({**told, "sealed": None})
    assert "request_confided" in house.told_types()


def test_its_dossier_says_who_had_its_words_before(house: House, confidential_product: str) -> None:
    request = house.receive_standard(text=SECRET)
    house.tell("dispatch.work_orders_planned", request_id=str(request["request_id"]))
    to_product(house, request, confidential_product)
    assert house.get(request)["confidence"]["told_before"] == ["Vonk & Val"]


def test_a_preview_says_that_it_becomes_confidential(house: House, confidential_product: str) -> None:
    request = house.receive_standard(text=SECRET)
    wish = {"what": "product", "cause": "chosen-wrongly", "product_id": confidential_product}
    which = {"request_id": str(request["request_id"])}
    foreseen = house.call("preview_correction", house.amira, **which, **wish, answers=ANSWERS)
    assert foreseen["confides"] is True


def test_many_are_not_corrected_to_a_confidential_product_at_once(
    house: House, confidential_product: str
) -> None:
    request = house.receive_standard(text=SECRET)
    wish = {"what": "product", "cause": "chosen-wrongly", "product_id": confidential_product}
    found = house.call(
        "preview_corrections", house.amira, request_ids=[str(request["request_id"])], **wish, answers=ANSWERS
    )
    assert found["items"][0]["problem"]["code"] == "confidential"


def test_a_batch_keeps_no_word_of_what_became_confidential(house: House, karin: Actor) -> None:
    request = house.receive(text=SECRET, kind="fault")
    item = {"request_id": str(request["request_id"]), "version": request["version"]}
    wish = {"what": "kind", "cause": "misunderstood", "kind": "wish"}
    batch = house.call("correct_requests", house.amira, items=[item], **wish)
    which = {"batch_id": str(batch["batch_id"])}
    assert "intimideert" in str(house.call("get_correction_batch", house.amira, **which))
    confide(house, house.get(request), karin)
    joost = person("Joost", "agent", person_id=str(new_id()))
    for who in (joost, karin):
        assert "intimideert" not in str(house.call("get_correction_batch", who, **which))


def test_why_it_was_taken_up_again_is_for_its_executors_alone(house: House, karin: Actor) -> None:
    request = house.receive_standard(text=SECRET, confidential=True)
    at = house.clock.now().isoformat().replace("+00:00", "Z")
    which = {"request_id": str(request["request_id"])}
    house.tell("dispatch.process_completed", **which, round=1, completed_at=at)
    version = house.get(request, house.sanne)["version"]
    house.call("reopen_request", house.sanne, **which, version=version, reason="Weer bij de kopieerkamer")
    told = house.told_last("request_reopened")
    assert told["sealed"] == {"reason": "Weer bij de kopieerkamer"}
    assert "kopieerkamer" not in told["reason"]


def test_which_executor_opened_its_order_is_shown_with_who_opened_it(
    house: House, karin: Actor, told_in_confidence: View
) -> None:
    at = house.clock.now().isoformat().replace("+00:00", "Z")
    for name in ("Daan Smit", "Bezemwijs"):
        house.tell(
            "dispatch.order_opened", request_id=str(told_in_confidence["request_id"]), actor_id=name,
            name=name, at=at,
        )  # fmt: skip
    opened = house.get(told_in_confidence, karin)["confidence"]["openings"]
    assert {each["name"] for each in opened} == {"Karin Post", "Daan Smit (Bezemwijs)", "Bezemwijs"}
