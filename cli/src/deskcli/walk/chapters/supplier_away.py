"""The supplier is gone: the delivery fails, is visible, and is repaired."""

from __future__ import annotations

from deskcli.walk.chapters.fault import PRODUCT, answers_for, passed
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "A supplier who is not there"
SUPPLIER = "supplier-vonk-val"


@step(CHAPTER, "Vonk & Val's computer is off; Sanne reports another fault", needs_control=True)
def reported(stage: Stage) -> str:
    assert stage.control
    stage.control("stop", name=SUPPLIER)
    sanne, product = stage.person("sanne"), stage.product(PRODUCT)
    request = sanne.post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": "Weer koud.", "productId": product["productId"],
         "answers": answers_for(product)},
    )  # fmt: skip
    stage.memory["stuck"] = request["requestId"]
    return f"{request['reference']}: accepted from Sanne all the same"


@step(CHAPTER, "The failed delivery is on the order, with its reason", needs_control=True)
def visible(stage: Stage) -> str:
    dossier = stage.until(stage.memory["stuck"], "its order", lambda it: it["orders"])
    order_id = stage.memory["stuck order"] = dossier["orders"][0]["workOrderId"]

    def given_up() -> Json | None:
        order = stage.person("amira").get(f"/work-orders/{order_id}")
        return order if order["delivery"]["state"] == "failed" else None

    order = eventually(given_up, "a delivery that was given up", 120)
    expect(order["state"] == "issued", f"the order is {order['state']}")
    expect(order["failureId"], "the order does not say where in the repair list it stands")
    stage.memory["failure"] = order["failureId"]
    delivery = order["delivery"]
    return f"after {delivery['attempts']} attempts: {delivery['error']}; the order still stands"


@step(CHAPTER, "Karin sees it in the repair list, under its cause", needs_control=True)
def listed(stage: Stage) -> str:
    karin = stage.person("karin")
    line = karin.get(f"/failures/dispatch/{stage.memory['failure']}")
    expect(line["state"] == "open", f"it is {line['state']}")
    causes = {row["cause"]: row["count"] for row in karin.get("/failures", kind="delivery")["items"]}
    expect(line["cause"] in causes, f"{line['cause']} is not among {sorted(causes)}")
    return f"{line['subject']['label']} under {line['cause']}, {causes[line['cause']]} in all"


@step(CHAPTER, "The supplier is back; Karin replays it, and a second time is no time", needs_control=True)
def repaired(stage: Stage) -> str:
    assert stage.control
    stage.control("start", name=SUPPLIER)
    karin, which = stage.person("karin"), {"failureIds": [stage.memory["failure"]]}
    first = karin.post("/failures/dispatch/replay", which)["items"][0]["outcome"]
    again = karin.post("/failures/dispatch/replay", which)["items"][0]["outcome"]
    # Asked once more after a lost answer, the first may find that it did it itself.
    expect(first in ("replayed", "already"), f"the replay is {first}")
    expect(again == "already", f"the second replay is {again}")
    dossier = stage.until(stage.memory["stuck"], "an accepted order", lambda it: passed(it["orders"][0]))
    expect(len(dossier["orders"]) == 1, f"there are {len(dossier['orders'])} orders")
    return f"{first}, then {again}; {dossier['orders'][0]['number']} is {dossier['orders'][0]['state']}"


@step(CHAPTER, "It was delivered once, and has left the list by itself", needs_control=True)
def settled(stage: Stage) -> str:
    karin = stage.person("karin")

    def resolved() -> Json | None:
        line = karin.get(f"/failures/dispatch/{stage.memory['failure']}")
        return line if line["state"] == "resolved" else None

    line = eventually(resolved, "a settled failure")
    attempts = karin.get(f"/work-orders/{stage.memory['stuck order']}")["attempts"]
    answered = [one for one in attempts if one["outcome"] in ("received", "accepted")]
    expect(len(answered) == 1, f"it was answered {len(answered)} times")
    return " -> ".join(f"{entry['state']} by {entry['by']}" for entry in line["history"])
