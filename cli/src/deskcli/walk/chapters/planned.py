"""Planned work: what comes back is made by itself, and nobody waits for it."""

from __future__ import annotations

from datetime import date, timedelta

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Planned work"
PRODUCT = "lamp-broken"


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

    plan = eventually(both, "work of the plan", seconds=60)
    expect([day["fate"] for day in plan["days"]] == ["made", "made"], f"its days are {plan['days']}")
    dossier = stage.until(plan["days"][0]["requestId"], "its order", lambda it: it["orders"])
    expect(dossier["standard"], "it waits for the desk")
    paused = karin.post(f"{path}/pause", {"reason": "Verbouwing"}, version=plan["version"])
    expect(paused["state"] == "paused", f"it is {paused['state']}")
    return f"{dossier['reference']} with {dossier['orders'][0]['provider']['name']}; paused"


def _today(stage: Stage) -> date:
    """On the desk's clock: dates that have passed are not shown."""
    daily = {"rule": "FREQ=DAILY", "startsOn": "2026-01-01", "closed": "keep", "most": 1}
    return date.fromisoformat(stage.person("karin").post("/plan-previews", daily)["dates"][0]["workOn"])
