"""Requests that hang together: caused by another, the same as another, and taken apart again."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "What hangs together"


@step(CHAPTER, "A wet ceiling is caused by a leak: each names the other, and the other way round is refused")
def caused(stage: Stage) -> str:
    leak, ceiling = (_report(stage, "sanne", text) for text in ("Er lekt een leiding.", "Plafond is nat."))
    stage.memory["leak"] = leak
    _link(stage, ceiling, leak, "caused_by")
    seen = [_links(stage, one) for one in (ceiling, leak)]
    expected = [[("caused_by", leak["reference"])], [("causes", ceiling["reference"])]]
    expect(seen == expected, f"their dossiers say {seen}")
    amira, path = stage.person("amira"), f"/requests/{leak['requestId']}"
    back = {"requestId": ceiling["requestId"], "kind": "caused_by"}
    status = amira.refused(f"{path}/links", back, version=amira.get(path)["version"])
    expect(status == 409, f"a circle is {status}")
    return f"{ceiling['reference']} is caused by {leak['reference']}; a circle is refused ({status})"


@step(CHAPTER, "Daan reports the same leak: it goes along with the first; split off, it stands alone again")
def same(stage: Stage) -> str:
    leak, again = stage.memory["leak"], _report(stage, "daan", "Er drupt water uit een leiding.")
    _link(stage, again, leak, "duplicate_of")
    expect(_links(stage, again) == [("duplicate_of", leak["reference"])], "Daan's does not name the first")
    expect(("duplicated_by", again["reference"]) in _links(stage, leak), "the first does not name Daan's")
    amira, path = stage.person("amira"), f"/requests/{again['requestId']}"
    apart = f"{path}/links/duplicate_of/{leak['requestId']}"
    amira.delete(apart, version=amira.get(path)["version"])
    dossier = stage.dossier(again["requestId"])
    expect(not dossier["links"] and dossier["state"] == "triage", f"it is {dossier['state']}")
    return f"{again['reference']} went along with {leak['reference']}, and is in triage again"


def _report(stage: Stage, who: str, text: str) -> Json:
    return stage.person(who).post("/requests", {"kind": "fault", "channel": "site", "text": text})


def _link(stage: Stage, one: Json, other: Json, kind: str) -> None:
    amira, path = stage.person("amira"), f"/requests/{one['requestId']}"
    body = {"requestId": other["requestId"], "kind": kind}
    amira.post(f"{path}/links", body, version=amira.get(path)["version"])


def _links(stage: Stage, one: Json) -> list[tuple[str, str]]:
    return [(each["kind"], each["reference"]) for each in stage.dossier(one["requestId"])["links"]]
