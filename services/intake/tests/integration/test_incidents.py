"""Major incidents: gathered, told at once, closed together, split off; by two agents as well."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain.errors import NotAllowed
from servicekit.errors import NotFound, Stale
from servicekit.ids import new_id

from .house import House

Request = dict[str, Any]


def ids(*requests: Request) -> list[str]:
    return [str(each["request_id"]) for each in requests]


def outcomes(answer: Request) -> dict[str, str]:
    return {each["reference"]: each["outcome"] for each in answer["outcomes"]}


def heard(house: House, request: Request, event: str) -> int:
    which = str(request["request_id"])
    return sum(f["type"] == f"intake.{event}" and f["data"].get("request_id") == which for f in house.told())


class Desk:
    """One incident as an agent handles it: with the version that was looked at last."""

    def __init__(self, house: House, *requests: Request) -> None:
        self.house = house
        self.opened = house.call(
            "open_incident", house.amira, title="Geen verwarming", request_ids=ids(*requests)
        )
        self.which = {"incident_id": str(self.opened["incident_id"])}

    def act(self, method: str, version: int | None = None, **said: Any) -> Request:
        seen = self.look()["version"] if version is None else version
        return self.house.call(method, self.house.amira, **self.which, version=seen, **said)

    def look(self) -> Request:
        return self.house.call("get_incident", self.house.amira, **self.which)


@pytest.fixture
def reports(house: House) -> list[Request]:
    """One of Sanne that waits in triage, one of Daan with work that has not been ordered yet."""
    return [house.receive(kind="fault"), house.receive_standard(house.daan, kind="fault")]


def test_reports_are_gathered_and_stay_requests_of_their_own(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    assert outcomes(desk.opened) == {each["reference"]: "gathered" for each in reports}
    assert [each["reference"] for each in desk.look()["requests"]] == [each["reference"] for each in reports]
    for each in reports:
        assert house.get(each)["state"] == each["state"]
        assert house.get(each)["incident_id"] == desk.opened["incident_id"]
    own = house.get(reports[0], house.sanne)
    assert "incident_id" not in own
    assert "Geen verwarming" not in str(own)


def test_what_can_not_be_gathered_keeps_nothing_else_out(house: House, reports: list[Request]) -> None:
    along = house.receive(house.daan, kind="fault", follows=ids(reports[0])[0])
    complaint, done = house.receive(kind="complaint"), house.receive()
    house.answer(done)
    desk = Desk(house, reports[0], along, complaint, done)
    found = outcomes(desk.opened)
    assert sorted(found.values()) == ["by_itself", "gathered", "goes_along", "over"]
    more = desk.act("gather_requests", request_ids=[*ids(*reports), str(new_id())])
    assert sorted(each["outcome"] for each in more["outcomes"]) == ["already", "gathered", "unknown"]
    other = Desk(house, *reports)
    assert set(outcomes(other.opened).values()) == {"elsewhere"}


def test_one_word_reaches_every_reporter_once_also_who_joined(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    along = house.receive(house.daan, kind="fault", follows=ids(reports[0])[0])
    assert desk.act("tell_incident", text="De ketel wordt gemaakt.")["reached"] == 3
    for each in (*reports, along):
        assert heard(house, each, "request_updated") == 1
        lines = [line for line in house.get(each)["timeline"] if line["type"] == "informed"]
        assert [line["data"]["text"] for line in lines] == ["De ketel wordt gemaakt."]


def test_a_doubled_command_tells_nobody_twice(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    seen = desk.look()["version"]
    desk.act("tell_incident", seen, text="De ketel wordt gemaakt.")
    for method in ("tell_incident", "close_incident"):
        with pytest.raises(Stale):
            desk.act(method, seen, text="De ketel wordt gemaakt.")
    assert heard(house, reports[0], "request_updated") == 1
    assert heard(house, reports[0], "request_ready") == 0


def test_all_are_closed_together_and_each_decides(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    along = house.receive(house.daan, kind="fault", follows=ids(reports[0])[0])
    answer = desk.act("close_incident", text="De ketel is vervangen.")
    assert answer["state"] == "closed"
    assert set(outcomes(answer).values()) == {"ready"}
    for each in (*reports, along):
        assert house.get(each)["state"] == "ready"
        assert heard(house, each, "request_ready") == 1
    assert house.told_last("request_ready")["text"] == "De ketel is vervangen."
    house.confirm(house.get(reports[0]))
    house.reopen(house.get(reports[1]), house.daan)
    assert [house.get(each)["state"] for each in (*reports, along)] == ["closed", "in_progress", "ready"]


def test_what_has_work_of_its_own_goes_on_with_that(house: House, reports: list[Request]) -> None:
    house.tell("dispatch.work_orders_planned", request_id=ids(reports[1])[0], round=1)
    desk = Desk(house, *reports)
    answer = desk.act("close_incident", text="Opgelost.")
    assert outcomes(answer) == {reports[0]["reference"]: "ready", reports[1]["reference"]: "own_work"}
    assert house.get(reports[1])["state"] == "in_progress"
    assert house.complete(reports[1])["state"] == "ready"


def test_one_is_split_off_and_hears_nothing_more_of_it(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    desk.act("split_from_incident", request_id=ids(reports[0])[0])
    assert desk.act("tell_incident", text="Bijna klaar.")["reached"] == 1
    assert heard(house, reports[0], "request_updated") == 0
    assert house.get(reports[0])["state"] == "triage"
    with pytest.raises(NotFound):
        desk.act("split_from_incident", request_id=ids(reports[0])[0])
    again = desk.act("gather_requests", request_ids=ids(reports[0]))
    assert outcomes(again) == {reports[0]["reference"]: "gathered"}


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("gather_requests", {"request_ids": [str(new_id())]}),
        ("tell_incident", {"text": "Nog iets."}),
        ("split_from_incident", {"request_id": str(new_id())}),
        ("close_incident", {"text": "Nog eens."}),
    ],
)
def test_what_is_closed_stays_closed(
    house: House, reports: list[Request], method: str, said: Request
) -> None:
    desk = Desk(house, *reports)
    desk.act("close_incident", text="Opgelost.")
    with pytest.raises(NotAllowed):
        desk.act(method, **said)


def test_incidents_are_listed_with_how_many_and_what_was_done(house: House, reports: list[Request]) -> None:
    desk = Desk(house, *reports)
    desk.act("tell_incident", text="Bijna klaar.")
    (listed,) = house.call("list_incidents", house.amira, state="open")["items"]
    assert (listed["title"], listed["count"]) == ("Geen verwarming", 2)
    assert [(each["deed"], each["count"]) for each in desk.look()["log"]] == [("gather", 2), ("tell", 2)]
    desk.act("close_incident", text="Opgelost.")
    assert house.call("list_incidents", house.amira, state="open")["items"] == []
