"""Six lamps, one visit: orders of several people are done in one go, and each hears their own."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Several orders in one visit"
PRODUCT = "lamp-broken"
CATERER = "supplier-lepel-lade"
WHERE = (
    ("sanne", "De lamp bij de kopieerder flikkert."),
    ("daan", "Het lampje boven de gootsteen is uit."),
    ("sanne", "In de gang knippert er een."),
)


@step(CHAPTER, "Three lamps are reported; Amira sees which could go along and lets two go in one visit")
def together(stage: Stage) -> str:
    product = stage.product(PRODUCT)
    place = stage.person("amira").get("/locations", q="Pantry 2", limit=1)["items"][0]["locationId"]
    orders = [_report(stage, name, text, product, place) for name, text in WHERE]
    amira = stage.person("amira")
    likely = {
        order["workOrderId"] for group in stage.person("tom").get("/visits")["likely"] for order in group
    }
    expect(set(orders) <= likely, "the desk does not see that these could be one visit")
    could = {each["workOrderId"] for each in amira.get(f"/work-orders/{orders[0]}/company")["could"]}
    expect(set(orders[1:]) <= could, "the order does not say what could go along")
    visit = amira.post("/visits", {"workOrderIds": orders[:2], "note": "Eén ladder"})
    stage.memory |= {"visit": visit["visitId"], "third": orders[2]}
    again = amira.refused("/visits", {"workOrderIds": orders})
    expect(again == 422, f"the same orders in a second visit: {again}")
    return f"{len(visit['orders'])} orders in one visit of {visit['provider']['name']}"


@step(CHAPTER, "Tom's team reads in one mail which lamps go together and where, not in one for each lamp")
def mailed(stage: Stage) -> str:
    visit = stage.person("tom").get(f"/visits/{stage.memory['visit']}")
    numbers = [order["number"] for order in visit["orders"]]

    for order in visit["orders"]:
        mails = _mails(stage, order["requestId"])
        expect(len(mails) == 1, f"{len(mails)} mails about one visit")
        missing = [number for number in numbers if number not in mails[0]["body"]]
        expect(not missing, f"the mail does not name {missing}")
    expect("Pantry 2" in mails[0]["body"], "the mail does not say where")
    return f"“{mails[0]['subject']}”"


@step(CHAPTER, "The third lamp comes along; what Tom saw before is refused, and nothing is done by half")
def along(stage: Stage) -> str:
    tom, path = stage.person("tom"), f"/visits/{stage.memory['visit']}"
    seen = tom.get(path)["version"]
    tom.post(f"{path}/join", {"workOrderIds": [stage.memory["third"]]}, version=seen)
    stale = tom.refused(f"{path}/start", {}, version=seen)
    expect(stale == 412, f"a word about the visit as it was before: {stale}")
    states = {order["state"] for order in tom.get(path)["orders"]}
    expect(states == {"issued"}, f"the orders are {states}")
    return "three orders go together"


@step(CHAPTER, "Tom begins and reports once; each request is ready, and the cost adds up")
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
    stage.memory["lamps"] = {order["requestId"]: order["number"] for order in after["orders"]}
    return f"{len(outcomes)} requests are ready; {cost} cents over {len(outcomes)} orders"


@step(CHAPTER, "Sanne and Daan each read of their own lamp, and no word or number of another's")
def own(stage: Stage) -> str:
    lamps, read = stage.memory["lamps"], 0
    texts = {text for _name, text in WHERE}
    for name in ("sanne", "daan"):
        reader = stage.person(name)
        own = {each["requestId"] for each in reader.get("/requests", limit=50)["items"]} & set(lamps)
        for request_id in own:
            said = str(reader.get(f"/requests/{request_id}"))
            others = {lamps[each] for each in lamps if each != request_id} | texts
            heard = {each for each in others if each in said}
            expect(len(heard) == 1 and heard <= texts, f"{name} reads of {heard}")
            expect("visit" not in said, f"{name} reads of a visit")
            read += 1
    expect(read == len(lamps), f"{read} of {len(lamps)} were read")
    return f"{read} dossiers, each with its own words"


@step(CHAPTER, "Three coffees, one van: Lepel & Lade's program hears it by webhook and answers once for all")
def by_webhook(stage: Stage) -> str:
    amira, program = stage.person("amira"), f"/demo/suppliers/{CATERER}"
    amira.post(program, {"mode": "manual"})
    orders = [_coffee(stage, persons) for persons in (8, 12, 20)]
    try:
        for each in orders:
            eventually(lambda: _brought(stage, each), "the order at Lepel & Lade", 30)  # noqa: B023
        amira.post(program, {"mode": "accept"})
        amira.post("/visits", {"workOrderIds": orders, "note": "Alles met één wagen."})
        for each in orders:
            eventually(lambda: _state(stage, each) != "issued", "its answer to the visit", 30)  # noqa: B023
    finally:
        amira.post(program, {"mode": "accept"})
    attempts = sorted(len(amira.get(f"/work-orders/{each}")["attempts"]) for each in orders)
    expect(attempts == [1, 1, 2], f"its program was asked {attempts} times")
    for each in orders:
        eventually(lambda: _state(stage, each) == "technically_complete", "its completion", 60)  # noqa: B023
    return "one answer moves three orders, and each is delivered"


def _coffee(stage: Stage, persons: int) -> str:
    product = stage.product("coffee-for-meeting")
    place = stage.person("amira").get("/locations", q="Volkerak", limit=1)["items"][0]["locationId"]
    made = stage.person("sanne").post(
        "/requests",
        {"kind": "order", "channel": "site", "text": f"Koffie voor {persons} personen.",
         "productId": product["productId"], "locationId": place,
         "answers": {"persons": persons, "room": "Vergaderzaal Volkerak"}},
    )  # fmt: skip
    return _order_of(stage, made)


def _mails(stage: Stage, request_id: str) -> list[Json]:
    def about() -> list[Json]:
        mails = stage.dossier(request_id)["messages"] or []
        return [mail for mail in mails if mail["template"] == "visit"]

    found: list[Json] = eventually(about, "the mail about the visit", 30)
    return found


def _brought(stage: Stage, order: str) -> bool:
    state: str = stage.person("amira").get(f"/work-orders/{order}")["delivery"]["state"]
    return state == "delivered"


def _state(stage: Stage, order: str) -> str:
    return str(stage.person("amira").get(f"/work-orders/{order}")["state"])


def _report(stage: Stage, name: str, text: str, product: Json, place: str) -> str:
    made = stage.person(name).post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": text, "productId": product["productId"],
         "locationId": place, "answers": answers_for(product)},
    )  # fmt: skip
    return _order_of(stage, made)


def _order_of(stage: Stage, made: Json) -> str:
    dossier = stage.until(made["requestId"], "its order", lambda it: it["orders"])
    return str(dossier["orders"][0]["workOrderId"])
