"""An order by phone: two teams at the same time, a third that waits for both, and completion by hand."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.chapters.files import PLACE, photo
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, Person
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


@step(CHAPTER, "Karin makes a rule for the last step, planned for another: it counts when its turn comes")
def anew(stage: Stage) -> str:
    karin = stage.person("karin")
    only = [{"field": "product", "values": [PRODUCT]}, {"field": "intended", "values": ["bezemwijs"]}]
    body = {"name": "Bezemwijs komt deze week niet", "conditions": only, "providers": ["huisdienst"]}
    stage.memory["anew"] = karin.post("/routing-rules", body)
    (order,) = [one for one in stage.dossier(stage.memory["move"])["orders"] if one["state"] == "prepared"]
    expect(order["provider"]["slug"] == "bezemwijs", f"it was planned for {order['provider']}")
    return f"{order['number']} still waits for {order['provider']['name']}"


@step(CHAPTER, "Each team accepts, starts and completes from its own work list, until nothing waits")
def carried_out(stage: Stage) -> str:
    amira, request_id = stage.person("amira"), stage.memory["move"]
    done: list[str] = []
    while len(done) < len(stage.product(PRODUCT)["process"]["steps"]):
        dossier = stage.until(request_id, "the next issued order", lambda it: issued(it, done))
        order = issued(dossier, done)[0]
        for action in ("accept", "start"):
            act(amira, order, action)
        act(amira, order, "complete", ticked(amira, order))
        done.append(order["step"])
    return f"done in order: {', '.join(done)}"


def act(who: Person, order: Json, action: str, body: Json | None = None) -> Json:
    path = f"/work-orders/{order['workOrderId']}"
    return who.post(f"{path}/{action}", body, version=who.get(path)["version"])


def ticked(who: Person, order: Json) -> Json:
    """Every point of the checklist that must be, if there is one, with a photo, hours and material."""
    points = who.get(f"/work-orders/{order['workOrderId']}")["checklist"]
    done: Json = {"checklist": [number for number, each in enumerate(points) if not each.get("optional")]}
    if points:
        done["attachments"] = who.bring(("schoon.png", photo()))
        done["time"] = [{"kind": "work", "minutes": 120, "rateCents": 4500}]
        done["material"] = [
            {"name": "Vuilniszakken", "quantity": "4.5", "unit": "piece", "priceCents": 550},
        ]
    return done


def cleaned(dossier: Json) -> Json:
    done = [one for one in dossier["orders"] if one["state"] == "technically_complete"]
    return next((one for one in done if one["step"] == "clean"), {})


def issued(dossier: Json, done: list[str]) -> list[Json]:
    """The orders that wait for their provider; what is done may be seen as issued for another moment."""
    return [order for order in dossier["orders"] if order["state"] == "issued" and order["step"] not in done]


@step(
    CHAPTER,
    "The last one came with a photo and costs more than agreed: the desk sees both, and accepts it",
)
def cost(stage: Stage) -> str:
    amira = stage.person("amira")
    order = cleaned(stage.until(stage.memory["move"], "the cleaning done", cleaned))
    expect(order["provider"]["slug"] == "huisdienst", f"it was given to {order['provider']}")
    rule = stage.memory["anew"]
    stage.person("karin").delete(f"/routing-rules/{rule['ruleId']}", version=rule["version"])
    shown = amira.get(f"/work-orders/{order['workOrderId']}")
    expect(shown["costStanding"]["state"] == "over", f"its cost stands as {shown['costStanding']}")
    expect(shown["costCents"] == 9000 + 2475, f"the lines come to {shown['costCents']}")
    status = amira.refused(f"/work-orders/{order['workOrderId']}/close", {}, version=shown["version"])
    expect(status == 409, f"closing it at that cost was answered with {status}")
    act(amira, order, "accept-cost", {"reason": "Ook de kast stond nog vol."})
    closed = act(amira, order, "close")
    (kept,) = shown["record"]["files"]
    got = amira.fetch(f"/work-orders/{order['workOrderId']}/files/{kept['fileId']}")
    expect(got.status_code == 200 and PLACE not in got.content, "the photo is not there, or says where it is")
    return f"{shown['agreedCents']} cents agreed, {closed['costCents']} reported, accepted and closed"


@step(CHAPTER, "All orders done: ready. Five working days of silence close it")
def silence(stage: Stage) -> str:
    request_id = stage.memory["move"]
    stage.until(request_id, "ready", lambda it: it["state"] == "ready")
    stage.pass_time("P14D")
    dossier = stage.until(request_id, "closed by silence", lambda it: it["state"] == "closed")
    return f"{dossier['reference']} closed, {dossier['resolution']}, after a fortnight on the demo clock"
