"""Six lamps, one visit: orders of several people are done in one go, and each hears their own."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Several orders in one visit"
PRODUCT = "lamp-broken"
WHERE = (("sanne", "De lamp bij de kopieerder flikkert."), ("daan", "Het lampje boven de gootsteen is uit."))


@step(CHAPTER, "Sanne and Daan each report a lamp; Tom puts both orders in one visit")
def together(stage: Stage) -> str:
    product = stage.product(PRODUCT)
    place = stage.person("amira").get("/locations", q="Pantry 2", limit=1)["items"][0]["locationId"]
    orders = [_report(stage, name, text, product, place) for name, text in WHERE]
    tom = stage.person("tom")
    likely = {order["workOrderId"] for group in tom.get("/visits")["likely"] for order in group}
    expect(set(orders) <= likely, "the desk does not see that these could be one visit")
    visit = tom.post("/visits", {"workOrderIds": orders})
    stage.memory["visit"] = visit["visitId"]
    again = tom.refused("/visits", {"workOrderIds": orders})
    expect(again == 422, f"the same orders in a second visit: {again}")
    return f"{len(visit['orders'])} orders in one visit of {visit['provider']['name']}"


@step(CHAPTER, "Tom begins and reports once; both requests are ready, and the cost adds up")
def done(stage: Stage) -> str:
    tom, path = stage.person("tom"), f"/visits/{stage.memory['visit']}"
    version = tom.get(path)["version"]
    tom.post(f"{path}/start", {}, version=version)
    said = {"costCents": 2501, "allPoints": True, "note": "Nieuwe lampen."}
    after = tom.post(f"{path}/complete", said, version=version)
    outcomes = {each["number"]: each["outcome"] for each in after["outcomes"]}
    expect(set(outcomes.values()) == {"done"}, f"what came of it: {outcomes}")
    cost = sum(order["costCents"] for order in after["orders"])
    expect(cost == 2501, f"the orders cost {cost} cents together")
    for order in after["orders"]:
        stage.until(order["requestId"], "its completion", lambda it: it["state"] == "ready")
    return f"{len(outcomes)} requests are ready; {cost} cents over {len(outcomes)} orders"


def _report(stage: Stage, name: str, text: str, product: Json, place: str) -> str:
    made = stage.person(name).post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": text, "productId": product["productId"],
         "locationId": place, "answers": answers_for(product)},
    )  # fmt: skip
    dossier = stage.until(made["requestId"], "its order", lambda it: it["orders"])
    return str(dossier["orders"][0]["workOrderId"])
