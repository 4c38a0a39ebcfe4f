"""What is going on at Meerwal when a visitor opens the door: some forty requests in every state, so that no
list is empty.

The older ones come in as those of another system; the others are reported, accepted and carried out through
the API by the people of the demo, as anybody would. Always the same.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskcli.demo import counter, relations
from deskcli.demo.data import load
from deskcli.importing.api import Api, Json

DESK = "amira"
COUNTER = "ria"
TEAM_LEAD = "tom"
CLOCK = ZoneInfo("Europe/Amsterdam")  # of the demo organisation
PATIENCE_SECONDS = 20.0
AT_ONCE = 4
LOOK_SECONDS = 0.05
PAUSE = {"pause": {"reason": "material", "counterparty": "supplier"}, "note": "De stoel is in bestelling."}


class Life:
    """The people, each signed in once, and what they need to know."""

    def __init__(self, base_url: str, password: str) -> None:
        self._base_url, self._password = base_url, password
        self._tokens: dict[str, str] = {}
        self._signing_in = threading.Lock()
        self._people: dict[tuple[str, int], Api] = {}  # a connection for each thread
        desk = self.of(DESK)
        self.now = datetime.fromisoformat(desk.get("/demo/clock")["now"])
        self._callers: dict[str, str] = {}
        self._places = {one["name"]: one["locationId"] for one in _all(desk, "/locations")}
        self._products = {item["slug"]: item for item in desk.get("/products", limit=100)["items"]}

    def of(self, who: str) -> Api:
        key = (who, threading.get_ident())
        if key not in self._people:
            self._people[key] = Api(self._base_url, self._token_of(who))
        return self._people[key]

    def _token_of(self, who: str) -> str:
        with self._signing_in:
            if who not in self._tokens:
                email = who if "@" in who else f"{who}@meerwal.example"
                with Api(self._base_url, "") as door:
                    answer = door.post("/sessions", {"email": email, "password": self._password})
                self._tokens[who] = answer["token"]
            return self._tokens[who]

    def report(self, scene: Json) -> Json:
        """The request as it was saved."""
        body: Json = {"text": scene["text"], "channel": scene.get("channel", "site")}
        body |= {name: scene[name] for name in ("kind", "object", "impact", "urgency") if name in scene}
        if product := self._products.get(scene.get("product", "")):
            body["productId"] = product["productId"]
            body["answers"] = {name: self._dated(given) for name, given in scene.get("answers", {}).items()}
        if "place" in scene:
            body["locationId"] = self._places[scene["place"]]
        if "asset" in scene:
            body["assetId"] = self._asset(scene["asset"])
        if "for" in scene:
            body["requesterId"] = self._person(scene["for"])
        if "wanted" in scene:
            body["wanted"] = {"from": self._moment(scene["wanted"])}
        if "requested_for" in scene:
            body |= {"requestedForId": self._person(scene["requested_for"]), "onSite": scene["on_site"]}
        if "answer" in scene:
            body["answer"] = {"text": scene["answer"]}
        return self.of(scene["by"]).post("/requests", body)

    def _asset(self, code: str) -> str:
        return str(self.of(DESK).get(f"/stickers/{code}")["asset"]["assetId"])

    def _person(self, name: str) -> str:
        if name not in self._callers:
            found = self.of(DESK).get("/people", q=name, limit=1)["items"]
            self._callers[name] = found[0]["personId"]
        return self._callers[name]

    def go_on(self, scene: Json, request: Json) -> None:
        """What became of it after it was saved."""
        path = f"/requests/{request['requestId']}"
        for who, action, *said in scene.get("order", []):
            self._act(request["requestId"], who, action, *said)
        if "question" in scene:
            self._change(DESK, path, "questions", {"question": scene["question"]})
        if "correct" in scene:
            self._correct(path, dict(scene["correct"]))
        if "theme" in scene:
            self._change(DESK, path, "theme", {"name": scene["theme"]})
        if "acknowledge" in scene:
            self._change(DESK, path, "complaint/acknowledge", {"text": scene["acknowledge"]})
        if "reject" in scene:
            self._change(DESK, path, "reject", {"reason": scene["reject"]})
        if "withdraw" in scene:
            self._change(scene["by"], path, "withdraw", {"reason": scene["withdraw"]})
        if "confirm" in scene:
            self._when_ready(path)
            self._change(scene["by"], path, "confirm", {})
        if "reopen" in scene:
            self._when_ready(path)
            self._change(scene["by"], path, "reopen", {"reason": scene["reopen"]})

    def _correct(self, path: str, said: Json) -> None:
        if "place" in said:
            said["locationId"] = self._places[said.pop("place")]
        self._change(DESK, path, "corrections", said)

    def gather(self, scenes: list[Json], saved: list[Json]) -> None:
        """Reports of one thing, under a major incident of which all reporters have had a word."""
        told = {scene["incident"]: scene["told"] for scene in scenes if "told" in scene}
        for title, word in told.items():
            ids = [one["requestId"] for scene, one in zip(scenes, saved, strict=True)
                   if scene.get("incident") == title]  # fmt: skip
            made = self.of(DESK).post("/incidents", {"title": title, "requestIds": ids})
            path = f"/incidents/{made['incidentId']}/updates"
            self.of(DESK).post(path, {"text": word}, version=made["version"])

    def go_together(self, scenes: list[Json], saved: list[Json]) -> None:
        """Six lamps, one visit: Tom saw that they could well be one, and said when."""
        ids = [self._order_of(TEAM_LEAD, one["requestId"])
               for scene, one in zip(scenes, saved, strict=True) if scene.get("together")]  # fmt: skip
        lead = self.of(TEAM_LEAD)
        visit = lead.post("/visits", {"workOrderIds": ids, "note": "Eén ladder, zes lampen."})
        path = f"/visits/{visit['visitId']}/schedule"
        lead.post(path, {"plannedFrom": self._moment("+1d 13:00")}, version=visit["version"])

    def _order_of(self, who: str, request_id: str) -> str:
        def issued() -> str | None:
            orders = self.of(who).get("/work-orders", requestId=request_id, limit=1)["items"]
            return str(orders[0]["workOrderId"]) if orders else None

        return str(_eventually(issued, f"the order of {request_id}"))

    def plan(self) -> None:
        """Work that comes back: what is made of it is made by itself."""
        for plan in load("plans"):
            said = {name: plan[name] for name in ("name", "text", "rule", "leadDays")}
            said |= {"startsOn": self._dated(plan["starts"]), "locationId": self._places[plan["place"]]}
            said |= {"productId": self._products[plan["product"]]["productId"]}
            self.of(plan["by"]).post(
                "/plans", {**said, "stops": [self._stop(each) for each in plan["stops"]]}
            )

    def keep_counter(self) -> None:
        counter.fill(self.of(COUNTER), self._person, self.now)

    def rest(self) -> None:
        """Some weeks from now Bas is on holiday, so that his team has something to plan around."""
        said = {"start": self._moment("+21d 00:00"), "end": self._moment("+26d 00:00")}
        self.of("bas").post("/absences", {**said, "reason": "holiday"})

    def roster(self) -> None:
        """Noor works four days; the others of the team when the team does."""
        lead = self.of(TEAM_LEAD)
        team = lead.get("/work-list")["providerId"]
        members = lead.get(f"/providers/{team}/members")["items"]
        noor = next(one["accountId"] for one in members if one["name"].startswith("Noor"))
        hours = [
            {"days": [1, 2, 4], "start": "07:30", "end": "16:30"},
            {"days": [5], "start": "07:30", "end": "12:00"},
        ]
        lead.post(f"/providers/{team}/hours/{noor}", {"hours": hours}, version=0)

    def _stop(self, said: Json) -> Json:
        """A point that begins with `?` may stay open."""
        points = [
            {"text": text.removeprefix("? "), "optional": text.startswith("?")} for text in said["points"]
        ]
        optional = said.get("optional", False)
        place = self._places[said["place"]]
        return {"title": said["title"], "locationId": place, "points": points, "optional": optional}

    def _act(self, request_id: str, who: str, action: str, said: str = "") -> None:
        def theirs() -> Json | None:
            orders = self.of(who).get("/work-orders", requestId=request_id, limit=10)["items"]
            mine = [order for order in orders if action.replace("-", "_") in order["actions"]]
            return min(mine, key=lambda order: str(order["number"])) if mine else None

        order = _eventually(theirs, f"an order that {who} can {action}")
        body: Json = {"note": said} if said else {}
        if action == "schedule":
            body = {"plannedFrom": self._moment(said)}
        if action == "pause":
            body = PAUSE
        self.of(who).post(f"/work-orders/{order['workOrderId']}/{action}", body, version=order["version"])

    def _change(self, who: str, path: str, what: str, body: Json) -> None:
        version = self.of(who).get(path)["version"]
        self.of(who).post(f"{path}/{what}", body, version=version)

    def _when_ready(self, path: str) -> None:
        _eventually(lambda: self.of(DESK).get(path)["state"] == "ready", f"{path} to be ready")

    def _dated(self, given: Any) -> Any:
        """`+2d` is the day after tomorrow."""
        found = re.fullmatch(r"\+(\d+)d", given) if isinstance(given, str) else None
        return (self.now + timedelta(days=int(found[1]))).date().isoformat() if found else given

    def _moment(self, text: str) -> str:
        """`+1d 10:00`: so many days on, at that time of the desk's own clock."""
        days, _, hour = text.partition(" ")
        return datetime.fromisoformat(f"{self._dated(days)}T{hour}").replace(tzinfo=CLOCK).isoformat()

    def close(self) -> None:
        for person in self._people.values():
            person.close()


def enliven(base_url: str, bootstrap_token: str, password: str) -> int:
    """Answers how many requests there are then. Raises ApiError."""
    life = Life(base_url, password)
    try:
        with Api(base_url, bootstrap_token) as api:
            earlier = _bring_in_earlier(api, life.now)
        scenes = load("life")
        saved = [life.report(scene) for scene in scenes]
        # Each goes its own way, and waits now and then for the services to follow.
        with ThreadPoolExecutor(AT_ONCE) as several:
            list(several.map(life.go_on, scenes, saved))
        life.gather(scenes, saved)
        life.go_together(scenes, saved)
        relations.put_in(life.of(DESK))
        life.plan()
        life.rest()
        life.roster()
        life.keep_counter()
    finally:
        life.close()
    return earlier + len(saved)


def _bring_in_earlier(api: Api, now: datetime) -> int:
    """What is closed is history; what is still open is late."""
    earlier = load("earlier")
    rows = []
    for number, cells in enumerate(earlier["rows"], 1):
        row = dict(zip(earlier["columns"], cells, strict=True))
        received = now - timedelta(days=row.pop("days ago"), minutes=37 * number % 240)
        hours = row.pop("hours")
        row["closed"] = _written(received + timedelta(hours=hours)) if hours else ""
        rows.append(
            {"line": number, "values": {"key": f"V-{1000 + number}", "received": _written(received), **row}}
        )
    api.post("/imports", {"mapping": earlier["mapping"], "rows": rows})
    return len(rows)


def _all(api: Api, path: str) -> list[Json]:
    found: list[Json] = []
    cursor: str | None = None
    while True:
        page = api.get(path, limit=100, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page.get("nextCursor")
        if not cursor:
            return found


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _eventually(look: Callable[[], Any], wanted: str) -> Any:
    began = time.monotonic()
    while not (found := look()):
        if time.monotonic() - began > PATIENCE_SECONDS:
            raise TimeoutError(f"not within {PATIENCE_SECONDS:g} s: {wanted}")
        time.sleep(LOOK_SECONDS)
    return found
