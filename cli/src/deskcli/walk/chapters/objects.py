"""Objects: reporting by the sticker on one, the second reporter who joins, and what it has been through."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "The sticker on an object"
CODE = "KOFFIE-2"


@step(CHAPTER, "Sanne scans the sticker of the coffee machine: her report knows what and where")
def scanned(stage: Stage) -> str:
    sanne = stage.person("sanne")
    asset = sanne.get(f"/stickers/{CODE.lower()}")["asset"]
    body = {"text": "Er komt alleen heet water uit.", "channel": "site", "kind": "fault"}
    request = sanne.post("/requests", {**body, "assetId": asset["assetId"]})
    expect(request["location"]["path"] == asset["location"]["path"], f"it is at {request['location']}")
    expect(request["asset"]["code"] == CODE, f"it is about {request['asset']}")
    stage.memory["machine"], stage.memory["its fault"] = asset["assetId"], request["requestId"]
    return f"{request['reference']}: {asset['code']} at {asset['location']['path']}"


@step(CHAPTER, "Daan scans it too, reads that it is known, and joins; the object has one fault more, not two")
def joined(stage: Stage) -> str:
    daan, amira, asset_id = stage.person("daan"), stage.person("amira"), stage.memory["machine"]
    known = [each for each in daan.get(f"/stickers/{CODE}")["known"] if each["followId"]]
    expect(known and not any(each["summary"] for each in known), f"Daan reads {known}")
    main = next(each["followId"] for each in known if each["followId"] == stage.memory["its fault"])
    before = amira.get(f"/assets/{asset_id}/history")["total"]
    body = {"text": "Hetzelfde.", "channel": "site", "kind": "fault", "assetId": asset_id, "follows": main}
    his = daan.post("/requests", body)
    after = amira.get(f"/assets/{asset_id}/history")["total"]
    expect(after["faults"] == before["faults"], f"faults {before['faults']} to {after['faults']}")
    expect(after["requests"] == before["requests"] + 1, f"requests {after['requests']}")
    open_ = amira.get("/requests", assetId=asset_id, open="true")["items"]
    expect(his["reference"] in {each["reference"] for each in open_}, "the desk does not find his")
    return (
        f"{his['reference']} goes along with the first; {after['faults']} fault, {after['requests']} reports"
    )
