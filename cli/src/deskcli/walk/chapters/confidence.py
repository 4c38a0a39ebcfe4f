"""In confidence: what only its reporter and its confidants read."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "In confidence"
LAMP = "De lamp boven de tafel waar ik word lastiggevallen is stuk."
SAID = "Een collega in het magazijn valt mij steeds lastig."


@step(
    CHAPTER,
    "Sanne reports in confidence; the desk can not find it, open it or see it in her history",
)
def reported(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    body = {"text": SAID, "channel": "site", "kind": "complaint", "confidential": True}
    request = sanne.post("/requests", body)
    stage.memory["in confidence"] = request["requestId"]
    person = request["requester"]["personId"]
    for seen in (
        amira.get("/requests", q=request["reference"]),
        amira.get("/requests", q="magazijn lastig"),
        amira.get("/requests", requesterId=person, limit=100),
        amira.get(f"/people/{person}/contact-moments"),
    ):
        expect(request["reference"] not in str(seen) and SAID not in str(seen), f"Amira finds {seen}")
    refused = amira.refused(f"/requests/{request['requestId']}/notes", {"text": "Wie is dit?"})
    expect(refused == 404, f"a note on it answers {refused}")
    return f"{request['reference']}: 404 to the desk"


@step(CHAPTER, "Karin, a confidant, opens it; that is written down, and Sanne's mail has no word of it")
def opened(stage: Stage) -> str:
    dossier = stage.dossier(stage.memory["in confidence"], "karin")
    expect(dossier["text"] == SAID, f"Karin reads {dossier['text']}")
    again = stage.dossier(dossier["requestId"], "karin")
    names = [each["name"] for each in again["confidence"]["openings"]]
    expect(len(names) == 1, f"opened by {names}")
    mails = str(again["messages"])
    expect("magazijn" not in mails, f"her mails say {mails}")
    readers = [each["name"] for each in again["confidence"]["readers"]]
    return f"read by {', '.join(readers)}; opened by {names[0]}"


@step(
    CHAPTER,
    "Work in confidence: Tom, who does it, reads what he needs; the desk sees an order without a word",
)
def carried_out(stage: Stage) -> str:
    sanne, lamp = stage.person("sanne"), stage.product("lamp-broken")
    body = {"text": LAMP, "channel": "site", "productId": lamp["productId"], "confidential": True}
    request = sanne.post("/requests", {**body, "answers": answers_for(lamp)})

    def order_of(who: str) -> Json | None:
        found = stage.person(who).get("/work-orders", requestId=request["requestId"])["items"]
        return stage.person(who).get(f"/work-orders/{found[0]['workOrderId']}") if found else None

    his = eventually(lambda: order_of("tom"), "an order for Tom")
    expect(his["text"] == LAMP, f"Tom reads {his['text']}")
    seen = order_of("amira")
    expect(seen and LAMP not in str(seen) and "Sanne" not in str(seen), f"the desk reads {seen}")
    return f"{his['number']}: read by Tom, veiled to the desk"
