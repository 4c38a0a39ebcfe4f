"""The people of a team: what each goes round for, and in which order."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "The people of a team"
PRODUCT = "lamp-broken"
ROOMS = ("De Kade / Begane grond / Laadperron noord", "De Sluis / Verdieping 3 / 3.12")


@step(CHAPTER, "Lamps are broken in two buildings; Tom sees them as a round, with the way between")
def as_a_round(stage: Stage) -> str:
    product = stage.product(PRODUCT)
    made = {path: _report(stage, product, path) for path in ROOMS}
    stage.memory["team"] = made
    tom = stage.person("tom")
    found = tom.get("/work-list", whose="team", order="round")["items"]
    way = [order for order in found if order["turn"]["part"] == "round"]
    expect({one["workOrderId"] for one in way} >= set(made.values()), "not all orders are on the round")
    legs = [order["turn"]["leg"] for order in way]
    expect(legs[0] is None and all(legs[1:]), f"the legs of the round: {legs}")
    crossing = [leg for leg in legs if leg and leg["how"] == "other_building"]
    known = stage.person("karin").get("/order-terms")["travel"]
    given = {way["minutes"] for way in known}
    expect({leg["minutes"] for leg in crossing} <= given | {None}, f"minutes that nobody gave: {crossing}")
    return f"{len(way)} stops; between the buildings {crossing[0]['minutes'] if crossing else '-'} minutes"


def _report(stage: Stage, product: Json, path: str) -> str:
    """Answers its order."""
    agent = stage.person("amira")
    places = agent.get("/locations", q=path.replace(" / ", " "), limit=100)["items"]
    place = next(each["locationId"] for each in places if each["path"] == path)
    request = {
        "kind": "fault",
        "channel": "site",
        "text": f"De lamp bij {path.rpartition(' / ')[2]} doet het niet.",
        "productId": product["productId"],
        "locationId": place,
        "answers": answers_for(product),
    }
    made = stage.person("sanne").post("/requests", request)
    dossier = stage.until(made["requestId"], "its order", lambda it: it["orders"])
    return str(dossier["orders"][0]["workOrderId"])
