"""When do they come: two moments are proposed, none suits, another is proposed and chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "When do they come"
PRODUCT = "lamp-broken"


@step(CHAPTER, "Tom accepts the order for a lamp and proposes two moments")
def proposed(stage: Stage) -> str:
    sanne, product = stage.person("sanne"), stage.product(PRODUCT)
    request = sanne.post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": "De lamp op 3.12 is kapot; ik ben er niet altijd.",
         "productId": product["productId"], "answers": answers_for(product)},
    )  # fmt: skip
    request_id = stage.memory["lamp"] = request["requestId"]
    dossier = stage.until(request_id, "its order", lambda it: it["orders"])
    order_id = stage.memory["lamp order"] = dossier["orders"][0]["workOrderId"]
    _act(stage, "accept")
    after = _act(stage, "propose", windows=[_moment(stage, 2), _moment(stage, 3)])
    expect(after["state"] == "accepted", f"a proposal made the order {after['state']}")
    expect(_mine(stage)["workOrderId"] == order_id, "Sanne does not see the proposal")
    status = stage.person("daan").refused(
        f"/work-orders/{order_id}/appointment", {"choice": 0}, version=after["version"]
    )
    expect(status == 404, f"Daan on Sanne's appointment: {status}")
    return f"{after['number']}: two moments, the order is still {after['state']}"


@step(CHAPTER, "Sanne has a mail with the moments, and a link to choose one")
def mailed(stage: Stage) -> str:
    messages = eventually(lambda: _mailed(stage), "the mail with the moments")
    expect(len(messages) == 1, f"{len(messages)} mails for one proposal")
    return f"“{messages[0]['subject']}”, {messages[0]['state']}"


@step(CHAPTER, "None suits Sanne; Tom reads what would, proposes that, and Sanne chooses it")
def agreed(stage: Stage) -> str:
    sanne, order_id = stage.person("sanne"), stage.memory["lamp order"]
    path = f"/work-orders/{order_id}/appointment"
    sanne.post(path, {"reason": "Alleen volgende week"}, version=_mine(stage)["version"])
    wish = stage.person("tom").get(f"/work-orders/{order_id}")["appointment"]["wish"]
    expect(wish == "Alleen volgende week", f"Tom reads {wish}")
    _act(stage, "propose", windows=[_moment(stage, 7)])
    mine = _mine(stage)
    answered = sanne.post(path, {"choice": 0}, version=mine["version"])
    expect(answered["state"] == "confirmed", f"the appointment is {answered['state']}")
    order = stage.person("tom").get(f"/work-orders/{order_id}")
    expect(order["state"] == "scheduled", f"the order is {order['state']}")
    again = sanne.refused(path, {"choice": 0}, version=answered["version"])
    expect(again == 409, f"choosing twice: {again}")
    return f"{order['number']} is scheduled for {order['plannedFrom']}; a second choice is refused ({again})"


@step(CHAPTER, "Tom reads the appointment in his own calendar; a withdrawn address opens nothing")
def calendar(stage: Stage) -> str:
    tom, order_id = stage.person("tom"), stage.memory["lamp order"]
    made = tom.post("/me/calendar-address")["path"].removeprefix("/v1")
    read = tom.fetch(made)
    expect(
        f"UID:{order_id}@servicedesk" in read.text,
        f"the appointment is not in the calendar: {read.status_code}",
    )
    contact = tom.get(f"/work-orders/{order_id}")["contact"]["name"]
    expect(contact not in read.text, f"{contact} is named in the calendar")
    same = tom.fetch(made, **{"If-None-Match": read.headers["ETag"]})
    expect(same.status_code == 304, f"asked again with its ETag: {same.status_code}")
    tom.delete("/me/calendar-address", 0)
    gone = tom.fetch(made).status_code
    expect(gone == 404, f"a withdrawn address answers {gone}")
    return f"{read.text.count('BEGIN:VEVENT')} planned; unchanged {same.status_code}; withdrawn {gone}"


def _mailed(stage: Stage) -> list[Json]:
    messages = stage.dossier(stage.memory["lamp"])["messages"] or []
    return [one for one in messages if one["template"] == "appointment" and one["state"] == "sent"]


def _act(stage: Stage, action: str, **details: Any) -> Json:
    tom, order_id = stage.person("tom"), stage.memory["lamp order"]
    version = tom.get(f"/work-orders/{order_id}")["version"]
    return tom.post(f"/work-orders/{order_id}/{action}", details, version=version)


def _mine(stage: Stage) -> Json:
    (one,) = stage.person("sanne").get(f"/requests/{stage.memory['lamp']}/appointments")["items"]
    return dict(one)


def _moment(stage: Stage, days: int) -> Json:
    """A morning, some days from now on the desk's clock."""
    created = stage.dossier(stage.memory["lamp"], "sanne")["receivedAt"]
    day = datetime.fromisoformat(created).replace(hour=8, minute=0, second=0, microsecond=0)
    start = day + timedelta(days=days)
    return {"from": start.isoformat(), "until": (start + timedelta(hours=3)).isoformat()}
