"""A correction: the wrong product, put right in place while its supplier already has the work; then many at
once, looked at first and taken back.
"""

from __future__ import annotations

from deskcli.walk.chapters.clocks import clock
from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Something went wrong"
WRONG, RIGHT = "extra-cleaning", "lamp-broken"
SUPPLIER = "info@bezemwijs.example"
CAUSE = "chosen-wrongly"
WHERE = ("Er zit een kras op de muur.", "Er ligt een losse tegel op de gang.")


@step(CHAPTER, "A lamp was taken for dirt: Bezemwijs has accepted the order")
def mistaken(stage: Stage) -> str:
    product = stage.product(WRONG)
    place = stage.person("amira").get("/locations", q="Pantry 3", limit=1)["items"][0]["locationId"]
    made = stage.person("sanne").post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": "Het is donker boven de vaatwasser.",
         "productId": product["productId"], "locationId": place, "answers": answers_for(product)},
    )  # fmt: skip
    stage.memory["mistaken"] = made["requestId"]
    dossier = stage.until(made["requestId"], "its order and clock", lambda it: it["orders"] and it["clocks"])
    order = dossier["orders"][0]
    stage.person(SUPPLIER).post(f"/work-orders/{order['workOrderId']}/accept", {})
    return f"{order['number']} is accepted by {order['provider']['name']}"


@step(CHAPTER, "Amira looks at what would follow and corrects it; the customer's clock runs on from receipt")
def corrected(stage: Stage) -> str:
    amira, path = stage.person("amira"), f"/requests/{stage.memory['mistaken']}"
    before = stage.until(
        stage.memory["mistaken"],
        "accepted, with its clock",
        lambda it: it["orders"][0]["state"] == "accepted" and it["clocks"],
    )
    product = stage.product(RIGHT)
    wish = {
        "what": "product",
        "cause": CAUSE,
        "productId": product["productId"],
        "answers": answers_for(product),
    }
    foreseen = amira.post(f"{path}/corrections/preview", wish)
    amira.post(f"{path}/corrections", wish, version=before["version"])
    after = stage.until(
        stage.memory["mistaken"],
        "the right order, and its clock",
        lambda it: it["corrections"][0]["issued"] and it["clocks"],
    )
    correction = after["corrections"][0]
    told = [order["number"] for order in correction["stopped"]]
    expect(told == [order["number"] for order in foreseen["stops"]], f"foreseen {foreseen}, stopped {told}")
    expect(len(correction["issued"]) == len(foreseen["issues"]), f"issued {correction['issued']}")
    expect(correction["state"] == "cancelling", f"before the supplier stopped it is {correction['state']}")
    started = {clock(it, "resolve")["startedAt"] for it in (before, after)}
    expect(len(started) == 1, f"the clock began at {started}")
    return f"{told[0]} is to stop, {correction['issued'][0]['number']} takes its place"


@step(CHAPTER, "Bezemwijs says that it has stopped; the correction is done")
def acknowledged(stage: Stage) -> str:
    dossier = stage.dossier(stage.memory["mistaken"])
    stopped = dossier["corrections"][0]["stopped"][0]["workOrderId"]
    stage.person(SUPPLIER).post(f"/work-orders/{stopped}/confirm-cancellation", {})
    done = stage.until(
        stage.memory["mistaken"],
        "its end",
        lambda it: it["corrections"][0]["state"] == "done" and "bezemwijs" not in at_work(it),
    )
    left = at_work(done)
    return f"cause '{done['corrections'][0]['cause']}'; now at {', '.join(left)}"


def at_work(dossier: Json) -> set[str]:
    return {order["provider"]["slug"] for order in dossier["orders"] if order["state"] != "cancelled"}


@step(CHAPTER, "Two reports are at the wrong place: corrected together as foreseen, and taken back")
def many(stage: Stage) -> str:
    amira = stage.person("amira")
    wrong, right = (item["locationId"] for item in amira.get("/locations", q="Pantry", limit=2)["items"])
    made = [_untyped(stage, text, wrong) for text in WHERE]
    wish: Json = {"what": "place", "cause": "reported-wrongly", "locationId": right}
    foreseen = amira.post("/correction-previews", {**wish, "requestIds": made})["items"]
    expect(not any(item["problem"] for item in foreseen), f"refused: {foreseen}")
    seen = [{"requestId": item["requestId"], "version": item["version"]} for item in foreseen]
    batch = amira.post("/correction-batches", {**wish, "items": seen})
    outcomes = {item["state"] for item in batch["items"]}
    expect(outcomes == {"done"}, f"what became of each: {outcomes}")
    places = {stage.dossier(id_)["location"]["locationId"] for id_ in made}
    expect(places == {right}, f"they are at {places}")
    undone = amira.post(f"/correction-batches/{batch['batchId']}/undo", {})
    states = {item["state"] for item in undone["items"]}
    expect(states == {"undone"}, f"after undoing: {states}")
    places = {stage.dossier(id_)["location"]["locationId"] for id_ in made}
    expect(places == {wrong}, f"after undoing they are at {places}")
    return f"{len(made)} corrected in one go, each with its outcome; all taken back"


def _untyped(stage: Stage, text: str, place: str) -> str:
    made = stage.person("sanne").post(
        "/requests", {"kind": "fault", "channel": "site", "text": text, "locationId": place}
    )
    return str(made["requestId"])
