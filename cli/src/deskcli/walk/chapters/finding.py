"""Finding things back: the whole dossier, lists, search, pages."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "The dossier"


@step(CHAPTER, "The dossier of the cold room tells everything that happened")
def dossier(stage: Stage) -> str:
    whole = stage.dossier(stage.memory["fault"])
    expect(not whole["unavailable"], f"unavailable: {whole['unavailable']}")
    times = [entry["at"] for entry in whole["timeline"]]
    expect(times == sorted(times), "the timeline is not in order")
    counts = {part: len(whole[part]) for part in ("timeline", "orders", "clocks", "messages")}
    expect(all(counts.values()), f"parts are empty: {counts}")
    return ", ".join(f"{count} {part}" for part, count in counts.items())


@step(CHAPTER, "Lists filter, search and page by cursor")
def lists(stage: Stage) -> str:
    amira = stage.person("amira")
    found = amira.get("/requests", q="radiator", kind="fault")["items"]
    expect(any(one["requestId"] == stage.memory["fault"] for one in found), "'radiator' does not find it")
    first = amira.get("/requests", limit=2)
    second = amira.get("/requests", limit=2, cursor=first["nextCursor"])
    ids = [one["requestId"] for one in first["items"] + second["items"]]
    expect(len(set(ids)) == 4, "pages overlap")
    return f"'radiator' finds {len(found)}; two pages of two hold four different requests"
