"""What is going on at the counter of De Sluis: something is out, something waits, somebody is expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from deskcli.demo.data import load
from deskcli.importing.api import Api, Json

Whom = Callable[[str], str]


def fill(counter: Api, person: Whom, now: datetime) -> None:
    """`person`: the id of somebody by their name."""
    told = load("counter")
    items = {number: _item(counter, kind, number, name, place) for kind, number, name, place in told["items"]}
    for each in told["out"]:
        given = {**_whom(each["to"], person), "signedBy": each["signed"], "remark": each.get("remark")}
        item = items[each["number"]]
        path = f"/counter/items/{item['itemId']}/hand-out"
        counter.post(path, _said(given), version=item["version"])
    for each in told["parcels"]:
        given = {"what": each["what"], "place": each["place"]}
        counter.post("/counter/parcels", {**given, **_whom(each["for"], person)})
    for each in told["found"]:
        counter.post("/counter/found", each)
    for each in told["visitors"]:
        later = each.get("hours")
        expected = (now + timedelta(hours=later)).isoformat() if later else None
        given = {name: each[name] for name in ("name", "company", "what")}
        given |= {"hostId": person(each["host"]), "expectedAt": expected}
        counter.post("/counter/visitors", _said(given))


def _item(counter: Api, kind: str, number: str, name: str, place: str) -> Json:
    return counter.post("/counter/items", {"kind": kind, "number": number, "name": name, "place": place})


def _whom(said: str | Json, person: Whom) -> Json:
    return {"personId": person(said)} if isinstance(said, str) else said


def _said(given: Json) -> Json:
    return {name: value for name, value in given.items() if value is not None}
