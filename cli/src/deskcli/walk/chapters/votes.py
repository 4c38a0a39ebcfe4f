"""Two who pay: both must agree, or one yes is enough; and a stand-in says it for who is away."""

from __future__ import annotations

from random import SystemRandom

from deskcli.walk.chapters.budget import CHAPTER, lunch
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

YES, NO = {"approved": True}, {"approved": False, "reason": "Dit kwartaal niet meer."}


@step(CHAPTER, "Where all must agree the yes of Karin is not enough; with that of Lars the work begins")
def all_of_them(stage: Stage) -> str:
    karin, lars = _holders(stage)
    request = _asked(stage, "all", {"personId": karin}, {"personId": lars})
    _says(stage, "karin", request, YES)
    state = stage.dossier(request["requestId"])["state"]
    expect(state == "awaiting_approval", f"after one of two it is {state}")
    return _goes_on(stage, "lars", request)


@step(CHAPTER, "Where one yes is enough the no of Karin does not end it: Lars agrees, and the work begins")
def any_of_them(stage: Stage) -> str:
    karin, lars = _holders(stage)
    request = _asked(stage, "any", {"personId": karin}, {"personId": lars})
    _says(stage, "karin", request, NO)
    state = stage.dossier(request["requestId"])["state"]
    expect(state == "awaiting_approval", f"after one no it is {state}")
    return _goes_on(stage, "lars", request)


@step(CHAPTER, "Karin is away: Lars, who stands in for her, agrees in her place")
def stand_in(stage: Stage) -> str:
    karin, lars = _holders(stage)
    request = _asked(stage, "first", {"personId": karin, "standInId": lars})
    return _goes_on(stage, "lars", request)


def _holders(stage: Stage) -> tuple[str, str]:
    """Karin, and Lars who stands in for her, as the demo has it."""
    known = next(each for each in stage.person("karin").get("/budgets")["items"] if each["key"] == "4100")
    stage.memory["customer who pays"] = known["customerId"]
    return known["holders"][0]["personId"], known["holders"][0]["standInId"]


def _asked(stage: Stage, rule: str, *holders: Json) -> Json:
    """A lunch on a cost centre of its own, which waits for them."""
    key = f"8{SystemRandom().randrange(10**6):06}"
    body = {"key": key, "name": f"Samen ({rule})", "thresholdCents": 0, "rule": rule,
            "holders": list(holders), "customerId": stage.memory["customer who pays"]}  # fmt: skip
    made = stage.person("karin").post("/cost-centres", body)
    request = lunch(stage, 6, costCentre=key)
    expect(request["state"] == "awaiting_approval", f"with the rule {rule} it is {request['state']}")
    ended = {name: body[name] for name in ("name", "thresholdCents", "rule", "holders", "customerId")}
    path = f"/cost-centres/{made['budgetId']}"
    stage.person("karin").put(path, {**ended, "validUntil": "2025-12-31"}, version=made["version"])
    return request


def _says(stage: Stage, who: str, request: Json, said: Json) -> None:
    path, person = f"/approvals/{request['requestId']}", stage.person(who)
    person.post(path, said, version=person.get(path)["version"])


def _goes_on(stage: Stage, who: str, request: Json) -> str:
    _says(stage, who, request, YES)
    dossier = stage.until(request["requestId"], "work orders", lambda it: it["orders"])
    expect(dossier["state"] == "in_progress", f"it is {dossier['state']}")
    return f"{request['reference']}: {len(dossier['orders'])} work orders after the word of {who.title()}"
