"""A team refuses, is passed over, is asked again after all, and in the end says that it will not be done."""

from __future__ import annotations

from deskcli.walk.chapters.hands import house_service
from deskcli.walk.chapters.move import act
from deskcli.walk.chapters.team import PRODUCT, ROOMS, report_lamp
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Who will not"
SIGNAL = "work_order_not_carried_out"


@step(CHAPTER, "Tom refuses a lamp and says why; Amira sends it to the house service, and back to his team")
def sent_back(stage: Stage) -> str:
    tom, amira = stage.person("tom"), stage.person("amira")
    order = {"workOrderId": report_lamp(stage, stage.product(PRODUCT), ROOMS[1])}
    status = tom.refused(f"/work-orders/{order['workOrderId']}/refuse", {}, version=_version(stage, order))
    expect(status == 422, f"a refusal without a reason is {status}")
    refused = act(tom, order, "refuse", {"reason": "Geen ladder."})
    expect(refused["state"] == "refused", f"it is {refused['state']}")
    request, team = refused["requestId"], refused["provider"]["providerId"]
    there = _sent(stage, request, refused, house_service(stage))
    back = _sent(stage, request, there, team)
    stage.memory["refused"] = back
    expect(_version(stage, back) and back["state"] == "issued", f"the last order is {back['state']}")
    open_ones = [one["number"] for one in amira.get(f"/requests/{request}")["orders"] if _open(one)]
    expect(open_ones == [back["number"]], f"open are {open_ones}")
    return f"{refused['number']} refused, {there['number']} passed on, {back['number']} is with them again"


@step(CHAPTER, "It can't be done after all: the request asks for the desk's attention, and is not ready")
def not_done(stage: Stage) -> str:
    tom, order = stage.person("tom"), stage.memory["refused"]
    act(tom, order, "accept")
    order = act(tom, order, "not-carried-out", {"reason": "Het plafond is open."})
    expect(order["state"] == "not_carried_out", f"it is {order['state']}")
    dossier = stage.until(order["requestId"], "attention", lambda it: it["attention"] == SIGNAL)
    expect(dossier["state"] not in ("ready", "closed"), f"the request is {dossier['state']}")
    return f"{order['number']} is {order['state']}; {dossier['reference']} is {dossier['state']}"


def _sent(stage: Stage, request: str, order: Json, provider: str) -> Json:
    """The new order, once it is with that provider."""
    to = {"providerId": provider, "reason": "Wie kan het wel?"}
    old = str(order["workOrderId"])
    act(stage.person("amira"), order, "reroute", to)

    def new(dossier: Json) -> list[Json]:
        return [
            one for one in dossier["orders"]
            if one["workOrderId"] != old and one["provider"]["providerId"] == provider and _open(one)
        ]  # fmt: skip

    return new(stage.until(request, "an order for whom it was sent to", new))[0]


def _open(order: Json) -> bool:
    return order["state"] in ("issued", "accepted", "scheduled", "in_progress")


def _version(stage: Stage, order: Json) -> int:
    return int(stage.person("tom").get(f"/work-orders/{order['workOrderId']}")["version"])
