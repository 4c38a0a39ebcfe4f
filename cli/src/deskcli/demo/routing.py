"""What the demo's teams and suppliers can take on, and the first rules about who gets what."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from deskcli.demo.data import load
from deskcli.importing.api import Api, ApiError, Json

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.0, 3.0, 3.0)


def put_in(api: Api) -> int:
    """Answers how many rules there are. What is there already is left as it is."""
    data = load("routing")
    for provider in api.get("/providers")["items"]:
        profile = data["profiles"].get(provider["slug"])
        if profile and provider["version"] == 0:
            api.post(f"/providers/{provider['providerId']}/profile", profile, version=0)
    known = {rule["name"] for rule in api.get("/routing-rules")["items"]}
    for rule in data["rules"]:
        if rule["name"] not in known:
            conditions = [_with_ids(api, one) for one in rule["conditions"]]
            _when_heard(partial(api.post, "/routing-rules", {**rule, "conditions": conditions}))
    terms = api.get("/order-terms")
    if terms["version"] == 0:
        given = {"costMarginPercent": terms["costMarginPercent"], "travel": data["travel"]}
        _when_heard(partial(api.post, "/order-terms", given, version=0))
    if (route := api.get("/danger-route"))["version"] == 0:
        named = {item["slug"]: item["productId"] for item in api.get("/products", limit=100)["items"]}
        _when_heard(lambda: api.put("/danger-route", {"productId": named[data["danger"]]}, route["version"]))
    return len(data["rules"])


def _with_ids(api: Api, condition: Json) -> Json:
    """The file names places by their path; the API wants ids, which differ from desk to desk."""
    if condition["field"] != "place":
        return condition
    return {**condition, "values": [_place(api, path) for path in condition["values"]]}


def _place(api: Api, path: str) -> str:
    found = api.get("/locations", q=path.replace(" / ", " "), limit=100)["items"]
    return next(str(place["locationId"]) for place in found if place["path"] == path)


def _when_heard(save: Callable[[], Any]) -> None:
    """Others hear of products and places a moment after they were saved."""
    for pause in PAUSES:
        try:
            save()
            return
        except ApiError as error:
            if error.status != 422:
                raise
        time.sleep(pause)
    save()
