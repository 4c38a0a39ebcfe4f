"""Planned work: what comes back is made by itself, and nobody waits for it."""

from __future__ import annotations

from datetime import date, timedelta

from servicekit.ids import new_id

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import StepFailed, expect
from deskcli.walk.people import Json, Person, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Planned work"
PRODUCT = "lamp-broken"
ROUND = "safety-round"
FAR_APART = {"rule": "FREQ=YEARLY", "closed": "keep", "leadDays": 0}


@step(CHAPTER, "Karin looks at the dates of a weekly round, and plans it from today on")
def planned(stage: Stage) -> str:
    karin, product = stage.person("karin"), stage.product(PRODUCT)
    today = _today(stage)
    pattern = {"rule": "FREQ=WEEKLY", "startsOn": str(today), "closed": "keep", "leadDays": 7}
    dates = karin.post("/plan-previews", {**pattern, "most": 3})["dates"]
    expect(dates[1]["workOn"] == str(today + timedelta(days=7)), f"the dates are {dates}")
    body = {
        **pattern,
        "name": "Lampen nalopen",
        "text": "Loop alle lampen van de hal na.",
        "productId": product["productId"],
        "answers": answers_for(product),
    }
    expect(stage.person("sanne").refused("/plans", body) == 403, "Sanne plans")
    stage.memory["plan"] = karin.post("/plans", body)["planId"]
    return f"next {', '.join(day['workOn'] for day in dates)}"


@step(CHAPTER, "The work of today and of next week is there, once, with its team; she pauses the plan")
def made(stage: Stage) -> str:
    karin, path = stage.person("karin"), f"/plans/{stage.memory['plan']}"

    def both() -> Json | None:
        found: Json = karin.get(path)
        return found if len(found["days"]) >= 2 else None

    plan = eventually(both, "work of the plan")
    expect([day["fate"] for day in plan["days"]] == ["made", "made"], f"its days are {plan['days']}")
    dossier = stage.until(plan["days"][0]["requestId"], "its order", lambda it: it["orders"])
    expect(dossier["standard"], "it waits for the desk")
    paused = karin.post(f"{path}/pause", {"reason": "Verbouwing"}, version=plan["version"])
    expect(paused["state"] == "paused", f"it is {paused['state']}")
    return f"{dossier['reference']} with {dossier['orders'][0]['provider']['name']}; paused"


@step(CHAPTER, "Karin plans a round of the day; its order is with the technical team, with three stops")
def round_made(stage: Stage) -> str:
    karin = stage.person("karin")
    places = karin.get("/locations", q="Pantry", limit=3)["items"]
    stops: list[Json] = [
        {"title": place["name"], "locationId": place["locationId"], "points": [{"text": "Verzegeld?"}]}
        for place in places
    ]
    stops[2]["optional"] = True
    body = {
        **_once(stage),
        "name": "Ronde langs de blussers",
        "text": "Loop de brandblussers na.",
        "productId": stage.product(ROUND)["productId"],
        "stops": stops,
        "provider": "technische-dienst",
    }
    nobody = {**body, "name": "Ronde van niemand", "stops": [], "provider": "niemand"}
    stage.memory["nobody's plan"] = f"/plans/{karin.post('/plans', nobody)['planId']}"
    plan = f"/plans/{karin.post('/plans', body)['planId']}"
    stage.memory["round plan"] = plan
    found = eventually(lambda: karin.get(plan)["days"], "the round")
    stage.memory["round"] = found[0]["requestId"]
    dossier = stage.until(found[0]["requestId"], "its order", lambda it: it["orders"])
    order = dossier["orders"][0]
    expect(order["provider"]["name"] == "Technische Dienst", f"it is with {order['provider']['name']}")
    stage.memory["round order"] = order["workOrderId"]
    return f"{dossier['reference']} with {dossier['orders'][0]['provider']['name']}"


@step(CHAPTER, "Tom walks it: one stop in order, one defect; before that he can't report it as done")
def round_walked(stage: Stage) -> str:
    tom, path = stage.person("tom"), f"/work-orders/{stage.memory['round order']}"

    def say(action: str, **said: object) -> Json:
        done: Json = tom.post(f"{path}/{action}", dict(said), version=tom.get(path)["version"])
        return done

    say("accept")
    say("start")
    say("tick-stop", stop=1, outcome="done", checklist=[0])
    version = tom.get(path)["version"]
    expect(tom.refused(f"{path}/complete", {}, version=version) == 422, "it was done halfway")
    say("tick-stop", stop=2, outcome="defect", note="De verzegeling is verbroken.")
    done = say("complete")
    expect(done["stopCounts"]["defect"] == 1, f"it counts {done['stopCounts']}")
    return f"{done['number']}: {done['stopCounts']['defect']} defect, one stop left out"


@step(CHAPTER, "The defect is a fault of its own, linked to the round; the plan counts it")
def defect_found(stage: Stage) -> str:
    amira, round_ = stage.person("amira"), stage.memory["round"]
    linked = eventually(lambda: amira.get(f"/requests/{round_}")["links"], "the fault that was found")
    fault = amira.get(f"/requests/{linked[0]['requestId']}")
    expect((fault["kind"], fault["links"][0]["kind"]) == ("fault", "found_in"), f"it is {fault['kind']}")
    expect(fault["requester"]["name"] == "Tom Bakker", f"{fault['requester']['name']} found it")
    plan = stage.memory["round plan"]

    def counted() -> bool:
        counts = stage.person("karin").get(plan)["days"][0]["stopCounts"]
        return bool(counts) and counts["defect"] == 1

    eventually(counted, "the round with its plan")
    return f"{fault['reference']}: {fault['summary']}"


@step(CHAPTER, "A plan that names nobody we know waits in the repair list; Amira decides who does it")
def named_in_vain(stage: Stage) -> str:
    plan, amira = stage.memory["nobody's plan"], stage.person("amira")
    days = eventually(lambda: stage.person("karin").get(plan)["days"], "its request")
    request_id = days[0]["requestId"]

    def waiting() -> Json | None:
        items: list[Json] = amira.get("/failures/dispatch", kind="unplannable", limit=50)["items"]
        return next((each for each in items if each["subject"].get("requestId") == request_id), None)

    failure = eventually(waiting, "its place in the repair list")
    providers = {each["slug"]: each["providerId"] for each in amira.get("/providers")["items"]}
    provider = providers["huisdienst"]
    amira.post(f"/requests/{request_id}/give-out", {"providerId": provider, "reason": "Afgesproken"})
    dossier = stage.until(request_id, "its order", lambda it: it["orders"])
    eventually(lambda: waiting() is None, "the repair list without it")
    return f"{failure['subject']['label']}: {dossier['orders'][0]['provider']['name']}"


@step(CHAPTER, "Lars withdraws a product that a plan needs: its next date cannot be made, and says so")
def stuck(stage: Stage) -> str:
    lars, karin = stage.person("lars"), stage.person("karin")
    product = lars.post("/products", _gutters())
    tomorrow = str(_today(stage) + timedelta(days=1))
    body = {
        **FAR_APART,
        "startsOn": tomorrow,
        "name": "Dakgoten schoonmaken",
        "text": "Maak de dakgoten leeg.",
        "productId": product["productId"],
    }
    made = eventually(lambda: _planned(karin, body), "a plan with what was published just now")
    plan = stage.memory["stuck plan"] = made["planId"]
    lars.post(f"/products/{product['productId']}/withdraw", version=product["version"])
    stage.pass_time("P1D")
    days = eventually(lambda: karin.get(f"/plans/{plan}")["days"], "that date")
    expect(days[0]["fate"] == "stuck", f"the date is {days[0]['fate']}")
    failure = stage.memory["stuck date"] = days[0]["failureId"]
    found = karin.get(f"/failures/intake/{failure}")
    expect(found["kind"] == "plan" and found["state"] == "open", f"in the repair list it is {found}")
    return f"{found['subject']['label']}: {found['cause']}"


def _planned(karin: Person, body: Json) -> Json | None:
    """None while intake has not heard of the product."""
    try:
        return karin.post("/plans", body)
    except StepFailed as error:
        if error.status != 422:
            raise
        return None


@step(CHAPTER, "Trying again too soon is refused; with another product in the plan the date is made, once")
def made_after_all(stage: Stage) -> str:
    karin, path = stage.person("karin"), f"/plans/{stage.memory['stuck plan']}"
    which = {"failureIds": [stage.memory["stuck date"]]}
    early = karin.post("/failures/intake/replay", which)["items"][0]
    expect(early["outcome"] == "refused", f"trying again at once is {early['outcome']}")
    plan, product = karin.get(path), stage.product(PRODUCT)
    changed = {
        "name": plan["name"],
        "text": "Maak de dakgoten leeg.",
        "productId": product["productId"],
        "answers": answers_for(product),
        **FAR_APART,
        "startsOn": str(_today(stage) + timedelta(days=300)),
        "reason": "Het product bestaat niet meer.",
    }
    karin.post(f"{path}/change", changed, version=plan["version"])
    outcomes = [karin.post("/failures/intake/replay", which)["items"][0]["outcome"] for _ in range(2)]
    expect(outcomes == ["replayed", "already"], f"replaying twice is {outcomes}")
    (day,) = karin.get(path)["days"]
    dossier = stage.until(day["requestId"], "its order", lambda it: it["orders"])
    return f"{early['detail'].partition('.')[0]}; then {dossier['reference']}"


def _gutters() -> Json:
    """A product of its own, since it is withdrawn."""
    step_ = {"key": "clean", "title": {"nl": "Dakgoten schoonmaken", "en": "Clean the gutters"}}
    return {
        "slug": f"gutters-{str(new_id())[-8:]}",
        "category": {"nl": "Schoonmaak", "en": "Cleaning"},
        "name": {"nl": "Dakgoten", "en": "Gutters"},
        "kind": "order",
        "leadTime": {"amount": 5, "unit": "working_days"},
        "owner": "Lars Vos",
        "process": {"steps": [{**step_, "provider": "huisdienst"}]},
    }


def _once(stage: Stage) -> Json:
    """A plan of today alone."""
    today = str(_today(stage))
    return {"rule": "FREQ=WEEKLY", "startsOn": today, "until": today, "closed": "keep", "leadDays": 0}


def _today(stage: Stage) -> date:
    """On the desk's clock: dates that have passed are not shown."""
    daily = {"rule": "FREQ=DAILY", "startsOn": "2026-01-01", "closed": "keep", "most": 1}
    return date.fromisoformat(stage.person("karin").post("/plan-previews", daily)["dates"][0]["workOn"])
