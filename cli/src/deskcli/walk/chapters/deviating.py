"""Leaving the regular process for one request, with a reason; its owner sees where it does not fit."""

from __future__ import annotations

from deskcli.walk.chapters.catalogue import in_hours, ordered_with
from deskcli.walk.chapters.move import act
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Leaving the regular process"
PROCESS = {"hang", "place"}  # of the plant, as the chapter of the catalogue leaves it
KINDS = ["other_lead_time", "step_added", "other_order", "other_provider"]


@step(
    CHAPTER, "For one plant Amira chooses another team, begins a step early and adds one, each with a reason"
)
def left(stage: Stage) -> str:
    amira = stage.person("amira")
    request = eventually(lambda: ordered_with(stage, PROCESS), "a plant to be ordered")
    stage.memory["deviating"] = request["requestId"]
    orders = {one["step"]: one for one in request["orders"]}
    hang = f"/work-orders/{orders['hang']['workOrderId']}"
    chosen = {"providerId": team(stage, "huisdienst"), "reason": "De Technische Dienst zit vol."}
    amira.post(f"{hang}/reroute", chosen, version=amira.get(hang)["version"])
    act(amira, orders["place"], "begin-early", {"reason": "Ze zijn er vandaag toch."})
    path = f"/requests/{request['requestId']}"
    added = amira.post(f"{path}/added-steps", {**lamp(stage), "reason": "Het is daar te donker."})
    expect(added["state"] == "issued", f"the added step is {added['state']}")
    promise = {"what": "result", "until": in_hours(stage, 9 * 24), "text": "De lamp komt later."}
    amira.post(f"{path}/promises", promise, version=amira.get(path)["version"])
    return f"{request['reference']} now also has {added['number']}"


@step(CHAPTER, "All four stand on the dossier; Lars sees on his product where the process does not fit")
def seen(stage: Stage) -> str:
    request_id, lars = stage.memory["deviating"], stage.person("lars")

    def all_of_them() -> list[Json] | None:
        found: list[Json] = stage.person("amira").get("/deviations", requestId=request_id)["items"]
        return found if sorted(one["kind"] for one in found) == sorted(KINDS) else None

    found = eventually(all_of_them, "its four deviations")
    expect(all(one["cause"] and one["by"]["name"] == "Amira Haddad" for one in found), f"they are {found}")
    counts = lars.get("/deviations", productId=stage.memory["plant"]["product"])["counts"]
    seen = {one["kind"]: one["count"] for one in counts}
    expect(set(seen) == set(KINDS), f"counted {seen}")
    body = {**lamp(stage), "reason": "Zelf bedacht."}
    status = stage.person("daan").refused(f"/requests/{request_id}/added-steps", body)
    expect(status == 403, f"that Daan adds a step was answered with {status}")
    return ", ".join(f"{kind} {count}" for kind, count in sorted(seen.items()))


@step(CHAPTER, "Sanne may not order what is for another department; Amira may on her behalf, and says why")
def overruled(stage: Stage) -> str:
    amira, sanne = stage.person("amira"), stage.person("sanne")
    product, why = stage.product("safety-round"), {"overrule": "De brandweer komt morgen kijken."}
    body = {"channel": "phone", "kind": "order", "productId": product["productId"],
            "text": "Een ronde langs de brandblussers."}  # fmt: skip
    hers = sanne.refused("/requests", {**body, **why})
    for_her = {**body, "requesterId": amira.get("/people", q="sanne@meerwal.example")["items"][0]["personId"]}
    without = amira.refused("/requests", for_her)
    expect((hers, without) == (403, 422), f"Sanne {hers}, Amira without a reason {without}")
    request = amira.post("/requests", {**for_her, **why})

    def kept() -> Json | None:
        found = amira.get("/deviations", requestId=request["requestId"])["items"]
        return found[0] if found else None

    one = eventually(kept, "its deviation")
    expect((one["kind"], one["cause"]) == ("outside_audience", why["overrule"]), f"it is {one}")
    return f"{request['reference']} {request['state']}; kept as {one['kind']}, by {one['by']['name']}"


def lamp(stage: Stage) -> Json:
    return {"title": "Lamp erboven hangen", "providerId": team(stage, "technische-dienst")}


def team(stage: Stage, slug: str) -> str:
    known = {one["slug"]: one["providerId"] for one in stage.person("amira").get("/providers")["items"]}
    return str(known[slug])
