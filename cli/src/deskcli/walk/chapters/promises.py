"""What people are promised, and that it is kept or said to be late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "Promises"


@step(
    CHAPTER,
    "Amira promises anew by when Sanne hears more: it replaces the promise of the receipt, by mail too",
)
def anew(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    body = {"text": "Het gordijn in 2.14 hangt los.", "channel": "site"}
    request = sanne.post("/requests", body)
    expect(request["nextPromise"]["what"] == "word", "the receipt promises no word")
    path = f"/requests/{request['requestId']}/promises"
    received = datetime.fromisoformat(request["receivedAt"]).astimezone(UTC)
    until = (received + timedelta(days=2)).isoformat()
    promise = {"until": until, "text": "We zoeken uit wie het ophangt."}
    expect(sanne.refused(path, promise, version=request["version"]) == 403, "Sanne promises herself")
    past = {"until": (received - timedelta(days=1)).isoformat()}
    refused = amira.refused(path, past, version=request["version"])
    expect(refused == 422, f"a promise of the past is {refused}")
    made = amira.post(path, promise, version=request["version"])
    expect(made["nextPromise"] is not None, "there is no next promise")
    found = stage.dossier(request["requestId"], who="sanne")
    states = [each["state"] for each in found["promises"] if each["what"] == "word"]
    expect(states == ["replaced", "open"], f"the words are {states}")
    stage.until(
        request["requestId"], "a mail of the promise",
        lambda dossier: "promise" in [mail["template"] for mail in dossier["messages"] or []],
    )  # fmt: skip
    listed = amira.get("/promises", state="replaced")["items"]
    expect(request["requestId"] in [each["requestId"] for each in listed], "the list lacks it")
    return f"{made['reference']}: replaced, told by mail, and in the list"
