"""An order by phone: two teams at the same time, a third that waits for both, and completion by hand."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "A workplace moves"
PRODUCT = "workplace-move"


@step(CHAPTER, "Joost takes a call: Daan wants to move to another floor")
def call(stage: Stage) -> str:
    joost, product = stage.person("joost"), stage.product(PRODUCT)
    daan = joost.get("/people", q="Daan")["items"][0]
    request = joost.post(
        "/requests",
        {
            "kind": "order",
            "channel": "phone",
            "text": "Move my workplace from floor 2 to floor 4.",
            "productId": product["productId"],
            "requesterId": daan["personId"],
            "answers": answers_for(product),
        },
    )
    stage.memory["move"] = request["requestId"]
    return f"{request['reference']} for {request['requester']['name']}, by phone, not mailed unless asked"


@step(CHAPTER, "The first steps are with their teams at the same time; the last waits")
def planned(stage: Stage) -> str:
    steps = len(stage.product(PRODUCT)["process"]["steps"])
    dossier = stage.until(stage.memory["move"], f"{steps} orders", lambda it: len(it["orders"]) == steps)
    states = {order["step"]: order["state"] for order in dossier["orders"]}
    issued = [name for name, state in states.items() if state == "issued"]
    waiting = [name for name, state in states.items() if state == "prepared"]
    expect(len(issued) >= 2 and waiting, f"orders are {states}")
    return f"issued: {', '.join(issued)}; prepared: {', '.join(waiting)}"


@step(CHAPTER, "Each team accepts, starts and completes from its own work list, until nothing waits")
def carried_out(stage: Stage) -> str:
    amira, request_id = stage.person("amira"), stage.memory["move"]
    done: list[str] = []
    while len(done) < len(stage.product(PRODUCT)["process"]["steps"]):
        dossier = stage.until(request_id, "the next issued order", lambda it: issued(it, done))
        order = issued(dossier, done)[0]
        for action in ("accept", "start", "complete"):
            version = amira.get(f"/work-orders/{order['workOrderId']}")["version"]
            amira.post(f"/work-orders/{order['workOrderId']}/{action}", version=version)
        done.append(order["step"])
    return f"done in order: {', '.join(done)}"


def issued(dossier: Json, done: list[str]) -> list[Json]:
    """The orders that wait for their provider; what is done may be seen as issued for another moment."""
    return [order for order in dossier["orders"] if order["state"] == "issued" and order["step"] not in done]


@step(CHAPTER, "All orders done: ready. Five working days of silence close it")
def silence(stage: Stage) -> str:
    request_id = stage.memory["move"]
    stage.until(request_id, "ready", lambda it: it["state"] == "ready")
    stage.pass_time("P14D")
    dossier = stage.until(request_id, "closed by silence", lambda it: it["state"] == "closed", 60)
    return f"{dossier['reference']} closed, {dossier['resolution']}, after a fortnight on the demo clock"
