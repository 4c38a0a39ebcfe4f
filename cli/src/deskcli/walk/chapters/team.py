"""The people of a team: what each goes round for, and in which order."""

from __future__ import annotations

from datetime import datetime, timedelta

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
    made = {path: report_lamp(stage, product, path) for path in ROOMS}
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


@step(CHAPTER, "Tom plans one for Noor tomorrow; a second at that moment is pointed out")
def planned(stage: Stage) -> str:
    tom, people = stage.person("tom"), people_of_team(stage)
    first, second = stage.memory["team"].values()
    morning = now_there(stage).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    moment = {"plannedFrom": morning.isoformat(), "plannedUntil": (morning + timedelta(hours=1)).isoformat()}
    given = {**moment, "accountId": people["Noor"], "anyway": True}
    known = tom.post(f"/work-orders/{first}/plan", given, version=_version(stage, first))
    expect(known["state"] == "scheduled", f"the first is {known['state']}")
    hesitant = {**given, "anyway": False}
    refused = tom.refused(f"/work-orders/{second}/plan", hesitant, version=_version(stage, second))
    expect(refused == 409, f"two orders of one person at one moment: {refused}")
    question = {"plannedFrom": moment["plannedFrom"], "accountId": people["Noor"]}
    asked = tom.get(f"/work-orders/{second}/plan-conflicts", **question)
    labels = [each["label"] for each in asked["conflicts"] if each["against"] == "double"]
    expect(known["number"] in labels, f"what is against it: {asked}")
    tom.post(f"/work-orders/{second}/plan", given, version=_version(stage, second))
    return f"{known['number']} stands in the week of Noor; the second is planned over it, on purpose"


@step(CHAPTER, "Noor is absent: her orders are the team's again, and nothing more is put on her")
def absent(stage: Stage) -> str:
    tom, people, now = stage.person("tom"), people_of_team(stage), now_there(stage)
    said = {"start": now.isoformat(), "end": (now + timedelta(days=3)).isoformat(), "reason": "ill"}
    made = tom.post("/absences", {**said, "accountId": people["Noor"]})
    for order in stage.memory["team"].values():
        found = tom.get(f"/work-orders/{order}")
        expect(found["assignee"] is None, f"{found['number']} still has somebody")
        expect(found["cameBack"]["why"] == "absent", f"why it came back: {found['cameBack']}")
    first = next(iter(stage.memory["team"].values()))
    to = {"accountId": people["Noor"]}
    refused = tom.refused(f"/work-orders/{first}/assign", to, version=_version(stage, first))
    expect(refused == 409, f"work for who is absent: {refused}")
    away = stage.person("bas").get("/absences")["items"]
    reasons = [one["reason"] for one in away if one["accountId"] == people["Noor"]]
    expect(reasons == [None], "a colleague reads why somebody is absent")
    tom.post(f"/absences/{made['absenceId']}/end", {})
    return "both orders are nobody's again; only Noor and Tom can read why"


@step(CHAPTER, "Tom says when Noor works; what a day of the team has follows, less who is absent")
def rostered(stage: Stage) -> str:
    tom, people = stage.person("tom"), people_of_team(stage)
    team = tom.get("/work-list")["providerId"]
    known = {one["accountId"]: one for one in tom.get(f"/providers/{team}/hours")["items"]}
    noor = known.get(people["Noor"], {"version": 0})
    hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "start": "08:00", "end": "12:00"}]
    path = f"/providers/{team}/hours/{people['Noor']}"
    tom.post(path, {"hours": hours}, version=noor["version"])
    at = _a_saturday(now_there(stage))  # when the others do not work
    before = _day(stage, at)
    said = {"start": (at - timedelta(days=1)).isoformat(), "end": (at + timedelta(days=1)).isoformat()}
    made = tom.post("/absences", {**said, "accountId": people["Noor"], "reason": "training"})
    after = _day(stage, at)
    expect(before["capacityMinutes"] - after["capacityMinutes"] == 240, f"the day: {before}, then {after}")
    order = next(iter(stage.memory["team"].values()))
    until = (at + timedelta(hours=1)).isoformat()
    asked = tom.get(f"/work-orders/{order}/plan-conflicts", plannedFrom=at.isoformat(), plannedUntil=until)
    expect("over_capacity" in [one["against"] for one in asked["conflicts"]], f"what is against: {asked}")
    tom.post(f"/absences/{made['absenceId']}/end", {})
    return f"{before['capacityMinutes']} minutes with Noor, {after['capacityMinutes']} without her"


def _a_saturday(now: datetime) -> datetime:
    """At least a week on."""
    day = now + timedelta(days=7 + (5 - now.weekday()) % 7)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def _day(stage: Stage, at: datetime) -> Json:
    """What the team has on the day of that moment."""
    asked = {"start": (at - timedelta(days=1)).isoformat(), "end": (at + timedelta(days=1)).isoformat()}
    days = stage.person("tom").get("/team-calendar", **asked)["days"]
    return next(day for day in days if day["on"] == at.date().isoformat())


def now_there(stage: Stage) -> datetime:
    """On the desk's clock."""
    return datetime.fromisoformat(stage.person("tom").get("/team-calendar")["start"])


def people_of_team(stage: Stage) -> dict[str, str]:
    """The accounts of the team, by first name."""
    team = stage.person("tom").get("/work-list")["providerId"]
    members = stage.person("tom").get(f"/providers/{team}/members")["items"]
    return {each["name"].partition(" ")[0]: str(each["accountId"]) for each in members}


def _version(stage: Stage, order: str) -> int:
    return int(stage.person("tom").get(f"/work-orders/{order}")["version"])


def report_lamp(stage: Stage, product: Json, path: str) -> str:
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
