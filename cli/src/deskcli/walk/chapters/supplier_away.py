"""The supplier is gone: the delivery fails, is visible, and is repaired."""

from __future__ import annotations

from deskcli.walk.chapters.fault import PRODUCT, answers_for, passed
from deskcli.walk.failures import expect
from deskcli.walk.people import eventually
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
    order_id = dossier["orders"][0]["workOrderId"]

    def tried() -> dict[str, object] | None:
        order = stage.person("amira").get(f"/work-orders/{order_id}")
        delivery = order.get("delivery") or {}
        return order if delivery.get("attempts") and delivery.get("error") else None

    order = eventually(tried, "a failed attempt on the order", 60)
    expect(order["state"] == "issued", f"the order is {order['state']}")
    delivery = order["delivery"]
    return f"attempt {delivery['attempts']} failed: {delivery['error']}; the order still stands"


@step(CHAPTER, "The supplier is back; the delivery is repeated and accepted", needs_control=True)
def repaired(stage: Stage) -> str:
    assert stage.control
    stage.control("start", name=SUPPLIER)
    order_id = stage.dossier(stage.memory["stuck"])["orders"][0]["workOrderId"]
    amira = stage.person("amira")
    order = amira.get(f"/work-orders/{order_id}")
    if not passed(order):
        amira.post(f"/work-orders/{order_id}/redeliver", version=order["version"])
    dossier = stage.until(stage.memory["stuck"], "an accepted order", lambda it: passed(it["orders"][0]), 60)
    return f"{dossier['orders'][0]['number']} is {dossier['orders'][0]['state']}"
