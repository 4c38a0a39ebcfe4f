"""A fault: reported by an employee, carried out by an external supplier, not solved, done again,
confirmed.
"""

from __future__ import annotations

from servicekit.ids import new_id

from deskcli.walk.failures import expect
from deskcli.walk.people import eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "A cold room"
PRODUCT = "heating-fault"


@step(CHAPTER, "Sanne reports a cold radiator on the service site")
def report(stage: Stage) -> str:
    sanne, product = stage.person("sanne"), stage.product(PRODUCT)
    place = sanne.get("/locations", q="3.12")["items"][0]
    body = {
        "kind": "fault",
        "channel": "site",
        "text": "De radiator blijft koud, ook op stand 5. Het is 15 graden op kamer 3.12.",
        "productId": product["productId"],
        "locationId": place["locationId"],
        "answers": answers_for(product),
    }
    key = str(new_id())
    request = sanne.post("/requests", body, key=key)
    again = sanne.post("/requests", body, key=key)
    expect(again["reference"] == request["reference"], "the same Idempotency-Key made a second request")
    expect(request["state"] == "in_progress", f"a standard request is {request['state']}")
    stage.memory["fault"] = request["requestId"]
    promise = request["promise"]["respondBy"]
    return f"{request['reference']}, you hear from us by {promise}; sent twice, made once"


@step(CHAPTER, "The order is delivered to Vonk & Val over RabbitMQ, and accepted")
def accepted(stage: Stage) -> str:
    dossier = stage.until(
        stage.memory["fault"], "an accepted order", lambda it: any(passed(o) for o in it["orders"])
    )
    order = dossier["orders"][0]
    expect(order["provider"]["slug"] == "vonk-val", f"the order went to {order['provider']['slug']}")
    return f"{order['number']} is {order['state']} at {order['provider']['name']}"


@step(CHAPTER, "The supplier reports completion; the request is ready and Sanne is asked")
def ready(stage: Stage) -> str:
    dossier = stage.until(stage.memory["fault"], "ready", lambda it: it["state"] == "ready")
    return f"{dossier['reference']} is {dossier['state']}, order {dossier['orders'][0]['state']}"


@step(CHAPTER, "It is not solved: Sanne reopens, the supplier is sent again")
def reopened(stage: Stage) -> str:
    sanne, request_id = stage.person("sanne"), stage.memory["fault"]
    version = sanne.get(f"/requests/{request_id}")["version"]
    expect(
        sanne.refused(f"/requests/{request_id}/reopen", {"reason": "x"}, version=version - 1) == 412, "stale"
    )
    sanne.post(f"/requests/{request_id}/reopen", {"reason": "Na een uur weer koud."}, version=version)
    dossier = stage.until(
        request_id, "a second order", lambda it: any(order["round"] == 2 for order in it["orders"])
    )
    second = next(order for order in dossier["orders"] if order["round"] == 2)
    return (
        f"round 2: {second['number']} to {second['provider']['name']}; an outdated answer was refused (412)"
    )


@step(CHAPTER, "Done again; Sanne confirms, and the request closes as solved")
def confirmed(stage: Stage) -> str:
    sanne, request_id = stage.person("sanne"), stage.memory["fault"]
    ready_again = stage.until(request_id, "ready again", lambda it: it["state"] == "ready")
    closed = sanne.post(f"/requests/{request_id}/confirm", version=ready_again["version"])
    expect(closed["state"] == "closed" and closed["resolution"] == "solved", f"it is {closed['state']}")
    return f"{closed['reference']} closed, {closed['resolution']}"


@step(CHAPTER, "Sanne got each mail once, in Dutch: receipt, ready, reopened, ready again, closed")
def mails(stage: Stage) -> str:
    reference = stage.dossier(stage.memory["fault"])["reference"]

    def sent() -> list[str] | None:
        messages = stage.dossier(stage.memory["fault"])["messages"] or []
        done = [message["template"] for message in messages if message["state"] == "sent"]
        return done if {"receipt", "ready", "reopened"} <= set(done) and done.count("ready") == 2 else None

    templates = eventually(sent, "the mails of the first chapter")
    expect(templates.count("receipt") == 1, f"sent: {templates}")
    box = stage.person("amira").get("/demo/mailbox")["items"]
    arrived = [mail for mail in box if reference in mail["subject"] and "sanne" in str(mail["to"])]
    expect(len(arrived) >= len(templates), f"{len(templates)} were sent, {len(arrived)} arrived")
    return f"{len(arrived)} mails: {', '.join(sorted(set(templates)))}"


def passed(order: dict[str, object]) -> bool:
    return order["state"] not in ("prepared", "issued", "refused")


def answers_for(product: dict[str, object]) -> dict[str, object]:
    """An answer to each mandatory question: the first choice, or something of the right type."""
    plain: dict[str, object] = {
        "text": "zie omschrijving",
        "number": 1,
        "boolean": True,
        "date": "2026-12-01",
    }
    answers: dict[str, object] = {}
    for question in product.get("questions") or []:  # type: ignore[attr-defined]
        if question["required"]:
            choices = question.get("choices")
            answers[question["key"]] = choices[0]["value"] if choices else plain[question["type"]]
    return answers
