"""A product without code: written as a draft, published by itself on its date, changed while it is in use."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from servicekit.ids import new_id

from deskcli.walk.chapters.move import act, issued, ticked
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "The catalogue"
# What each version's process is, by the keys of its steps.
FIRST, SECOND = {"pick", "place"}, {"choose", "place", "check"}


def content(slug: str, *steps: Json) -> Json:
    return {
        "slug": slug,
        "category": {"nl": "Schoonmaak", "en": "Cleaning"},
        "name": {"nl": "Plant op kamer", "en": "Plant for an office"},
        "kind": "order",
        "leadTime": {"amount": 5, "unit": "working_days"},
        "owner": "Lars Vos",
        "questions": [
            {"key": "allergy", "label": {"nl": "Is iemand allergisch?", "en": "Is anybody allergic?"},
             "type": "boolean", "required": True},
            {"key": "to-what", "label": {"nl": "Waarvoor?", "en": "To what?"}, "type": "text",
             "required": True, "askedIf": {"question": "allergy", "answers": ["yes"]}},
        ],
        "process": {"steps": list(steps)},
    }  # fmt: skip


def piece(key: str, *after: str, **more: Any) -> Json:
    title = {"nl": f"Plant: {key}", "en": f"Plant: {key}"}
    return {"key": key, "title": title, "provider": "huisdienst", "dependsOn": list(after), **more}


@step(CHAPTER, "Lars writes a new product; half of it is missing and he is told what")
def drafted(stage: Stage) -> str:
    lars, slug = stage.person("lars"), f"plant-{str(new_id())[-8:]}"
    draft = lars.post("/product-drafts", {"slug": slug, "name": {"nl": "Plant op kamer"}})
    expect({"category", "process.steps"} <= set(draft["problems"]), f"problems are {draft['problems']}")
    whole = content(slug, piece("pick"), piece("place", "pick"))
    draft = lars.put(f"/products/{draft['productId']}/draft", whole, version=draft["version"])
    expect(not draft["problems"], f"problems are {draft['problems']}")
    found = stage.person("daan").get("/products", slug=slug)["items"]
    expect(not found, "a draft is offered already")
    stage.memory["plant"] = {"product": draft["productId"], "slug": slug, "version": draft["version"]}
    return f"{slug}, whole now, and nobody is offered it"


@step(CHAPTER, "He plans it for tomorrow; tomorrow it is there by itself")
def planned(stage: Stage) -> str:
    lars, plant = stage.person("lars"), stage.memory["plant"]
    body = {"publishAt": in_hours(stage, 20)}
    lars.post(f"/products/{plant['product']}/draft/schedule", body, version=plant["version"])
    stage.pass_time("P1D")
    product = eventually(
        lambda: (stage.person("daan").get("/products", slug=plant["slug"])["items"] or [None])[0],
        "the product to be published by itself",
    )
    versions = lars.get(f"/products/{plant['product']}/versions")["items"]
    expect(len(versions) == 1, f"it was published {len(versions)} times")
    return f"version {product['version']}, published by {versions[0]['publishedBy']['name']}'s plan"


@step(CHAPTER, "Daan orders one; Lars publishes another process; Daan's order keeps its own")
def kept(stage: Stage) -> str:
    lars, plant = stage.person("lars"), stage.memory["plant"]
    old = ordered(stage)
    stage.until(old, "the orders of version 1", lambda it: steps_of(it) == FIRST)
    draft = lars.post(f"/products/{plant['product']}/draft")
    changed = content(plant["slug"], piece("choose"), piece("place", "choose"), piece("check", "place"))
    draft = lars.put(f"/products/{plant['product']}/draft", changed, version=draft["version"])
    told = lars.get(f"/products/{plant['product']}/comparison", before=1)["differences"]
    fields = {each["field"] for each in told}
    expect({"process.steps.choose", "process.steps.pick"} <= fields, f"what differs is {sorted(fields)}")
    lars.post(f"/products/{plant['product']}/draft/publish", version=draft["version"])
    new = eventually(lambda: ordered_with(stage, SECOND), "a new order to follow version 2")
    carry_out(stage, old, len(FIRST))
    dossier = stage.until(old, "ready by its own process", lambda it: it["state"] == "ready")
    expect(steps_of(dossier) == FIRST, f"the running request got {sorted(steps_of(dossier))}")
    return f"{dossier['reference']} ready by {sorted(FIRST)}; {new['reference']} goes by {sorted(SECOND)}"


@step(CHAPTER, "He lets a role do it, Tom look at it before the next step, and Daan say that it is right")
def looked_at(stage: Stage) -> str:
    lars, plant, tom = stage.person("lars"), stage.memory["plant"], stage.person("tom")
    draft = lars.post(f"/products/{plant['product']}/draft")
    by_lead, by_daan = ({"by": who, "holds": True} for who in ("team_lead", "customer"))
    hang = piece("hang", provider="technische-dienst", check=by_lead)
    place = piece("place", "hang", provider=None, role="verhuizen", check=by_daan)
    path = f"/products/{plant['product']}/draft"
    draft = lars.put(path, content(plant["slug"], hang, place), version=draft["version"])
    expect(not draft["problems"], f"problems are {draft['problems']}")
    lars.post(f"{path}/publish", version=draft["version"])
    new = eventually(lambda: ordered_with(stage, {"hang", "place"}), "a new order to follow version 3")
    first = done_by(stage, "tom", new["requestId"], "hang")
    amira, order = stage.person("amira"), f"/work-orders/{first}"
    status = amira.refused(f"{order}/check", {}, version=amira.get(order)["version"])
    expect(status == 403, f"that the desk checks for Tom was answered with {status}")
    act(tom, {"workOrderId": first}, "check")
    second = done_by(stage, "petra", new["requestId"], "place")
    daan, asked = stage.person("daan"), f"/requests/{new['requestId']}/checks"
    one = eventually(lambda: (daan.get(asked)["items"] or [None])[0], "Daan to be asked to look")
    expect(one["workOrderId"] == second, f"he looks at {one}")
    expect(stage.dossier(new["requestId"])["state"] == "in_progress", "ready before Daan has looked")
    daan.post(f"/work-orders/{second}/customer-check", {"right": True}, version=one["version"])
    dossier = stage.until(new["requestId"], "ready", lambda it: it["state"] == "ready")
    return f"{dossier['reference']}: checked by Tom, then by Daan, then ready"


def done_by(stage: Stage, who: str, request_id: str, key: str) -> str:
    """Its executor begins when its turn comes, and reports it done."""
    dossier = stage.until(
        request_id, f"the turn of {key}", lambda it: any(one["step"] == key for one in issued(it, []))
    )
    order = next(one for one in issued(dossier, []) if one["step"] == key)
    for action in ("accept", "start"):
        act(stage.person(who), order, action)
    act(stage.person(who), order, "complete", ticked(stage.person(who), order))
    return str(order["workOrderId"])


def ordered(stage: Stage) -> str:
    body = {
        "channel": "site",
        "text": "A plant, please.",
        "productId": stage.memory["plant"]["product"],
        "answers": {"allergy": False, "to-what": "left out, since nobody asked"},
    }

    def order() -> Json | None:
        """As soon as intake has heard of the product."""
        try:
            return stage.person("daan").post("/requests", body)
        except Exception as error:
            if getattr(error, "status", 0) != 422:
                raise
            return None

    request = eventually(order, "intake to know the product")
    expect("to-what" not in stage.dossier(request["requestId"])["answers"], "it kept what was not asked")
    return str(request["requestId"])


def ordered_with(stage: Stage, steps: set[str]) -> Json | None:
    """The dossier of a new order, once new ones go by these steps."""
    dossier = stage.until(ordered(stage), "its orders", lambda it: it["orders"])
    return dossier if steps_of(dossier) == steps else None


def carry_out(stage: Stage, request_id: str, count: int) -> None:
    petra = stage.person("petra")
    done: list[str] = []
    while len(done) < count:
        dossier = stage.until(request_id, "the next order", lambda it: issued(it, done))
        order = issued(dossier, done)[0]
        for action in ("accept", "start"):
            act(petra, order, action)
        act(petra, order, "complete", ticked(petra, order))
        done.append(order["step"])


def steps_of(dossier: Json) -> set[str]:
    return {order["step"] for order in dossier["orders"]}


@step(CHAPTER, "He saves the whole catalogue, renames the plant in the file, and brings it in as he saw it")
def brought_in(stage: Stage) -> str:
    lars, plant = stage.person("lars"), stage.memory["plant"]
    saved = lars.fetch("/catalogue/export").json()
    mine = next(each for each in saved["products"] if each["slug"] == plant["slug"])
    mine["name"]["en"] = "A plant for your office"
    seen = lars.upload("/catalogue/files", "catalogue.json", json.dumps(saved).encode())
    counts = {change: count for change, count in seen["counts"].items() if count}
    expect(counts.pop("same") > 20 and counts == {"changed": 1}, f"it would change {seen['counts']}")
    [line] = [each for each in seen["lines"] if each["change"] == "changed"]
    expect([each["field"] for each in line["differences"]] == ["name.en"], f"in {line['differences']}")
    path, way = f"/catalogue/files/{seen['fileId']}/carry-out", {"way": "published"}
    expect(lars.refused(path, {**way, "lookedAt": "another"}) == 412, "carried out as something else")
    done = lars.post(path, {**way, "lookedAt": seen["fingerprint"]})
    expect(done["lines"] == seen["lines"], "it did something else")
    name = stage.person("daan").get(f"/products/{plant['product']}")["name"]["en"]
    expect(name == "A plant for your office", f"it is called {name}")
    return (
        f"{len(saved['products'])} products and {len(saved['articles'])} articles; one changed, in one field"
    )


@step(CHAPTER, "He writes an answer better; what readers say counts for the version that they read")
def judged(stage: Stage) -> str:
    lars, daan, slug = stage.person("lars"), stage.person("daan"), f"water-{str(new_id())[-8:]}"
    body = {"slug": slug, "title": {"nl": "Hoe vaak geef ik water?"}, "body": {"nl": "Soms."}}
    path = f"/articles/{lars.post('/articles', body)['articleId']}"
    daan.post(f"{path}/judgements", {"helped": False})
    lars.post("/articles", {**body, "body": {"nl": "Elke maandag een glas."}, "basedOn": 1})
    daan.post(f"{path}/judgements", {"helped": True})
    daan.post(f"{path}/judgements", {"helped": False, "version": 1})
    lines = lars.get(f"{path}/versions")["items"]
    said = {
        each["version"]: (each["judgements"]["helped"], each["judgements"]["didNotHelp"]) for each in lines
    }
    expect(said == {2: (1, 0), 1: (0, 2)}, f"counted {said}")
    told = lars.get(f"{path}/comparison", before=1, after=2)["differences"]
    fields = sorted(each["field"] for each in told)
    expect(fields == ["body.en", "body.nl"], f"what differs is {fields}")
    return "version 1 helped nobody of 2, version 2 helped 1 of 1"


@step(
    CHAPTER, "He drafts the next version and plans it; it is there by itself, and later taken away by itself"
)
def shelved(stage: Stage) -> str:
    lars, daan, slug = stage.person("lars"), stage.person("daan"), f"sun-{str(new_id())[-8:]}"
    body = {"slug": slug, "title": {"nl": f"Zonwering {slug}"}, "body": {"nl": "Trek aan het koord."}}
    path = f"/articles/{lars.post('/articles', body)['articleId']}"
    draft = lars.post(f"{path}/draft")
    changed = {**body, "body": {"nl": "Druk op de knop."}}
    draft = lars.put(f"{path}/draft", changed, version=draft["version"])
    told = {each["field"] for each in lars.get(f"{path}/comparison", before=1)["differences"]}
    expect(told == {"body.nl", "body.en"}, f"what differs is {told}")
    plan = {"publishAt": in_hours(stage, 20)}
    draft = lars.post(f"{path}/draft/schedule", plan, version=draft["version"])
    expect(daan.get(path)["body"]["nl"] == "Trek aan het koord.", "the draft is read already")
    lars.post(f"{path}/withdraw-on", {"withdrawAt": in_hours(stage, 44)}, version=1)
    stage.pass_time("P1D")
    eventually(lambda: daan.get(path)["version"] == 2, "the article to be published by itself")
    expect(answers(stage, slug), "it is withdrawn too early")
    stage.pass_time("P1D")
    eventually(lambda: not answers(stage, slug), "the article to be taken away by itself")
    return "version 2 on its date, gone on the next; its two versions are still there to read"


def answers(stage: Stage, words: str) -> list[Json]:
    found: list[Json] = stage.person("daan").get("/articles", q=words)["items"]
    return found


def in_hours(stage: Stage, hours: int) -> str:
    now = datetime.fromisoformat(stage.person("amira").get("/demo/clock")["now"])
    return (now + timedelta(hours=hours)).isoformat()
