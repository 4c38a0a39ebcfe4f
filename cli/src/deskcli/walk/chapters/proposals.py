"""While somebody types: what it is probably about, and what the desk learns from what it chose."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "While one types"
SAID = "De radiator op 3.12 blijft koud."


def _first(found: list[Json], name: str) -> str:
    return str(found[0][name]) if found else ""


@step(CHAPTER, "The words of a report propose its kind, product and place, and say why; a person decides")
def proposed(stage: Stage) -> str:
    found = stage.person("sanne").post("/proposals", {"text": SAID})
    expect(_first(found["kinds"], "kind") == "fault", f"kinds {found['kinds']}")
    expect(_first(found["products"], "slug") == "heating-fault", f"products {found['products']}")
    expect(_first(found["locations"], "name") == "3.12", f"places {found['locations']}")
    nothing = stage.person("sanne").post("/proposals", {"text": "Goedemiddag"})
    expect(not nothing["kinds"] and not nothing["products"], f"a greeting proposes {nothing}")
    first = found["products"][0]
    return f"{first['slug']} ({first['confidence']:.0%}) because of {', '.join(first['because'])}"


@step(CHAPTER, "What Amira makes of strange words is proposed the next time")
def learnt(stage: Stage) -> str:
    amira, text = stage.person("amira"), "De knurfelpomp pruttelt weer."
    sanne = amira.get("/people", q="Sanne")["items"][0]
    body = {"text": text, "channel": "phone", "kind": "wish", "requesterId": sanne["personId"]}
    amira.post("/requests", body)
    found = stage.person("daan").post("/proposals", {"text": "knurfelpomp pruttelt"})
    expect(_first(found["kinds"], "kind") == "wish", f"kinds {found['kinds']}")
    return f"{found['kinds'][0]['kind']} because of {', '.join(found['kinds'][0]['because'])}"


@step(CHAPTER, "What is known at a place is pointed out: whole to the desk, without a name to a colleague")
def known(stage: Stage) -> str:
    sanne, said = stage.person("sanne"), {"text": "Er drupt water uit het plafond in de Koelcel van De Kade."}
    place = sanne.get("/locations", q="Koelcel")["items"][0]
    request = sanne.post(
        "/requests", {**said, "channel": "site", "kind": "fault", "locationId": place["locationId"]}
    )
    seen = stage.person("amira").post("/proposals", said)["duplicates"]
    found = {each["reference"]: each["followId"] for each in seen}
    expect(request["reference"] in found, f"the desk sees {seen}")
    other = stage.person("daan").post("/proposals", said)["duplicates"]
    expect(other and not any(each["reference"] or each["summary"] for each in other), f"Daan sees {other}")
    stage.memory["cold store"], stage.memory["known"] = request["requestId"], found[request["reference"]]
    return f"{request['reference']} to the desk; to Daan: {other[0]['kind']} at {other[0]['path']}"


@step(CHAPTER, "Daan's report goes along; Sanne's is answered, and he hears it too, with a number of his own")
def along(stage: Stage) -> str:
    body = {"text": "Ook hier water.", "channel": "site", "kind": "fault", "follows": stage.memory["known"]}
    his = stage.person("daan").post("/requests", body)
    expect(his["state"] == "in_progress", f"it is {his['state']}")
    main = stage.dossier(stage.memory["cold store"])
    answer = {"text": "De dakdekker is al onderweg. / The roofer is on his way."}
    stage.person("amira").post(f"/requests/{main['requestId']}/answer", answer, version=main["version"])
    mine = stage.dossier(his["requestId"], "daan")
    expect(mine["resolution"] == "answered", f"his is {mine['state']}")
    expect(main["reference"] not in str(mine), "he sees the other's number")
    return f"{his['reference']} {mine['resolution']} with {main['reference']}"
