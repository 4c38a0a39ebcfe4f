"""Weeks later: the complaint whose customer never said a word. It moves the clock far, so it is the last."""

from __future__ import annotations

from datetime import datetime

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Ten working days of silence"


@step(CHAPTER, "Karin, and nobody else, closes the complaint of who can't be reached; Daan reads why")
def closed(stage: Stage) -> str:
    amira, request_id = stage.person("amira"), stage.memory["unheard"]
    path = f"/requests/{request_id}"
    since = datetime.fromisoformat(amira.get(path)["complaint"]["unheardFrom"])
    now = datetime.fromisoformat(amira.get("/demo/clock")["now"])
    stage.pass_time(f"PT{max(0, int((since - now).total_seconds())) + 60}S")
    dossier = stage.until(request_id, "asked of a manager", lambda it: it["attention"] == "unheard")
    why = {"reason": "Called and mailed, no answer. Tell us if it is still cold."}
    karin = stage.person("karin")
    expect(karin.get("/complaints/figures")["toClose"] >= 1, "Karin does not see it among hers to close")
    karin.post(f"{path}/complaint/close", why, version=dossier["version"])

    def told(dossier: Json) -> bool:
        return "closed" in [mail["template"] for mail in dossier["messages"] or []]

    mailed = stage.until(request_id, "a mail of it", told)
    read = stage.dossier(request_id, "daan")["complaint"]["unheard"]["reason"]
    expect(read == why["reason"], f"Daan reads {read}")
    return f"{mailed['reference']} closed by Karin after two attempts; Daan is mailed why"
