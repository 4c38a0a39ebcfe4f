"""About requests: what products ask, what belongs together, what was wrong with them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from deskcli.bench.scene import answers_for
from deskcli.demo.data import load
from deskcli.fuzzing.document import Json
from deskcli.fuzzing.sensible import Composer

EARLIER = load("earlier")
CAUSES = ("misunderstood", "reported-wrongly", "chosen-wrongly", "provider-fell-short", "other")
RULES = ("FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY")
MOSTLY = 0.7
SELDOM = 0.02


def with_answers(body: Json, composer: Composer) -> Json:
    """What the product asks is answered; what only the desk may say is left to the desk."""
    found = composer.known.thing("productId", composer.chance, composer.role)
    if found and (composer.chance.random() < MOSTLY or "productId" in body):
        body |= _ordered(found)
        if found[1].get("ordering"):
            body |= {"wanted": {"from": composer.in_days(composer.chance.randint(20, 300)).isoformat()}}
    if composer.role in ("customer", "team"):
        for field in ("requesterId", "priority", "answer"):
            body.pop(field, None)
    return with_files(in_confidence(with_involved(body, composer), composer), composer)


def in_confidence(body: Json, composer: Composer) -> Json:
    """Seldom: nearly nobody can do anything with it afterwards. It stands by itself."""
    body.pop("confidential", None)
    if composer.chance.random() < SELDOM:
        body.pop("follows", None)
        return {**body, "confidential": True}
    return body


def with_involved(body: Json, composer: Composer) -> Json:
    """Now and then somebody to meet there, and a cost centre of the demo. Colleagues are of one customer."""
    for field in ("requestedForId", "onSite", "costCentre"):
        body.pop(field, None)
    if composer.chance.random() < 0.3:
        body |= {"onSite": {"name": "Fatima el Amrani", "phone": "020 555 0199"}, "costCentre": "4100"}
    return body


def _begun(body: Json, composer: Composer) -> Json:
    """As it is typed on the site: by field, and not right yet."""
    return with_files({**body, "filled": {"text": "De lamp flikkert", "place_q": "3.12"}}, composer)


def with_files(body: Json, composer: Composer) -> Json:
    """Files that the same role has brought; a receipt is good for its bearer only."""
    body.pop("attachments", None)
    receipt = composer.known.word(f"receipt {composer.role}", composer.chance)
    return {**body, "attachments": [receipt]} if receipt and composer.chance.random() < 0.3 else body


def _ordered(found: tuple[str, Json]) -> Json:
    questions = [each for each in found[1].get("questions") or [] if isinstance(each, dict)]
    return {"productId": found[0], "answers": answers_for({"questions": questions})}


def _plan(body: Json, composer: Composer) -> Json:
    """A rule, and days that come after each other; of a product, with what it asks."""
    first = composer.in_days(1).date()
    body |= {"rule": composer.chance.choice(RULES), "startsOn": first.isoformat()}
    if "until" in body:
        body["until"] = first.replace(year=first.year + 1).isoformat()
    found = composer.known.thing("productId", composer.chance)
    if "productId" in body and found:
        body |= _ordered(found)
    if "stops" in body:
        body["stops"] = [{"title": "Hal"}, {"title": "Trap", "points": [{"text": "Vrij?"}], "optional": True}]
    return body


def _correction(body: Json, composer: Composer) -> Json:
    """Of what nobody works on yet the place and the data may be wrong, and what kind it is."""
    made: Json = {"what": composer.chance.choice(("place", "kind", "data")), "cause": _cause(composer)}
    if made["what"] == "place":
        return {**made, "locationId": composer.known_id("locationId")}
    if made["what"] == "kind":
        return {**made, "kind": composer.chance.choice(("fault", "information"))}
    return {**made, "quantity": composer.chance.randint(1, 9)}


def _many(body: Json, composer: Composer) -> Json:
    """Requests that nobody works on yet, put at another place, each as it was last seen."""
    made = {"what": "place", "cause": _cause(composer), "locationId": composer.known_id("locationId")}
    seen = [composer.known.thing("requestId", composer.chance, composer.role, _in_triage) for _ in range(3)]
    found = {each[0]: each[1].get("version", 1) for each in seen if each}
    if "items" in body:
        return {**made, "items": [{"requestId": key, "version": version} for key, version in found.items()]}
    return {**made, "requestIds": list(found)}


def _in_triage(thing: Json) -> bool:
    return thing.get("state") == "triage"


def _assets(body: Json, composer: Composer) -> Json:
    """With codes as they stand on stickers; whose they are and how they are reported is left out."""
    for item in body["items"]:
        item["code"] = f"MADE-{composer.number()}"
        item["kind"] = "made"
        for field in ("supplier", "product"):
            item.pop(field, None)
    return body


def _sticker(composer: Composer) -> dict[str, Any]:
    found = composer.known.thing("assetId", composer.chance, composer.role)
    return {"code": found[1]["code"]} if found and found[1].get("code") else {}


def _named(body: Json, composer: Composer) -> Json:
    """By a name that nobody has yet; a department by itself, and charged to nobody."""
    body = {name: value for name, value in body.items() if name not in ("parentId", "costCentre")}
    return {**body, "name": f"Gemaakt {composer.number()}"}


def _other_person(_body: Json, composer: Composer) -> Json:
    return {"otherId": composer.known_id("personId")}


def _cause(composer: Composer) -> str:
    return composer.known.word("cause", composer.chance) or composer.chance.choice(CAUSES)


def _matrix(_body: Json, composer: Composer) -> Json:
    """What touches more or hurts more is never less pressing."""
    least = composer.chance.randint(3, 4)
    rows = ("person", "group", "site")
    columns = ("low", "normal", "high")
    return {
        "cells": {
            row: {column: f"P{max(2, least - down - right)}" for right, column in enumerate(columns)}
            for down, row in enumerate(rows)
        }
    }


def _some_requests(body: Json, composer: Composer) -> Json:
    return {**body, "requestIds": list({composer.known_id("requestId") for _ in range(3)})}


def _one_of_incident(body: Json, composer: Composer) -> Json:
    found = composer.known.thing("requestId", composer.chance, fits=lambda each: bool(each.get("incidentId")))
    return {**body, "requestId": found[0]} if found else body


def _spoken(body: Json, composer: Composer) -> Json:
    return {**body, "saidAt": composer.now.isoformat()}


def _mail(_body: Json, composer: Composer) -> Json:
    sender = composer.chance.choice(
        ("sanne@meerwal.example", f"made{composer.chance.randrange(9)}@else.example")
    )
    mail = (
        f"From: {sender}\r\nTo: desk@meerwal.example\r\nSubject: Deur klemt\r\n"
        f"Message-ID: <{composer.new_id()}@else.example>\r\n\r\nDe deur van 2.07 klemt.\r\n"
    )
    return {"message": base64.b64encode(mail.encode()).decode()}


def _rows(_body: Json, composer: Composer) -> Json:
    chosen = composer.chance.sample(EARLIER["rows"], 2)
    rows = []
    for number, cells in enumerate(chosen, 1):
        row = {name: str(cell) for name, cell in zip(EARLIER["columns"], cells, strict=True)}
        del row["days ago"], row["hours"]
        received = composer.moment().strftime("%Y-%m-%d %H:%M")
        row |= {"key": f"F-{composer.new_id()[-12:]}", "received": received, "closed": ""}
        rows.append({"line": number, "values": row})
    return {"mapping": dict(EARLIER["mapping"]), "rows": rows}


def _link(composer: Composer) -> dict[str, Any]:
    """One of the links of a request that has some."""
    found = composer.known.thing("requestId", composer.chance, fits=lambda each: bool(each.get("links")))
    if found is None:
        return {}
    link = composer.chance.choice(found[1]["links"])
    return {"requestId": found[0], "kind": str(link.get("kind")), "otherId": str(link.get("requestId"))}


def _attachment(composer: Composer) -> dict[str, Any]:
    found = composer.known.thing("attachmentId", composer.chance, composer.role)
    return {"requestId": found[1]["requestId"], "attachmentId": found[0]} if found else {}


def _theme(_body: Json, composer: Composer) -> Json:
    """One of a few, or one that is there."""
    found = composer.known.thing("themeId", composer.chance)
    if found and composer.chance.random() < MOSTLY:
        return {"themeId": found[0]}
    number = composer.chance.randrange(20)
    return {"name": {"nl": f"Gemaakt {number}", "en": f"Made {number}"}}


def _decision(body: Json, composer: Composer) -> Json:
    return {**body, "reason": "Het is te duur."}


def _mostly_later(body: Json, composer: Composer) -> Json:
    """A theme that is decided for good takes no wishes of others any more."""
    return {**body, "decision": composer.chance.choice(("later", "later", "later", "yes", "no"))}


AMENDMENTS: Mapping[str, Callable[[Json, Composer], Json]] = {
    "create_request": with_answers,
    "triage_request": with_answers,
    "begin_report": _begun,
    "add_customer": _named,
    "set_apart": _other_person,
    "rename_customer": _named,
    "add_department": _named,
    "change_department": _named,
    "reply_to_desk": with_files,
    "add_note": with_files,
    "import_rows": _rows,
    "save_plan": _plan,
    "change_plan": _plan,
    "preview_plan": _plan,
    "correct_request": _correction,
    "preview_correction": _correction,
    "preview_corrections": _many,
    "correct_requests": _many,
    "save_assets": _assets,
    "set_priority_matrix": _matrix,
    # None: there is one product, at most, that would do.
    "set_danger_route": lambda _body, _composer: {"productId": None},
    "open_incident": _some_requests,
    "gather_requests": _some_requests,
    "split_from_incident": _one_of_incident,
    "settle_complaint": _spoken,
    "note_attempt": lambda body, composer: {**body, "triedAt": composer.now.isoformat()},
    "bring_mail": _mail,
    "file_wish": _theme,
    "decide_theme": _mostly_later,
    "decide_approval": _decision,
}


def _code(composer: Composer) -> dict[str, Any]:
    """Of what was begun just now."""
    known = composer.known.word("code", composer.chance)
    return {"code": known} if known else {}


PATHS: Mapping[str, Callable[[Composer], dict[str, Any]]] = {
    "find_begun_report": _code,
    "unlink_requests": _link,
    "get_attachment": _attachment,
    "get_sticker": _sticker,
}
