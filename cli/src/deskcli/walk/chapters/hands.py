"""From hand to hand: taken, given to a colleague, in a calendar program, and over to another team."""

from __future__ import annotations

from datetime import timedelta

from deskcli.walk.chapters.move import act
from deskcli.walk.chapters.team import PRODUCT, ROOMS, now_there, people_of_team, report_lamp
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, Person, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "From hand to hand"
MINE = "/me/calendar-address"


@step(CHAPTER, "Tom takes a lamp and gives it to Bas: it leaves his list and stands on that of Bas")
def given(stage: Stage) -> str:
    tom, bas = stage.person("tom"), stage.person("bas")
    order = {"workOrderId": report_lamp(stage, stage.product(PRODUCT), ROOMS[0])}
    stage.memory["handed"] = order
    taken = act(tom, order, "take")
    expect(taken["state"] == "accepted", f"what was taken is {taken['state']}")
    expect(order["workOrderId"] in _of(tom), "what Tom took is not on his list")
    to = {"accountId": people_of_team(stage)["Bas"]}
    path = f"/work-orders/{order['workOrderId']}/assign"
    status = tom.refused(path, to, version=taken["version"])
    expect(status == 422, f"given away without a word why: {status}")
    tom.post(path, {**to, "reason": "Bas is er toch al."}, version=taken["version"])
    expect(order["workOrderId"] not in _of(tom), "it is still on the list of Tom")
    expect(order["workOrderId"] in _of(bas), "it is not on the list of Bas")
    return f"{taken['number']} is with Bas, who can read why"


@step(CHAPTER, "Planned, it stands in the calendar program of Bas; a withdrawn address opens nothing")
def subscribed(stage: Stage) -> str:
    bas, order = stage.person("bas"), stage.memory["handed"]
    start = now_there(stage) + timedelta(days=2)
    moment = {"plannedFrom": start.isoformat(), "plannedUntil": (start + timedelta(hours=1)).isoformat()}
    planned = act(stage.person("tom"), order, "plan", {**moment, "anyway": True})
    address = bas.post(MINE)["path"].removeprefix("/v1")
    feed = bas.fetch(address)
    expect(feed.headers["Content-Type"].startswith("text/calendar"), f"it is {feed.headers}")
    unfolded = feed.text.replace("\r\n ", "")
    expect(planned["number"] in unfolded, f"{planned['number']} is not in the calendar")
    bas.delete(MINE)
    status = bas.fetch(address).status_code
    expect(status == 404, f"the withdrawn address answers {status}")
    return f"{unfolded.count('BEGIN:VEVENT')} appointments, {planned['number']} among them; then {status}"


@step(CHAPTER, "Tom hands it over to the house service: a new order there, the old one names it")
def over(stage: Stage) -> str:
    tom, petra, order = stage.person("tom"), stage.person("petra"), stage.memory["handed"]
    to = {"providerId": house_service(stage), "reason": "Het is een lamp van de postkamer."}
    old = act(tom, order, "hand-over", to)
    expect(old["state"] not in ("accepted", "scheduled"), f"the old order is {old['state']}")

    def there() -> list[Json]:
        known = stage.dossier(old["requestId"])["orders"] or []
        return [one for one in known if one["provider"]["slug"] == "huisdienst"]

    [new] = eventually(there, "a new order for the house service")
    eventually(lambda: new["workOrderId"] in _of(petra, "team"), "it to be on the list of Petra's team")
    return f"{old['number']} is {old['state']}; {new['number']} is with {new['provider']['name']}"


def house_service(stage: Stage) -> str:
    known = stage.person("amira").get("/providers")["items"]
    return str(next(one["providerId"] for one in known if one["slug"] == "huisdienst"))


def _of(who: Person, whose: str = "mine") -> set[str]:
    return {one["workOrderId"] for one in who.get("/work-list", whose=whose)["items"]}
