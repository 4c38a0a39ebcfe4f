"""From non-standard to standard: what three ask for becomes a product that the fourth orders at once."""

from __future__ import annotations

from typing import Any

from servicekit.ids import new_id

from deskcli.walk.chapters.catalogue import piece
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "From non-standard to standard"
# Words of asking, which say nothing of what: an earlier walk asked for another thing.
ASKED = ("{} graag.", "Mag een {} ook?", "Wij willen graag een nieuwe {}.")


@step(CHAPTER, "Three ask for the same thing, each in other words; Lars sees it as one")
def repeated(stage: Stage) -> str:
    amira, thing = stage.person("amira"), _new_word()
    for text in ASKED:
        body = {"text": text.format(thing), "kind": "order", "channel": "site"}
        request = stage.person("sanne").post("/requests", body)
        path = f"/requests/{request['requestId']}/answer"
        amira.post(path, {"text": "Hij staat voor u klaar."}, version=request["version"])

    def mine() -> Any:
        known = stage.person("lars").get("/repeats")["items"]
        return next((each for each in known if thing in [word.casefold() for word in each["words"]]), None)

    repeat = eventually(mine, f"a repeat about {thing}")
    expect(repeat["count"] == len(ASKED), f"it counts {repeat['count']}")
    stage.memory["repeat"] = {"id": repeat["repeatId"], "thing": thing}
    return f"{repeat['count']} times {', '.join(repeat['words'])}"


@step(CHAPTER, "He proposes a product: the draft is there, with what people said as its examples")
def proposed(stage: Stage) -> str:
    lars, memory = stage.person("lars"), stage.memory["repeat"]
    path = f"/repeats/{memory['id']}"
    version = lars.get(path)["version"]
    expect(stage.person("sanne").refused(f"{path}/propose", {}, version=version) == 403, "Sanne proposes")
    made = lars.post(f"{path}/propose", {}, version=version)
    draft = eventually(lambda: _draft(lars, made["productId"]), "its draft")
    said = [each["nl"] for each in draft["content"]["examples"]["yes"]]
    expect(len(said) == len(ASKED), f"its examples are {said}")
    memory["draft"] = draft
    return f"draft with {len(said)} examples; it lacks {', '.join(sorted(draft['problems']))}"


@step(CHAPTER, "He completes and publishes it; Daan orders it and it starts at once; the repeat says so")
def standard(stage: Stage) -> str:
    lars, memory = stage.person("lars"), stage.memory["repeat"]
    draft, product = memory["draft"], memory["draft"]["productId"]
    content = draft["content"] | {
        "slug": f"borrow-{memory['thing']}",
        "category": {"nl": "Uitleen", "en": "To borrow"},
        "process": {"steps": [piece("ready")]},
    }
    draft = lars.put(f"/products/{product}/draft", content, version=draft["version"])
    lars.post(f"/products/{product}/draft/publish", {}, version=draft["version"])
    eventually(lambda: lars.get(f"/repeats/{memory['id']}")["published"], "intake to offer it")
    body = {"text": "Graag lenen.", "channel": "site", "productId": product}
    request = stage.person("daan").post("/requests", body)
    expect(request["standard"], "it waits for the desk")
    since = lars.get(f"/repeats/{memory['id']}")
    expect(since["since"]["standard"] == 1, f"since then {since['since']}")
    return f"{request['reference']} standard; once as the product since, {since['since']['other']} outside"


def _draft(lars: Any, product_id: str) -> Json | None:
    found = lars.get("/catalogue", state="draft", limit=100)["items"]
    if not any(each["productId"] == product_id for each in found):
        return None
    draft: Json = lars.get(f"/products/{product_id}/draft")
    return draft


def _new_word() -> str:
    """One that no earlier walk has asked for."""
    letters = str.maketrans("0123456789abcdef", "bcdfghklmnprstvz")
    return f"klim{str(new_id())[-8:].translate(letters)}"
