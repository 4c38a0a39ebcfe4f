"""What only somebody knows who knows the trade: with it operations are reached that are more than a form."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

from deskcli.bench.scene import answers_for
from deskcli.demo.data import load
from deskcli.fuzzing.document import Json
from deskcli.fuzzing.known import Fits
from deskcli.fuzzing.sensible import Composer

EARLIER = load("earlier")
# In which state a request has to be, for it to be possible.
STATES: Mapping[str, frozenset[str]] = {
    "triage_request": frozenset({"triage"}),
    "answer_request": frozenset({"triage"}),
    "reject_request": frozenset({"triage"}),
    "ask_requester": frozenset({"triage", "in_progress"}),
    "reply_to_desk": frozenset({"triage", "in_progress"}),
    "confirm_request": frozenset({"ready"}),
    "reopen_request": frozenset({"ready", "closed"}),
    "withdraw_request": frozenset({"triage", "in_progress"}),
}
ORDER_SUFFIX = "_work_order"
LOOKING = frozenset({"get_work_order", "link_to_work_order"})
LETTING_IN = frozenset({"invite_supplier", "revoke_supplier", "resume_supplier"})
MADE = "made-"  # how the names begin of what is made here
PROGRAMS = ("supplier-vonk-val", "supplier-lepel-lade")


def fitting(operation: str, name: str) -> Fits | None:
    """What a thing has to be like for an operation to be possible with it; None: anything will do."""
    if name == "requestId" and operation in STATES:
        return lambda thing: thing.get("state") in STATES[operation]
    if name == "workOrderId" and operation.endswith(ORDER_SUFFIX) and operation not in LOOKING:
        action = operation.removesuffix(ORDER_SUFFIX)
        return lambda thing: action in thing.get("actions", ())
    if name == "providerId" and operation in LETTING_IN:  # who calls here must not be shut out by it
        return lambda thing: str(thing.get("slug", "")).startswith(MADE) and thing.get("delivery") != "none"
    return None


def informed(operation: str, body: Json, composer: Composer) -> Json:
    """The body as somebody would send it who knows what the operation is about."""
    amend = AMENDMENTS.get(operation)
    return amend(copy.deepcopy(body), composer) if amend else body


def _with_answers(body: Json, composer: Composer) -> Json:
    """What the product asks is answered; what only the desk may say is left to the desk."""
    found = composer.known.thing("productId", composer.chance, composer.role)
    if found and (composer.chance.random() < 0.7 or "productId" in body):
        questions = [each for each in found[1].get("questions") or [] if isinstance(each, dict)]
        body["productId"] = found[0]
        body["answers"] = answers_for({"questions": questions})
    if composer.role in ("customer", "team"):
        for field in ("requesterId", "priority", "answer"):
            body.pop(field, None)
    return _with_files(body, composer)


def _with_files(body: Json, composer: Composer) -> Json:
    """Files that the same role has brought; a receipt is good for its bearer only."""
    body.pop("attachments", None)
    receipt = composer.known.word(f"receipt {composer.role}", composer.chance)
    return {**body, "attachments": [receipt]} if receipt and composer.chance.random() < 0.3 else body


def _rows(_body: Json, composer: Composer) -> Json:
    chosen = composer.chance.sample(EARLIER["rows"], 2)
    rows = []
    for number, cells in enumerate(chosen, 1):
        row = {name: str(cell) for name, cell in zip(EARLIER["columns"], cells, strict=True)}
        del row["days ago"], row["hours"]
        received = composer.moment().strftime("%Y-%m-%d %H:%M")
        row |= {"key": f"F-{composer.new_id()[-12:]}", "received": received, "closed": ""}
        rows.append({"line": number, "values": row})
    return {"mapping": copy.deepcopy(EARLIER["mapping"]), "rows": rows}


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
    found = composer.known.thing("accountId", composer.chance, fits=_is_program)
    return {**body, "accountId": found[0]} if found else body


def _steps(body: Json, composer: Composer) -> Json:
    """Steps with keys of their own, each after the one before; questions with keys and choices that fit."""
    for number, step in enumerate((body.get("process") or {}).get("steps", [])):
        step["key"] = f"step-{number}"
        step["dependsOn"] = [f"step-{number - 1}"] if number else []
        step["provider"] = composer.slug_of("providerId", "technische-dienst")
    body.pop("audience", None)
    for number, question in enumerate(body.get("questions") or []):
        question.pop("askedIf", None)
        question["key"] = f"question-{number}"
        if question["type"] != "choice":
            question.pop("choices", None)
        elif not question.get("choices"):
            question["choices"] = [{"value": "yes", "label": {"nl": "Ja", "en": "Yes"}}]
    price = body.get("price")
    if price and price["kind"] in ("none", "quote"):
        body["price"] = {"kind": price["kind"]}
    return body


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
    found = composer.known.thing("failureId", composer.chance, fits=_is_open)
    body = {name: value for name, value in body.items() if name == "reason"}
    if found and composer.chance.random() < 0.7:
        return {**body, "failureIds": [found[0]]}
    return {**body, "cause": str(found[1].get("cause", "unknown")) if found else "unknown"}


def _rule(body: Json, composer: Composer) -> Json:
    """A kind of request that one provider gets, or whoever has a skill."""
    made = {name: value for name, value in body.items() if name in ("name", "active", "otherwise", "note")}
    made["conditions"] = [{"field": "kind", "values": [composer.chance.choice(("wish", "information"))]}]
    return {**made, "providers": [composer.slug_of("providerId", "technische-dienst")]}


def _profile(body: Json, composer: Composer) -> Json:
    """Without absences: those who call have work to do."""
    return {name: value for name, value in body.items() if name in ("skills", "capacity")}


def _switch(body: Json, composer: Composer) -> Json:
    """Mostly running: a stopped supplier is of use for a while only."""
    return {"running": composer.chance.random() < 0.8, **({"mode": body["mode"]} if "mode" in body else {})}


def _one_provider(body: Json, composer: Composer) -> Json:
    kind = composer.chance.choice(("team", "supplier"))
    delivery = "none" if kind == "team" else composer.chance.choice(("rpc", "portal", "webhook"))
    slug = f"{MADE}{delivery}-{composer.chance.randrange(8)}"
    address = {"rpc": f"supplier_{slug.replace('-', '_')}", "webhook": "https://supplier.example/orders"}
    made = {**body, "slug": slug, "kind": kind, "delivery": delivery, "address": address.get(delivery)}
    return {name: value for name, value in made.items() if value is not None}


def _is_program(thing: Json) -> bool:
    return thing.get("kind") == "program"


def _is_open(thing: Json) -> bool:
    return thing.get("state") == "open"


AMENDMENTS: Mapping[str, Callable[[Json, Composer], Json]] = {
    "create_request": _with_answers,
    "triage_request": _with_answers,
    "import_rows": _rows,
    "create_accounts": _accounts,
    "issue_token": _program,
    "publish_product": _steps,
    "start_new_draft": _steps,
    "save_draft": _steps,
    "add_routing_rule": _rule,
    "change_routing_rule": _rule,
    "save_provider_profile": _profile,
    "reply_to_desk": _with_files,
    "add_note": _with_files,
    "save_contract": _contract,
    "save_provider": _one_provider,
    "replay_failures": _which,
    "set_aside_failures": _which,
    "switch_demo_supplier": _switch,
}
