"""Who is calling: found by any spelling; and who was there twice is one person, until it is undone."""

from __future__ import annotations

import time
from typing import Any

from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Who is calling?"
MOBILE = "06-00001000"
SPELLINGS = ("+31 6 00001000", "06 0000 1000", "0031600001000", "+31 (0)6-00.00.10.00", "00001000")


@step(CHAPTER, "Sanne telephones from her mobile: she is found by any spelling of it, with her history")
def looked_up(stage: Stage) -> str:
    amira, sanne = stage.person("amira"), _person(stage, "sanne")
    kept = amira.get(f"/people/{sanne}")
    numbers = [each for each in kept["phones"] if each["kept"] and each["number"] != "+31 6 00001000"]
    phones = [{name: each[name] for name in ("number", "label")} for each in numbers]
    body: Json = {"phones": [*phones, {"number": MOBILE, "label": "mobiel"}]}
    body["addresses"] = [{name: each[name] for name in ("kind", "text")} for each in kept["addresses"]]
    amira.post(f"/people/{sanne}/contacts", body, version=kept["contactsVersion"])
    slowest = 0.0
    for spelling in SPELLINGS:
        began = time.monotonic()
        found = {each["personId"] for each in amira.get("/people", q=spelling)["items"]}
        slowest = max(slowest, time.monotonic() - began)
        expect(sanne in found, f"{spelling} does not find her")
    moments = amira.get(f"/people/{sanne}/contact-moments")["items"]
    channels = sorted({each["channel"] for each in moments})
    return f"{len(SPELLINGS)} spellings, {slowest * 1000:.0f} ms at most; contacts by {', '.join(channels)}"


@step(
    CHAPTER,
    "The same number belongs to S. de Wit, who once mailed from home: it is proposed that they are one",
)
def proposed(stage: Stage) -> str:
    amira, sanne = stage.person("amira"), _person(stage, "sanne")
    pairs = amira.get("/person-doubles", personId=sanne)["items"]
    for pair in pairs:
        for each in pair["people"]:
            if each["key"].startswith("mail:s.dewit@"):
                stage.memory["double"] = each["personId"]
                return f"{each['name']} <{each['email']}>: {', '.join(pair['because'])}"
    expect(False, "her double is not proposed")
    return ""


@step(
    CHAPTER, "Merged, Sanne follows what she mailed from home, in every service; the old number leads to her"
)
def merged(stage: Stage) -> str:
    amira, sanne, double = stage.person("amira"), _person(stage, "sanne"), stage.memory["double"]
    said = {
        "channel": "phone",
        "requesterId": double,
        "text": "De wasbak in 3.12 loopt niet door.",
        "kind": "fault",
    }
    request = amira.post("/requests", said)["requestId"]
    stage.memory["asked_by_double"] = request
    expect(not _sees(stage, request), "she sees the request of a stranger")
    body = {"intoId": sanne, "reason": "Gevraagd aan de telefoon."}
    stage.memory["merge"] = amira.post(f"/people/{double}/merge", body)["mergeId"]
    expect(amira.get(f"/people/{double}")["personId"] == sanne, "the old id leads to nobody")
    dossier = eventually(lambda: _with_clocks(stage, request), "her clocks of it")
    return f"{dossier['reference']} with {len(dossier['clocks'])} clocks"


@step(CHAPTER, "Undone, each has their own again, and what came meanwhile is with whom it names")
def undone(stage: Stage) -> str:
    amira, sanne, double = stage.person("amira"), _person(stage, "sanne"), stage.memory["double"]
    said = {"channel": "phone", "requesterId": sanne, "text": "Ook de kraan in 3.12 lekt.", "kind": "fault"}
    since = amira.post("/requests", said)["requestId"]
    amira.post(f"/merges/{stage.memory['merge']}/undo")
    request = stage.memory["asked_by_double"]
    expect(not _sees(stage, request), "she still sees it")
    expect(_sees(stage, since), "what came meanwhile went with the double")
    theirs = [each["requestId"] for each in amira.get("/requests", requesterId=double)["items"]]
    expect(request in theirs and since not in theirs, "the double has not its own")
    return f"{len(theirs)} with S. de Wit, the newer with Sanne"


@step(
    CHAPTER, "They are two persons after all: set apart they are not proposed again, until that is taken back"
)
def apart(stage: Stage) -> str:
    amira, sanne, double = stage.person("amira"), _person(stage, "sanne"), stage.memory["double"]
    said = amira.post(f"/people/{double}/set-apart", {"otherId": sanne})
    expect(not _proposed(stage, sanne, double), "they are proposed again")
    amira.post(f"/set-apart/{said['pairId']}/undo")
    expect(_proposed(stage, sanne, double), "they are not proposed although that was taken back")
    return f"set apart by {said['by']}, and taken back"


def _proposed(stage: Stage, sanne: str, double: str) -> bool:
    pairs = stage.person("amira").get("/person-doubles", personId=sanne)["items"]
    return any({sanne, double} == {each["personId"] for each in pair["people"]} for pair in pairs)


def _person(stage: Stage, key: str) -> str:
    found = stage.person("amira").get("/people", q=f"{key}@meerwal.example")["items"]
    return next(str(each["personId"]) for each in found if each["key"] == key)


def _sees(stage: Stage, request_id: str) -> bool:
    own = stage.person("sanne").get("/requests", limit=50)["items"]
    return any(each["requestId"] == request_id for each in own)


def _with_clocks(stage: Stage, request_id: str) -> Any:
    dossier = stage.dossier(request_id, "sanne")
    return dossier if dossier.get("clocks") else None
