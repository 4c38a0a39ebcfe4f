"""The lists behind the figures: what a number counts, one by one, by the filters of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema

from gateway.api.schemas.clocks import ClockFilter
from gateway.api.schemas.promises import PromiseFilter
from gateway.api.schemas.requests import RequestFilter
from gateway.api.schemas.work_orders import WorkOrderFilter
from gateway.clients import Json
from gateway.http.naming import snake
from gateway.pages import forms
from gateway.pages.manage.filters import described
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

LINES = 50


@pages.get("/manage/requests", "requests.read_all")
def requests(visit: Visit) -> Outcome:
    """Requests as a table."""
    return _list(visit, "requests", RequestFilter(), visit.services.intake.list_requests)


@pages.get("/manage/clocks", "clocks.read_all")
def clocks(visit: Visit) -> Outcome:
    """Deadlines as a table, the first due first."""
    return _list(visit, "clocks", ClockFilter(), visit.services.monitoring.list_clocks)


@pages.get("/manage/orders", "work_orders.read")
def orders(visit: Visit) -> Outcome:
    """Work orders as a table, newest first."""
    return _list(visit, "orders", WorkOrderFilter(), visit.services.dispatch.list_work_orders)


@pages.get("/manage/promises", "requests.read_all")
def promises(visit: Visit) -> Outcome:
    """Promises as a table, the first to pass first."""
    return _list(visit, "promises", PromiseFilter(), visit.services.intake.list_promises)


def _list(visit: Visit, name: str, shape: Schema, ask: Callable[..., Json]) -> Outcome:
    """Raises Invalid for a filter that the API would refuse too."""
    wanted = forms.load(shape, {snake(key): visit.query.text(key) for key in visit.query})
    if "sort" in wanted:
        wanted["sort"] = snake(wanted["sort"])
    page = ask(**{**wanted, "limit": LINES})
    return visit.show(
        f"manage/{name}.html",
        page=page,
        filters=described(visit, wanted, page["items"]),
        further=further(visit, page["next_cursor"]),
    )


def further(visit: Visit, cursor: str | None) -> str:
    if not cursor:
        return ""
    query: dict[str, Any] = {**{name: visit.query[name] for name in visit.query}, "cursor": cursor}
    return f"{visit.path.partition('?')[0]}?{urlencode(query)}"
