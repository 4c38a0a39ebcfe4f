"""About the house itself: accounts, contracts, what failed, programs of the demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from deskcli.fuzzing.document import Json
from deskcli.fuzzing.knowledge.fits import MADE, is_open, is_program
from deskcli.fuzzing.sensible import Composer

PROGRAMS = ("supplier-vonk-val", "supplier-lepel-lade")
CALENDAR_PATH = "/v1/calendars/"


def _accounts(body: Json, composer: Composer) -> Json:
    for item in body["items"]:
        item.pop("providerSlug", None)
        item.pop("personKey", None)
        item["roles"] = [composer.chance.choice(("requester", "agent", "operator", "program"))]
        item["name"] = f"Gemaakt {composer.number()}"
        if "password" in item:
            item["email"] = f"made{composer.number()}@meerwal.example"
    return body


def _program(body: Json, composer: Composer) -> Json:
    found = composer.known.thing("accountId", composer.chance, fits=is_program)
    return {**body, "accountId": found[0]} if found else body


def _cost_centre(body: Json, composer: Composer) -> Json:
    """Of nobody's, held by somebody who is known, and going on."""
    kept: Json = {name: body[name] for name in ("name", "thresholdCents", "rule") if name in body}
    return {**kept, "holders": [{"personId": composer.known_id("personId")}]}


def _new_cost_centre(body: Json, composer: Composer) -> Json:
    return {**_cost_centre(body, composer), "key": f"{MADE}{composer.number()}"}


def _contract(body: Json, composer: Composer) -> Json:
    body["calendar"] = "organisation"
    body.pop("validUntil", None)
    seen: set[object] = set()
    levels = []
    for level in body["levels"]:
        level.setdefault("resolve", {"amount": 20, "unit": "working_minutes"})
        if (key := (level.get("kind"), level.get("priority"), level.get("productId"))) not in seen:
            seen.add(key)
            levels.append(level)
    return {**body, "levels": levels}


def _which(body: Json, composer: Composer) -> Json:
    """Some by their id, or a cause; never both."""
    found = composer.known.thing("failureId", composer.chance, fits=is_open)
    body = {name: value for name, value in body.items() if name == "reason"}
    if found and composer.chance.random() < 0.7:
        return {**body, "failureIds": [found[0]]}
    return {**body, "cause": str(found[1].get("cause", "unknown")) if found else "unknown"}


def _switch(body: Json, composer: Composer) -> Json:
    """Mostly running: a stopped supplier is of use for a while only."""
    return {"running": composer.chance.random() < 0.8, **({"mode": body["mode"]} if "mode" in body else {})}


def _mail_answer(_body: Json, composer: Composer) -> Json:
    found = composer.known.word("mail", composer.chance)
    return {"messageId": found or "<x@y>", "text": "Dank u, het is goed zo."}


def _calendar(composer: Composer) -> dict[str, Any]:
    path = composer.known.word("calendar", composer.chance) or ""
    secret = path.removeprefix(CALENDAR_PATH).removesuffix(".ics")
    return {"secret": secret} if secret else {}


def _counter_item(body: Json, composer: Composer) -> Json:
    return {**body, "number": f"MADE-{composer.number()}"}


def _to_somebody(body: Json, composer: Composer) -> Json:
    """A person of relations or a name, not both; nothing that is drawn; due as its kind says."""
    left_out = ("name", "signature", "dueOn")
    kept: Json = {name: value for name, value in body.items() if name not in left_out}
    return {**kept, "personId": composer.known_id("personId")}


def _visitor(body: Json, composer: Composer) -> Json:
    """Within a year: a day from now."""
    return {**body, "expectedAt": (composer.now + timedelta(days=1)).isoformat()}


def _act(body: Json, composer: Composer) -> Json:
    """What can be done with whatever is handed out, and asks nothing more."""
    return {"action": "take_back", "remark": body.get("remark")}


AMENDMENTS: Mapping[str, Callable[[Json, Composer], Json]] = {
    "add_cost_centre": _new_cost_centre,
    "change_cost_centre": _cost_centre,
    "add_counter_item": _counter_item,
    "hand_out_item": _to_somebody,
    "receive_parcel": _to_somebody,
    "enter_visitor": _visitor,
    "announce_own_visitor": _visitor,
    "act_on_counter_entry": _act,
    "create_accounts": _accounts,
    "issue_token": _program,
    "save_contract": _contract,
    "replay_failures": _which,
    "set_aside_failures": _which,
    "switch_demo_supplier": _switch,
    "answer_demo_mail": _mail_answer,
}
PATHS: Mapping[str, Callable[[Composer], dict[str, Any]]] = {"read_calendar": _calendar}
