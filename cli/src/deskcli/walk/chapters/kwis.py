"""Complaints, wishes, questions and faults: what each kind of report is worth beyond being carried out."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "Five kinds of reports"


@step(CHAPTER, "Smoke: the highest priority and the top of the queue at once; then Amira weighs it anew")
def danger(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    body = {"text": "Er komt rook uit de prullenbak bij 3.12.", "channel": "site", "impact": "person"}
    request = sanne.post("/requests", body)
    expect((request["priority"], request["danger"]) == ("P1", "fire"), f"it is {request['priority']}")
    first = amira.get("/requests", danger="true", open="true")["items"][0]
    expect(first["reference"] == request["reference"], f"on top stands {first['reference']}")
    path, calm = f"/requests/{request['requestId']}/priority", {"impact": "group", "urgency": "high"}
    expect(sanne.refused(path, calm, version=request["version"]) == 403, "Sanne sets her own priority")
    told = amira.refused(path, {**calm, "priority": "P3"}, version=request["version"])
    expect(told == 422, f"without a reason it is {told}")
    weighed = amira.post(path, calm, version=request["version"])
    expect((weighed["priority"], weighed["danger"]) == ("P2", None), f"then {weighed['priority']}")

    def follows(dossier: dict[str, object]) -> bool:
        return {each["level"]["priority"] for each in dossier["clocks"] or []} == {"P2"}  # type: ignore[attr-defined]

    stage.until(request["requestId"], "clocks of the new priority", follows)
    return f"{request['reference']} P1 at once, P2 by the matrix; its clocks follow"
