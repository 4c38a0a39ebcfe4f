"""The desk itself: queues, the list of one of them, and the dossier that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import eventlet
from servicekit.concurrency import gather
from servicekit.errors import ServiceError

from gateway.api.dossier import compose
from gateway.clients import Json
from gateway.desk_queues import BY_NAME, QUEUES, Queue, counted
from gateway.live import topics
from gateway.pages.answered import answers_in_words
from gateway.pages.choosing_assets import assets_at, with_warranty
from gateway.pages.desk.course import picture
from gateway.pages.deviation_words import told
from gateway.pages.involving import cost_centres
from gateway.pages.labels import _
from gateway.pages.order_forms import FIELDS
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.proposing import MOST_LETTERS, NOTHING, proposals_for
from gateway.pages.rounds import with_stops
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "requests.read_all"
LINES, PINNED = 25, 10
NAMES = {
    "danger": _("Danger"),
    "attention": _("Needs attention"),
    "missed": _("Promise missed"),
    "triage": _("To assess"),
    "in_progress": _("In progress"),
    "waiting": _("Waiting"),
    "ready": _("Ready, their word"),
    "open": _("All open"),
    "all": _("Everything"),
}
# What one sees who did not choose: what asks for attention, or all there is to do when nothing does.
USUAL, OTHERWISE = "attention", "open"


@pages.get("/desk", PERMISSION)
def board(visit: Visit) -> Outcome:
    """A queue, with nothing open."""
    return show(visit, None)


@pages.get("/desk/requests/<uuid:request_id>", PERMISSION)
def dossier(visit: Visit, request_id: str) -> Outcome:
    """A dossier, beside the queue that it was opened from."""
    return show(visit, request_id)


def show(visit: Visit, request_id: str | None, status: int = 200, **more: Any) -> Outcome:
    """What the browser does not ask for is not looked up: a part of a page costs only itself."""
    target = visit.target
    asked: dict[str, Any] = {}
    if target in (None, "queues"):
        asked["counts"] = eventlet.spawn(
            _or_none, lambda: counted(visit.services, visit.moments.now)["counts"]
        )
    if target in (None, "list"):
        asked["page"] = eventlet.spawn(_list, visit)
        asked["pinned"] = eventlet.spawn(_pinned, visit)
    request = read_dossier(visit, request_id) if request_id and target in (None, "dossier") else None
    found = {name: greenlet.wait() for name, greenlet in asked.items()}
    queue, page = found.get("page") or (_queue(visit), None)
    # Once something else than the usual is shown, it stays that: only the counts tell of what comes.
    stays = {} if queue == _queue(visit) else {"queue": queue.name}
    asking = (_products, _providers, _proposals, _themes, _articles, _asset, _assets, _cost_centres, _answers)
    products, providers, proposals, themes, articles, asset, assets, charged, answers = gather(
        [partial(ask, visit, request) for ask in asking]
    )
    visit.follow(topics.REQUESTS)
    return visit.show(
        "desk/board.html",
        status,
        queues=QUEUES,
        names=NAMES,
        queue=queue,
        counts=found.get("counts"),
        page=page,
        pinned=_without(found.get("pinned"), page),
        request=request,
        request_id=request_id,
        q=visit.query.text("q") or "",
        # Ticks beside the lines, to gather them under a major incident.
        picking=visit.query.get("pick") == "1" and visit.can("requests.triage"),
        address=lambda path, **changed: _address(visit, path, {**stays, **changed}),
        problem=more.pop("problem", None),
        kept=more.pop("kept", {}),
        providers=providers,
        products=products,
        proposals=proposals,
        themes=themes,
        articles=articles,
        asset=asset,
        assets=assets,
        cost_centres=charged,
        answers=answers,
        order_fields=FIELDS,
    )


def read_dossier(visit: Visit, request_id: str) -> Json:
    """With its work orders as dispatch has them (what may be done with each), and the caller's other
    requests.
    """
    visit.follow(topics.request(request_id))
    services = visit.services
    orders = eventlet.spawn(
        _or_none, lambda: services.dispatch.list_work_orders(request_id=request_id, limit=LINES)
    )
    deviations = eventlet.spawn(_or_none, lambda: _deviations(visit, request_id))
    try:
        request = compose(services, visit.actor, request_id)
    except ServiceError:
        orders.kill()
        deviations.kill()
        raise
    requester = (request.get("requester") or {}).get("person_id")
    history = (
        _or_none(lambda: services.intake.list_requests(requester_id=requester, limit=6))
        if requester
        else None
    )
    others = [each for each in (history or {"items": []})["items"] if each["request_id"] != request_id]
    found = orders.wait()
    left = (deviations.wait() or {"items": []})["items"]
    shown = sorted(found["items"], key=lambda each: str(each["number"])) if found else request["orders"]
    shown = with_stops(services, shown)
    course = {"picture": picture(visit.words, shown), "deviations": told(visit.words, visit.moments, left)}
    return {**request, "orders": shown, "history": others[:5], "course": course}


def _deviations(visit: Visit, request_id: str) -> Json | None:
    """Where it left the regular process; nothing for who may not know."""
    if not visit.can("deviations.read"):
        return None
    return visit.services.dispatch.list_deviations(request_id=request_id, limit=LINES)


def _providers(visit: Visit, request: Json | None) -> list[Json]:
    """To whom an order may be given; asked only when there is one to give away."""
    wanted = (
        request
        and visit.can("work_orders.repair")
        and (
            request.get("attention") == "unplannable"
            or request["state"] == "in_progress"
            or any("reroute" in order.get("actions", ()) for order in request["orders"])
        )
    )
    return (_or_none(visit.services.dispatch.list_providers) or {"items": []})["items"] if wanted else []


def _proposals(visit: Visit, request: Json | None) -> Json:
    """What it is probably about, while it must be assessed."""
    if not request or request["state"] != "triage" or not visit.can("requests.triage"):
        return NOTHING
    requester, place = request["requester"] or {}, request["location"] or {}
    asset_id = (request.get("asset") or {}).get("asset_id")
    return proposals_for(
        visit.services,
        request["text"],
        requester_id=requester.get("person_id"),
        location_id=place.get("location_id"),
        object=request.get("object"),
        asset_id=asset_id,
    )


def _answers(visit: Visit, request: Json | None) -> list[tuple[str, Any]]:
    return answers_in_words(visit, request) if request else []


def _asset(visit: Visit, request: Json | None) -> Json | None:
    """The object that it is about, with its warranty."""
    return with_warranty(visit, request) if request else None


def _assets(visit: Visit, request: Json | None) -> list[Json]:
    """Those at the place, to say which it is while it must be assessed."""
    if not request or request["state"] != "triage" or not visit.can("requests.triage"):
        return []
    return assets_at(visit, (request["location"] or {}).get("location_id"))


def _cost_centres(visit: Visit, request: Json | None) -> list[Json]:
    """What it may be charged to, while it must be assessed."""
    if not request or request["state"] != "triage" or not visit.can("requests.triage"):
        return []
    return cost_centres(visit)


def _themes(visit: Visit, request: Json | None) -> Json:
    """Under which a wish may be filed, the likely ones by its words; asked only while it must be."""
    nothing: Json = {"items": [], "likely": []}
    open_ = request and request["kind"] == "wish" and request["state"] in ("triage", "in_progress")
    if not request or not open_ or not visit.can("requests.triage"):
        return nothing
    text = request["text"][:MOST_LETTERS]
    return _or_none(lambda: visit.services.intake.list_themes(text=text)) or nothing


def _articles(visit: Visit, request: Json | None) -> list[Json]:
    """What may answer it, by its words; asked only while it may be answered."""
    if not request or request["state"] != "triage" or not visit.can("requests.answer"):
        return []
    asked = {"q": request["text"][:200], "match": "any", "limit": 3}
    return list((_or_none(lambda: visit.services.catalog.list_articles(**asked)) or {"items": []})["items"])


def _products(visit: Visit, request: Json | None) -> list[Json]:
    """To which it may be mapped; asked only while it must be assessed."""
    if not request or request["state"] != "triage" or not visit.can("requests.triage"):
        return []
    return (_or_none(lambda: visit.services.catalog.list_products(limit=100)) or {"items": []})["items"]


def _queue(visit: Visit) -> Queue:
    return BY_NAME.get(visit.query.get("queue", ""), BY_NAME["all" if visit.query.text("q") else USUAL])


def _list(visit: Visit) -> tuple[Queue, Json | None]:
    """The list of a queue, and which one it is."""
    queue = _queue(visit)
    page = _lines(visit, queue)
    chosen = visit.query.get("queue") or visit.query.text("q")
    if chosen or page is None or page["items"]:
        return queue, page
    return BY_NAME[OTHERWISE], _lines(visit, BY_NAME[OTHERWISE])


def _lines(visit: Visit, queue: Queue) -> Json | None:
    wanted = {**queue.filters(visit.moments.now), "sort": queue.order, "limit": LINES}
    for name in ("q", "cursor", "requester_id", "location_id", "product_id", "kind", "priority", "state"):
        if given := visit.query.text(name):
            wanted[name] = given
    return _or_none(lambda: visit.services.intake.list_requests(**wanted))


def _pinned(visit: Visit) -> Json | None:
    """Danger stands above whatever list one looks at, until it is over."""
    if visit.query.text("cursor"):
        return None
    wanted = {**BY_NAME["danger"].filters(visit.moments.now), "limit": PINNED}
    return _or_none(lambda: visit.services.intake.list_requests(**wanted))


def _without(pinned: Json | None, page: Json | None) -> list[Json]:
    """What is pinned is taken out of the list under it."""
    found = list((pinned or {"items": []})["items"])
    if page and found:
        known = {each["request_id"] for each in found}
        page["items"] = [each for each in page["items"] if each["request_id"] not in known]
    return found


def _address(visit: Visit, path: str, changed: dict[str, Any]) -> str:
    """`path` in the same queue and search; a change of None leaves that out."""
    kept = {name: visit.query[name] for name in visit.query if name != "cursor"}
    query = {name: value for name, value in {**kept, **changed}.items() if value}
    return f"{path}?{urlencode(query)}" if query else path


def _or_none(ask: Callable[[], Json]) -> Json | None:
    """A part whose service is away is missing and said to be; the rest of the page stands."""
    try:
        return ask()
    except ServiceError:
        return None
