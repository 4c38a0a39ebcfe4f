"""What the desk itself does: triage, a first-line answer, a question to the customer, a withdrawal."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "At the desk"


@step(CHAPTER, "Daan writes something that is no product: it waits in triage")
def nonstandard(stage: Stage) -> str:
    request = stage.person("daan").post(
        "/requests", {"channel": "site", "text": "There is a strange smell in the stairwell of De Kade."}
    )
    expect(request["state"] == "triage" and not request["standard"], f"it is {request['state']}")
    queue = stage.person("amira").get("/requests", state="triage", limit=100)["items"]
    expect(any(one["requestId"] == request["requestId"] for one in queue), "it is not in the triage queue")
    stage.memory["smell"] = request["requestId"]
    return f"{request['reference']}, promise {request['promise']['respondBy']}, {len(queue)} in triage"


@step(CHAPTER, "Amira maps it to a product; its process starts")
def triaged(stage: Stage) -> str:
    amira, product = stage.person("amira"), stage.product("heating-fault")
    version = stage.dossier(stage.memory["smell"])["version"]
    expect(
        stage.person("daan").refused(f"/requests/{stage.memory['smell']}/triage", {}) in (403, 422, 428),
        "open",
    )
    body = {"productId": product["productId"], "kind": "fault", "answers": answers_for(product)}
    amira.post(f"/requests/{stage.memory['smell']}/triage", body, version=version)
    dossier = stage.until(stage.memory["smell"], "its order", lambda it: it["orders"])
    return (
        f"{dossier['state']}, {dossier['orders'][0]['number']} to {dossier['orders'][0]['provider']['name']}"
    )


@step(CHAPTER, "An information question is answered at the counter and never leaves the desk")
def answered(stage: Stage) -> str:
    amira = stage.person("amira")
    sanne = amira.get("/people", q="Sanne")["items"][0]
    request = amira.post(
        "/requests",
        {
            "kind": "information",
            "channel": "counter",
            "text": "Hoe laat gaat de fietsenstalling dicht?",
            "requesterId": sanne["personId"],
            "answer": {"text": "Om 19.00 uur; daarna kunt u er met uw pas in."},
        },
    )
    expect(request["state"] == "closed" and request["resolution"] == "answered", f"it is {request['state']}")
    expect(not stage.dossier(request["requestId"])["orders"], "it got work orders")
    return f"{request['reference']} closed, {request['resolution']}, no work orders"


@step(CHAPTER, "Sanne withdraws a request: the supplier is asked to stop")
def withdrawn(stage: Stage) -> str:
    sanne, product = stage.person("sanne"), stage.product("heating-fault")
    request = sanne.post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": "Toch te koud.", "productId": product["productId"],
         "answers": answers_for(product)},
    )  # fmt: skip
    stage.until(request["requestId"], "its order", lambda it: it["orders"])

    def withdraw() -> bool:
        version = sanne.get(f"/requests/{request['requestId']}")["version"]
        body = {"reason": "De zon is gaan schijnen."}
        path = f"/requests/{request['requestId']}/withdraw"
        return sanne.post(path, body, version=version)["state"] == "closed"

    expect(withdraw(), "it did not close")
    ended = ("cancelled", "cancellation_requested", "technically_complete")
    dossier = stage.until(
        request["requestId"],
        "its orders to be cancelled",
        lambda it: all(o["state"] in ended for o in it["orders"]),
    )
    return f"{dossier['reference']} {dossier['resolution']}; order {dossier['orders'][0]['state']}"


@step(CHAPTER, "What is not yours does not exist for you")
def own_only(stage: Stage) -> str:
    daan, request_id = stage.person("daan"), stage.memory["fault"]
    statuses = []
    for path in (f"/requests/{request_id}", "/work-orders", "/clocks"):
        try:
            daan.get(path)
            statuses.append(200)
        except Exception as error:
            statuses.append(getattr(error, "status", 0))
    expect(statuses[0] == 404 and 200 not in statuses[1:], f"Daan got {statuses}")
    notes = eventually(lambda: stage.person("sanne").get(f"/requests/{request_id}")["timeline"], "timeline")
    expect(all(entry["type"] != "note" for entry in notes), "a requester sees internal notes")
    return f"Daan on Sanne's request: {statuses[0]}; work orders and clocks: {statuses[1]}, {statuses[2]}"
