"""Who gets what: a rule is tried out, counts, loses its ground, and a person decides meanwhile."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Who gets what"
PRODUCT = "lamp-broken"
SKILL = "lampen op hoogte"


@step(CHAPTER, "Karin gives the Huisdienst a skill, makes a rule for it, and tries it before it counts")
def tried(stage: Stage) -> str:
    karin, product = stage.person("karin"), stage.product(PRODUCT)
    skills = [skill for skill in _provider(stage, "huisdienst")["skills"] if skill != SKILL]
    stage.memory["skills"] = skills
    _skills(stage, [*skills, SKILL])
    place = stage.memory["quay"] = karin.get("/locations", q="De Kade")["items"][0]["locationId"]
    body = {
        "name": "Lampen in De Kade",
        "active": False,
        "conditions": [
            {"field": "product", "values": [PRODUCT]},
            {"field": "place", "values": [place]},
        ],
        "skill": SKILL,
        "otherwise": "triage",
    }
    rule = karin.post("/routing-rules", body)
    karin.post(f"/routing-rules/{rule['ruleId']}/move", {"position": 1}, version=rule["version"])
    asked = {"productId": product["productId"], "locationId": place}
    now = karin.get("/routing/try", **asked)["steps"][0]["provider"]
    then = karin.get("/routing/try", **asked, drafts=True)["steps"][0]["provider"]
    expect(now["slug"] != "huisdienst", f"a rule that is off gives it to {now['slug']}")
    expect(then["slug"] == "huisdienst", f"the rule would give it to {then['slug']}")
    body["active"] = True
    stage.memory["rule"] = karin.post(f"/routing-rules/{rule['ruleId']}", body, version=rule["version"])
    return f"now {now['name']}, by the rule {then['name']}; it counts from here on"


@step(CHAPTER, "Sanne reports a lamp there: the rule gives it out, and the order says why")
def given_out(stage: Stage) -> str:
    dossier = stage.until(_report(stage), "its order", lambda it: it["orders"])
    order = dossier["orders"][0]
    why = stage.person("amira").get(f"/work-orders/{order['workOrderId']}")["routing"]
    expect(order["provider"]["slug"] == "huisdienst", f"it went to {order['provider']['slug']}")
    expect(why["rule"]["name"] == "Lampen in De Kade", f"the order says {why}")
    return f"{order['number']} is with {order['provider']['name']}, by the rule “{why['rule']['name']}”"


@step(CHAPTER, "Nobody has the skill any more: the next report waits, and Karin sees which rule is to blame")
def broken(stage: Stage) -> str:
    _skills(stage, stage.memory["skills"])
    request_id = stage.memory["waits"] = _report(stage)
    karin = stage.person("karin")

    def failed() -> Json | None:
        items = karin.get("/failures/dispatch", kind="rule", state="open")["items"]
        return next((one for one in items if one["subject"]["requestId"] == request_id), None)

    line = eventually(failed, "the request in the repair list")
    rules = karin.get("/routing-rules")["items"]
    fault = next(rule["fault"] for rule in rules if rule["ruleId"] == stage.memory["rule"]["ruleId"])
    expect(fault, "the rule does not say what is wrong with it")
    stage.until(request_id, "attention", lambda it: it["attention"] == "unplannable")
    return f"{line['subject']['label']} waits: {fault}"


@step(CHAPTER, "Amira decides by hand, with a reason; Karin takes the rule away")
def decided(stage: Stage) -> str:
    amira, request_id = stage.person("amira"), stage.memory["waits"]
    provider = _provider(stage, "technische-dienst")
    amira.post(
        f"/requests/{request_id}/give-out",
        {"providerId": provider["providerId"], "reason": "They have a ladder."},
    )
    dossier = stage.until(request_id, "its order", lambda it: it["orders"])
    order = amira.get(f"/work-orders/{dossier['orders'][0]['workOrderId']}")
    expect(order["routing"]["by"] == "hand", f"the order says {order['routing']}")
    rule = stage.memory["rule"]
    left = stage.person("karin").delete(f"/routing-rules/{rule['ruleId']}", version=rule["version"])["items"]
    expect(all(one["ruleId"] != rule["ruleId"] for one in left), "the rule is still there")
    return f"{order['number']}: {order['routing']['who']} chose, “{order['routing']['reason']}”"


def _report(stage: Stage) -> str:
    product = stage.product(PRODUCT)
    request = stage.person("sanne").post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": "De lamp boven het magazijn knippert.",
         "productId": product["productId"], "locationId": stage.memory["quay"],
         "answers": answers_for(product)},
    )  # fmt: skip
    return str(request["requestId"])


def _provider(stage: Stage, slug: str) -> Json:
    items = stage.person("karin").get("/providers")["items"]
    return next(one for one in items if one["slug"] == slug)


def _skills(stage: Stage, skills: list[str]) -> None:
    """Its profile as it is, with other skills."""
    provider = _provider(stage, "huisdienst")
    kept = {name: provider[name] for name in ("capacity", "absences") if provider[name] is not None}
    hours = [{name: one[name] for name in ("days", "start", "end")} for one in provider["hours"]]
    places = [one["locationId"] for one in provider["places"]]
    stage.person("karin").post(
        f"/providers/{provider['providerId']}/profile",
        {**kept, "hours": hours, "places": places, "skills": skills},
        version=provider["version"],
    )
