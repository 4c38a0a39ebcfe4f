"""More than an order may cost: asked before it is done, of the desk or of who holds the budget."""

from __future__ import annotations

from typing import Any

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.chapters.move import act
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, Person
from deskcli.walk.stage import Stage, step

CHAPTER = "It takes more"


@step(CHAPTER, "A lamp of Sanne may cost 100 euros; a little more the desk agrees to")
def little(stage: Stage) -> str:
    product, sanne = stage.product("lamp-broken"), stage.person("sanne")
    request = sanne.post("/requests", {
        "kind": "fault", "channel": "site", "text": "De lamp boven mijn bureau is stuk.",
        "productId": product["productId"], "answers": answers_for(product),
    })  # fmt: skip
    dossier = stage.until(request["requestId"], "its order", lambda it: it["orders"])
    stage.memory["more"] = {"request": request["requestId"], "order": dossier["orders"][0]}
    amira, order = stage.person("amira"), dossier["orders"][0]
    for action, body in (("accept", {}), ("start", {}), ("set-limit", {"limitCents": 10_000})):
        act(amira, order, action, body)
    asked = act(amira, order, "ask-extra", {"amountCents": 2_500, "reason": "Ook het armatuur."})
    expect(asked["state"] == "paused" and asked["pause"]["counterparty"] == "desk", f"it is {asked['pause']}")
    granted = act(amira, order, "grant-extra", {"note": "Doen"})
    expect(granted["limitCents"] == 12_500, f"it may cost {granted['limitCents']}")
    act(amira, order, "resume")
    return f"{order['number']} may cost {granted['limitCents']} cents now"


@step(CHAPTER, "Much more is Karin's to decide: the clock waits for her, and the desk may not say it for her")
def much(stage: Stage) -> str:
    amira, more = stage.person("amira"), stage.memory["more"]
    reason = {"amountCents": 90_000, "reason": "De hele groep moet opnieuw."}
    act(amira, more["order"], "ask-extra", reason)
    path = f"/work-orders/{more['order']['workOrderId']}"
    status = amira.refused(f"{path}/grant-extra", {}, version=amira.get(path)["version"])
    expect(status == 409, f"the desk's own word is answered with {status}")

    def stands(dossier: Json) -> Any:
        return [clock for clock in dossier["clocks"] or [] if clock["state"] == "paused"]

    dossier = stage.until(more["request"], "a clock that stands still", stands)
    return str(stands(dossier)[0]["sentence"]["nl"])


@step(CHAPTER, "She reads who asks how much and why, and agrees; the work goes on, and the clock with it")
def agreed(stage: Stage) -> str:
    karin, amira, more = stage.person("karin"), stage.person("amira"), stage.memory["more"]
    path = f"/approvals/{more['request']}"
    asked = karin.get(path)
    expect(asked["approval"]["estimateCents"] == 90_000, f"she is asked {asked['approval']}")
    karin.post(path, {"approved": True}, version=asked["version"])
    place = f"/work-orders/{more['order']['workOrderId']}"
    stage.until(more["request"], "the word at the order",
                lambda _: amira.get(place)["extraWork"]["state"] == "granted")  # fmt: skip
    act(amira, more["order"], "resume")
    done = act(amira, more["order"], "complete", {"costCents": 101_000})
    expect(done["costStanding"] is None, f"the cost stands as {done['costStanding']}")
    return f"{asked['approval']['extraWorkBy']} asked; {done['limitCents']} agreed, {done['costCents']} spent"


@step(CHAPTER, "What she agreed to is charged to her cost centre; Sanne and she see it, Daan does not")
def charged(stage: Stage) -> str:
    karin, request_id = stage.person("karin"), stage.memory["more"]["request"]
    dossier = stage.until(request_id, "what is charged", lambda it: it.get("charges"))
    (line,) = stage.dossier(request_id, "sanne")["charges"]
    expect((line["what"], line["amountCents"]) == ("extra_work", 90_000), f"it is charged {line}")
    lines = _booked(karin, dossier["reference"])
    expect([each["amountCents"] for each in lines] == [90_000], f"booked are {lines}")
    expect(not _booked(stage.person("daan"), dossier["reference"]), "Daan reads what is charged to others")
    return f"{line['amountCents']} cents to {line['costCentre']['key']} {line['costCentre']['name']}"


@step(
    CHAPTER, "It was for another cost centre: one line goes back, another comes, and the file has all three"
)
def charged_elsewhere(stage: Stage) -> str:
    amira, karin = stage.person("amira"), stage.person("karin")
    path = f"/requests/{stage.memory['more']['request']}"
    request = amira.get(path)
    body = {"what": "cost_centre", "cause": "misunderstood", "costCentre": "4200"}
    amira.post(f"{path}/corrections", body, version=request["version"])
    lines = _booked(karin, request["reference"])
    amounts = [(each["costCentre"]["key"], each["amountCents"]) for each in reversed(lines)]
    expect(amounts[1:] == [("4100", -90_000), ("4200", 90_000)], f"booked are {amounts}")
    month = lines[0]["month"]
    saved = karin.fetch(f"/charges/export?format=csv&from={month}&until={month}").text
    rows = [row for row in saved.splitlines() if request["reference"] in row]
    expect(len(rows) == 3 and "-900.00" in saved, f"the file has {rows}")
    return "; ".join(f"{key} {cents}" for key, cents in amounts)


def _booked(who: Person, reference: str) -> list[Json]:
    """Newest first."""
    return [each for each in who.get("/charges", limit=100)["items"] if each["reference"] == reference]
