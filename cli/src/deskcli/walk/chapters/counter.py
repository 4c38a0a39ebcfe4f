"""The counter: a key that goes out and is late, a parcel, what was found, and a visitor."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "The counter"
ENTRIES = "/counter/entries"


@step(CHAPTER, "Ria of reception hands Sanne the key of the archive, who signs; Joost, a moment later, can't")
def handed_out(stage: Stage) -> str:
    ria = stage.person("ria")
    number = f"K-W{len(ria.get('/counter/items', q='K-W')['items']) + 1}"
    item = ria.post("/counter/items", {"kind": "key", "number": number, "name": "Sleutel archief"})
    (sanne,) = ria.get("/counter/people", q="sanne@meerwal.example")["items"]
    path = f"/counter/items/{item['itemId']}/hand-out"
    given = {"personId": sanne["personId"], "signedBy": "Sanne de Wit"}
    out = ria.post(path, given, version=item["version"])
    refused = stage.person("joost").refused(path, {"name": "Een monteur"}, version=item["version"])
    expect(refused == 412, f"it is handed out twice: {refused}")
    stage.memory |= {"counter key": out["entryId"], "counter item": item["itemId"]}
    own = [each["reference"] for each in stage.person("sanne").get("/counter/own")["items"]]
    expect(out["reference"] in own, "Sanne does not see what she has")
    others = [each["reference"] for each in stage.person("daan").get("/counter/own")["items"]]
    expect(out["reference"] not in others, "Daan sees what Sanne has")
    scanned = stage.person("daan").get(f"/counter/tags/{number.lower()}")
    expect(scanned == {"number": number, "kind": "key"}, f"who scans its tag reads {scanned}")
    return f"{number} to Sanne, {out['reference']}; the second is refused with {refused}"


@step(CHAPTER, "Nobody at the counter reads requests, no supplier the counter")
def kept_apart(stage: Stage) -> str:
    ria, supplier = stage.person("ria"), stage.person("info@bezemwijs.example")
    one = f"{ENTRIES}/{stage.memory['counter key']}"
    asked = [(supplier, "/counter/own"), (supplier, ENTRIES), (supplier, one), (stage.person("sanne"), one)]
    asked += [(ria, "/requests/01926f00-1000-7a01-8e44-8f9a0b1c2d01")]
    refused = [who.fetch(path).status_code for who, path in asked]
    expect(refused == [403, 403, 403, 403, 404], f"the counter is read: {refused}")
    entry = _entry(stage)
    expect([each["action"] for each in entry["lines"]] == ["hand_out"], "its lines are not what was done")
    expect(ria.get("/counter")["counts"]["out"] >= 1, "the counter does not count it")
    return f"refused with {refused}"


@step(
    CHAPTER, "The day after, the key is late: it stands on the counter, and Sanne is mailed in her language"
)
def reminded(stage: Stage) -> str:
    stage.pass_time("P4D")  # over any weekend, to a working day
    ria, entry = stage.person("ria"), _entry(stage)
    late = [each["reference"] for each in ria.get(ENTRIES, which="overdue")["items"]]
    expect(entry["reference"] in late, "it does not stand there as late")
    mail = eventually(lambda: _mail(stage, entry["reference"]), "the mail to Sanne")
    return f"“{mail['subject']}”"


@step(CHAPTER, "It is lost: a fault with one click, linked; it turns up and goes back to its place")
def lost(stage: Stage) -> str:
    ria = stage.person("ria")
    gone = _act(stage, "lose", remark="Ligt niet meer in haar tas.")
    reporter = stage.person("amira")  # reports in the name of who lost it
    made = reporter.post(f"{ENTRIES}/{gone['entryId']}/fault", version=gone["version"])
    request = stage.dossier(made["requestId"])
    expect(request["kind"] == "fault", f"it became {request['kind']}")
    expect(request["requester"]["name"] == "Sanne de Wit", "it is not reported for Sanne")
    back = _act(stage, "take_back")
    item = ria.get(f"/counter/items/{stage.memory['counter item']}")
    expect(item["out"] is None, "it is not back in its place")
    return f"{request['reference']}; {back['reference']} is {back['state']}"


@step(CHAPTER, "A visitor of Daan comes in and goes; Daan is mailed, and nobody waits for who cancelled")
def visited(stage: Stage) -> str:
    ria, daan = stage.person("ria"), stage.person("daan")
    at = (datetime.fromisoformat(ria.get("/demo/clock")["now"]) + timedelta(hours=1)).isoformat()
    said = {"name": "Mw. Kuipers", "company": "Gemeente", "expectedAt": at}
    first, second = (daan.post("/counter/own/visitors", said) for _ in range(2))
    daan.post(f"/counter/own/visitors/{second['entryId']}/cancel", version=second["version"])
    inside = ria.post(f"{ENTRIES}/{first['entryId']}/acts", {"action": "arrive"}, version=first["version"])
    eventually(lambda: _mail(stage, first["reference"]), "the mail to Daan")
    ria.post(f"{ENTRIES}/{first['entryId']}/acts", {"action": "leave"}, version=inside["version"])
    states = {each["reference"]: each["state"] for each in daan.get("/counter/own", over="true")["items"]}
    expect(states[first["reference"]] == "left", "the visitor did not leave")
    expect(states[second["reference"]] == "cancelled", "who cancelled is still expected")
    return f"{first['reference']} came and left"


def _entry(stage: Stage) -> Json:
    return stage.person("ria").get(f"{ENTRIES}/{stage.memory['counter key']}")


def _act(stage: Stage, action: str, **said: str) -> Json:
    entry = _entry(stage)
    path = f"{ENTRIES}/{entry['entryId']}/acts"
    return stage.person("ria").post(path, {"action": action, **said}, version=entry["version"])


def _mail(stage: Stage, reference: str) -> Json | None:
    mails = stage.person("amira").get("/demo/mailbox")["items"]
    return next((mail for mail in mails if mail["subject"].startswith(reference)), None)
