"""Something dear: its budget holder is asked, by mail too, and the clock waits for the customer's side."""

from __future__ import annotations

from random import SystemRandom
from typing import Any

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Who pays?"


@step(CHAPTER, "Sanne orders lunch for thirty, which is more than her department may spend unasked")
def order(stage: Stage) -> str:
    request = lunch(stage, 30)
    stage.memory["lunch"] = request["requestId"]
    expect(request["state"] == "awaiting_approval", f"it is {request['state']}")
    dossier = stage.dossier(request["requestId"], "sanne")
    expect("estimateCents" not in dossier["approval"], "its requester reads the estimate")
    asked = ", ".join(seat["name"] for seat in dossier["approval"]["seats"])
    return f"{request['reference']} waits for {asked}"


@step(CHAPTER, "A product on quote is not in the basic package; what is in none says what its price implies")
def packages(stage: Stage) -> str:
    slugs = ("lamp-broken", "meeting-lunch", "reception-drinks")
    found = [stage.product(slug)["package"] for slug in slugs]
    expect(found == ["basic", "plus", "bespoke"], f"the packages are {found}")
    lars, slug = stage.person("lars"), f"quiz-{SystemRandom().randrange(10**6)}"
    name, step_ = {"nl": "Pubquiz"}, {"key": "do", "title": {"nl": "Doen"}, "provider": "huisdienst"}
    body = {"slug": slug, "name": name, "category": name, "kind": "order", "process": {"steps": [step_]},
            "price": {"kind": "quote"}, "package": "basic"}  # fmt: skip
    draft = lars.post("/product-drafts", body)
    expect(list(draft["problems"]) == ["package"], f"problems are {draft['problems']}")
    lars.post(f"/products/{draft['productId']}/draft/discard", version=draft["version"])
    return f"{', '.join(found)}; {draft['problems']['package'][0]}"


@step(CHAPTER, "The clock stands still, and says for whom")
def paused(stage: Stage) -> str:
    def stands(dossier: Json) -> Any:
        return [clock for clock in dossier["clocks"] or [] if clock["state"] == "paused"]

    dossier = stage.until(stage.memory["lunch"], "a clock that stands still", stands)
    return str(stands(dossier)[0]["sentence"]["nl"])


@step(CHAPTER, "Karin has a mail about it, sees what it costs, and refuses without a reason: not taken")
def looked_at(stage: Stage) -> str:
    karin = stage.person("karin")
    asked = karin.get(f"/approvals/{stage.memory['lunch']}")
    body = {"approved": False}
    status = karin.refused(f"/approvals/{stage.memory['lunch']}", body, version=asked["version"])
    expect(status == 422, f"a no without a reason is {status}")
    dossier = stage.until(
        stage.memory["lunch"],
        "the mail",
        lambda it: any(m["template"] == "approval" for m in it["messages"] or []),
    )
    mail = next(message for message in dossier["messages"] if message["template"] == "approval")
    return f"{mail['subject']}; EUR {asked['approval']['estimateCents'] / 100:.2f}"


@step(CHAPTER, "She agrees, and the work begins; whoever else tries is told that it is decided")
def agreed(stage: Stage) -> str:
    karin, path = stage.person("karin"), f"/approvals/{stage.memory['lunch']}"
    version = karin.get(path)["version"]
    karin.post(path, {"approved": True}, version=version)
    late = stage.person("lars").refused(path, {"approved": False, "reason": "Nee"}, version=version)
    expect(late in (409, 412), f"her stand-in is told {late}")
    expect(stage.person("daan").refused(path, {"approved": True}, version=version) == 404, "Daan may decide")
    dossier = stage.until(stage.memory["lunch"], "work orders", lambda it: it["orders"])
    return f"{len(dossier['orders'])} work orders; Lars was told {late}, Daan 404"


@step(CHAPTER, "Another is refused with a reason, which Sanne gets to read")
def refused(stage: Stage) -> str:
    karin, request = stage.person("karin"), lunch(stage, 200)
    path = f"/approvals/{request['requestId']}"
    said = {"approved": False, "reason": "Te duur; vraag het volgend kwartaal."}
    karin.post(path, said, version=karin.get(path)["version"])
    dossier = stage.dossier(request["requestId"], "sanne")
    expect((dossier["state"], dossier["resolution"]) == ("closed", "rejected"), "it goes on")
    reason = next(line for line in dossier["timeline"] if line["type"] == "disapproved")["data"]["reason"]
    return f"closed: {reason}"


@step(CHAPTER, "Sanne orders for Judith, of another department, who sees it too; it is charged there")
def for_a_colleague(stage: Stage) -> str:
    sanne = stage.person("sanne")
    (judith,) = sanne.get("/people/me/colleagues", q="judith van vliet")["items"]
    expect(set(judith) == {"personId", "name", "department"}, f"a colleague is shown with {sorted(judith)}")
    whom = {"requestedForId": judith["personId"], "onSite": {"name": "Bram Zijlstra", "phone": "4123"}}
    request = lunch(stage, 4, **whom)
    dossier = stage.dossier(request["requestId"], "sanne")
    expect(dossier["costCentre"]["key"] == "4200", f"it is charged to {dossier['costCentre']}")
    dossier = stage.until(request["requestId"], "work orders", lambda it: it["orders"])
    order = stage.person("amira").get(f"/work-orders/{dossier['orders'][0]['workOrderId']}")
    expect(order["contact"] == {"name": "Bram Zijlstra", "phone": "4123"}, f"contact: {order['contact']}")
    return f"for {dossier['requestedFor']['name']}, paid by 4200; they telephone {order['contact']['name']}"


@step(
    CHAPTER,
    "Karin makes a cost centre for a party, which Sanne charges; it ends, and is not offered any more",
)
def made(stage: Stage) -> str:
    karin, sanne = stage.person("karin"), stage.person("sanne")
    known = next(each for each in karin.get("/budgets")["items"] if each["key"] == "4100")
    holders = [{"personId": known["holders"][0]["personId"]}]
    party = {"name": "Jubileumfeest", "thresholdCents": 100_000, "holders": holders,
             "customerId": known["customerId"]}  # fmt: skip
    one = karin.post("/cost-centres", {**party, "key": f"9{SystemRandom().randrange(10**6):06}"})
    request = lunch(stage, 5, costCentre=one["key"])
    expect(request["state"] != "awaiting_approval", "its holder is asked below the threshold")
    charged = stage.dossier(request["requestId"], "sanne")["costCentre"]
    expect(charged["key"] == one["key"], f"it is charged to {charged}")
    path = f"/cost-centres/{one['budgetId']}"
    karin.put(path, {**party, "validUntil": "2025-12-31"}, version=one["version"])
    offered = [each["key"] for each in sanne.get("/people/me/cost-centres")["items"]]
    expect(one["key"] not in offered, "it is offered after its last day")
    return f"{one['key']} paid for {request['reference']}; now {', '.join(offered)} are offered"


@step(CHAPTER, "A lunch for two hundred more that day is one too many: the next free day is offered")
def full(stage: Stage) -> str:
    product, day = stage.product("meeting-lunch"), _some_day()
    terms = stage.person("sanne").get(
        f"/products/{product['productId']}/order-terms", wanted=day, quantity=200
    )
    amount = terms["capacity"]["amount"]
    expect(
        terms["wanted"]["left"] == amount, f"{terms['wanted']['left']} of {amount} are left on an empty day"
    )
    first = lunch(stage, 8, wanted={"from": day})
    status = stage.person("sanne").refused("/requests", _body(product, amount - 7, wanted={"from": day}))
    expect(status == 422, f"an order for more than there is left is {status}")
    known = stage.person("sanne").get(f"/requests/{first['requestId']}")["cancelling"]
    expect(known is not None and not known["late"], f"cancelling: {known}")
    return f"{amount} a day; 8 ordered, {amount - 7} more refused; free until {known['freeUntil'][:10]}"


def _some_day() -> str:
    """Far enough ahead, and seldom the same twice."""
    chance = SystemRandom()
    return f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T11:30:00Z"


def lunch(stage: Stage, people: int, **more: Any) -> Json:
    return stage.person("sanne").post("/requests", _body(stage.product("meeting-lunch"), people, **more))


def _body(product: Json, people: int, **more: Any) -> Json:
    return {
        "channel": "site",
        "kind": "order",
        "text": f"Lunch voor {people} gasten.",
        "productId": product["productId"],
        "answers": {"persons": people, "room": "Volkerak"},
        "wanted": {"from": _some_day()},
        **more,
    }
