"""Begun on the site, finished at the counter by a code: one dossier with both contacts."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "Begun on the site, finished at the counter"


@step(CHAPTER, "Sanne types what is the matter, is called away, and gets a code to go on with at the counter")
def begun(stage: Stage) -> str:
    filled = {"text": "De vergadertafel in 2.07 wiebelt", "place_q": "2.07", "wanted_day": "volgende week?"}
    before = _reported(stage)
    kept = stage.person("sanne").post("/begun-reports", {"filled": filled})
    stage.memory["code"] = kept["code"]
    expect(_reported(stage) == before, "it is reported already")
    return f"{kept['code']}, until {kept['until'][:10]}; nothing is reported yet"


@step(CHAPTER, "Amira types the code, sees all that was typed, and finishes it while Sanne stands there")
def finished(stage: Stage) -> str:
    amira, code = stage.person("amira"), stage.memory["code"]
    found = amira.get(f"/begun-reports/{code.replace('-', '').lower()}")
    expect(found["filled"]["wanted_day"] == "volgende week?", "what was typed is not there as it was typed")
    body = {
        "text": f"{found['filled']['text']}; graag maandag",
        "channel": "counter",
        "kind": "fault",
        "begunId": found["begunId"],
    }
    request = amira.post("/requests", body)
    dossier = stage.dossier(request["requestId"], "amira")
    came = [(each["type"], each["data"].get("channel")) for each in dossier["timeline"][:2]]
    expect(dossier["channel"] == "site", "the channel of its beginning is lost")
    expect(came == [("begun", "site"), ("received", "counter")], f"its contacts are {came}")
    expect(dossier["requester"]["name"].startswith("Sanne"), "it is not hers")
    stage.memory["begun"] = request["reference"]
    return f"{request['reference']}: begun on the site, received at the counter"


@step(CHAPTER, "The code is used up: whoever types it again hears what it became, and nothing else")
def used(stage: Stage) -> str:
    found = stage.person("amira").get(f"/begun-reports/{stage.memory['code']}")
    expect(found["state"] == "finished" and not found["filled"], "the code still gives what was typed")
    expect(found["request"]["reference"] == stage.memory["begun"], "it does not say what it became")
    return f"became {found['request']['reference']}"


def _reported(stage: Stage) -> set[str]:
    return {each["requestId"] for each in stage.person("sanne").get("/requests", limit=50)["items"]}
